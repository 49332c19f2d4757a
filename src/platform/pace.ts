/**
 * How long the database takes to write something down for good, tried every other second on a connection of its own: a disk
 * that is slow is found out although nobody happens to write, and before anybody complains.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { steadyMs } from './clock.ts'
import type { Door } from './database.ts'

const EVERY_MS = 2_000
/** The median of so many: one slow write among them means nothing. */
const KEPT = 5
const CONNECT_MS = 10_000
/** A transaction that changes no row, and whose end waits for the disk as every other does. */
const WRITE = "select pg_logical_emit_message(true, 'pilothouse', '')"

export class Pace {
  readonly #door: Door
  readonly #stop = new AbortController()
  readonly #tookMs: number[] = []
  #client: pg.Client | null = null
  #working: Promise<void> | null = null
  constructor(door: Door) {
    this.#door = door
  }
  /** Milliseconds, the median of the last writes; null until there are enough. */
  get medianMs(): number | null {
    if (this.#tookMs.length < KEPT) return null
    return this.#tookMs.toSorted((one, other) => one - other)[Math.floor(KEPT / 2)] ?? null
  }
  start(): void {
    this.#working = this.#goOn()
  }
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#hangUp()
    await this.#working
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      // Not in step with what comes back at fixed times.
      await sleep(EVERY_MS * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(() => {})
      if (!signal.aborted) await this.#look()
    }
  }
  async #look(): Promise<void> {
    try {
      const client = (this.#client ??= await this.#connect())
      const began = steadyMs()
      await client.query(WRITE)
      this.#tookMs.push(steadyMs() - began)
      if (this.#tookMs.length > KEPT) this.#tookMs.shift()
    } catch {
      // That the database is away, or full, is told elsewhere; how quick it was before says nothing any more.
      this.#tookMs.length = 0
      await this.#hangUp()
    }
  }
  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#door,
      application_name: 'pilothouse pace',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    client.on('error', () => {}) // the next write finds out
    await client.connect()
    return client
  }
  async #hangUp(): Promise<void> {
    const client = this.#client
    this.#client = null
    await Promise.race([client?.end().catch(() => {}), sleep(500, undefined, { ref: false })])
  }
}
