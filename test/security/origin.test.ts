// Forged requests: pages of other sites that make a signed-in browser send something.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { refuseForeignOrigin } from '#platform/origin.ts'
import { Visitor } from '../api/visitor.ts'
import { problem } from '../api/problem.ts'

let server: TestServer
let visitor: Visitor
let setCookies: string[] = []
before(async () => {
  server = await startTestServer()
  visitor = new Visitor(server)
  const answer = await visitor.signIn('ada@harbour.test', administratorPassword)
  assert.ok(answer.status < 300, answer.text)
  setCookies = answer.headers.getSetCookie()
})
async function forged(headers: Record<string, string>, body: unknown = { subject: 'forged' }): Promise<Answered> {
  return server.call('POST', '/incidents', { body, headers: { cookie: visitor.cookie, ...headers } })
}
async function nothingForged(): Promise<void> {
  const list = await visitor.call('GET', '/incidents?filter=subject:forged')
  assert.deepEqual((list.body as { items: unknown[] }).items, [])
}

describe('[ASVS 3.5.1] a write with the cookies of a signed-in person', () => {
  it('is done when it comes from our own page', async () => {
    for (const headers of [{ origin: server.url }, { 'sec-fetch-site': 'same-origin' }] as Record<string, string>[])
      assert.equal((await forged(headers, { subject: 'own' })).status, 201)
  })
  it('is refused from another origin, from none that is named, from a neighbour, another port and another scheme', async () => {
    const { host, port } = new URL(server.url)
    const foreign = [
      'https://evil.test',
      'null',
      '',
      'garbage',
      `https://${host}.evil.test`,
      `http://sub.${host}`,
      `http://127.0.0.1:${Number(port) + 1}`,
      'http://localhost',
      'file://',
      `${server.url}@evil.test`,
      `http://evil.test/${host}`,
      `http://evil.test#${host}`,
    ]
    for (const origin of foreign) {
      const answer = await forged({ origin })
      assert.equal(answer.status, 403, `${origin}: ${answer.text}`)
      problem(answer, 403, /another site/)
    }
    for (const site of ['cross-site', 'same-site', 'garbage']) problem(await forged({ 'sec-fetch-site': site }), 403)
    await nothingForged()
  })
  it('is refused for a change, a removal, a move and an undo alike', async () => {
    const made = await visitor.call('POST', '/incidents', { subject: 'target' })
    const { id } = made.body as { id: number }
    const attempts: [string, string, unknown][] = [
      ['PATCH', `/incidents/${id}`, { subject: 'forged' }],
      ['DELETE', `/incidents/${id}`, undefined],
      ['POST', `/incidents/${id}/cancel`, { reason: 'forged' }],
      ['POST', '/incidents/bulk', { ids: [id], bin: true }],
      ['POST', '/undo', { request: made.headers.get('x-request-id') }],
      ['POST', '/tokens', { name: 'forged', days: 9 }],
      ['DELETE', '/session', undefined],
    ]
    for (const [method, path, body] of attempts) {
      const headers = { cookie: visitor.cookie, origin: 'https://evil.test', 'if-match': '"1"' }
      problem(
        await server.call(method, path, { headers, ...(body === undefined ? {} : { body }) }),
        403,
        /another site/,
      )
    }
    assert.equal((await visitor.call('GET', `/incidents/${id}`)).status, 200)
  })
  it('[ASVS 3.5.2] is refused in every form that a page can post without asking first', async () => {
    const plain = JSON.stringify({ subject: 'forged' })
    const bodies: [string, string][] = [
      ['text/plain', plain],
      ['text/plain;charset=UTF-8', plain],
      ['application/x-www-form-urlencoded', `subject=forged&${encodeURIComponent(plain)}=`],
      [
        'multipart/form-data; boundary=b',
        `--b\r\nContent-Disposition: form-data; name="subject"\r\n\r\nforged\r\n--b--\r\n`,
      ],
      ['', plain],
      ['application/json-seq', plain],
    ]
    for (const [type, body] of bodies) {
      // No Origin at all: as if a browser had left it out.
      const answer = await forged(type === '' ? {} : { 'content-type': type }, type === '' ? Buffer.from(body) : body)
      assert.ok([400, 415, 422].includes(answer.status), `${type}: ${answer.status} ${answer.text}`)
    }
    await nothingForged()
  })
  it('[ASVS 3.5.3] cannot be disguised as reading', async () => {
    const before_ = await server.call('GET', '/incidents?total=true', { token: server.people.agent.token })
    for (const override of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
      for (const method of ['GET', 'HEAD'])
        await server.call(method, '/incidents', { headers: { cookie: visitor.cookie, [override]: 'POST' } })
    for (const path of ['/incidents?_method=DELETE', '/incidents/1?_method=PATCH', '/session?_method=DELETE'])
      await server.call('GET', path, { headers: { cookie: visitor.cookie } })
    const after = await server.call('GET', '/incidents?total=true', { token: server.people.agent.token })
    assert.deepEqual((after.body as { total: unknown }).total, (before_.body as { total: unknown }).total)
    assert.equal((await visitor.call('GET', '/me')).status, 200, 'still signed in')
    // A provider sends the browser back with a GET; the cookie of the journey and its secret say who began it.
    const returning = ['/sign-in/oidc/{provider}/callback', '/sign-in/saml/{provider}/finish']
    // Reading it changes nothing but that the journal knows who read it.
    const told = ['/admin/access-packages/{id}/content']
    const changing = server.running.routes.filter(
      ({ method, audited, path }) =>
        method === 'GET' && audited === 'journal' && ![...returning, ...told].includes(path),
    )
    assert.deepEqual(
      changing.map(({ path }) => path),
      [],
      'no GET changes anything',
    )
  })
  it('is refused before signing in too: nobody is signed in as somebody else', async () => {
    const answer = await server.call('POST', '/session', {
      body: { email: 'ada@harbour.test', password: administratorPassword },
      headers: { origin: 'https://evil.test' },
    })
    problem(answer, 403, /another site/)
    assert.deepEqual(answer.headers.getSetCookie(), [])
  })
  it('with a token is not held back: no browser adds one by itself', async () => {
    const { token } = server.people.agent
    const answer = await server.call('POST', '/incidents', {
      token,
      body: { subject: 'x' },
      headers: { origin: 'https://evil.test' },
    })
    assert.equal(answer.status, 201)
  })
})

describe('[ASVS 3.5.1] behind a proxy over TLS', () => {
  const check = (origin: string, host: string): void =>
    refuseForeignOrigin({ origin, host }, 'https://desk.example.com')
  it('only the public address is ours, whatever the proxy calls us', () => {
    check('https://desk.example.com', '127.0.0.1:7300')
    for (const origin of [
      'http://desk.example.com',
      'http://127.0.0.1:7300',
      'https://desk.example.com:444',
      'https://a.desk.example.com',
      'https://example.com',
      'null',
    ])
      assert.throws(() => check(origin, new URL(origin === 'null' ? 'http://x' : origin).host), /another site/, origin)
  })
})

describe('[ASVS 3.3.1] [ASVS 3.3.2] [ASVS 3.3.4] the cookies of a sign-in', () => {
  it('are out of reach of scripts, not sent by other sites’ posts, and bound to this host over TLS', async () => {
    assert.ok(setCookies.length > 0)
    for (const line of setCookies) {
      assert.match(line, /; HttpOnly/)
      assert.match(line, /; SameSite=(Lax|Strict)/)
      assert.match(line, /; Path=\/(;|$)/)
      assert.doesNotMatch(line, /Domain=/i)
    }
    const { sessionCookie, browserCookie } = await import('#kit/sign-in/cookie.ts')
    for (const line of [sessionCookie(true, 'k', 60), browserCookie(true, 'v')])
      assert.match(line, /^__Host-[\w-]+=\w+; Path=\/; HttpOnly; SameSite=(Lax|Strict); Max-Age=\d+; Secure$/)
  })
})
