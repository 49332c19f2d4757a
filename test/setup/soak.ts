// Mixed load for a long time at seven tenths of what the product can take here: memory, descriptors and queues are watched.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { failedJobs } from '#platform/job-states.ts'
import { openDatabase } from '#platform/database.ts'
import type { Database } from '#kit/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'
import { Product } from './product.ts'
import { held, Traffic, type Said } from './traffic.ts'

const WORKERS = 8
const STREAMS = 3
const SHARE = 0.7
const CAPACITY_SECONDS = 15
const WARM_SECONDS = 20
const SAMPLE_MS = 2_000
const FLOOR_SECONDS = 30
const REST_MS = 30_000
const EMPTY_PATIENCE_MS = 120_000

interface Sample {
  readonly seconds: number
  readonly megabytes: number
  readonly descriptors: number
}
export interface Soaked {
  /** Requests a second that were asked for, and that the product could take at the beginning. */
  readonly rate: number
  readonly capacity: number
  readonly requests: number
  /** Over the second half, in MB a minute, of the least in each half minute: what the collector has yet to take stands above it. */
  readonly slope: number
  readonly megabytes: { readonly begin: number; readonly end: number; readonly most: number }
  /** Without load, before and after: what is not needed has been collected, so this shows what is kept. */
  readonly atRest: { readonly begin: number; readonly end: number }
  readonly descriptors: { readonly begin: number; readonly end: number }
  /** Answers with 503 and Retry-After: the machine, or its database, stood still for seconds. */
  readonly turnedAway: number
  /** Status → how often, of whatever else was no success. */
  readonly strange: Readonly<Record<string, number>>
}

