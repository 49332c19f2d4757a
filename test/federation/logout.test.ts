// Signing out at the provider ends the session here: told by a real provider, and everything that an attacker would send instead.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import type { Answered } from '../setup/call.ts'
import { Browser, client, openIdProvider, type Account, type OpenId } from '../setup/openid.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const PUBLIC = 'http://127.0.0.1:7300'
const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const account: Account = { sub: 'mia-1', email: 'mia@harbour.test', email_verified: true, name: 'Mia Møller' }
interface Provider {
  readonly id: number
  readonly addresses: { readonly callback: string; readonly loggedOut: string; readonly signOut: string }
}
let server: TestServer
let idp: OpenId
let other: OpenId
let provider: Provider
let second: Provider

const here = (address: string): string => address.replace(PUBLIC, server.url)
async function configure(name: string, issuer: string): Promise<Provider> {
  const settings = { issuer, clientId: client.id, innerHosts: [new URL(issuer).host], createsPersons: true }
  const made = await server.call('POST', '/admin/sign-in-providers', {
    token: server.people.administrator.token,
    body: { kind: 'oidc', name, settings, secrets: { clientSecret: client.secret } },
  })
  assert.equal(made.status, 201, made.text)
  return made.body as Provider
}
before(async () => {
  server = await startTestServer()
  idp = await openIdProvider(account)
  other = await openIdProvider({ sub: 'mia-1', name: 'Mia elsewhere' })
  provider = await configure('Harbour ID', idp.issuer)
  second = await configure('Other ID', other.issuer)
  await idp.start(provider.addresses.callback, here(provider.addresses.loggedOut))
  await other.start(second.addresses.callback)
})

async function signIn(at = provider, browser = new Browser()): Promise<{ session: string; browser: Browser }> {
  browser.login = account.sub
  const slug = at.addresses.callback.split('/').at(-2)
  const door = await browser.follow(`${server.url}/api/v1/sign-in/oidc/${slug}`, (next) => next.startsWith(at.addresses.callback)) // oxfmt-ignore
  const answer = await browser.go(here(door))
  const keys = answer.headers.getSetCookie().map((line) => /^pilothouse=([^;]+)/.exec(line)?.[1])
  return { session: keys.find((key) => key !== undefined) ?? assert.fail('not signed in'), browser }
}
const isIn = async (session: string): Promise<boolean> =>
  (await server.call('GET', '/me', { headers: { cookie: `pilothouse=${session}` } })).status === 200
const sidOf = async (): Promise<string> =>
  (await run<{ sid: string }>(server.db, sql`select sid from federated_session where sid is not null order by at desc limit 1`))[0]?.sid ?? assert.fail('no sid') // oxfmt-ignore
