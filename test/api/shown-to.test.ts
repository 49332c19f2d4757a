// A page names with each write to whom it was shown: nothing is written in the name of somebody who has signed in since.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { openSession } from '#kit/sign-in.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'
import { problem } from './problem.ts'

let server: TestServer
let id: number
before(async () => {
  server = await startTestServer()
  const made = await server.call('POST', '/incidents', {
    token: server.people.agent.token,
    body: { subject: 'Theirs' },
  })
  id = (made.body as { id: number }).id
})

const nameOf = (who: Who): string => `${server.people[who].org}/${server.people[who].id}`
/** A browser with one session, whatever its pages say to whom they were shown. */
async function browserOf(who: Who) {
  const { org, id: person } = server.people[who]
  const { key } = await openSession(server.db, { org, person })
  return (method: string, path: string, shownTo: string | null, body?: unknown): Promise<Answered> => {
    const headers: Record<string, string> = { cookie: `${sessionCookieName(false)}=${key}` }
    if (shownTo !== null) headers['x-pilothouse-person'] = shownTo
    if (method === 'PATCH') headers['if-match'] = '"1"'
    return server.call(method, path, { headers, body })
  }
}

describe('a write of a page', () => {
  it('is made for the person to whom it was shown, and for whoever names nobody', async () => {
    const by = await browserOf('agent')
    for (const shownTo of [nameOf('agent'), null])
      assert.equal((await by('POST', '/incidents', shownTo, { subject: 'Mine' })).status, 201)
    const { token } = server.people.agent
    const program = await server.call('POST', '/incidents', { token, body: { subject: 'By a program' } })
    assert.equal(program.status, 201)
  })

  it('is refused under the session of somebody else, whatever it is, and reading goes on', async () => {
    const by = await browserOf('agent')
    const before = (await by('GET', `/incidents/${id}`, null)).body as { rev: number }
    const strangers = [nameOf('manager'), `2/${server.people.agent.id}`, '1/', '', '1', `${nameOf('agent')} `.repeat(3)]
    for (const shownTo of strangers) {
      const refused = problem(await by('POST', '/incidents', shownTo, { subject: 'strange' }), 409, /somebody else/)
      assert.match(String(refused['type']), /:somebody-else$/)
    }
    const other = nameOf('manager')
    problem(await by('PATCH', `/incidents/${id}`, other, { subject: 'strange' }), 409)
    problem(await by('DELETE', `/incidents/${id}`, other), 409)
    problem(await by('POST', `/incidents/${id}/comments`, other, { body: 'strange', internal: false }), 409)
    problem(await by('PUT', '/me/unsent', other, { on: 'INC-1', part: 'comment', value: { body: 'strange', internal: false }, rev: null }), 409) // oxfmt-ignore
    problem(await by('POST', '/sign-in/end', other, {}), 409)
    assert.equal((await by('GET', `/incidents/${id}`, other)).status, 200)
    assert.deepEqual((await by('GET', `/incidents/${id}`, null)).body, before)
    const found = await by('GET', '/incidents?filter=subject:strange', null)
    assert.deepEqual((found.body as { items: unknown[] }).items, [])
    assert.equal((await by('POST', '/sign-in/end', nameOf('agent'), {})).status, 200)
  })

  it('of an administrator who sees Pilothouse as somebody else ends that from the page that shows it, and writes nothing from it later', async () => {
    const by = await browserOf('administrator')
    const [own, seen] = [nameOf('administrator'), nameOf('agent')]
    const asked = { person: server.people.agent.id, reason: 'They cannot find it' }
    assert.equal((await by('POST', '/view-as', own, asked)).status, 201)
    for (const shownTo of [own, seen]) problem(await by('POST', '/incidents', shownTo, { subject: 'viewed' }), 403)
    problem(await by('DELETE', '/view-as', own), 409)
    assert.equal((await by('DELETE', '/view-as', seen)).status, 204)
    problem(await by('POST', '/incidents', seen, { subject: 'viewed' }), 409)
    assert.equal((await by('POST', '/incidents', own, { subject: 'As oneself' })).status, 201)
  })
})
