// A change of very many records in the background: it is made once, tells how far it is, goes on where it stopped, and is undone at once.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BulkProgress } from '#kit/bulk-run.ts'
import { bulkJob } from '#kit/bulk-work.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const many = 90
let server: TestServer
const ids: number[] = []
const begin = (who: Who, body: object) =>
  server.call('POST', '/bulk-runs', { token: server.people[who].token, body: { record: 'incident', ...body } })
const ask = (who: Who, id: number) => server.call('GET', `/bulk-runs/${id}`, { token: server.people[who].token })

/** Nothing here is judged by how long it takes. */
const PATIENCE_MS = 300_000
async function ended(id: number, who: Who = 'agent'): Promise<BulkProgress> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask(who, id)
    const progress = answer.body as BulkProgress
    if (progress.state !== 'running') return progress
    assert.ok(Date.now() < end, `not over: ${answer.text}`)
    await sleep(100)
  }
}

describe('a change of very many records', () => {
  before(async () => {
    server = await startTestServer({ isWorker: true })
    const { token } = server.people.agent
    for (let n = 0; n < many; n++) {
      const body = { subject: `Number ${n}`, impact: 'person', urgency: 'low' }
      ids.push(((await server.call('POST', '/incidents', { token, body })).body as { id: number }).id)
    }
  })

  it('is made in the background, one by one, and taken back by one undo', async () => {
    const begun = await begin('agent', { filter: 'subject~Number', change: { urgency: 'high' } })
    assert.equal(begun.status, 202, begun.text)
    const run = begun.body as BulkProgress
    assert.deepEqual([run.total, run.failed], [many, []])
    assert.deepEqual(await ended(run.id), { ...run, state: 'done', position: many })
    assert.equal(await urgent(), many)
    const { token } = server.people.agent
    assert.equal((await server.call('POST', '/undo', { token, body: { request: run.request } })).status, 200)
    assert.equal(await urgent(), 0)
  })

  it('tells which were left as they were, and why', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 3), move: 'reopen' })).body as BulkProgress
    const { failed, position } = await ended(run.id)
    assert.deepEqual(
      failed.map(({ id }) => id).toSorted((one, other) => one - other),
      ids.slice(0, 3),
    )
    assert.equal(position, 3)
    for (const { because } of failed) assert.ok(because.length > 5)
  })

  it('is found again by whoever began it, and by nobody else, for as long as it is under way', async () => {
    const running = async (who: Who): Promise<BulkProgress[]> =>
      ((await server.call('GET', '/bulk-runs', { token: server.people[who].token })).body as { items: BulkProgress[] })
        .items
    const run = (await begin('agent', { ids: ids.slice(0, 3), change: { urgency: 'low' } })).body as BulkProgress
    await ended(run.id)
    assert.deepEqual(await running('agent'), [])
    await put(run.id, 1)
    const [found, ...more] = await running('agent')
    assert.deepEqual([found, more], [{ ...run, position: 1 }, []])
    assert.deepEqual([run.record, run.deed], ['incident', 'change'])
    assert.deepEqual(await running('manager'), [])
    await put(run.id, 3)
    await again(run)
    assert.deepEqual(await running('agent'), [])
  })

  it('goes on where it stopped, and does nothing when it is over', async () => {
    const run = (await begin('agent', { ids, change: { urgency: 'high' } })).body as BulkProgress
    await ended(run.id)
    await put(run.id, 80)
    await again(run)
    assert.deepEqual([(await ended(run.id)).position, await urgent()], [many, many])
    await again(run)
  })

  it('does not take for a failure what it had done and not noted when its process died', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 5), move: 'cancel' })).body as BulkProgress
    assert.equal((await ended(run.id)).left, 0)
    await put(run.id, 0)
    await again(run)
    const { left, position, state } = await ended(run.id)
    assert.deepEqual([left, position, state], [0, 5, 'done'])
    const undone = (await undo(run.id)).body as BulkProgress
    assert.equal((await ended(undone.id)).left, 0)
    assert.equal(await cancelled(), 0)
    // The same of taking back.
    await server.db.query("update bulk_run set state = 'running', position = 0, after_entry = null where id = $1", [undone.id]) // oxfmt-ignore
    await again(undone)
    assert.deepEqual([(await ended(undone.id)).left, await cancelled()], [0, 0])
  })

  it('is cancelled by whoever started it: what is done stays, and nothing more is done', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 5), change: { urgency: 'normal' } })).body as BulkProgress
    await ended(run.id)
    await put(run.id, 3)
    const stop = (who: Who) => server.call('DELETE', `/bulk-runs/${run.id}`, { token: server.people[who].token })
    assert.equal((await stop('manager')).status, 404)
    assert.equal((await undo(run.id)).status, 409, 'while it is under way it is not undone')
    const stopped = await stop('agent')
    assert.deepEqual([stopped.status, (stopped.body as BulkProgress).state], [200, 'cancelled'])
    await again(run)
    assert.equal(((await ask('agent', run.id)).body as BulkProgress).position, 3)
    assert.equal((await stop('agent')).status, 409)
    const undone = (await undo(run.id)).body as BulkProgress
    assert.deepEqual([undone.total, (await ended(undone.id)).left], [5, 0])
    assert.equal((await server.call('POST', `/bulk-runs/${run.id}/undo`, { token: server.people.manager.token })).status, 404) // oxfmt-ignore
  })

  it('fails with a sentence when its attempts are used up, and not before', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 2), change: { urgency: 'low' } })).body as BulkProgress
    await ended(run.id)
    await put(run.id, 0)
    await server.db.query("update bulk_run set record = 'gone' where id = $1", [run.id])
    await assert.rejects(again(run, 3))
    assert.equal(((await ask('agent', run.id)).body as BulkProgress).state, 'running')
    await assert.rejects(again(run, 4))
    const { state, because } = await ended(run.id)
    assert.equal(state, 'failed')
    assert.match(because ?? '', /start it again/)
  })

  it('is told to whoever started it alone, and starts for nobody who may not see such records', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 1), change: { urgency: 'low' } })).body as BulkProgress
    assert.equal((await ask('manager', run.id)).status, 404)
    assert.equal((await begin('agent', { record: 'nothing', ids: [1], bin: true })).status, 404)
    assert.equal((await begin('agent', { filter: 'subject~Nowhere', bin: true })).status, 400)
    await ended(run.id)
  })

  it('has no bound: everything that a filter matches is gone through by key, and what was left is kept within bounds', async () => {
    const { administrator } = server.people
    const send = async (body: object) => (await server.call('POST', '/categories', { token: administrator.token, body })).body as { id: number } // oxfmt-ignore
    const { id: parent } = await send({ name: 'Above all' })
    // Most have the value already and cost next to nothing; 40 change, and 1,010 would be called like another one.
    const rows = (from: number, n: number, name: string, above: number | null) =>
      server.db.query(
        "insert into category (org, id, created_at, updated_at, name, parent, tags) select 1, $1::bigint + n, now(), now(), $3 || n, $4, '{many}' from generate_series(1, $2::integer) n",
        [from, n, name, above],
      )
    await rows(100_000, 10_400, 'Row ', null)
    await rows(200_000, 1_010, 'Row ', parent)
    await rows(300_000, 40, 'Kept ', parent)
    const body = { record: 'category', filter: 'tags:many createdAt>=-1d', change: { parent: null } }
    const begun = await begin('administrator', body)
    assert.equal(begun.status, 202, begun.text)
    const run = begun.body as BulkProgress
    assert.equal(run.total, null, 'more than a list counts are counted by the run')
    const over = await ended(run.id, 'administrator')
    assert.deepEqual([over.state, over.total, over.position, over.left, over.failed.length], ['done', 11_450, 11_450, 1_010, 1_000]) // oxfmt-ignore
    assert.equal(over.reasons.reduce((sum, { count }) => sum + count, 0), 1_010) // oxfmt-ignore
    assert.ok(over.reasons.length <= 51, `${over.reasons.length} reasons`)
    const above = (): Promise<{ n: number }[]> => server.db.query('select count(*)::integer as n from category where parent = $1', [parent]) // oxfmt-ignore
    assert.equal((await above())[0]?.n, 1_010)
    const undone = (await undo(run.id, 'administrator')).body as BulkProgress
    assert.deepEqual([undone.total, (await ended(undone.id, 'administrator')).left], [40, 0])
    assert.equal((await above())[0]?.n, 1_050)
  })

  it('is done with the rights of each moment, and by nobody who has left', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 3), change: { urgency: 'high' } })).body as BulkProgress
    await ended(run.id)
    const { agent } = server.people
    await server.db.query('update bulk_run set request = $2 where id = $1', [run.id, 'another'])
    await put(run.id, 0)
    await server.db.query('delete from role_grant where org = 1 and person = $1', [agent.id])
    await again({ ...run, request: 'another' })
    const [kept] = await server.db.query<{ failures: number; state: string }>('select failures, state from bulk_run where id = $1', [run.id]) // oxfmt-ignore
    assert.deepEqual(kept, { failures: 3, state: 'done' })
    await put(run.id, 0)
    await server.db.query("update person set status = 'left' where org = 1 and id = $1", [agent.id])
    await again({ ...run, request: 'another' })
    const [ended_] = await server.db.query<{ state: string; because: string }>('select state, because from bulk_run where id = $1', [run.id]) // oxfmt-ignore
    assert.equal(ended_?.state, 'failed')
    assert.match(ended_?.because ?? '', /not here any more/)
  })
})

