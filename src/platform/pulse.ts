/**
 * Asks the database once a second whether it answers, on a connection whose name tells the other nodes that this process
 * lives. While there is no answer, requests are refused at once; what waits is not left waiting.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import type { Door } from './database.ts'
import { Living } from './living-nodes.ts'

export interface PulseConfig {
  readonly door: Door
  /** False behind a pooler, which mixes up whose connection is whose: then nobody is judged dead. */
  readonly isDirect: boolean
  /** The database does not answer; `because` is for the log. Called once for each time. */
  readonly onLost: (because: string) => void
  /** It answers again. */
  readonly onFound: () => void
  /** These nodes and no others live: called when one has died, and some seconds after the connection was made. */
  readonly onNodes: (living: readonly string[]) => void
}
const EVERY_MS = 1_000
const RETRY_MS = 300
/** Silence for so long is no answer. Counted in small steps: when this process stood still, nobody was silent. */
const PATIENCE_STEPS = 12
const STEP_MS = 500
const MARK = 'pilothouse node '

export class Pulse {
  /** The name of this process among the nodes. */
  readonly node = randomUUID()
  readonly #config: PulseConfig
  readonly #living: Living
  readonly #waiting = new Set<(refusal: Refusal) => void>()
  readonly #stop = new AbortController()
  #client: pg.Client | null = null
  #isLost = false
  #beating: Promise<void> | null = null
  constructor(config: PulseConfig) {
    this.#config = config
    this.#living = new Living(this.node)
  }
  get isLost(): boolean {
    return this.#isLost
  }
  /** Resolves after the first answer, or once there is none. */
  async start(): Promise<void> {
    await this.#beat()
    this.#beating = this.#goOn()
  }
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#beating
    await this.#hangUp()
  }
  /** @throws a refusal (503) at once while the database does not answer, and as soon as it stops answering */
  guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isLost) return Promise.reject(databaseAway())
    // No race with one promise for all: that would remember every request there ever was.
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject)
      work()
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject))
    })
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await sleep(this.#isLost ? RETRY_MS : EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
      if (!signal.aborted) await this.#beat()
    }
  }
  async #beat(): Promise<void> {
    try {
      // A connection that was ended from outside says nothing about the database: the next one does.
      await this.#ask().catch((error: unknown) => (error instanceof Silence ? Promise.reject(error) : this.#ask()))
      if (this.#isLost) this.#find()
    } catch (error) {
      if (!this.#isLost && !this.#stop.signal.aborted)
        this.#lose(error instanceof Error ? error.message : String(error))
    }
  }
  async #ask(): Promise<void> {
    try {
      const client = (this.#client ??= await this.#connect())
      const { rows } = await patiently(
        client.query<{ name: string }>(
          `select application_name as name from pg_stat_activity where datname = current_database() and application_name like '${MARK}%'`,
        ),
      )
      if (!this.#config.isDirect) return
      const living = this.#living.heard(rows.map(({ name }) => name.slice(MARK.length)))
      if (living !== null) this.#config.onNodes(living)
    } catch (error) {
      await this.#hangUp()
      throw error
    }
  }
  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#config.door,
      application_name: `${MARK}${this.node}`,
      connectionTimeoutMillis: PATIENCE_STEPS * STEP_MS,
      keepAlive: true,
    })
    client.on('error', () => {}) // the next question finds out
    await client.connect()
    this.#living.begin()
    return client
  }
  async #hangUp(): Promise<void> {
    const client = this.#client
    this.#client = null
    // Whoever does not answer does not say goodbye either.
    await Promise.race([client?.end().catch(() => {}), sleep(STEP_MS, undefined, { ref: false })])
  }
  #lose(because: string): void {
    this.#isLost = true
    this.#config.onLost(because)
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const refuse of waiting) refuse(databaseAway())
  }
  #find(): void {
    this.#isLost = false
    this.#config.onFound()
  }
}

/** What a request hears that came while the database was away; screens know it by its kind. */
export function databaseAway(): Refusal {
  return new Refusal(
    503,
    'database-away',
    say`The database cannot be reached. Nothing was lost; try again in a moment.`,
    {
      extra: { retryAfterSeconds: 5 },
    },
  )
}

class Silence extends Error {}
/** @throws {Silence} when nothing came for six seconds in which this process was awake */
async function patiently<T>(answer: Promise<T>): Promise<T> {
  const ended = answer.then(
    () => true,
    () => true,
  )
  for (let step = 0; step < PATIENCE_STEPS; step++)
    if (await Promise.race([ended, sleep(STEP_MS, false, { ref: false })])) return answer
  throw new Silence(say`no answer within ${(PATIENCE_STEPS * STEP_MS) / 1000} s`)
}
