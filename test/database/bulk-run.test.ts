// A change of very many records in the background: it is made once, tells how far it is, goes on where it stopped, and is undone at once.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BulkProgress } from '#kit/bulk-run.ts'
import { bulkJob } from '#kit/bulk-run.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

const many = 90
let server: TestServer
const ids: number[] = []
const begin = (who: Who, body: object) =>
  server.call('POST', '/bulk-runs', { token: server.people[who].token, body: { record: 'incident', ...body } })
const ask = (who: Who, id: number) => server.call('GET', `/bulk-runs/${id}`, { token: server.people[who].token })

async function ended(id: number): Promise<BulkProgress> {
  const end = Date.now() + 60_000
  for (;;) {
    const answer = await ask('agent', id)
    const progress = answer.body as BulkProgress
    if (progress.state === 'done') return progress
    assert.ok(Date.now() < end, `not done within a minute: ${answer.text}`)
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

  it('goes on where it stopped, and does nothing when it is over', async () => {
    const run = (await begin('agent', { ids, change: { urgency: 'high' } })).body as BulkProgress
    await ended(run.id)
    await server.db.query("update bulk_run set state = 'running', position = 80 where id = $1", [run.id])
    const { agent } = server.people
    const data = { org: 1, run: run.id, person: agent.id, name: 'agent', roles: agent.roles, grants: [], origin: 'api', request: run.request, language: null } // oxfmt-ignore
    const { handler } = bulkJob(server)
    const signal = new AbortController().signal
    await handler(data, { id: 'again', attempt: 2, signal })
    assert.deepEqual([(await ended(run.id)).position, await urgent()], [many, many])
    await handler(data, { id: 'again', attempt: 3, signal })
  })

  it('is told to whoever started it alone, and starts for nobody who may not see such records', async () => {
    const run = (await begin('agent', { ids: ids.slice(0, 1), change: { urgency: 'low' } })).body as BulkProgress
    assert.equal((await ask('manager', run.id)).status, 404)
    assert.equal((await begin('agent', { record: 'nothing', ids: [1], bin: true })).status, 404)
    assert.equal((await begin('agent', { filter: 'subject~Nowhere', bin: true })).status, 400)
    await ended(run.id)
  })
})

async function urgent(): Promise<number> {
  const rows = await server.db.query<{ n: number }>(
    "select count(*)::integer as n from incident where urgency = 'high'",
  )
  return rows[0]?.n ?? 0
}
