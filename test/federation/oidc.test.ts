// Signing in with OpenID Connect against a real provider, and everything that an attacker would send instead.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { Browser, client, openIdProvider, type Account, type OpenId } from '../setup/openid.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
interface Known {
  id: number
  rev: number
  settings: Record<string, unknown>
  addresses: { callback: string }
}
const PUBLIC = 'http://127.0.0.1:7300'
const mia: Account = {
  sub: 'mia-1',
  email: 'mia@harbour.test',
  email_verified: true,
  name: 'Mia Møller',
  groups: ['desk'],
}
let server: TestServer
let idp: OpenId
let other: OpenId
let first: Known
let second: Known

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<{ status: number; body: Loose }> =>
  server.call(method, path, { body, token: server.people.administrator.token, headers })
const rules = [
  { group: 'desk', roles: ['agent'] },
  { group: 'boss', roles: ['administrator'] },
]
async function configure(name: string, issuer: string, more: object = {}): Promise<Known> {
  const settings = {
    issuer,
    clientId: client.id,
    innerHosts: [new URL(issuer).host],
    createsPersons: true,
    groups: rules,
    ...more,
  }
  const made = await ask('POST', '/admin/sign-in-providers', {
    kind: 'oidc',
    name,
    settings,
    secrets: { clientSecret: client.secret },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}
async function change(known: Known, more: object): Promise<void> {
  const { body } = await ask('GET', `/admin/sign-in-providers/${known.id}`)
  const done = await ask(
    'PUT',
    `/admin/sign-in-providers/${known.id}`,
    { name: body.name, settings: { ...body.settings, ...more } },
    { 'if-match': `"${body.rev}"` },
  )
  assert.equal(done.status, 200, JSON.stringify(done.body))
}
const slug = ({ addresses }: Known): string => addresses.callback.split('/').at(-2) ?? ''
const here = (address: string): string => address.replace(PUBLIC, server.url)
const begin = (known: Known, to = '/incidents'): string =>
  `${server.url}/api/v1/sign-in/oidc/${slug(known)}?to=${encodeURIComponent(to)}`

/** Up to the address with which the provider sends the browser back. */
function toTheDoor(browser: Browser, known: Known, to?: string): Promise<string> {
  browser.login = known.id === second?.id ? other.account.sub : idp.account.sub
  return browser.follow(begin(known, to), (next) => next.startsWith(known.addresses.callback)).then(here)
}
async function signIn(
  known: Known,
  browser = new Browser(),
  to?: string,
): Promise<{ answer: Response; session: string | null }> {
  const answer = await browser.go(await toTheDoor(browser, known, to))
  const session = answer.headers
    .getSetCookie()
    .map((line) => /^(?:__Host-)?pilothouse=([^;]+)/.exec(line)?.[1])
    .find((key) => key !== undefined)
  return { answer, session: session ?? null }
}
async function trouble(answer: Response): Promise<string> {
  assert.equal(answer.status, 303)
  const key = new URL(answer.headers.get('location') ?? '', server.url).searchParams.get('trouble')
  const told = await server.call('GET', `/sign-in/trouble/${key}`)
  const again = await server.call('GET', `/sign-in/trouble/${key}`)
  assert.deepEqual(again.body, { because: null })
  return String((told.body as { because: string }).because)
}
const rolesOf = (person: number): Promise<string[]> =>
  run<{ role: string }>(
    server.db,
    sql`select role from role_grant where org = 1 and person = ${person} order by role`,
  ).then((rows) => rows.map(({ role }) => role))
async function me(session: string | null): Promise<Loose> {
  return (await server.call('GET', '/me', { headers: { cookie: `pilothouse=${session}` } })).body
}

before(async () => {
  server = await startTestServer()
  idp = await openIdProvider(mia)
  other = await openIdProvider({ sub: 'mallory', email: 'ada@harbour.test', email_verified: true })
  first = await configure('Harbour ID', idp.issuer)
  second = await configure('Other ID', other.issuer)
  await idp.start(first.addresses.callback)
  await other.start(second.addresses.callback)
})

describe('signing in with OpenID Connect', () => {
  it('10.1.1 lets a person in, makes them here, and gives the roles of their groups', async () => {
    const { answer, session } = await signIn(first)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), '/incidents')
    const who = await me(session)
    assert.equal(who.person.title, 'Mia Møller')
    assert.deepEqual(await rolesOf(who.person.id), ['agent', 'requester'])
    const written = await run<{ action: string; origin: string; reason: string }>(
      server.db,
      sql`select action, origin, reason from journal where org = 1 and record = 'person' and record_id = ${who.person.id} order by id`,
    )
    assert.deepEqual(written.map(({ action, origin }) => `${action} ${origin}`).toSorted(), [
      'create sign-in',
      'grant sign-in',
      'grant sign-in',
      'identity-linked sign-in',
    ])
    assert.ok(written.every(({ reason }) => reason.includes('Harbour ID')))
  })
  it('knows the same person again, and takes a role away with its group', async () => {
    idp.account = { ...mia, groups: [] }
    const { session } = await signIn(first)
    const who = await me(session)
    assert.deepEqual(await rolesOf(who.person.id), ['requester'])
    await run(server.db, sql`insert into role_grant (org, person, role) values (1, ${who.person.id}, 'agent')`)
    idp.account = mia
    await signIn(first)
    idp.account = { ...mia, groups: [] }
    await signIn(first)
    assert.deepEqual(await rolesOf(who.person.id), ['agent', 'requester'], 'what an administrator granted here stays')
    idp.account = mia
  })
  it('10.2.1 refuses an answer a second time, from another browser, or after ten minutes', async () => {
    const browser = new Browser()
    const door = await toTheDoor(browser, first)
    assert.equal((await browser.go(door)).headers.get('location'), '/incidents')
    assert.match(await trouble(await browser.go(door)), /used already/)
    const stolen = await toTheDoor(new Browser(), first)
    assert.match(await trouble(await new Browser().go(stolen)), /another browser/)
    const late = new Browser()
    const lateDoor = await toTheDoor(late, first)
    await run(server.db, sql`update sign_in_handshake set expires_at = now() - interval '1 second'`)
    assert.match(await trouble(await late.go(lateDoor)), /longer than 10 minutes/)
  })
  it('refuses a state, code or verifier that is not its own', async () => {
    const browser = new Browser()
    const door = new URL(await toTheDoor(browser, first))
    door.searchParams.set('state', 'another')
    assert.match(await trouble(await browser.go(door.href)), /never begun here/)
    const mine = new Browser()
    const [theirs, own] = [new URL(await toTheDoor(new Browser(), first)), new URL(await toTheDoor(mine, first))]
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '') // injected: its PKCE verifier is another one
    assert.match(await trouble(await mine.go(own.href)), /Harbour ID refused: grant request is invalid/)
  })
  it('refuses an id_token for another nonce', async () => {
    const browser = new Browser()
    const went = await browser.go(begin(first))
    const there = new URL(went.headers.get('location') ?? '')
    there.searchParams.set('nonce', 'somebody elses nonce')
    const door = await browser.follow(there.href, (next) => next.startsWith(first.addresses.callback))
    assert.match(await trouble(await browser.go(here(door))), /not accepted: unexpected ID Token "nonce"/)
  })
  it('refuses an id_token that was altered, or is not signed', async () => {
    const altered = (token: unknown, head: object | null): string => {
      const [header = '', payload = '', signature = ''] = String(token).split('.')
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'somebody-else' }
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
      return head === null
        ? `${header}.${body}.${signature}`
        : `${Buffer.from(JSON.stringify(head)).toString('base64url')}.${body}.`
    }
    for (const head of [null, { alg: 'none' }, { alg: 'HS256' }]) {
      idp.tamper = (body) => ({ ...body, id_token: altered(body['id_token'], head) })
      const { answer, session } = await signIn(first)
      assert.equal(session, null)
      assert.match(await trouble(answer), /not accepted/, JSON.stringify(head))
    }
    idp.tamper = null
  })
  it('10.2.2 does not mix up two providers', async () => {
    const browser = new Browser()
    const door = new URL(await toTheDoor(browser, first))
    const astray = new URL(here(second.addresses.callback))
    astray.search = door.search
    assert.match(await trouble(await browser.go(astray.href)), /another provider/)
    const next = new Browser()
    const own = new URL(await toTheDoor(next, first))
    own.searchParams.set('iss', other.issuer)
    assert.match(await trouble(await next.go(own.href)), /not accepted: unexpected "iss"/)
  })
  it('refuses an id_token whose time is over', async () => {
    const stale = await openIdProvider({ sub: 'late' })
    const known = await configure('Late ID', stale.issuer)
    await stale.start(known.addresses.callback)
    stale.tamper = (body) => ({ ...body, id_token: stale.signed(body['id_token'], {}) })
    assert.notEqual((await signIn(known)).session, null, 'the key is right')
    const past = Math.floor(Date.now() / 1000) - 60
    stale.tamper = (body) => ({ ...body, id_token: stale.signed(body['id_token'], { iat: past - 60, exp: past }) })
    const { answer, session } = await signIn(known)
    assert.equal(session, null)
    assert.match(await trouble(answer), /"exp"|expired|past/)
  })
  it('passes on what the provider refuses as a sentence, and no words of the address', async () => {
    const browser = new Browser()
    const door = new URL(await toTheDoor(browser, first))
    door.searchParams.delete('code')
    door.searchParams.set('error', 'access_denied')
    door.searchParams.set('error_description', 'Call 555-EVIL now')
    const said = await trouble(await browser.go(door.href))
    assert.equal(said, 'Harbour ID did not let you in (access_denied). Try again, or ask its administrator.')
  })
  it('goes back to pages of its own only', async () => {
    for (const evil of ['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '/\tevil']) {
      const { answer } = await signIn(first, new Browser(), evil)
      assert.equal(answer.headers.get('location'), '/', evil)
    }
    assert.equal(
      (await signIn(first, new Browser(), '/incidents?filter=a#b')).answer.headers.get('location'),
      '/incidents?filter=a#b',
    )
  })
})

