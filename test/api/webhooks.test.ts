// Webhooks against a real receiver: signed, once, tried again, never inside the own network, never with what a record says.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, beforeEach, describe, it } from 'node:test'
import { holdOutgoing } from '#kit/hold-outgoing.ts'
import { deliverWebhooks, webhookTickers } from '#kit/webhooks/deliver.ts'
import { webhookReaction } from '#kit/webhooks/reaction.ts'
import { publicPost } from '#platform/public-post.ts'
import type { Answered } from '../setup/call.ts'
import { atEnd } from '../setup/database.ts'
import { follow as catchUp } from '../setup/follow.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
interface Received {
  path: string
  headers: IncomingMessage['headers']
  body: string
}
const secret = Buffer.alloc(32, 7)
let server: TestServer
let receiver: Server
let address = ''
let received: Received[] = []
let answer: (response: ServerResponse, path: string) => void
before(async () => {
  process.env['PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS'] = 'true' // the receiver is on this machine
  server = await startTestServer()
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { headers, url: path = '' } = request
      received.push({ path, headers, body: Buffer.concat(parts).toString() })
      answer(response, path)
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  atEnd(async () => {
    receiver.closeAllConnections()
    await new Promise((done) => receiver.close(done))
  })
})
beforeEach(async () => {
  received = []
  answer = (response) => void response.writeHead(204).end()
  await follow()
  await server.db.query('delete from webhook')
  await server.db.query('delete from webhook_delivery')
})
const ask = async (method: string, path: string, body?: unknown): Promise<Answered & { body: Loose }> =>
  server.call(method, path, { token: server.people.administrator.token, ...(body === undefined ? {} : { body }) })
async function hook(more: object = {}): Promise<{ id: number; secret: string }> {
  const made = await ask('POST', '/admin/webhooks', { name: 'Receiver', url: address, events: ['created', 'commented'], ...more }) // oxfmt-ignore
  assert.equal(made.status, 201, made.text)
  return made.body
}
const follow = (): Promise<void> =>
  catchUp(server, webhookReaction({ store: server.store, publicUrl: 'https://pilot.test' }))
/** @param patienceMs how long a receiver may take; a loaded machine takes its time. */
async function deliver(isPrivateAllowed = true, patienceMs = 60_000): Promise<void> {
  await server.db.query("update webhook_delivery set next_at = now() where state = 'queued'")
  await server.db.query('update webhook set next_at = now()')
  const post = publicPost(isPrivateAllowed, { wholeMs: patienceMs })
  await deliverWebhooks({ db: server.db, secret, post }, new AbortController().signal)
}
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, 'it does not become so')
    await new Promise((done) => setTimeout(done, 50))
  }
}
async function incident(): Promise<Loose> {
  const { status, body, text } = await ask('POST', '/incidents', { subject: 'A canary of the subject' })
  assert.equal(status, 201, text)
  return body
}
const log = async (id: number): Promise<Loose[]> => (await ask('GET', `/admin/webhooks/${id}/deliveries`)).body.items

