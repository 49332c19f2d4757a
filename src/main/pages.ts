/** Pages beside the API: alive, ready, metrics, the web application, and everything that is nowhere. */
import { steadyMs } from '#platform/clock.ts'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Route } from '#kit/contract.ts'
import { docsPage, docsStyle } from '#platform/api-docs.ts'
import type { Metrics } from '#platform/metrics.ts'
import { takePolicyReports, type PolicyReports } from '#platform/policy-reports.ts'
import { inLanguage, languageHeaders, languageOf } from '#platform/languages.ts'
import { problemOf } from '#platform/problems.ts'
import { RateLimit } from '#platform/rate-limit.ts'
import { FULL } from '#platform/room.ts'
import type { Installation } from './installation.ts'
import { mailGauges } from './health/mail.ts'
import { warnings, type Readiness } from './readiness.ts'
import { securityTxt } from './security-txt.ts'
import { rootFiles } from './root-files.ts'

const HTML = 'text/html; charset=utf-8'

interface Pages {
  readonly metrics: Metrics
  readonly routes: readonly Route[]
  readonly version: string
  /** The folder of the built web application, or null. */
  readonly web: string | null
  readonly reports: PolicyReports
  /** Refuses while the database does not answer. */
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>
  /** Whether this process is about to stop. */
  readonly isLeaving: () => boolean
  readonly readiness: Readiness
}
export async function systemPages(
  server: FastifyInstance,
  of: Installation,
  { metrics, routes, version, web, reports, guard, isLeaving, readiness }: Pages,
): Promise<void> {
  takePolicyReports(server, reports, new RateLimit({ most: 120, perMinute: 60, nowMs: steadyMs }))
  securityTxt(server, of)
  server.get('/healthz', async () => ({ alive: true }))
  server.get('/readyz', async (_, reply) => {
    // The answer is the report.
    const not = (reason: 'stopping' | 'database', because: string): unknown =>
      reply.code(503).header('Retry-After', '5').send({ ready: false, reason, because })
    if (isLeaving()) return not('stopping', 'This process is stopping.')
    try {
      const found = await guard(() => warnings(of.db, readiness))
      if (found.length === 0) return { ready: true }
      return { ready: true, reasons: found.map(({ reason }) => reason), warning: found.map(({ warning }) => warning).join(' ') } // oxfmt-ignore
    } catch {
      return not('database', readiness.room?.isFull === true ? FULL : 'The database cannot be reached.')
    }
  })
  server.get('/metrics', async (_, reply) =>
    reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics.text(await mailGauges(of.db, () => of.store.now()))),
  )
  // Only the built files: the page itself is read below, so that a new build is served without a restart.
  if (web !== null)
    await server.register(fastifyStatic, {
      root: path.join(web, 'assets'),
      prefix: '/assets/',
      index: false,
      setHeaders: (reply) => void reply.header('Cache-Control', 'public, max-age=31536000, immutable'),
    })
  if (web !== null) rootFiles(server, web)
  const page = web === null ? () => null : freshPage(path.join(web, 'index.html'))
  server.get('/api/docs', async (_, reply) => reply.type(HTML).send(docsPage(routes, version)))
  server.get('/api/docs.css', async (_, reply) =>
    reply.type('text/css; charset=utf-8').header('Cache-Control', 'max-age=3600').send(docsStyle()),
  )
  server.setNotFoundHandler((request, reply) => {
    const [address = ''] = request.url.split('?')
    const isPage =
      request.method === 'GET' &&
      !address.startsWith('/api/') &&
      // No page of ours is called like a file: /backup.sql is nowhere, not the start page.
      !/(\.\w{1,10}|~)$/.test(address) &&
      // A health check asks for the start page without saying what it accepts.
      (address === '/' || (request.headers.accept ?? '').includes('text/html'))
    const html = isPage ? page() : null
    if (html !== null) return reply.type(HTML).header('Cache-Control', 'no-cache').send(html)
    const language = languageOf(request.headers['accept-language'])
    const problem = inLanguage(language, () => problemOf({ code: 'FST_ERR_NOT_FOUND' }, request.id))
    return reply
      .code(404)
      .headers(languageHeaders(request.headers['accept-language']))
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem))
  })
}
/** The start page, read again when a new build has replaced it: its assets carry other names then. */
function freshPage(file: string): () => string | null {
  let kept = { at: 0, html: '' }
  return () => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? kept.at // gone while a build is under way
    if (at !== kept.at) kept = { at, html: readFileSync(file, 'utf8') }
    return kept.html
  }
}
