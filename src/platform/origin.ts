/**
 * A page of another site may not write with the cookies of this one (ASVS 5.0 3.5.1). Browsers say with each write where
 * it comes from: Origin, or Sec-Fetch-Site where there is no Origin. Who says neither is no browser, and no other site
 * can make a browser leave both out; SameSite cookies and bodies that only JSON may be stand behind it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { say } from '#engines/say.ts'
import { forbidden } from '#kit/problem.ts'

/**
 * @param publicUrl where browsers reach us, when that is known: behind a proxy the Host header may be another
 * @throws a refusal (403)
 */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): void {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const isOwn =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : isOurs(origin, headers.host, publicUrl)
  if (!isOwn) throw forbidden(say`This request came from another site.`)
}
/** The whole origin, where TLS is promised: http://host is not https://host, and whoever sits in between can be it. */
function isOurs(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  const from = URL.parse(origin)
  if (from === null || from.origin === 'null') return false
  const own = publicUrl === undefined ? null : URL.parse(publicUrl)
  if (own !== null && from.origin === own.origin) return true
  return own?.protocol !== 'https:' && from.host === host
}