export async function soak(seconds: number): Promise<Soaked> {
  const product = new Product(ownFolder(), await freePort())
  atEnd(async () => {
    await product.kill()
    await (await startEmbedded(product.folder)).stop()
    rmSync(product.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  const token = product.setUp()
  await product.start()
  const load = new Mixed(new Traffic(product, token, 64))
  await load.fill(100)
  await load.asFastAsItGoes(WARM_SECONDS) // code is compiled and connections are opened
  const capacity = await load.asFastAsItGoes(CAPACITY_SECONDS)
  const restBegin = await atRest(product)
  const samples: Sample[] = []
  const began = performance.now()
  const watch = setInterval(
    () => samples.push({ seconds: (performance.now() - began) / 1000, ...held(product.pid) }),
    SAMPLE_MS,
  )
  const requests = await load.atRate(SHARE * capacity, seconds)
  clearInterval(watch)
  load.close()
  await empty(product)
  const restEnd = await atRest(product)
  const half = samples.slice(Math.floor(samples.length / 2))
  const quarter = samples.slice(Math.floor(samples.length / 4), Math.floor(samples.length / 2))
  const megabytes = samples.map((one) => one.megabytes)
  return {
    rate: SHARE * capacity,
    capacity,
    requests,
    slope: slopeOf(floors(half)) * 60,
    megabytes: { begin: mean(quarter.map((one) => one.megabytes)), end: mean(half.slice(-8).map((one) => one.megabytes)), most: Math.max(...megabytes) }, // oxfmt-ignore
    descriptors: { begin: Math.max(...quarter.map((one) => one.descriptors)), end: Math.max(...half.slice(-8).map((one) => one.descriptors)) }, // oxfmt-ignore
    atRest: { begin: restBegin, end: restEnd },
    turnedAway: load.turnedAway,
    strange: Object.fromEntries(load.strange),
  }
}

/** The least that the process holds within half a minute without load. */
async function atRest(product: Product): Promise<number> {
  let least = Infinity
  for (const end = performance.now() + REST_MS; performance.now() < end; await sleep(1_000))
    least = Math.min(least, held(product.pid).megabytes)
  return least
}

/** What people and programs do, in about the shares in which they do it. */
class Mixed {
  readonly strange = new Map<string, number>()
  turnedAway = 0
  readonly #traffic: Traffic
  readonly #ids: number[] = []
  readonly #streams: (() => void)[] = []
  #nth = 0
  constructor(traffic: Traffic) {
    this.#traffic = traffic
  }
  async fill(count: number): Promise<void> {
    for (let nth = 0; nth < count; nth++) await this.#create()
    while (this.#streams.length < STREAMS) this.#streams.push(this.#traffic.listen())
  }
  /** @returns answers a second of a few that ask without pause */
  async asFastAsItGoes(seconds: number): Promise<number> {
    const end = performance.now() + seconds * 1000
    let count = 0
    const worker = async (): Promise<void> => {
      for (; performance.now() < end; count++) await this.#next()
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
    return count / seconds
  }
  /** Asks at this rate, whatever the answers take; who is late does not make more of it. @returns how many */
  async atRate(rate: number, seconds: number): Promise<number> {
    const began = performance.now()
    const open = new Set<Promise<void>>()
    let count = 0
    for (;;) {
      const passed = (performance.now() - began) / 1000
      if (passed > seconds) break
      // The machine may have stood still: what was missed is not made up for in one go.
      const due = Math.min(passed * rate - count, WORKERS)
      for (let nth = 0; nth < due && open.size < 64; nth++) {
        const one = this.#next().finally(() => open.delete(one))
        open.add(one)
      }
      count = Math.max(count, Math.floor(passed * rate))
      await sleep(5)
    }
    await Promise.all(open)
    return this.#nth
  }
  close(): void {
    for (const end of this.#streams) end()
    this.#traffic.close()
  }

  async #next(): Promise<void> {
    const nth = this.#nth++
    if (nth % 400 === 0) this.#reopenStream()
    if (nth % 200 === 150) return this.#signIn()
    const kind = nth % 20
    const id = this.#ids[(nth * 7919) % this.#ids.length] ?? 1
    if (kind < 8) return this.#expect(200, await this.#traffic.ask({ path: LISTS[nth % LISTS.length] ?? '/incidents' }))
    if (kind < 13) return this.#expect(200, await this.#traffic.ask({ path: `/incidents/${id}` }))
    if (kind < 15) return this.#expect(200, await this.#traffic.ask({ path: `/search?q=soak%20${nth % 50}` }))
    if (kind < 17) return this.#expect(200, await this.#traffic.ask({ path: `/incidents/${id}/history?limit=20` }))
    if (kind < 18) return this.#create()
    return this.#update(id)
  }
  async #create(): Promise<void> {
    const said = await this.#traffic.ask({
      method: 'POST',
      path: '/incidents',
      body: { subject: `Soak ${this.#nth % 50}: the printer is warm`, impact: 'person', urgency: 'high', requester: 1 },
    })
    if (said.status === 201 && this.#ids.length < 2_000) this.#ids.push((JSON.parse(said.text) as { id: number }).id)
    this.#expect(201, said)
  }
  async #update(id: number): Promise<void> {
    const found = await this.#traffic.ask({ path: `/incidents/${id}` })
    if (found.status !== 200) return this.#expect(200, found)
    const { rev } = JSON.parse(found.text) as { rev: number }
    const said = await this.#traffic.ask({
      method: 'PATCH',
      path: `/incidents/${id}`,
      headers: { 'if-match': `"${rev}"` },
      body: { subject: `Soak ${this.#nth}: the printer is hot` },
    })
    if (said.status !== 412) this.#expect(200, said) // somebody was quicker
  }
  async #signIn(): Promise<void> {
    const body = { email: 'ada@harbour.test', password: 'correct horse battery staple' }
    const said = await this.#traffic.ask({ method: 'POST', path: '/session', body, headers: { authorization: '' } })
    this.#expect(200, said)
  }
  #reopenStream(): void {
    this.#streams.shift()?.()
    this.#streams.push(this.#traffic.listen())
  }
  #expect(status: number, said: Said): void {
    if (said.status === status) return
    if (said.status === 503 && Number(said.headers['retry-after']) >= 1) return void this.turnedAway++
    const what = `${said.status} ${said.text.slice(0, 150)}`
    this.strange.set(what, (this.strange.get(what) ?? 0) + 1)
  }
}
const LISTS = [
  '/incidents?limit=50&sort=-openedAt',
  '/incidents?limit=50&filter=status:new&sort=priority,-openedAt',
  '/incidents?limit=50&q=printer',
  '/incidents/groups?by=status,priority',
  '/bridge',
]

