/** Access that was refused (401, 403): one line each for the log, without personal data, and never a flood of them. (ASVS 5.0, 16.3.2) */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf, RateLimit } from './rate-limit.ts'

export interface RefusedAccess {
  readonly status: number
  /** Method and pattern of the address, never the address itself: it may hold what somebody searched for. */
  readonly route: string
  /** The kind of problem that was answered, such as `not-signed-in`, `forbidden` or `beyond-scope`. */
  readonly reason: string
  readonly org: number | null
  /** The id of whoever asked; null when nobody was signed in. */
  readonly person: number | null
  readonly request: string
  /** Refusals before this one that were counted and not written down, because there were too many. */
  readonly unwritten: number
}
interface Asking {
  readonly org: number
  readonly person: number
}
/** What is known of a request when its answer goes out. */
const asking = new WeakMap<FastifyRequest, Asking>()
const reasons = new WeakMap<FastifyRequest, string>()

export function isAskedBy(request: FastifyRequest, { org, person }: Asking): void {
  asking.set(request, { org, person })
}
export function isRefusedFor(request: FastifyRequest, reason: string): void {
  reasons.set(request, reason)
}

/** Lines a minute: of one person or network, and of all together. What is beyond is counted and told with the next line. */
const EACH = 30
const ALL = 300

/** @param nowMs milliseconds of a clock that only goes forward */
export function watchRefusals(
  server: FastifyInstance,
  nowMs: () => number,
  onRefused: (refused: RefusedAccess) => void,
): void {
  const each = new RateLimit({ most: EACH, perMinute: EACH, nowMs })
  const all = new RateLimit({ most: ALL, perMinute: ALL, nowMs })
  let unwritten = 0
  server.addHook('onResponse', async (request, reply) => {
    const { statusCode: status } = reply
    if (status !== 401 && status !== 403) return
    const who = asking.get(request)
    // The address itself is not written down: the request's id leads to it where a proxy keeps one.
    const key = who === undefined ? networkOf(request.ip) : `${who.org}/${who.person}`
    if (!each.take(key) || !all.take('all')) return void unwritten++
    const before = unwritten
    unwritten = 0
    onRefused({
      status,
      route: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
      reason: reasons.get(request) ?? 'refused',
      org: who?.org ?? null,
      person: who?.person ?? null,
      request: request.id,
      unwritten: before,
    })
  })
}
