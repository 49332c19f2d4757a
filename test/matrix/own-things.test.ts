// What belongs to one person: sessions, tokens, passkeys, feeds, browsers, drafts, views and runs. Nobody else sees or ends
// them by their ids, whatever role they hold; the very same request of their person is let in.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openSession } from '#kit/sign-in.ts'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { run, sql } from '#kit/sql.ts'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player } from './cast.ts'
import { castMatrix } from './cast.ts'

let matrix: Matrix
let owner: Player
let others: readonly Player[]
before(async () => {
  matrix = await castMatrix()
  // Owner and others read incidents on side a: what is hidden from them is hidden because it is the owner's.
  owner = matrix.players.find(({ name }) => name === 'agent everywhere') ?? assert.fail()
  others = matrix.players.filter((one) => one !== owner && one.hasLeft !== true)
})
/** In the browser of that person: passkeys and sessions are not reached by a token. */
async function inBrowser(player: Player): Promise<Send> {
  const { key } = await openSession(matrix.server.db, { org: player.org, person: player.person })
  const headers = { cookie: `${sessionCookieName(false)}=${key}`, 'sec-fetch-site': 'same-origin' }
  return (method, path, body) => matrix.server.call(method, path, { headers, body })
}
type Send = (method: string, path: string, body?: unknown) => Promise<Answered>
function made<T>(answer: Answered): T {
  assert.ok(answer.status < 300, answer.text)
  return answer.body as T // what the route answers, as its test of shapes holds
}
const incident = (): number => matrix.rows.a.get('incident')?.id ?? assert.fail()
const PUSH = { endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/zzowners', keys: { p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM', auth: 'tBHItJI5svbpez7KI4CCXg' } } // oxfmt-ignore

interface Thing {
  readonly name: string
  /** Makes one for its person. @returns where it is ended or changed, and with what */
  readonly make: (send: Send) => Promise<{ method: string; path: string; body?: unknown }>
  /** Where its person finds it, with the word by which it is known there. */
  readonly seen: readonly [string, string]
}
const THINGS: readonly Thing[] = [
  {
    name: 'a session',
    make: async (send) => {
      await openSession(matrix.server.db, { org: 1, person: owner.person })
      const { items } = made<{ items: { id: string; isThis: boolean }[] }>(await send('GET', '/me/sessions'))
      return { method: 'DELETE', path: `/me/sessions/${items.find(({ isThis }) => !isThis)?.id}` }
    },
    seen: ['/me/sessions', '"isThis":false'],
  },
  {
    name: 'a token',
    make: async (send) => ({ method: 'DELETE', path: `/tokens/${made<{ id: number }>(await send('POST', '/tokens', { name: 'zzowners', days: 3 })).id}` }), // oxfmt-ignore
    seen: ['/tokens', 'zzowners'],
  },
  {
    name: 'a passkey that is renamed',
    make: async () => ({ method: 'PATCH', path: `/me/passkeys/${await passkey('one')}`, body: { name: 'zzowners' } }),
    seen: ['/me/security', 'zzowners'],
  },
  {
    name: 'a passkey that is removed',
    make: async () => ({ method: 'DELETE', path: `/me/passkeys/${await passkey('two')}` }),
    seen: ['/me/security', 'zzowners'],
  },
  {
    name: 'a calendar feed',
    make: async (send) => ({ method: 'DELETE', path: `/calendar-feeds/${made<{ id: number }>(await send('POST', '/calendar-feeds', { name: 'zzowners', parts: [{ record: 'absence' }] })).id}` }), // oxfmt-ignore
    seen: ['/calendar-feeds', 'zzowners'],
  },
  {
    name: 'a run over many records',
    make: async (send) => ({ method: 'GET', path: `/bulk-runs/${made<{ id: number }>(await send('POST', '/bulk-runs', { record: 'incident', ids: [incident()], change: { tags: ['zzowners'] } })).id}` }), // oxfmt-ignore
    seen: ['/bulk-runs', '"record":"incident"'],
  },
  {
    name: 'a view of one’s own',
    make: async (send) => ({ method: 'GET', path: `/savedviews/${made<{ id: number }>(await send('POST', '/savedviews', { name: 'zzowners', record: 'incident', query: 'filter=status:new', audience: 'me' })).id}` }), // oxfmt-ignore
    seen: ['/savedviews', 'zzowners'],
  },
]
async function passkey(key: string): Promise<string> {
  const rows = await run<{ id: string }>(matrix.server.db, sql`insert into passkey (key, org, person, name, public_key, counter, is_synced) values (${Buffer.from(key)}, 1, ${owner.person}, 'zzowners', ${Buffer.from('x')}, 0, false) returning id`) // oxfmt-ignore
  return rows[0]?.id ?? assert.fail()
}

