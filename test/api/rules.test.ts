// The rules of the API that hold for every route: idempotency, revisions, who asks.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { Idempotency } from '#platform/idempotency.ts'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
let agent: string
before(async () => {
  server = await startTestServer()
  agent = server.people.agent.token
})
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> =>
  server.call('POST', path, { body, token: agent, headers })
const idOf = (answer: Answered): number => (answer.body as { id: number }).id

describe('an Idempotency-Key', () => {
  const key = (name: string): Record<string, string> => ({ 'idempotency-key': name })
  it('does a request once and gives its answer again', async () => {
    const first = await post('/incidents', { subject: 'Printer' }, key('once'))
    const again = await post('/incidents', { subject: 'Printer' }, key('once'))
    assert.deepEqual([first.status, again.status], [201, 201])
    assert.deepEqual(again.body, first.body)
    assert.equal(again.headers.get('etag'), first.headers.get('etag'))
    assert.equal(again.headers.get('location'), first.headers.get('location'))
    assert.equal(again.headers.get('idempotent-replayed'), 'true')
  })
  it('of another request is refused', async () => {
    await post('/incidents', { subject: 'a' }, key('other'))
    problem(await post('/incidents', { subject: 'b' }, key('other')), 422, /another request/)
    problem(await post('/teams', { name: 'a' }, key('other')), 422)
  })
  it('of another person is theirs alone', async () => {
    await post('/incidents', { subject: 'mine' }, key('personal'))
    const other = await server.call('POST', '/incidents', {
      body: { subject: 'mine' },
      token: server.people.manager.token,
      headers: key('personal'),
    })
    assert.ok(
      other.status === 422 || other.headers.get('idempotent-replayed') === null,
      'another person must not be given this answer',
    )
  })
  it('sent ten times at once creates one record', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, () => post('/incidents', { subject: 'storm' }, key('storm'))),
    )
    assert.ok(all.every(({ status }) => status === 201 || status === 409))
    assert.equal(new Set(all.filter(({ status }) => status === 201).map(idOf)).size, 1)
    const list = await server.call('GET', '/incidents?filter=subject:storm', { token: agent })
    assert.equal((list.body as { items: unknown[] }).items.length, 1)
  })
  it('that ends while its row, read without an answer, is on its way is told as running', async () => {
    const [row] = await server.db.query<{ org: number; person: number }>(
      'select org, id as person from person order by id limit 1',
    )
    assert.ok(row)
    const read = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const slow: Database = Object.create(server.db, {
      query: {
        value: async (text: string, values?: readonly unknown[]) => {
          const rows = await server.db.query(text, values)
          if (!text.startsWith('select fingerprint')) return rows
          read.resolve()
          await ended.promise
          return rows
        },
      },
    })
    const once = new Idempotency(slow)
    const actor: Actor = { ...row, name: '', roles: [], origin: 'api', request: 'late-row' }
    const of = { actor, key: 'late-row', url: '/x', body: {}, answersSecret: false }
    const begun = Promise.withResolvers<void>()
    const first = once.once(of, async () => {
      begun.resolve()
      await read.promise
      return { status: 201, body: { id: 1 } }
    })
    await begun.promise
    const second = assert.rejects(() => once.once(of, () => assert.fail('done twice')), /still running/)
    assert.equal((await first).status, 201)
    ended.resolve()
    await second
  })
  it('of a refused request may be used again', async () => {
    problem(await post('/incidents', {}, key('mended')), 422)
    assert.equal((await post('/incidents', { subject: 'now' }, key('mended'))).status, 201)
  })
  it('that cannot be kept is refused', async () => {
    problem(await post('/incidents', { subject: 'x' }, key('x'.repeat(201))), 400)
    problem(await post('/incidents', { subject: 'x' }, key('two words')), 400)
  })
  it('left behind by a process that was killed is done when the journal has nothing of it, and never twice', async () => {
    const send = () => post('/incidents', { subject: 'crash' }, key('orphan'))
    const orphaned = (request: string) =>
      server.db.query(
        `update idempotency set status = 0, body = null, process = 'dead', at = now() - interval '1 minute', request = ${request} where key = 'orphan'`,
      )
    const first = await send()
    await orphaned('request')
    const again = await send()
    assert.deepEqual([again.status, idOf(again)], [200, idOf(first)])
    assert.equal(again.headers.get('answer-lost'), 'true')
    await orphaned("'nothing'")
    assert.equal((await send()).status, 201)
  })
  it('of another process that may still be at it waits', async () => {
    const send = () => post('/incidents', { subject: 'elsewhere' }, key('elsewhere'))
    await send()
    await server.db.query("update idempotency set status = 0, process = 'other' where key = 'elsewhere'")
    problem(await send(), 409, /still running/)
  })
  it('never keeps a secret that is shown once', async () => {
    const made = await post('/tokens', { name: 'ci' }, key('token'))
    assert.equal(made.status, 201)
    const [row] = await server.db.query<{ body: unknown }>("select body from idempotency where key = 'token'")
    assert.doesNotMatch(JSON.stringify(row?.body ?? null), /ph_/)
    problem(await post('/tokens', { name: 'ci' }, key('token')), 409, /shown once/)
  })
})

