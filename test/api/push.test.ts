// Notices on devices, against a push service of the test's own: decrypted by another program, signed by our key, never more than a title.
import assert from 'node:assert/strict'
import { createECDH, createPublicKey, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, beforeEach, describe, it } from 'node:test'
import { decrypt } from 'http_ece'
import { tell } from '#kit/notices/reaction.ts'
import { sendPushes } from '#kit/notices/pushes.ts'
import type { Happened } from '#kit/notices/events.ts'
import { deliverPushes } from '#kit/push/deliver.ts'
import { openSession } from '#kit/sign-in.ts'
import { endAccess, endSession } from '#kit/sign-in/sessions.ts'
import { publicPost } from '#platform/public-post.ts'
import { atEnd } from '../setup/database.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const secret = Buffer.alloc(32, 7)
const publicUrl = 'https://pilot.harbour.test'
const ENDPOINT = 'https://push.example.net/send/'
const FOREVER = new AbortController().signal
interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}
let server: TestServer
let address = ''
let received: Received[] = []
let answer: (response: ServerResponse) => void
before(async () => {
  server = await startTestServer()
  const service: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      answer(response)
    })
  })
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}/send/`
  atEnd(async () => {
    service.closeAllConnections()
    await new Promise((done) => service.close(done))
  })
})
beforeEach(async () => {
  received = []
  answer = (response) => void response.writeHead(201).end()
  for (const table of [
    'inbox',
    'notice_mail',
    'notice_push',
    'push_message',
    'push_subscription',
    'notice_choice',
    'notice_mute',
  ])
    // oxfmt-ignore
    await server.db.query(`delete from ${table}`)
})

/** A browser as it subscribes, with the private key that only it has. */
class Browser {
  readonly #own: ECDH = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly name = randomBytes(6).toString('hex')
  readonly offer: object
  constructor() {
    this.#own.generateKeys()
    const keys = { p256dh: this.#own.getPublicKey('base64url'), auth: this.#auth.toString('base64url') }
    this.offer = { endpoint: ENDPOINT + this.name, keys }
  }
  read({ body }: Received): Loose {
    return JSON.parse(decrypt(body, { version: 'aes128gcm', privateKey: this.#own, authSecret: this.#auth.toString('base64url') }).toString()) // oxfmt-ignore
  }
}
interface Here {
  readonly visitor: Visitor
  readonly person: number
  readonly session: string
}
async function signedIn(person: number): Promise<Here> {
  const visitor = new Visitor(server)
  visitor.cookies.set('pilothouse', (await openSession(server.db, { org: 1, person })).key)
  const sessions = (await visitor.call('GET', '/me/sessions')).body as { items: Loose[] }
  return { visitor, person, session: sessions.items.find(({ isThis }) => isThis).id }
}
async function withBrowser(who: Here): Promise<Browser> {
  const browser = new Browser()
  const made = await who.visitor.call('POST', '/me/push', browser.offer)
  assert.equal(made.status, 200, made.text)
  return browser
}
/** In nobody's hands, so that the server's own reaction tells the agent nothing besides. */
async function incident(more: object = {}): Promise<Loose> {
  const { manager, requester } = server.people
  const made = await server.call('POST', '/incidents', { token: manager.token, body: { subject: 'The ERP is slow', requester: requester.id, ...more } }) // oxfmt-ignore
  assert.equal(made.status, 201, made.text)
  return made.body
}
async function happens(
  person: number,
  row: { id: number },
  more: Partial<Happened> = {},
  record = 'incident',
): Promise<void> {
  // oxfmt-ignore
  const happened: Happened = { event: 'assigned', at: server.store.now(), by: server.people.manager.id, as: 'assignee', field: 'assignee', ...more } // oxfmt-ignore
  await server.db.transaction((on) => tell(server.store, on, 1, [{ person, record, recordId: row.id, happened }]))
}
/** Everything on the pile is due, and its services are where the test listens. */
async function pushNow(isPrivateAllowed = true): Promise<void> {
  await server.db.query("update notice_push set due_at = now() - interval '1 minute'")
  await sendPushes({ store: server.store }, FOREVER)
  await server.db.query('update push_subscription set endpoint = replace(endpoint, $1, $2)', [ENDPOINT, address])
  await server.db.query("update push_message set next_at = now() where state = 'queued'")
  // Every service of these tests answers; a loaded machine takes its time.
  const post = publicPost(isPrivateAllowed, { wholeMs: 60_000 })
  await deliverPushes({ db: server.db, secret, publicUrl, post }, FOREVER)
}
const count = async (table: string): Promise<number> => (await server.db.query<{ n: number }>(`select count(*)::integer as n from ${table}`))[0]?.n ?? -1 // oxfmt-ignore

describe('a notice on a device', () => {
  it('is read by its browser alone, signed by our key, and says title and kind', async () => {
    const agent = await signedIn(server.people.agent.id)
    const [one, two] = [await withBrowser(agent), await withBrowser(agent)]
    const row = await incident()
    await happens(agent.person, row)
    await pushNow()
    assert.equal(received.length, 2)
    const [mine, theirs] = [one, two].map(({ name }) => received.find(({ path }) => path.endsWith(name)))
    assert.ok(mine && theirs)
    assert.deepEqual(one.read(mine), { title: `${row.number} The ERP is slow`, body: 'Incident: Given to me, or in my name', path: `/desk/incidents/${row.number}`, tag: row.number, lang: 'en' }) // oxfmt-ignore
    assert.throws(() => two.read(mine))
    assert.ok(!mine.body.includes('ERP'))
    const { headers } = mine
    assert.deepEqual([headers['content-encoding'], headers.ttl, headers.urgency], ['aes128gcm', '86400', 'normal'])
    assert.match(String(headers['topic']), /^[\w-]{32}$/)
    assert.equal(mine.body.length, theirs.body.length)
    const { publicKey } = (await agent.visitor.call('GET', '/me/push')).body as { publicKey: string }
    isSigned(String(headers.authorization), publicKey)
    assert.equal(await count('push_message'), 0)
    const [kept] = await server.db.query<{ kept: string }>("select encode(private, 'hex') as kept from push_key")
    assert.equal(kept?.kept.length, (12 + 32 + 16) * 2)
  })
  it('is listed where it was switched on, and ended from elsewhere', async () => {
    const [phone, desk] = [await signedIn(server.people.agent.id), await signedIn(server.people.agent.id)]
    const browser = await withBrowser(phone)
    const listed = (await desk.visitor.call('GET', '/me/push')).body as Loose
    assert.deepEqual(listed.browsers.map(({ device, isThis }: Loose) => [device, isThis]), [['Firefox on Linux', false]]) // oxfmt-ignore
    assert.equal((await phone.visitor.call('PUT', '/me/push', browser.offer)).status, 204)
    const other = await signedIn(server.people.manager.id)
    problem(await other.visitor.call('DELETE', `/me/push/${listed.browsers[0].id}`), 404)
    assert.equal((await desk.visitor.call('DELETE', `/me/push/${listed.browsers[0].id}`)).status, 204)
    problem(await phone.visitor.call('PUT', '/me/push', browser.offer), 404)
    problem(await server.call('GET', '/me/push', { token: server.people.agent.token }), 403)
  })
  it('ends with the session that somebody ends, not with one that has run out', async () => {
    const ends: Record<string, (here: Here) => Promise<unknown>> = {
      'signing out': ({ visitor }) => visitor.call('POST', '/sign-in/end', {}),
      'ended in the list': ({ person, session }) => endSession(server.db, { org: 1, person }, session),
      'left': ({ person }) => endAccess(server.db, { org: 1, person }),
    } // oxfmt-ignore
    for (const [how, end] of Object.entries(ends)) {
      const here = await signedIn(server.people.agent.id)
      await withBrowser(here)
      assert.equal(await count('push_subscription'), 1, how)
      await end(here)
      assert.equal(await count('push_subscription'), 0, how)
    }
    const here = await signedIn(server.people.agent.id)
    await withBrowser(here)
    await server.db.query("update session set expires_at = now() - interval '1 minute' where id = $1", [here.session])
    await server.db.query('delete from session where expires_at < now()')
    assert.equal(await count('push_subscription'), 1)
  })
  it('goes on when the same person signs in anew in the same browser, and not for another person', async () => {
    const visitor = new Visitor(server)
    const enter = async (): Promise<void> => assert.equal((await visitor.signIn('ada@harbour.test', administratorPassword)).status, 200) // oxfmt-ignore
    await enter()
    assert.equal((await visitor.call('POST', '/me/push', new Browser().offer)).status, 200)
    await enter()
    const { browsers } = (await visitor.call('GET', '/me/push')).body as Loose
    assert.deepEqual(
      browsers.map(({ isThis }: Loose) => isThis),
      [true],
    )
    await server.db.query('update session set person = $1 where id = (select session from push_subscription)', [server.people.agent.id]) // oxfmt-ignore
    await enter()
    assert.equal(await count('push_subscription'), 0)
  })
  it('goes where the matrix lets it, holds for digest and quiet hours, and not for what was read', async () => {
    const agent = await signedIn(server.people.agent.id)
    const row = await incident()
    await happens(agent.person, row)
    assert.equal(await count('notice_push'), 0, 'nobody has a browser')
    await withBrowser(agent)
    const choose = async (body: object): Promise<void> => {
      const chosen = await agent.visitor.call('PATCH', '/me/notices', body)
      assert.equal(chosen.status, 200, chosen.text)
    }
    await choose({ digest: { kind: 'daily', at: '08:00' }, quiet: { from: '20:00', until: '07:00' } })
    await happens(agent.person, row)
    const [due] = await server.db.query<{ at: string }>("select to_char(due_at at time zone 'Europe/Berlin', 'HH24:MI') as at from notice_push") // oxfmt-ignore
    assert.equal(due?.at, '08:00')
    await choose({ events: { assigned: { push: false } } })
    assert.equal(await count('notice_push'), 0)
    assert.notEqual(await count('notice_mail'), 0)
    await happens(agent.person, row)
    assert.equal(await count('notice_push'), 0)
    await choose({ events: { assigned: { push: true } } })
    await happens(agent.person, row)
    assert.equal(await count('notice_push'), 1)
    await agent.visitor.call('POST', '/inbox/triage', { all: { show: 'unread' }, deed: 'read' })
    assert.equal(await count('notice_push where settled is null'), 0)
    await happens(agent.person, row, { event: 'security', deed: 'password-changed' })
    const [now] = await server.db.query<{ isDue: boolean }>('select due_at <= now() as "isDue" from notice_push where settled is null')
    assert.equal(now?.isDue, true, 'one\'s own door is told at once')
  }) // oxfmt-ignore
  it('of several records is one, in the language of the person', async () => {
    const agent = await signedIn(server.people.agent.id)
    const browser = await withBrowser(agent)
    await agent.visitor.call('PATCH', '/me/preferences', { language: 'de' })
    for (const subject of ['One', 'Two']) await happens(agent.person, await incident({ subject }))
    await pushNow()
    assert.equal(received.length, 1)
    const [only] = received
    assert.ok(only)
    assert.deepEqual(browser.read(only), { title: '2 Datensätze haben Neues für Sie', body: 'Den Eingang öffnen', path: '/inbox', tag: 'inbox', lang: 'de' }) // oxfmt-ignore
    await agent.visitor.call('PATCH', '/me/preferences', { language: null })
  })
  it('is tried again, with what came since in its place; the browser that is gone is forgotten', async () => {
    const agent = await signedIn(server.people.agent.id)
    const browser = await withBrowser(agent)
    const row = await incident()
    answer = (response) => void response.writeHead(503).end()
    await happens(agent.person, row)
    await pushNow()
    const listed = async (): Promise<Loose> => ((await agent.visitor.call('GET', '/me/push')).body as Loose).browsers[0]
    assert.equal((await listed()).lastError, 'Its push service answers 503.')
    assert.equal(await count('push_message'), 1)
    answer = (response) => void response.writeHead(201).end()
    await happens(agent.person, row, { event: 'mentioned', as: 'mention' })
    await pushNow()
    assert.equal(received.length, 2)
    assert.equal(new Set(received.map(({ headers }) => headers['topic'])).size, 1)
    assert.equal(browser.read(received[1] as Received).body, 'Incident: I am mentioned')
    assert.equal(received[1]?.headers['urgency'], 'high')
    assert.deepEqual([(await listed()).lastError, await count('push_message')], [null, 0])
    for (const gone of [404, 410, 403]) {
      await withBrowser(agent)
      answer = (response) => void response.writeHead(gone).end()
      await happens(agent.person, row)
      await pushNow()
      assert.deepEqual([await count('push_subscription'), await count('push_message')], [0, 0], String(gone))
    }
  })
  it('reaches no address inside the own network, and follows nobody', async () => {
    const agent = await signedIn(server.people.agent.id)
    await withBrowser(agent)
    const row = await incident()
    await happens(agent.person, row)
    await pushNow(false)
    assert.equal(received.length, 0)
    const listed = (await agent.visitor.call('GET', '/me/push')).body as Loose
    assert.match(listed.browsers[0].lastError, /inside the own network/)
    answer = (response) => void response.writeHead(307, { location: 'http://169.254.169.254/' }).end()
    await pushNow()
    assert.equal(received.length, 1)
    assert.equal(await count('push_message'), 0)
  })
  it('is not promised to what is no push service or has no keys', async () => {
    const { visitor } = await signedIn(server.people.agent.id)
    const { offer } = new Browser()
    const keys = { p256dh: randomBytes(65).toString('base64url'), auth: randomBytes(16).toString('base64url') }
    for (const wrong of [
      { endpoint: 'http://push.example.net/x' },
      { endpoint: 'file:///etc/passwd' },
      { endpoint: 'x' },
      { keys },
      { keys: {} },
    ])
      // oxfmt-ignore
      problem(await visitor.call('POST', '/me/push', { ...offer, ...wrong }), 422)
    assert.equal(await count('push_subscription'), 0)
  })
  it('of a browser that another person signs in with is theirs alone', async () => {
    const [first, second] = [await signedIn(server.people.agent.id), await signedIn(server.people.manager.id)]
    const browser = await withBrowser(first)
    // What was on its way to the first is not shown to the second.
    await happens(first.person, await incident())
    await server.db.query("update notice_push set due_at = now() - interval '1 minute'")
    await sendPushes({ store: server.store }, FOREVER)
    assert.equal(await count('push_message'), 1)
    assert.equal((await first.visitor.call('POST', '/me/push', browser.offer)).status, 200)
    assert.equal(await count('push_message'), 1, 'whoever switches it on again goes on being told')
    assert.equal((await second.visitor.call('POST', '/me/push', browser.offer)).status, 200)
    assert.equal(await count('push_message'), 0)
    const rows = await server.db.query<{ person: number }>('select person from push_subscription')
    assert.deepEqual(rows.map(({ person }) => Number(person)), [second.person]) // oxfmt-ignore
  })
  it('goes on where the browser has changed its subscription, for its own person alone, and what was for the old one is gone', async () => {
    const [agent, other] = [await signedIn(server.people.agent.id), await signedIn(server.people.manager.id)]
    const [old, fresh, theirs] = [await withBrowser(agent), new Browser(), await withBrowser(other)]
    const to = (browser: Browser, from: string | null): object => ({ ...browser.offer, from })
    const change = (who: Here, body: object): Promise<Loose> => who.visitor.call('POST', '/me/push/change', body)
    problem(await change(other, to(fresh, ENDPOINT + old.name)), 404)
    problem(await change(agent, to(fresh, ENDPOINT + theirs.name)), 404)
    problem(await change(agent, to(fresh, `${ENDPOINT}unknown`)), 404)
    problem(await change(agent, to(theirs, ENDPOINT + old.name)), 404)
    problem(await change(agent, { ...fresh.offer, from: 'http://push.example.net/x' }), 422)
    problem(await server.call('POST', '/me/push/change', { token: server.people.manager.token, body: to(fresh, null) }), 403) // oxfmt-ignore
    const row = await incident()
    answer = (response) => void response.writeHead(503).end()
    await happens(agent.person, row)
    await pushNow()
    assert.equal(await count('push_message'), 1)
    await server.db.query('update push_subscription set endpoint = replace(endpoint, $1, $2)', [address, ENDPOINT])
    received = []
    assert.equal((await change(agent, to(fresh, ENDPOINT + old.name))).status, 204)
    assert.equal((await change(agent, to(fresh, ENDPOINT + old.name))).status, 204, 'an answer that was lost')
    assert.deepEqual([await count('push_message'), await count('push_subscription')], [0, 2])
    answer = (response) => void response.writeHead(201).end()
    await happens(agent.person, row)
    await pushNow()
    const [only] = received
    assert.ok(only)
    assert.ok(only.path.endsWith(fresh.name))
    assert.equal(fresh.read(only).tag, row.number)
    await server.db.query('update push_subscription set endpoint = replace(endpoint, $1, $2)', [address, ENDPOINT])
    const newest = new Browser()
    assert.equal((await change(agent, to(newest, null))).status, 204, 'by the session')
    assert.equal((await agent.visitor.call('PUT', '/me/push', newest.offer)).status, 204)
    assert.equal((await other.visitor.call('PUT', '/me/push', theirs.offer)).status, 204)
  })
  it('is forgotten with a key that nobody can open any more', async () => {
    const agent = await signedIn(server.people.agent.id)
    const key = async (): Promise<string> => ((await agent.visitor.call('GET', '/me/push')).body as Loose).publicKey
    const before = await key()
    assert.equal(await key(), before)
    await server.db.query("update push_key set private = '\\x00'")
    assert.notEqual(await key(), before)
  })
})

/** RFC 8292: a token of ours for this service, by the key that the browser was given. */
function isSigned(header: string, publicKey: string): void {
  const [, head = '', claims = '', signature = '', key = ''] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [] // oxfmt-ignore
  assert.equal(key, publicKey)
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const by = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' })
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), { key: by, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) // oxfmt-ignore
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Loose
  assert.deepEqual([said.aud, said.sub], [new URL(address).origin, publicUrl])
  const hours = (said.exp - Date.now() / 1000) / 3600
  assert.ok(hours > 1 && hours < 24, String(hours))
}