/** Nothing may wait for ever: jobs that are due, reactions, the seal. */
async function empty(product: Product): Promise<void> {
  const embedded = await startEmbedded(product.folder) // the running one, shared
  const db = openDatabase({ connection: embedded.superuserConnection })
  try {
    let waiting: Record<string, number> = {}
    for (const end = performance.now() + EMPTY_PATIENCE_MS; performance.now() < end; await sleep(1_000)) {
      waiting = await waitingIn(db)
      if (Object.values(waiting).every((count) => count === 0)) return
    }
    assert.fail(`still waiting: ${JSON.stringify(waiting)}; failed: ${JSON.stringify(await failedJobs(db, 10))}`)
  } finally {
    await db.close()
    await embedded.stop()
  }
}
async function waitingIn(db: Database): Promise<Record<string, number>> {
  const rows = await db.query<Record<string, number>>(
    `select (select count(*)::int from jobs.job where state in ('created', 'retry') and start_after < now() - interval '20 seconds' and name not like '\\_\\_%') as jobs,
      (select count(*)::int from jobs.job where state = 'failed') as failed,
      (select count(*)::int from reaction_cursor r where exists (select 1 from journal j where (j.xid, j.id) > (r.xid, r.id))) as reactions,
      (select count(*)::int from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id)) as unsealed`,
  )
  return rows[0] ?? {}
}
/** The sample with the least memory of each stretch. */
function floors(samples: readonly Sample[]): Sample[] {
  const least = new Map<number, Sample>()
  for (const sample of samples) {
    const stretch = Math.floor(sample.seconds / FLOOR_SECONDS)
    if (sample.megabytes < (least.get(stretch)?.megabytes ?? Infinity)) least.set(stretch, sample)
  }
  return [...least.values()]
}
/** Of the straight line with the least squares, in MB a second. */
function slopeOf(samples: readonly Sample[]): number {
  const [x, y] = [mean(samples.map((one) => one.seconds)), mean(samples.map((one) => one.megabytes))]
  const over = samples.reduce((sum, one) => sum + (one.seconds - x) * (one.megabytes - y), 0)
  return over / samples.reduce((sum, one) => sum + (one.seconds - x) ** 2, 0)
}
function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

/** What must hold however long it was. `slope` in MB a minute. */
export function isSound(found: Soaked, most: { slope: number; growth: number }): void {
  assert.deepEqual(found.strange, {}, 'answers that nobody should get')
  // Other work on this machine may take it from us for seconds; what is measured must still be mostly answers.
  assert.ok(found.turnedAway < found.requests / 2, `${found.turnedAway} of ${found.requests} were turned away`)
  assert.ok(found.slope <= most.slope, `memory grows by ${found.slope.toFixed(2)} MB a minute`)
  assert.ok(found.atRest.end - found.atRest.begin <= most.growth, `memory at rest grew from ${found.atRest.begin.toFixed(0)} to ${found.atRest.end.toFixed(0)} MB`) // oxfmt-ignore
  assert.ok(found.descriptors.end <= found.descriptors.begin + 20, `descriptors grew from ${found.descriptors.begin} to ${found.descriptors.end}`) // oxfmt-ignore
}
export function inWords(found: Soaked): string {
  const { rate, capacity, requests, slope, megabytes, atRest: rest, descriptors, turnedAway } = found
  return `${requests} requests at ${rate.toFixed(0)}/s (capacity ${capacity.toFixed(0)}/s), ${turnedAway} turned away; memory ${megabytes.begin.toFixed(0)} to ${megabytes.end.toFixed(0)} MB, at most ${megabytes.most.toFixed(0)}, slope ${slope.toFixed(2)} MB a minute; at rest ${rest.begin.toFixed(0)} to ${rest.end.toFixed(0)} MB; descriptors ${descriptors.begin} to ${descriptors.end}`
}
