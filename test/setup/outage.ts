// The database is away for some seconds, in one of two ways, while reads and writes go on; what is asked meanwhile and afterwards.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/database.ts'
import { ownFolder } from './backup.ts'
import { caller } from './call.ts'
import { beginCrews } from './crews.ts'
import { atEnd } from './database.ts'
import { startExternal, type External } from './external.ts'
import { freePort } from './port.ts'
import { Product } from './product.ts'
import { assertWhole } from './whole.ts'

export interface Outage {
  readonly product: Product
  readonly external: External
  readonly token: string
}
export async function openOutage(hasScreens = false): Promise<Outage> {
  const external = await startExternal()
  const product = new Product(ownFolder(), await freePort(), { DATABASE_URL: external.url })
  const token = product.setUp()
  product.hasScreens = hasScreens
  atEnd(() => product.kill())
  await product.start()
  return { product, external, token }
}

/** Stopped: calls are refused. Frozen: they are taken and never answered. */
export type Way = 'stopped' | 'frozen'
export interface Survived {
  readonly acknowledged: number
  /** Milliseconds that the slowest answer took, of requests sent while the database was away. */
  readonly slowestMs: number
  /** Milliseconds from the return of the database to the first 200 of /readyz. */
  readonly readyMs: number
}
/** No answer takes longer, also of what was asked just before: six seconds are the product's own patience. */
const BOUND_MS = 15_000
/** Once it has said that the database is away, nobody waits for a connection (ten seconds) to be told so. */
const REFUSAL_MS = 8_000
const RETURN_MS = 30_000

export async function survive({ product, external, token }: Outage, way: Way, awayMs: number): Promise<Survived> {
  const load = new Load(product, token, way)
  const clients = [0, 1, 2].map((nth) => load.write(nth))
  try {
    const readyMs = await goAndReturn({ product, external, token }, { way, awayMs, load })
    load.isOver = true
    await Promise.all(clients)
    await whole({ product, external, token }, load)
    return { acknowledged: load.acknowledged.size, slowestMs: load.slowestMs, readyMs }
  } finally {
    load.isOver = true // whoever writes on would keep a failed test from ending
    external.thaw()
  }
}
/** @returns milliseconds from its return to the first 200 of /readyz */
async function goAndReturn(
  { product, external }: Outage,
  { way, awayMs, load }: { way: Way; awayMs: number; load: Load },
): Promise<number> {
  await sleep(1_500)
  if (way === 'stopped') await external.stop()
  else external.freeze()
  await untilUnready(product)
  load.isAway = true
  const saidAt = performance.now()
  while (performance.now() - saidAt < awayMs) {
    const answer = await load.ask('GET', '/incidents?limit=5')
    assert.equal(answer.status, 503, answer.text)
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
    assert.match(answer.text, /database cannot be reached/)
    await sleep(200)
  }
  load.isAway = false
  if (way === 'stopped') await external.start()
  else external.thaw()
  const readyMs = await product.ready(RETURN_MS)
  const before = load.acknowledged.size
  const until = Date.now() + RETURN_MS
  while (load.acknowledged.size < before + 5) {
    assert.ok(Date.now() < until, 'nothing can be written although it is ready')
    await sleep(50)
  }
  return readyMs
}

async function untilUnready(product: Product): Promise<void> {
  const until = Date.now() + BOUND_MS
  for (;;) {
    const answer = await fetch(`${product.url}/readyz`, { signal: AbortSignal.timeout(BOUND_MS) })
    const said = await answer.text()
    if (answer.status === 503) {
      assert.deepEqual(JSON.parse(said), { ready: false, reason: 'database', because: 'The database cannot be reached.' }) // oxfmt-ignore
      return assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
    }
    assert.ok(Date.now() < until, '/readyz never said that the database is away')
    await sleep(100)
  }
}
/** Everything acknowledged is there once, and the reactions and jobs have caught up. */
async function whole({ product, external, token }: Outage, load: Load): Promise<void> {
  const db = openDatabase({ connection: { connectionString: external.url } })
  try {
    const until = Date.now() + 60_000
    const isBehind = 'select 1 from reaction_cursor c where failures > 0 or exists (select 1 from journal j where (j.xid, j.id) > (c.xid, c.id))' // oxfmt-ignore
    while ((await db.query(isBehind)).length > 0) {
      assert.ok(Date.now() < until, 'the reactions did not catch up within a minute')
      await sleep(100)
    }
    const rows = await db.query<{ subject: string; id: number }>("select subject, id from incident where subject like $1 order by id", [`${load.name}-%`]) // oxfmt-ignore
    const byId = new Map(rows.map(({ subject, id }) => [subject, id]))
    assert.equal(byId.size, rows.length, 'written twice')
    const lost = [...load.acknowledged].filter(([subject, id]) => byId.get(subject) !== id)
    assert.deepEqual(lost, [], 'acknowledged, and not there')
    await assertWhole(db)
    const crews = await beginCrews(caller(product.url), token, 20, load.name)
    while ((await db.query("select 1 from import_batch where id = $1 and state = 'done'", [crews])).length === 0) {
      assert.ok(Date.now() < until, 'no job has run since the database is back')
      await sleep(100)
    }
  } finally {
    await db.close()
  }
}

let loads = 0
class Load {
  readonly name: string
  readonly acknowledged = new Map<string, number>()
  slowestMs = 0
  isAway = false
  isOver = false
  readonly #product: Product
  readonly #token: string
  constructor(product: Product, token: string, way: Way) {
    this.#product = product
    this.#token = token
    this.name = `${way}-${++loads}`
  }
  /** One after the other, each with its key until it is acknowledged. */
  async write(writer: number): Promise<void> {
    for (let nth = 0; !this.isOver; nth++) {
      const subject = `${this.name}-${writer}-${nth}`
      const draft = { subject, impact: 'person', urgency: 'high', requester: 1 }
      for (;;) {
        const answer = await this.ask('POST', '/incidents', draft, subject)
        if (answer.status < 300) {
          this.acknowledged.set(subject, (JSON.parse(answer.text) as { id: number }).id)
          break
        }
        assert.ok(answer.status === 503 || answer.status === 409, `${answer.status} ${answer.text}`)
        await sleep(200)
      }
    }
  }
  async ask(
    method: string,
    path: string,
    body?: object,
    key = '',
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const [began, isAway] = [performance.now(), this.isAway]
    const answer = await fetch(`${this.#product.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', 'idempotency-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(2 * BOUND_MS),
    })
    const text = await answer.text()
    const took = performance.now() - began
    if (isAway) this.slowestMs = Math.max(this.slowestMs, took)
    assert.ok(took < (isAway ? REFUSAL_MS : BOUND_MS), `${method} ${path} hung for ${Math.round(took)} ms`)
    return { status: answer.status, text, headers: answer.headers }
  }
}