/** As a process leaves it that dies at this place. */
async function put(id: number, position: number): Promise<void> {
  await server.db.query("update bulk_run set state = 'running', position = $2, failures = 0, failed = '[]', reasons = '{}' where id = $1", [id, position]) // oxfmt-ignore
}
/** What a process that follows does. */
async function again({ id, request }: Pick<BulkProgress, 'id' | 'request'>, attempt = 2): Promise<void> {
  const data = {
    org: 1,
    run: id,
    person: server.people.agent.id,
    origin: 'api',
    request,
    onBehalfOf: null,
    language: null,
  }
  const never = new AbortController().signal
  const jobs = { send: () => assert.fail('nothing stops, so nothing is handed over') }
  await bulkJob({ store: server.store, jobs }).handler(data, { id: 'again', attempt, signal: never, stopping: never })
}
function undo(id: number, who: Who = 'agent') {
  return server.call('POST', `/bulk-runs/${id}/undo`, { token: server.people[who].token })
}
async function cancelled(): Promise<number> {
  const rows = await server.db.query<{ n: number }>("select count(*)::integer as n from incident where status = 'cancelled'") // oxfmt-ignore
  return rows[0]?.n ?? 0
}

async function urgent(): Promise<number> {
  const rows = await server.db.query<{ n: number }>(
    "select count(*)::integer as n from incident where urgency = 'high'",
  )
  return rows[0]?.n ?? 0
}