describe('a revision', () => {
  it('is asked for, compared, and told with the present record', async () => {
    const made = await post('/incidents', { subject: 'one' })
    const path = `/incidents/${idOf(made)}`
    assert.equal(made.headers.get('etag'), '"1"')
    assert.equal(made.headers.get('location'), `/api/v1${path}`)
    problem(await server.call('PATCH', path, { token: agent, body: { subject: 'two' } }), 428)
    const changed = await server.call('PATCH', path, {
      token: agent,
      body: { subject: 'two' },
      headers: { 'if-match': '"1"' },
    })
    assert.deepEqual([changed.status, changed.headers.get('etag')], [200, '"2"'])
    const stale = problem(
      await server.call('PATCH', path, { token: agent, body: { subject: 'three' }, headers: { 'if-match': 'W/"1"' } }),
      412,
    )
    assert.partialDeepStrictEqual(stale['current'], { subject: 'two', rev: 2 })
    for (const bad of ['x', '*', '"1", "2"', '-1', '99999999999999999999'])
      problem(await server.call('PATCH', path, { token: agent, body: {}, headers: { 'if-match': bad } }), 400)
    problem(await server.call('DELETE', path, { token: agent, headers: { 'if-match': '"2"' } }), 403)
    problem(
      await server.call('DELETE', path, { token: server.people.manager.token, headers: { 'if-match': '"1"' } }),
      412,
    )
  })
})

describe('who asks', () => {
  it('must say so', async () => {
    problem(await server.call('GET', '/incidents'), 401)
    for (const token of ['', 'x', agent.slice(0, -1), `${agent} x`])
      problem(await server.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } }), 401)
    problem(await server.call('GET', '/me', { headers: { authorization: 'Basic YTpi' } }), 401)
    problem(await server.call('GET', '/me', { headers: { cookie: 'pilothouse=x' } }), 401)
  })
  it('with a cookie writes from our own pages only', async () => {
    const cookie = await signIn()
    const write = (headers: Record<string, string>): Promise<Answered> =>
      server.call('PATCH', '/me/preferences', { body: { theme: 'dark' }, headers: { cookie, ...headers } })
    assert.equal((await write({ origin: server.url })).status, 200)
    assert.equal((await write({ 'sec-fetch-site': 'same-origin' })).status, 200)
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      server.url.replace('http', 'https').replace(/\d+$/, '444'),
      `${server.url}.evil.example`,
    ])
      problem(await write({ origin }), 403, /another site/)
    for (const site of ['cross-site', 'same-site']) problem(await write({ 'sec-fetch-site': site }), 403)
    problem(await server.call('DELETE', '/session', { headers: { cookie, origin: 'https://evil.example' } }), 403)
    assert.equal(
      (await server.call('GET', '/me', { headers: { cookie, origin: 'https://evil.example' } })).headers.get(
        'access-control-allow-origin',
      ),
      null,
    )
  })
  it('is unknown again after signing out, and a cookie is out of reach of scripts', async () => {
    const answer = await server.call('POST', '/session', {
      body: { email: 'ada@harbour.test', password: administratorPassword },
    })
    assert.match(answer.headers.get('set-cookie') ?? '', /; HttpOnly; SameSite=Lax/)
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    assert.equal((await server.call('DELETE', '/session', { headers: { cookie } })).status, 204)
    problem(await server.call('GET', '/me', { headers: { cookie } }), 401)
  })
  it('with a revoked token is unknown at once', async () => {
    const made = (await post('/tokens', { name: 'short' })).body as { id: number; token: string }
    assert.equal((await server.call('GET', '/me', { token: made.token })).status, 200)
    assert.equal((await server.call('DELETE', `/tokens/${made.id}`, { token: agent })).status, 204)
    problem(await server.call('GET', '/me', { token: made.token }), 401)
    problem(await server.call('DELETE', `/tokens/${made.id}`, { token: agent }), 404)
  })
  it('guesses passwords ten times a minute at most', async () => {
    const tries = await Promise.all(
      Array.from({ length: 14 }, () =>
        server.call('POST', '/session', { body: { email: 'ada@harbour.test', password: 'wrong' } }),
      ),
    )
    assert.ok(tries.some(({ status }) => status === 429))
    assert.ok(tries.every(({ status }) => status === 401 || status === 429))
  })
})
async function signIn(): Promise<string> {
  const answer = await server.call('POST', '/session', {
    body: { email: 'ada@harbour.test', password: administratorPassword },
  })
  assert.equal(answer.status, 200, answer.text)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}
