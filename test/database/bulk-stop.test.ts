// A change of very many records whose process stops, or that is cancelled, in the middle of a batch: nothing is done twice, nothing is left out.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BulkProgress } from '#kit/bulk-run.ts'
import { BULK_JOB } from '#kit/bulk-run.ts'
import { bulkJob } from '#kit/bulk-work.ts'
import { Store } from '#kit/store.ts'
import { now } from '#platform/clock.ts'
import { schema } from '#platform/job-states.ts'
import { openJobs, type Jobs } from '#platform/jobs.ts'
import { allRules } from '#app'
import { startTestServer, type TestServer } from '../setup/server.ts'

/** More than one batch, and not a multiple of it. */
const MANY = 230
/** Nothing here is judged by how long it takes. */
const PATIENCE_MS = 300_000
const PACE = { poll: 0.5, supervise: 1, heartbeat: 10, cron: 1 }
let server: TestServer
const workers: Jobs[] = []
before(async () => {
  server = await startTestServer()
  const rows = "insert into category (org, id, created_at, updated_at, name, tags) select 1, 1000 + n, now(), now(), 'Row ' || n, '{many}' from generate_series(1, $1::integer) n" // oxfmt-ignore
  await server.db.query(rows, [MANY])
})
after(() => Promise.all(workers.map((worker) => worker.stop())))

/** The store as another process has it, which is told after each commit. */
function storeOf(onCommit: () => void): Store {
  return new Store({ db: server.db, catalogue: server.store.catalogue, now, rules: allRules(), onCommit })
}
/** A process of its own that takes the work of runs. */
async function newWorker(onCommit: (worker: Jobs) => void): Promise<Jobs> {
  const worker = openJobs({ connection: server.connection, db: server.db, pace: PACE })
  const store = storeOf(() => onCommit(worker))
  const { options, handler } = bulkJob({ store, jobs: worker })
  worker.define(BULK_JOB, options, handler)
  workers.push(worker)
  await worker.start(true)
  return worker
}
const ask = (method: string, path: string, body?: object) =>
  server.call(method, path, { token: server.people.administrator.token, ...(body === undefined ? {} : { body }) })
/** Gives all of them one tag more. */
async function begin(tag: string): Promise<BulkProgress> {
  const change = { tags: ['many', tag] }
  const begun = await ask('POST', '/bulk-runs', { record: 'category', filter: 'tags:many', change })
  assert.equal(begun.status, 202, begun.text)
  return begun.body as BulkProgress
}
const progress = async (id: number): Promise<BulkProgress> => (await ask('GET', `/bulk-runs/${id}`)).body as BulkProgress // oxfmt-ignore
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'it does not become so')
    await sleep(50)
  }
}
const tagged = (tag: string): Promise<number> => count(`category where '${tag}' = any(tags)`)
const count = async (where: string): Promise<number> =>
  (await server.db.query<{ n: number }>(`select count(*)::integer as n from ${where}`))[0]?.n ?? 0

describe('a change of very many records', () => {
  it('goes on in another process when its own stops in the middle, and nothing is done twice', async () => {
    let written = 0
    const stops: Promise<void>[] = []
    await newWorker((worker) => {
      written++
      // In the middle of the second batch, as SIGTERM does it.
      if (written === 130) stops.push(worker.stop())
    })
    const run = await begin('once')
    await until(() => stops.length > 0)
    await Promise.all(stops)
    const half = await progress(run.id)
    assert.equal(half.state, 'running')
    assert.equal(half.position, await tagged('once'), 'exactly what was done is noted')
    assert.ok(half.position >= 130 && half.position < 200, `${half.position} were gone through`)
    const waiting = await server.db.query(`select retry_count from ${schema}.job where name = $1 and state in ('created', 'retry', 'active')`, [BULK_JOB]) // oxfmt-ignore
    assert.deepEqual(waiting, [{ retry_count: 0 }], 'one job, with all its attempts')
    await newWorker(() => {})
    await until(async () => (await progress(run.id)).state !== 'running')
    const over = await progress(run.id)
    assert.deepEqual([over.state, over.position, over.left], ['done', MANY, 0])
    const of = `journal where org = 1 and request = '${run.request}'`
    assert.deepEqual([await count(of), await count(`(select distinct record_id from ${of}) x`)], [MANY, MANY])
  })

  it('that is cancelled and taken back at once leaves nothing behind', async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    let written = 0
    const undone: Promise<BulkProgress>[] = []
    const run = await begin('undone')
    const sent: object[] = []
    const cancelAndUndo = async (): Promise<BulkProgress> => {
      assert.equal((await ask('DELETE', `/bulk-runs/${run.id}`)).status, 200)
      const begun = await ask('POST', `/bulk-runs/${run.id}/undo`, {})
      assert.equal(begun.status, 202, begun.text)
      const undo = begun.body as BulkProgress
      await work(server.store, undo)
      return progress(undo.id)
    }
    await work(
      storeOf(() => {
        if (++written === 10) undone.push(cancelAndUndo())
      }),
      run,
    )
    const [over] = await Promise.all(undone)
    assert.deepEqual([over?.state, over?.left, await tagged('undone')], ['done', 0, 0])
    assert.ok((await progress(run.id)).position >= 10, 'what was begun is noted, though it was cancelled')
    assert.deepEqual(sent, [])

    async function work(store: Store, { id, request }: BulkProgress): Promise<void> {
      const never = new AbortController().signal
      const jobs = { send: async (_: unknown, __: string, data: object) => (sent.push(data), null) }
      const data = { org: 1, run: id, person: server.people.administrator.id, origin: 'api', request, onBehalfOf: null, language: null } // oxfmt-ignore
      await bulkJob({ store, jobs }).handler(data, { id: 'test', attempt: 1, signal: never, stopping: never })
    }
  })

  it('is handed over when its turn is over, and stops where somebody else went on with it', async () => {
    const run = await begin('turns')
    const stop = new AbortController()
    const sent: object[] = []
    const jobs = { send: async (_: unknown, __: string, data: object) => (sent.push(data), null) }
    const data = { org: 1, run: run.id, person: server.people.administrator.id, origin: 'api', request: run.request, onBehalfOf: null, language: null } // oxfmt-ignore
    const never = new AbortController().signal
    let written = 0
    const store = storeOf(() => ++written === 20 && stop.abort())
    await bulkJob({ store, jobs }).handler(data, { id: 'first', attempt: 1, signal: never, stopping: stop.signal })
    assert.deepEqual(sent, [data])
    // Two processes that both take it for theirs: one of them goes on alone, and each record is counted once.
    const both = [1, 2].map(() => bulkJob({ store: server.store, jobs }).handler(data, { id: 'both', attempt: 1, signal: never, stopping: never })) // oxfmt-ignore
    await Promise.all(both)
    const over = await progress(run.id)
    assert.deepEqual([over.state, over.position, over.total, await tagged('turns')], ['done', MANY, MANY, MANY])
    assert.equal(await count(`journal where org = 1 and request = '${run.request}'`), MANY)
    assert.equal(sent.length, 1)
  })
})