describe('who a subject is here', () => {
  it('6.8.1 takes nobody over by e-mail unless the provider is trusted, the e-mail verified, and its domain allowed', async () => {
    const refused = async (): Promise<string> => {
      const { answer, session } = await signIn(second)
      assert.equal(session, null)
      return trouble(answer)
    }
    assert.match(await refused(), /Other ID is not trusted to say who has which e-mail/)
    await change(second, { linksByEmail: true })
    other.account = { ...other.account, email_verified: false }
    assert.match(await refused(), /has not verified that e-mail/)
    other.account = { ...other.account, email_verified: true }
    await change(second, { linksByEmail: true, emailDomains: ['other.test'] })
    assert.match(await refused(), /not trusted for e-mails of harbour.test/)
    await change(second, { linksByEmail: true, emailDomains: ['harbour.test'] })
    const { session } = await signIn(second)
    assert.equal((await me(session)).person.id, server.people.administrator.id)
    other.account = { ...other.account, sub: 'mallory-2' }
    assert.match(await refused(), /another account of Other ID/)
  })
  it('makes nobody where that is switched off, and lets nobody in who has left', async () => {
    await change(first, { createsPersons: false })
    idp.account = { sub: 'stranger', email: 'stranger@harbour.test', email_verified: true }
    assert.match(await trouble((await signIn(first)).answer), /nobody here belongs/)
    idp.account = mia
    await run(server.db, sql`update person set status = 'left' where org = 1 and email = 'mia@harbour.test'`)
    assert.match(await trouble((await signIn(first)).answer), /marked as left/)
    await run(server.db, sql`update person set status = 'active' where org = 1 and email = 'mia@harbour.test'`)
  })
  it('leaves the last administrator in place', async () => {
    const ada = server.people.administrator.id
    await run(server.db, sql`delete from role_grant where org = 1 and role = 'administrator'`)
    idp.account = { ...mia, groups: ['boss'] }
    const { session } = await signIn(first)
    const { person } = await me(session)
    assert.ok((await rolesOf(person.id)).includes('administrator'))
    idp.account = mia
    await signIn(first)
    assert.ok((await rolesOf(person.id)).includes('administrator'), 'nobody else could undo it')
    await run(server.db, sql`insert into role_grant (org, person, role) values (1, ${ada}, 'administrator')`)
    await signIn(first)
    assert.ok(!(await rolesOf(person.id)).includes('administrator'))
  })
})