describe('a webhook', () => {
  it('gets what it asked for, signed, with ids alone', async () => {
    const { id, secret: key } = await hook()
    const made = await incident()
    await follow()
    await follow()
    await deliver()
    await deliver()
    assert.equal(received.length, 1)
    const [{ headers, body }] = received as [Received]
    assert.deepEqual(JSON.parse(body), {
      type: 'incident.created',
      timestamp: JSON.parse(body).timestamp,
      data: { record: 'incident', id: made.id, number: made.number, url: `https://pilot.test/desk/incidents/${made.number}`, action: 'create', by: server.people.administrator.id }, // oxfmt-ignore
    })
    assert.ok(!body.includes('canary'))
    const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const wanted = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
      .update(text)
      .digest('base64')
    assert.equal(headers['webhook-signature'], `v1,${wanted}`)
    assert.ok(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000) < 300)
    assert.deepEqual((await log(id)).map(({ state, status, attempts }) => [state, status, attempts]), [['delivered', 204, 1]]) // oxfmt-ignore
  })
  it('that refuses is tried again with the same id, and the log says why', async () => {
    const { id } = await hook()
    await incident()
    await follow()
    answer = (response) => void response.writeHead(500).end()
    await deliver()
    const [failed] = await log(id)
    assert.deepEqual([failed.state, failed.lastError, failed.attempts], ['queued', 'It answers 500.', 1])
    assert.ok(failed.nextAt !== null)
    answer = (response) => void response.writeHead(200).end()
    await deliver()
    assert.equal((await log(id))[0].state, 'delivered')
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1)
    assert.equal((await ask('POST', `/admin/webhook-deliveries/${failed.id}/send`, {})).status, 204)
    await deliver()
    assert.equal(received.length, 3)
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1)
  })
  it('that hangs is given up, and one that is gone is told nothing more', async () => {
    const { id } = await hook()
    await incident()
    await follow()
    answer = () => {}
    await deliver(true, 1500)
    assert.match((await log(id))[0].lastError, /did not answer in time/)
    answer = (response) => void response.writeHead(410).end()
    await deliver()
    assert.equal((await log(id))[0].state, 'failed')
    assert.equal((await ask('GET', '/admin/webhooks')).body.items[0].isOn, false)
    await incident()
    await follow()
    assert.equal((await log(id)).length, 1)
  })
  it('that swallows what is sent stops no other one, and has one message under way', async () => {
    answer = (response, path) => void (path === '/swallow' || response.writeHead(204).end())
    const good = await hook({ name: 'Good' })
    const bad = await hook({ name: 'Swallows', url: address.replace('/hook', '/swallow') })
    for (const id of [bad.id, good.id])
      for (let nth = 0; nth < 6; nth++) {
        assert.equal((await ask('POST', `/admin/webhooks/${id}/test`, {})).status, 202)
      }
    const stop = new AbortController()
    const post = publicPost(true, { wholeMs: 300_000 })
    const lanes = webhookTickers({ db: server.db, secret, post }).map(({ work }) => work(stop.signal))
    await until(async () => (await log(good.id)).every(({ state }) => state === 'delivered'))
    // What comes later is not held up either.
    assert.equal((await ask('POST', `/admin/webhooks/${good.id}/test`, {})).status, 202)
    const later = webhookTickers({ db: server.db, secret, post }).map(({ work }) => work(stop.signal))
    await until(async () => (await log(good.id)).every(({ state }) => state === 'delivered'))
    const swallowed = (): number => received.filter(({ path }) => path === '/swallow').length
    await until(async () => swallowed() > 0)
    assert.equal(swallowed(), 1)
    const states = Map.groupBy(await log(bad.id), ({ state }) => state)
    assert.deepEqual([states.get('sending')?.length, states.get('queued')?.length], [1, 5])
    stop.abort()
    await Promise.all([...lanes, ...later])
    // It was not heard out: the try does not count.
    assert.deepEqual(
      new Set((await log(bad.id)).map(({ state, attempts }) => `${state} ${attempts}`)),
      new Set(['queued 0']),
    )
  })
  it('that fails is left alone for a while with all its messages, says so, and goes on when it answers', async () => {
    const { id } = await hook()
    for (let nth = 0; nth < 3; nth++) await ask('POST', `/admin/webhooks/${id}/test`, {})
    answer = (response) => void response.writeHead(503).end()
    await deliver()
    assert.equal(received.length, 1)
    const [shown] = (await ask('GET', '/admin/webhooks')).body.items
    assert.ok(Date.parse(shown.nextAt) > Date.parse(shown.failingSince))
    answer = (response) => void response.writeHead(204).end()
    await deliver()
    assert.equal(received.length, 4)
    assert.deepEqual(
      (await log(id)).map(({ state }) => state),
      ['delivered', 'delivered', 'delivered'],
    )
    assert.equal((await ask('GET', '/admin/webhooks')).body.items[0].failingSince, null)
  })
  it('is told nothing after a restore until somebody decides, and a second copy has the same id', async () => {
    const { id } = await hook()
    const [place] = await server.db.query<Loose>("select xid::text, id::text from reaction_cursor where name = 'webhooks'") // oxfmt-ignore
    await incident()
    await follow()
    await ask('POST', `/admin/webhooks/${id}/test`, {})
    await holdOutgoing(server.db)
    await deliver()
    assert.equal(received.length, 0)
    assert.deepEqual(
      (await log(id)).map(({ state }) => state),
      ['held', 'held'],
    )
    assert.match((await log(id))[0].lastError, /brought back to an earlier moment/)
    assert.equal((await ask('GET', '/admin/webhooks')).body.items[0].held, 2)
    const [, first] = await log(id)
    assert.equal((await ask('POST', `/admin/webhook-deliveries/${first.id}/send`, {})).status, 204)
    await deliver()
    assert.deepEqual(
      received.map(({ body }) => JSON.parse(body).type),
      ['incident.created'],
    )
    assert.deepEqual((await ask('POST', `/admin/webhooks/${id}/held`, { deed: 'discard' })).body, { count: 1 })
    await deliver()
    assert.deepEqual(
      (await log(id)).map(({ state }) => state),
      ['discarded', 'delivered'],
    )
    problem(await ask('POST', '/admin/webhooks/999/held', { deed: 'send' }), 404)
    // The journal is read again from where it was when the backup was made.
    await server.db.query("update reaction_cursor set xid = $1::xid8, id = $2::uuid where name = 'webhooks'", [place.xid, place.id]) // oxfmt-ignore
    await follow()
    await deliver()
    assert.deepEqual(received.map(({ headers }) => headers['webhook-id']), [received[0]?.headers['webhook-id'], received[0]?.headers['webhook-id']]) // oxfmt-ignore
  })
  it('is not followed when it sends on, and reaches nothing inside the own network', async () => {
    const { id } = await hook()
    await incident()
    await follow()
    answer = (response) => void response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end()
    await deliver()
    assert.match((await log(id))[0].lastError, /answers 307 and sends on/)
    assert.equal(received.length, 1)
    for (const url of [
      address,
      'http://localhost:7300/',
      'http://[::1]:7300/',
      'http://10.0.0.1/',
      'http://0x7f000001:7300/',
    ]) {
      await server.db.query('delete from webhook')
      await server.db.query('delete from webhook_delivery')
      const inner = await hook({ url })
      await incident()
      await follow()
      await deliver(false)
      assert.match((await log(inner.id))[0].lastError, /inside the own network/, url)
    }
    assert.equal(received.length, 1)
  })
  it('keeps its secret to itself', async () => {
    const { secret: key } = await hook()
    for (const path of ['/admin/webhooks', '/journal']) assert.ok(!(await ask('GET', path)).text.includes(key), path)
    const rows = await server.db.query("select encode(secret, 'escape') as kept from webhook")
    assert.ok(!JSON.stringify(rows).includes(key))
    problem(await ask('POST', '/admin/webhooks', { name: 'x', url: 'file:///etc/passwd', events: ['created'] }), 422)
    problem(await ask('POST', '/admin/webhooks', { name: 'x', url: address, events: [] }), 422)
  })
  it('is judged when it is made: what nobody could ever tell it, and where nothing can be sent, with the field', async () => {
    const errors = async (more: object): Promise<[string, string][]> => {
      const { status, body, text } = await ask('POST', '/admin/webhooks', { name: 'Receiver', url: address, events: ['created'], ...more }) // oxfmt-ignore
      assert.equal(status, 422, text)
      return body.errors.map(({ pointer, detail }: Loose) => [pointer, detail])
    }
    for (const url of ['https://user:pw@hooks.example/', 'http://hooks.example:25/', 'https://hooks.example:6379/'])
      assert.deepEqual((await errors({ url })).map(([pointer]) => pointer), ['/url'], url) // oxfmt-ignore
    const records = await errors({ records: ['incident', 'nothing', 'comment', 'constructor'] })
    assert.deepEqual(records.map(([pointer]) => pointer), ['/records/1', '/records/2', '/records/3']) // oxfmt-ignore
    assert.match(records[0]?.[1] ?? '', /Nothing is told of "nothing"/)
    // A kind that has no states is never moved.
    assert.deepEqual(await errors({ records: ['team'], events: ['created', 'moved'] }), [['/events/1', 'This never happens to the kinds of record that are chosen.']]) // oxfmt-ignore
    await hook({ records: ['incident', 'team'], events: ['moved'] })
  })
  it('keeps of its address the server alone in the journal: the rest may be a secret', async () => {
    await hook({ url: 'https://hooks.example/services/T0/the-secret-of-it?key=another' })
    const [entry] = await server.db.query<Loose>("select changes from journal where action = 'webhook-made' order by id desc limit 1") // oxfmt-ignore
    assert.deepEqual(entry.changes.host, [null, 'hooks.example'])
    assert.doesNotMatch(JSON.stringify(entry.changes), /the-secret-of-it|another/)
  })
  it('is told only of its own organisation, and of nothing that an import brings', async () => {
    await server.db.query("insert into webhook (org, name, url, secret, events) values (2, 'theirs', $1, '', '{created}')", [address]) // oxfmt-ignore
    await incident()
    await follow()
    assert.deepEqual(await server.db.query('select 1 as one from webhook_delivery'), [])
  })
})