/** What a provider posts. */
const tell = (token: string, at = provider): Promise<Answered> =>
  server.call('POST', `/${new URL(at.addresses.loggedOut).pathname}`, {
    body: new URLSearchParams({ logout_token: token }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
let nth = 0
const claims = (more: object = {}): object => {
  const now = Math.floor(Date.now() / 1000)
  return { iss: idp.issuer, aud: client.id, iat: now, exp: now + 120, jti: `jti-${++nth}`, events: { [EVENT]: {} }, ...more } // oxfmt-ignore
}

describe('signing out at the provider', () => {
  it('ends the session here, though the browser never comes back', async () => {
    const { session, browser } = await signIn()
    assert.ok(await isIn(session))
    const page = await (await browser.go(`${idp.issuer}/session/end`)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail(page)
    await browser.go(`${idp.issuer}/session/end/confirm`, { xsrf, logout: 'yes' })
    for (const until = Date.now() + 30_000; await isIn(session); await new Promise((next) => setTimeout(next, 50)))
      assert.ok(Date.now() < until, 'the session lasts')
    const [told] = await run<{ changes: Record<string, [null, unknown]> }>(server.db, sql`select changes from journal where org = 1 and record = 'signIn' and action = 'signed-out-elsewhere'`) // oxfmt-ignore
    assert.deepEqual(told?.changes, { provider: [null, 'Harbour ID'], sessions: [null, 1] })
  })
  it('ends the one session that is named, all of a person where none is, and nobody else’s', async () => {
    const [one, two] = [await signIn(), await signIn()]
    const elsewhere = await signIn(second)
    const sid = await run<{ sid: string }>(server.db, sql`select sid from federated_session where provider = ${provider.id} and sid is not null order by at`) // oxfmt-ignore
    const [first] = sid.slice(-2)
    assert.ok(first !== undefined)
    assert.equal((await tell(idp.token(claims({ sid: first.sid, sub: account.sub })))).status, 204)
    assert.deepEqual([await isIn(one.session), await isIn(two.session)], [false, true])
    assert.equal((await tell(idp.token(claims({ sub: 'somebody-else' })))).status, 204)
    assert.equal((await tell(idp.token(claims({ sid: 'another', sub: account.sub })))).status, 204)
    assert.ok(await isIn(two.session))
    assert.equal((await tell(idp.token(claims({ sub: account.sub })))).status, 204)
    assert.deepEqual([await isIn(two.session), await isIn(elsewhere.session)], [false, true], 'the other provider has a subject of that name too') // oxfmt-ignore
    const three = await signIn()
    assert.equal((await tell(idp.token(claims({ sid: await sidOf() })))).status, 204)
    assert.equal(await isIn(three.session), false)
  })
  it('by a person whose provider names no sessions in its id_tokens ends all of them', async () => {
    const { session } = await signIn(second)
    const mine = { iss: other.issuer, sub: account.sub, sid: 'unknown here' }
    assert.equal((await tell(other.token(claims(mine)), second)).status, 204)
    assert.equal(await isIn(session), false)
  })
  it('is told once: the same token again is refused', async () => {
    const token = idp.token(claims({ sub: account.sub }))
    assert.equal((await tell(token)).status, 204)
    const { session } = await signIn()
    const again = await tell(token)
    assert.equal(again.status, 400)
    assert.match(again.text, /used already/)
    assert.ok(await isIn(session))
  })
})

describe('a logout token', () => {
  const now = Math.floor(Date.now() / 1000)
  const forged: readonly (readonly [name: string, claims: object, head?: object])[] = [
    ['of another issuer', { iss: 'https://evil.test' }],
    ['for another client', { aud: 'somebody-else' }],
    ['without an audience', { aud: undefined }],
    ['that is old', { iat: now - 3600, exp: now + 3600 }],
    ['of the future', { iat: now + 3600, exp: now + 7200 }],
    ['whose time is over', { exp: now - 300, iat: now - 400 }],
    ['without a time', { iat: undefined }],
    ['without an id of its own', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['with an id that is no text', { jti: 7 }],
    ['without events', { events: undefined }],
    ['of another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['whose events are a list', { events: [EVENT] }],
    ['whose event is no object', { events: { [EVENT]: true } }],
    ['with a nonce, as an id_token has', { nonce: 'n' }],
    ['with an empty nonce', { nonce: null }],
    ['that names nobody', { sub: undefined }],
    ['whose person is no text', { sub: { $ne: '' } }],
    ['of another kind', {}, { typ: 'at+jwt' }],
  ]
  it('[ASVS 10.5.5] is refused and ends nothing when it is forged', async () => {
    const { session } = await signIn()
    for (const [name, more, head] of forged) {
      const answer = await tell(idp.token(claims({ sub: account.sub, ...more }), head))
      assert.equal(answer.status, 400, `${name}: ${answer.status} ${answer.text}`)
      assert.equal((answer.body as { error?: string }).error, 'invalid_request', name)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
    const good = idp.token(claims({ sub: account.sub }))
    const [header = '', payload = '', signature = ''] = good.split('.')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'logout+jwt' })).toString('base64url')
    const hmac = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'logout+jwt' })).toString('base64url')
    const broken = [`${none}.${payload}.`, `${hmac}.${payload}.${signature}`, `${header}.${payload}.`, `${header}.${payload}.${signature.slice(0, -4)}AAAA`, 'x', 'a.b.c', ''] // oxfmt-ignore
    for (const token of broken) assert.ok([400, 422].includes((await tell(token)).status), token.slice(0, 40))
    const theirs = await tell(other.token(claims({ sub: account.sub })))
    assert.equal(theirs.status, 400, 'signed by the other provider')
    assert.ok(await isIn(session))
    assert.equal((await tell(good)).status, 204, 'and the good one is still good')
    assert.equal(await isIn(session), false)
  })
  it('is taken at the address of its own provider alone, and of one that is switched on', async () => {
    const { session } = await signIn()
    assert.equal((await tell(idp.token(claims({ sub: account.sub })), second)).status, 400)
    const nowhere = { ...provider, addresses: { ...provider.addresses, loggedOut: provider.addresses.loggedOut.replace(/[0-9a-f]{18}/, '0'.repeat(18)) } } // oxfmt-ignore
    assert.equal((await tell(idp.token(claims({ sub: account.sub })), nowhere)).status, 404)
    assert.ok(await isIn(session))
  })
})

describe('signing out here', () => {
  it('leads to the provider, which ends its session too and sends the browser back', async () => {
    const { session, browser } = await signIn()
    const { body } = await server.call('POST', '/sign-in/end', { headers: { cookie: `pilothouse=${session}` } })
    const to = String((body as { to: string }).to)
    const page = await (await browser.go(to)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail(page)
    const back = await browser.go(`${idp.issuer}/session/end/confirm`, { xsrf, logout: 'yes' })
    assert.equal(back.headers.get('location'), provider.addresses.signOut)
  })
})
