/** How much one address or one person may ask of the server, and how long it waits for whoever is slow. (ASVS 5.0 2.4.1) */
import type { Server } from 'node:http'
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import { networkOf, RateLimit } from './rate-limit.ts'

/** Requests a minute; 0 for no limit. */
export interface Rates {
  readonly person: number
  readonly address: number
}
export interface RequestLimits {
  /** @throws a refusal (429) */
  readonly admitAddress: (address: string) => void
  /** @throws a refusal (429) */
  readonly admitPerson: (org: number, person: number) => void
}
/**
 * A minute's worth may come at once. A person who works with the mouse stays below one request a second, a page that
 * opens asks for a dozen things; a whole desk of fifty may share one address.
 */
export const defaultRates: Rates = { person: 1200, address: 12_000 }

export function requestLimits(rates: Rates, nowMs: () => number): RequestLimits {
  const [address, person] = [rates.address, rates.person].map((most) =>
    most === 0 ? null : new RateLimit({ most, perMinute: most, nowMs }),
  )
  const admit = (limit: RateLimit | null | undefined, key: string, who: string): void => {
    if (limit === null || limit === undefined || limit.take(key)) return
    throw new Refusal(429, 'too-many', say`Too many requests from ${who}. Wait a moment, then go on more slowly.`, {
      extra: { retryAfterSeconds: Math.max(1, limit.secondsLeft(key)) },
    })
  }
  return {
    admitAddress: (from) => admit(address, networkOf(from), 'this address'),
    admitPerson: (org, id) => admit(person, `${org}/${id}`, 'you'),
  }
}

/** Milliseconds, and connections. */
export interface Patience {
  /** From the first byte to the end of the headers. */
  readonly headersMs: number
  /** To the end of the body: 512 MB (the largest import) at 14 Mbit/s. */
  readonly requestMs: number
  /** Nothing moves in either direction; a stream of events has a heartbeat every 25 seconds. */
  readonly silenceMs: number
  /** How often the first two are looked at. */
  readonly checkMs: number
  readonly connections: number
  /** Of one address; null where proxies stand in front and bring everybody. */
  readonly connectionsOfAddress: number | null
}
export const defaultPatience: Patience = {
  headersMs: 15_000,
  requestMs: 300_000,
  silenceMs: 120_000,
  checkMs: 5_000,
  connections: 10_000,
  connectionsOfAddress: 1_000,
}

/** Connections beyond the limits are closed at once, before anything is read from them. */
export function limitConnections(server: Server, { connections, connectionsOfAddress: most }: Patience): void {
  server.maxConnections = connections
  if (most === null) return
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const from = networkOf(socket.remoteAddress ?? '')
    const count = (open.get(from) ?? 0) + 1
    if (count > most) return void socket.destroy()
    open.set(from, count)
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1
      if (left === 0) open.delete(from)
      else open.set(from, left)
    })
  })
}