describe('an OpenID provider in the settings', () => {
  it('says what is wrong in a sentence', async () => {
    const said = async (more: object): Promise<string> => {
      const known = await configure(`Test ${Math.random()}`, idp.issuer, more)
      const { body } = await ask('POST', `/admin/sign-in-providers/${known.id}/test`)
      await ask('DELETE', `/admin/sign-in-providers/${known.id}`)
      return body.detail ?? body.found.join(' ')
    }
    assert.match(await said({}), /answers, and offers what is needed.*callback/)
    assert.match(await said({ innerHosts: [] }), /not protected by TLS|inside our own network/)
    assert.match(await said({ issuer: 'https://127.0.0.1:1/', innerHosts: [] }), /inside our own network/)
    assert.match(await said({ issuer: 'http://127.0.0.1:9/', innerHosts: ['127.0.0.1:9'] }), /cannot be reached/)
    assert.match(await said({ issuer: `${idp.issuer}/tenant` }), /404|not accepted|metadata/i)
  })
  it('never shows its secret, also not in the journal or the database', async () => {
    const { body } = await ask('GET', `/admin/sign-in-providers/${first.id}`)
    assert.deepEqual(body.secrets, { clientSecret: true })
    const [kept] = await run<{ text: string }>(
      server.db,
      sql`select (select json_agg(j) from journal j)::text || (select json_agg(p) from identity_provider p)::text as text`,
    )
    const all = JSON.stringify([body, kept?.text, server.log])
    assert.ok(!all.includes(client.secret))
    assert.ok(!all.includes(Buffer.from(client.secret).toString('hex')))
  })
  it('is for administrators alone', async () => {
    for (const who of ['manager', 'agent', 'auditor', 'requester'] as const)
      assert.equal(
        (await server.call('GET', '/admin/sign-in-providers', { token: server.people[who].token })).status,
        403,
      )
    const theirs = await server.call('GET', '/admin/sign-in-providers', { token: server.people.outsider.token })
    assert.deepEqual(theirs.body, { items: [] })
  })
  it('is offered on the sign-in page, without anything of its settings', async () => {
    const { body } = await server.call('GET', '/sign-in/providers')
    const { items } = body as { items: Record<string, string>[] }
    assert.deepEqual(
      items.find(({ name }) => name === 'Harbour ID'),
      { provider: slug(first), name: 'Harbour ID', kind: 'oidc' },
    )
  })
  it('ends the session here, and says where that of the provider ends', async () => {
    const { session } = await signIn(first)
    const cookie = `pilothouse=${session}`
    const { body } = await server.call('POST', '/sign-in/end', { headers: { cookie } })
    assert.match(String((body as { to: string }).to), new RegExp(`^${idp.issuer}/session/end\\?.*id_token_hint=`))
    assert.equal((await server.call('GET', '/me', { headers: { cookie } })).status, 401)
  })
  it('takes back what it gave when it is removed', async () => {
    const { session } = await signIn(first)
    const { person } = await me(session)
    await run(server.db, sql`delete from role_grant where person = ${person.id} and role = 'agent'`)
    await run(server.db, sql`delete from provider_grant where person = ${person.id} and role = 'agent'`)
    await signIn(first)
    assert.deepEqual(await rolesOf(person.id), ['agent', 'requester'])
    assert.equal((await ask('DELETE', `/admin/sign-in-providers/${first.id}`)).status, 204)
    assert.deepEqual(await rolesOf(person.id), [])
  })
})
