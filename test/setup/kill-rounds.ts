// Processes killed at random moments under write load, and the questions afterwards: is everything there, once?
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { Effects, REACHING } from './kill-effects.ts'
import { freePort } from './port.ts'
import { Product } from './product.ts'
import { assertWhole } from './whole.ts'

const WRITERS = 5
const VICTIMS = ['server', 'backend', 'postmaster'] as const
type Victim = (typeof VICTIMS)[number]
export interface Killed {
  readonly rounds: number
  readonly acknowledged: number
  readonly attempted: number
  /** Milliseconds until it was ready again, the longest. */
  readonly slowest: number
  /** What followed, in words. */
  readonly told: string
}

/** Kills in turn the server process, one process of the database and its first one; then everything is asked for. */
export async function killRounds(rounds: number): Promise<Killed> {
  const product = new Product(ownFolder(), await freePort(), REACHING)
  atEnd(async () => {
    await product.kill()
    await (await startEmbedded(product.folder)).stop()
    rmSync(product.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  const token = product.setUp()
  Effects.addPeople(product)
  await product.start()
  const effects = await Effects.over(product, token)
  const load = new Load(product, token, effects.bob)
  const writers = Array.from({ length: WRITERS }, (_, nth) => load.write(nth))
  let slowest = 0
  for (let round = 0; round < rounds; round++) {
    await sleep(200 + Math.random() * 900)
    await hit(product, VICTIMS[round % VICTIMS.length] ?? 'server')
    slowest = Math.max(slowest, await product.ready(30_000))
  }
  await sleep(500)
  load.isOver = true
  await Promise.all(writers)
  await drained(product, effects)
  await product.kill('SIGTERM')
  const told = await check(product, load, effects)
  return { rounds, acknowledged: load.acknowledged.size, attempted: load.attempted, slowest, told }
}

/** While the product runs. */
async function drained(product: Product, effects: Effects): Promise<void> {
  const embedded = await startEmbedded(product.folder) // the running one, shared
  const db = openDatabase({ connection: embedded.superuserConnection })
  await effects.drained(db).finally(async () => {
    await db.close()
    await embedded.stop()
  })
}
async function hit(product: Product, victim: Victim): Promise<void> {
  if (victim === 'server') {
    await product.kill()
    return product.start()
  }
  const { backends, postmaster } = product
  const pid = victim === 'postmaster' ? postmaster : backends[Math.floor(Math.random() * backends.length)]
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await sleep(30)
}

/** Reports incidents and resolves them, each step with a key of its own until it is acknowledged. */
class Load {
  readonly acknowledged = new Map<string, number>()
  readonly resolved = new Set<number>()
  attempted = 0
  isOver = false
  readonly #product: Product
  readonly #token: string
  readonly #bob: number
  /** Incidents that were Bob's from the beginning. */
  readonly given: number[] = []
  constructor(product: Product, token: string, bob: number) {
    this.#product = product
    this.#token = token
    this.#bob = bob
  }
  async write(writer: number): Promise<void> {
    for (let nth = 0; !this.isOver; nth++) {
      const subject = `fault-${writer}-${nth}`
      this.attempted++
      const made = await this.#until('/incidents', subject, {
        subject,
        impact: 'person',
        urgency: 'high',
        requester: 1,
        ...(nth % 10 === 1 ? { assignee: this.#bob } : {}),
      })
      this.acknowledged.set(subject, made.id)
      if (nth % 10 === 1) this.given.push(made.id)
      if (nth % 2 > 0) continue
      const body = { resolution: 'Done again.', closureCode: 'fixed' }
      await this.#until(`/incidents/${made.id}/resolve`, `${subject}-resolve`, body)
      this.resolved.add(made.id)
    }
  }
  async #until(path: string, key: string, body: unknown): Promise<{ id: number }> {
    for (let tries = 0; tries < 600; tries++) {
      const answer = await fetch(`${this.#product.url}/api/v1${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null)
      const said = await answer?.json().catch(() => null)
      if (answer?.ok === true && said !== null) return said as { id: number }
      const isLater = answer === null || answer === undefined || answer.status >= 500 || answer.status === 409
      // What is not the fault of a kill is a fault of the test.
      if (!isLater) throw new Error(`${path}: ${answer.status} ${JSON.stringify(said)}`)
      await sleep(100)
    }
    throw new Error(`${path} with the key ${key} was never acknowledged.\n${this.#product.said.slice(-1500)}`)
  }
}

async function check(product: Product, load: Load, effects: Effects): Promise<string> {
  const verified = product.command(['audit', 'verify'])
  assert.equal(verified.code, 0, verified.text)
  const embedded = await startEmbedded(product.folder)
  const db = openDatabase({ connection: embedded.superuserConnection })
  try {
    const found = await db.query<{ subject: string; id: number }>('select subject, id from incident order by id')
    const byId = new Map(found.map(({ subject, id }) => [subject, id]))
    assert.equal(byId.size, found.length, 'an incident was written twice')
    assert.deepEqual(
      [...load.acknowledged].filter(([subject, id]) => byId.get(subject) !== id),
      [],
      'acknowledged, and not there',
    )
    await assertWhole(db)
    const surveys = await db.query<{ incident: number }>('select incident from survey')
    const asked = new Set(surveys.map(({ incident }) => incident))
    assert.deepEqual(
      [...load.resolved].filter((id) => !asked.has(id)),
      [],
      'resolved, and nobody asked',
    )
    return await effects.check(db, { made: found.map(({ id }) => id), given: load.given })
  } finally {
    await db.close()
    await embedded.stop()
  }
}
