// Who is at a record now, and what somebody has typed there and not sent: told to those who may see it, and to nobody else.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { openSession } from '#kit/sign-in.ts'
import { openStream } from '../setup/event-stream.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

interface Present {
  person: { id: number; title: string }
  isWriting: boolean
}
interface Kept {
  part: string
  value: unknown
  rev: number | null
}

let server: TestServer
let number: string
let id: number

const stay = async (who: Who, how: string, on = number): Promise<{ status: number; items: Present[] }> => {
  const body = { on, tab: `window-of-${who}`, stay: how }
  const answer = await server.call('POST', '/presence', { token: server.people[who].token, body })
  return { status: answer.status, items: (answer.body as { items?: Present[] } | null)?.items ?? [] }
}
const keep = async (who: Who, part: string, value: unknown, rev: number | null = null): Promise<number> => {
  const body = { on: number, part, value, rev }
  return (await server.call('PUT', '/me/unsent', { token: server.people[who].token, body })).status
}
const kept = async (who: Who): Promise<Kept[]> => {
  const answer = await server.call('GET', `/me/unsent?on=${number}`, { token: server.people[who].token })
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as { items: Kept[] }).items
}

describe('being at a record', () => {
  before(async () => {
    server = await startTestServer()
    const { token } = server.people.agent
    const body = { subject: 'The mill stands', impact: 'site', urgency: 'high' }
    const made = (await server.call('POST', '/incidents', { token, body })).body as { id: number; number: string }
    ;({ id, number } = made)
  })

  it('tells who else is there and who writes, and forgets whoever takes leave', async () => {
    assert.deepEqual(await stay('agent', 'here'), { status: 200, items: [] })
    const seen = await stay('manager', 'here')
    assert.deepEqual(seen.items.map(({ person, isWriting }) => [person.id, isWriting]), [[server.people.agent.id, false]]) // oxfmt-ignore
    await stay('agent', 'writing')
    assert.equal((await stay('manager', 'here')).items[0]?.isWriting, true)
    await stay('agent', 'gone')
    assert.deepEqual((await stay('manager', 'here')).items, [])
    await stay('manager', 'gone')
  })

  it('keeps somebody as long as one of their windows is there, and forgets who says nothing', async () => {
    const { token } = server.people.agent
    for (const tab of ['one', 'two'])
      await server.call('POST', '/presence', { token, body: { on: number, tab, stay: 'here' } })
    await server.call('POST', '/presence', { token, body: { on: number, tab: 'one', stay: 'gone' } })
    assert.equal((await stay('manager', 'here')).items.length, 1)
    await server.db.query("update presence set seen_at = now() - interval '51 seconds' where tab = 'two'")
    assert.deepEqual((await stay('manager', 'here')).items, [])
    await stay('manager', 'gone')
  })

  it('tells every screen by an event that names the record and nobody', async () => {
    const stream = await openStream(server.url, server.people.manager.token)
    await stay('agent', 'here')
    const told = await stream.until(({ here }) =>
      here?.some(([record, which]) => record === 'incident' && which === id),
    )
    assert.deepEqual(told, { changed: [], here: [['incident', id]] })
    stream.close()
    await stay('agent', 'gone')
  })

  it('is closed to whoever may not read the record, also as a question', async () => {
    for (const who of ['bystander', 'outsider'] as const) {
      assert.equal((await stay(who, 'here')).status, 404)
      assert.equal(await keep(who, 'comment', 'Let me in'), 404)
    }
    assert.equal((await stay('agent', 'here', 'INC-99999')).status, 404)
    assert.equal((await stay('agent', 'here', 'nothing')).status, 404)
    assert.equal((await stay('agent', 'dancing')).status, 422)
  })

  it('keeps what was typed for its writer alone, and lets it go when it was sent', async () => {
    assert.equal(await keep('agent', 'comment', { body: 'I am looking', internal: true }), 204)
    assert.equal(await keep('agent', 'subject', { mine: 'The mill runs', before: 'The mill stands' }, 1), 204)
    assert.equal(await keep('agent', 'comment', { body: 'I am looking at it', internal: true }), 204)
    const mine = await kept('agent')
    assert.deepEqual(Object.fromEntries(mine.map(({ part, value, rev }) => [part, { value, rev }])), {
      comment: { value: { body: 'I am looking at it', internal: true }, rev: null },
      subject: { value: { mine: 'The mill runs', before: 'The mill stands' }, rev: 1 },
    })
    assert.deepEqual(await kept('manager'), [])
    assert.equal(await keep('agent', 'comment', null), 204)
    assert.equal(await keep('agent', 'subject', null), 204)
    assert.deepEqual(await kept('agent'), [])
  })

  it('keeps it from an administrator who sees Pilothouse as its writer, and nothing else that the writer reads', async () => {
    assert.equal(await keep('agent', 'comment', { body: 'What nobody is to read yet', internal: true }), 204)
    const { key } = await openSession(server.db, { org: 1, person: server.people.administrator.id })
    const by = (method: string, path: string, body?: unknown): ReturnType<TestServer['call']> =>
      server.call(method, path, { headers: { cookie: `${sessionCookieName(false)}=${key}`, 'sec-fetch-site': 'same-origin' }, body }) // oxfmt-ignore
    assert.equal((await by('GET', `/me/unsent?on=${number}`)).status, 200)
    const seen = { person: server.people.agent.id, reason: 'They cannot find it' }
    assert.equal((await by('POST', '/view-as', seen)).status, 201)
    const refused = await by('GET', `/me/unsent?on=${number}`)
    assert.equal(refused.status, 403, refused.text)
    assert.match(refused.text, /this is for .*agent.* alone/)
    assert.equal((await by('GET', `/incidents/${id}`)).status, 200)
    assert.equal((await by('DELETE', '/view-as')).status, 204)
    assert.equal((await by('GET', `/me/unsent?on=${number}`)).status, 200)
    assert.equal(await keep('agent', 'comment', null), 204)
  })

  it('refuses what is no part of the record, and what nobody types', async () => {
    assert.equal(await keep('agent', 'moon', 'full'), 400)
    assert.equal(await keep('agent', 'comment', 'x'.repeat(100_001)), 400)
  })

  it('keeps the form of a new record for whoever may create one, and for nobody else', async () => {
    const form = async (who: Who, value: unknown, on = 'new:incident', part = 'form'): Promise<number> =>
      (await server.call('PUT', '/me/unsent', { token: server.people[who].token, body: { on, part, value } })).status
    const read = async (who: Who): Promise<unknown[]> => {
      const answer = await server.call('GET', '/me/unsent?on=new:incident', { token: server.people[who].token })
      return ((answer.body as { items?: Kept[] }).items ?? []).map(({ value }) => value)
    }
    assert.equal(await form('requester', { subject: 'It smells' }), 204)
    assert.equal(await form('requester', { subject: 'It smells of oil' }), 204)
    assert.deepEqual(await read('requester'), [{ subject: 'It smells of oil' }])
    assert.deepEqual(await read('agent'), [])
    for (const [on, part, status] of [
      ['new:incident', 'subject', 400],
      ['new:nothing', 'form', 404],
      ['new:', 'form', 404],
      ['new:constructor', 'form', 404],
      ['new:customField', 'form', 404],
    ] as const)
      // oxfmt-ignore
      assert.equal(await form('requester', {}, on, part), status, on)
    assert.equal(await form('requester', null), 204)
    assert.deepEqual(await read('requester'), [])
  })
})
