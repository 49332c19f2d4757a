/** Takes what browsers report of pages that tried what the content policy forbids: an attack, or a mistake of ours. */
import type { FastifyInstance } from 'fastify'
import { say } from '#engines/say.ts'
import { badRequest, Refusal } from '#kit/problem.ts'
import { notJson } from './json-body.ts'
import type { RateLimit } from './rate-limit.ts'
import { REPORTS_PATH } from './security-headers.ts'

/** One refusal by a browser; without the query of any address, which may hold what somebody searched for. */
export interface PolicyReport {
  /** Path of the page. */
  readonly page: string
  /** What was asked for: an address, `inline` or `eval`. */
  readonly refused: string
  /** The rule that refused it, such as `script-src-elem`. */
  readonly rule: string
  /** Line and column of the source, when the browser tells them. */
  readonly at: string
}
/** How many came in since the start, and the last of them. */
export class PolicyReports {
  count = 0
  last: PolicyReport | null = null
  readonly #onReport: (report: PolicyReport) => void
  constructor(onReport: (report: PolicyReport) => void) {
    this.#onReport = onReport
  }
  take(report: PolicyReport): void {
    this.count++
    this.last = report
    this.#onReport(report)
  }
}
const MOST_BYTES = 50_000

/** @param limit of requests: anybody may send one */
export function takePolicyReports(server: FastifyInstance, reports: PolicyReports, limit: RateLimit): void {
  // A scope of its own: no other address takes bodies of this kind.
  void server.register(async (scope) => {
    scope.addContentTypeParser(
      'application/csp-report',
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_, body, done) => {
        try {
          done(null, JSON.parse(body.toString()))
        } catch {
          done(badRequest(notJson(body.toString())))
        }
      },
    )
    scope.post(REPORTS_PATH, async (request, reply) => {
      if (!limit.take(request.ip) || !limit.take('everybody'))
        throw new Refusal(429, 'too-many', say`Too many reports. Wait a minute.`, { extra: { retryAfterSeconds: 60 } })
      const report = reportIn(request.body)
      if (report !== null) reports.take(report)
      return reply.code(204).send()
    })
  })
}

/** {"csp-report": {…}} (Content Security Policy 3, 5.3); null when it is none, or an extension's of the reader's own browser. */
export function reportIn(body: unknown): PolicyReport | null {
  const said = member(body, 'csp-report')
  if (typeof said !== 'object' || said === null) return null
  const [source, refused] = [text(said, 'source-file'), text(said, 'blocked-uri')]
  if (/^[a-z-]+-extension/.test(source) || /^[a-z-]+-extension/.test(refused)) return null
  return {
    page: pathOf(text(said, 'document-uri')),
    refused: withoutQuery(refused),
    rule: text(said, 'effective-directive') || text(said, 'violated-directive'),
    at: source === '' ? '' : `${withoutQuery(source)}:${text(said, 'line-number')}:${text(said, 'column-number')}`,
  }
}
function text(said: object, name: string): string {
  const value = member(said, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : ''
}
function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? of[name as keyof typeof of] : undefined
}
function withoutQuery(address: string): string {
  return (address.split(/[?#]/)[0] ?? '').slice(0, 200)
}
function pathOf(address: string): string {
  return (URL.parse(address)?.pathname ?? '').slice(0, 200)
}
