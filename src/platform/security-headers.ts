/**
 * What every answer tells the browser about itself. Ours and not a package's: the API's answers get a policy of their
 * own, and streams of events and broken requests, which no plug-in reaches, get the same headers. (ASVS 5.0 V3.4)
 */
import type { FastifyInstance } from 'fastify'

/** Where browsers report what the policy refused. */
export const REPORTS_PATH = '/api/csp-reports'

/** The web application: everything from this server, nothing inline, nothing evaluated; pictures also from what was just dropped. */
const PAGES = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'media-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'form-action': "'self'",
  // Text becomes HTML in one place alone: src/web/ui/trusted-html.ts.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'pilothouse',
})
/** The API: an answer that is opened as a page shows nothing, runs nothing and may not be framed. */
const API = policy({
  'default-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'form-action': "'none'",
  sandbox: '',
})
/** Nothing of this is used by any screen; the camera reads codes (src/web/scan), on pages of ours alone. */
const UNUSED = [
  'accelerometer',
  'browsing-topics',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
const EVERYWHERE: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': [...UNUSED.map((name) => `${name}=()`), 'camera=(self)'].join(', '),
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
}
/** A year, for this host and those below it (ASVS 3.4.1). Only where browsers reach us over TLS: without it browsers ignore the header. */
const TLS_ONLY = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }

/** The headers of an answer before its handler adds to them. @param path of the request */
export function securityHeaders(path: string, isSecure: boolean): Readonly<Record<string, string>> {
  return {
    ...EVERYWHERE,
    'Content-Security-Policy': /^\/api\/v\d/.test(path) ? API : PAGES,
    ...(isSecure ? TLS_ONLY : {}),
  }
}

export function tellBrowsers(server: FastifyInstance, isSecure: boolean): void {
  const [pages, api] = [securityHeaders('/', isSecure), securityHeaders('/api/v1/', isSecure)]
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(/^\/api\/v\d/.test(request.url) ? api : pages).header('X-Request-Id', request.id)
    done()
  })
}

function policy(directives: Readonly<Record<string, string>>): string {
  const said = Object.entries(directives).map(([name, sources]) => `${name} ${sources}`.trim())
  // Not report-to: with it browsers forget report-uri, and they follow it only over TLS and a minute later.
  return [...said, `report-uri ${REPORTS_PATH}`].join('; ')
}
