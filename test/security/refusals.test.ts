// Refused access in the log: who was refused what and why, without personal data, and never a flood.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fastify from 'fastify'
import { isAskedBy, isRefusedFor, watchRefusals, type RefusedAccess } from '#platform/refusals.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface Line {
  readonly level: number
  readonly msg: string
  readonly refused: RefusedAccess
}
let server: TestServer
before(async () => {
  server = await startTestServer()
})
const lines = (): Line[] =>
  server.log.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'access was refused')
/** The line of one request: it is written when the answer is out, which may be a moment later. */
async function lineOf(request: string | null): Promise<Line> {
  for (const until = Date.now() + 20_000; Date.now() < until; await new Promise((next) => setTimeout(next, 10))) {
    const found = lines().find(({ refused }) => refused.request === request)
    if (found !== undefined) return found
  }
  return assert.fail(`no line for ${request}`)
}

describe('refused access', () => {
  it('[ASVS 16.3.2] is a line each: request, person, route and reason', async () => {
    const { agent, manager } = server.people
    const scoped = await newToken(
      server.store,
      { org: 1, person: agent.id },
      { name: 'narrow', days: 1, scope: { readOnly: true, records: null } },
    )
    const cases: [string, string, string | undefined, object][] = [
      ['GET', '/incidents/1?q=zzsecret', undefined, { status: 401, route: 'GET /api/v1/incidents/:id', reason: 'not-signed-in', org: null, person: null }],
      ['GET', '/me', 'zzforgedtoken', { status: 401, route: 'GET /api/v1/me', reason: 'not-signed-in', org: null, person: null }],
      ['GET', '/admin/health', manager.token, { status: 403, route: 'GET /api/v1/admin/health', reason: 'forbidden', org: 1, person: manager.id }],
      ['GET', '/journal?person=zzsecret', agent.token, { status: 403, route: 'GET /api/v1/journal', reason: 'forbidden', org: 1, person: agent.id }],
      ['POST', '/incidents', scoped.token, { status: 403, route: 'POST /api/v1/incidents', org: 1, person: agent.id }],
    ] // oxfmt-ignore
    for (const [method, path, token, wanted] of cases) {
      const answer = await server.call(method, path, { token, ...(method === 'POST' ? { body: { subject: 'zzsecret' } } : {}) }) // oxfmt-ignore
      const line = await lineOf(answer.headers.get('x-request-id'))
      assert.equal(line.level, 40)
      assert.deepEqual({ ...line.refused, ...wanted, unwritten: 0 }, { ...line.refused, unwritten: 0 })
    }
  })
  it('[ASVS 16.2.5] tells nothing of what was asked for, no name, no address, no token', async () => {
    const said = await server.call('POST', '/session', { body: { email: 'agent@harbour.test', password: 'zzwrong' } })
    assert.equal(said.status, 401)
    await lineOf(said.headers.get('x-request-id'))
    const text = JSON.stringify(lines())
    assert.doesNotMatch(text, /zzsecret|zzforged|zzwrong|harbour|agent of|127\.0\.0\.1|::1|Bearer/)
    assert.deepEqual([...new Set(lines().flatMap(({ refused }) => Object.keys(refused)))].sort(), [
      'org',
      'person',
      'reason',
      'request',
      'route',
      'status',
      'unwritten',
    ])
  })
  it('[ASVS 16.3.2] leaves out what is answered as not found: that a record is there is no business of the log’s reader', async () => {
    const { bystander } = server.people
    const made = await server.call('POST', '/incidents', { token: server.people.agent.token, body: { subject: 'x' } })
    const { id } = made.body as { id: number }
    const answer = await server.call('GET', `/incidents/${id}`, { token: bystander.token })
    assert.equal(answer.status, 404)
    await lineOf((await server.call('GET', '/me')).headers.get('x-request-id'))
    assert.ok(!lines().some(({ refused }) => refused.request === answer.headers.get('x-request-id')))
  })
  it('[ASVS 16.3.2] is counted instead where there is a flood of it, by one person or by all, and the count is told', async () => {
    let now = 0
    const told: RefusedAccess[] = []
    const app = fastify({ trustProxy: true })
    watchRefusals(app, () => now, (refused) => void told.push(refused)) // oxfmt-ignore
    app.get('/:status/:person', async (request, reply) => {
      const { status, person } = request.params as { status: string; person: string }
      if (person !== '0') isAskedBy(request, { org: 1, person: Number(person) })
      isRefusedFor(request, 'forbidden')
      return reply.code(Number(status)).send()
    })
    const ask = (status: number, person: number, from = '192.0.2.1'): Promise<unknown> =>
      app.inject({ url: `/${status}/${person}`, headers: { 'x-forwarded-for': from } })
    for (let nth = 0; nth < 100; nth++) await ask(403, 7)
    assert.equal(told.length, 30, 'of one person')
    await ask(403, 8)
    assert.deepEqual([told.length, told.at(-1)?.person, told.at(-1)?.unwritten], [31, 8, 70])
    for (let nth = 0; nth < 200; nth++) await ask(401, 0, `2001:db8::${nth.toString(16)}`)
    assert.equal(told.length, 61, 'of one network of IPv6')
    for (let person = 100; person < 900; person++) await ask(403, person)
    assert.equal(told.length, 300, 'of all together')
    now += 60_000
    await ask(403, 7)
    assert.equal(told.at(-1)?.unwritten, 800 - (300 - 61))
    await ask(200, 7)
    await ask(404, 7)
    assert.equal(told.length, 301)
    await app.close()
  })
})