describe('what belongs to one person', () => {
  for (const { name, make, seen } of THINGS)
    it(`is seen and ended by its person alone: ${name}`, async () => {
      const mine = await inBrowser(owner)
      const { method, path, body } = await make(mine)
      const [list, word] = seen
      assert.ok((await mine('GET', list)).text.includes(word), `${list} of its person holds ${word}`)
      for (const other of others) {
        const theirs = await inBrowser(other)
        const answer = await theirs(method, path, body)
        assert.ok(
          [403, 404].includes(answer.status),
          `${other.name} ${method} ${path}: ${answer.status} ${answer.text}`,
        )
        assert.ok(!(await theirs('GET', list)).text.includes(word), `${other.name} finds ${word} in ${list}`)
      }
      assert.ok((await mine(method, path, body)).status < 300, `the very same of its person: ${method} ${path}`)
    })
  it('is seen by its person alone: what is typed and not sent yet', async () => {
    const mine = await inBrowser(owner)
    made(await mine('PUT', '/me/unsent', { on: `INC-${incident()}`, part: 'comment', value: 'zzunsent' }))
    assert.match((await mine('GET', `/me/unsent?on=INC-${incident()}`)).text, /zzunsent/)
    for (const other of others) {
      const theirs = await inBrowser(other)
      assert.doesNotMatch((await theirs('GET', `/me/unsent?on=INC-${incident()}`)).text, /zzunsent/, other.name)
      // Taking it away takes away one's own.
      await theirs('PUT', '/me/unsent', { on: `INC-${incident()}`, part: 'comment', value: null })
    }
    assert.match((await mine('GET', `/me/unsent?on=INC-${incident()}`)).text, /zzunsent/)
  })
  it('is ended by its person alone: a browser that is told things', async () => {
    const mine = await inBrowser(owner)
    made(await mine('POST', '/me/push', PUSH))
    const { browsers } = made<{ browsers: { id: number }[] }>(await mine('GET', '/me/push'))
    for (const other of others) {
      const theirs = await inBrowser(other)
      assert.ok([403, 404].includes((await theirs('DELETE', `/me/push/${browsers[0]?.id}`)).status), other.name)
    }
    assert.equal((await mine('DELETE', `/me/push/${browsers[0]?.id}`)).status, 204)
  })
  it('is ended by an administrator, who names its person', async () => {
    const admin = others.find(({ role, org }) => role === 'administrator' && org === 1) ?? assert.fail()
    const someone = matrix.rows.a.get('someone')?.id ?? assert.fail()
    const sign = `/persons/${owner.person}/sign-in`
    const { key } = await openSession(matrix.server.db, { org: 1, person: owner.person })
    const see = (): Promise<Answered> => matrix.server.call('GET', '/me', { headers: { cookie: `${sessionCookieName(false)}=${key}` } }) // oxfmt-ignore
    assert.equal((await see()).status, 200)
    const send = (method: string, path: string): Promise<Answered> => matrix.server.call(method, path, { token: admin.token }) // oxfmt-ignore
    const { sessions } = made<{ sessions: { id: string }[] }>(await send('GET', sign))
    assert.ok(sessions.length > 0)
    for (const { id } of sessions)
      assert.equal((await send('DELETE', `/persons/${someone}/sessions/${id}`)).status, 404, 'of another person')
    assert.equal((await see()).status, 200)
    for (const { id } of sessions) assert.equal((await send('DELETE', `/persons/${owner.person}/sessions/${id}`)).status, 204) // oxfmt-ignore
    assert.equal((await see()).status, 401)
  })
})
