// Signing in with SAML against a real identity provider, and the ways in which assertions were forged elsewhere.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { Browser } from '../setup/openid.ts'
import { newKeys, startSamlIdp, type SamlIdp } from '../setup/saml-idp.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
interface Posted {
  SAMLResponse: string
  RelayState: string
}
const PUBLIC = 'http://127.0.0.1:7300'
let server: TestServer
let idp: SamlIdp
let provider: Loose
const ask = (method: string, path: string, body?: unknown, headers = {}): Promise<Loose> =>
  server.call(method, path, { body, token: server.people.administrator.token, headers })
const here = (address: string): string => address.replace(PUBLIC, server.url)
const slug = (): string => provider.addresses.metadata.split('/').at(-2)

async function begin(browser: Browser, to = '/incidents'): Promise<Posted> {
  const went = await browser.go(`${server.url}/api/v1/sign-in/saml/${slug()}?to=${encodeURIComponent(to)}`)
  return idp.answer(went.headers.get('location') ?? '')
}
async function post(browser: Browser, posted: Posted): Promise<Response> {
  const answer = await browser.go(here(provider.addresses.consumer), { ...posted })
  assert.equal(answer.status, 303)
  const next = new URL(answer.headers.get('location') ?? '', server.url).href
  return next.includes('/login?') ? answer : browser.go(next)
}
async function outcome(answer: Response): Promise<string> {
  const location = new URL(answer.headers.get('location') ?? '', server.url)
  const key = location.searchParams.get('trouble')
  return key === null
    ? `in: ${location.pathname}`
    : String(((await server.call('GET', `/sign-in/trouble/${key}`)).body as Loose).because)
}
/** Signs in with what `change` makes of the real answer. */
async function forged(change: (xml: string) => string): Promise<string> {
  const browser = new Browser()
  const posted = await begin(browser)
  const xml = change(Buffer.from(posted.SAMLResponse, 'base64').toString())
  return outcome(await post(browser, { ...posted, SAMLResponse: Buffer.from(xml).toString('base64') }))
}
async function withOptions<T>(options: Record<string, unknown>, work: () => Promise<T>): Promise<T> {
  idp.options = options
  return work().finally(() => (idp.options = {}))
}
const plain = async (): Promise<string> => {
  const browser = new Browser()
  return outcome(await post(browser, await begin(browser)))
}

before(async () => {
  server = await startTestServer()
  idp = await startSamlIdp({ id: 'mia-1', email: 'mia@harbour.test', name: 'Mia Møller', groups: ['desk', 'other'] })
  const settings = {
    entryPoint: idp.entryPoint,
    issuer: idp.issuer,
    certificates: idp.keys.cert,
    createsPersons: true,
    groups: [{ group: 'desk', roles: ['agent'] }],
  }
  const made = await ask('POST', '/admin/sign-in-providers', { kind: 'saml', name: 'Harbour SAML', settings })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  provider = made.body
  idp.consumer = provider.addresses.consumer
})

describe('signing in with SAML', () => {
  it('lets a person in, and gives the roles of their groups', async () => {
    const browser = new Browser()
    const done = await post(browser, await begin(browser))
    assert.equal(await outcome(done), 'in: /incidents')
    const me = (await (await browser.go(`${server.url}/api/v1/me`)).json()) as Loose
    assert.deepEqual(
      [me.person.title, me.person.email, me.roles.toSorted()],
      ['Mia Møller', 'mia@harbour.test', ['agent', 'requester']],
    )
    idp.user = { ...idp.user, groups: [] }
    const again = new Browser()
    await post(again, await begin(again))
    assert.deepEqual(await run(server.db, sql`select role from role_grant where person = ${me.person.id}`), [
      { role: 'requester' },
    ])
  })
  it('gives its metadata to the provider', async () => {
    const answer = await fetch(here(provider.addresses.metadata))
    const xml = await answer.text()
    assert.match(answer.headers.get('content-type') ?? '', /samlmetadata\+xml/)
    assert.ok(
      xml.includes(`entityID="${provider.addresses.metadata}"`) &&
        xml.includes(`Location="${provider.addresses.consumer}"`) &&
        xml.includes('WantAssertionsSigned="true"'),
    )
  })
  it('takes an answer once, in the browser that asked, and to the very request', async () => {
    const browser = new Browser()
    const posted = await begin(browser)
    assert.equal(await outcome(await post(browser, posted)), 'in: /incidents')
    assert.match(await outcome(await post(browser, posted)), /used already/)
    const victim = new Browser()
    const theirs = await begin(victim)
    assert.match(await outcome(await post(new Browser(), theirs)), /another browser/)
    const [one, two] = [new Browser(), new Browser()]
    const [first, second] = [await begin(one), await begin(two)]
    assert.match(await outcome(await post(two, { ...second, SAMLResponse: first.SAMLResponse })), /InResponseTo/)
    assert.match(await outcome(await post(one, { ...first, RelayState: 'never begun' })), /never begun/)
  })
  it('refuses an assertion for others, of others, or whose time is over', async () => {
    assert.match(await withOptions({ audience: 'https://other.test' }, plain), /audience/)
    assert.match(await withOptions({ recipient: 'https://other.test/consume' }, plain), /not meant for this address/)
    assert.match(await withOptions({ issuer: 'urn:other' }, plain), /was issued by "urn:other"/)
    assert.match(await withOptions({ lifetimeInSeconds: -600 }, plain), /expired|No valid subject confirmation/)
    assert.match(await withOptions(newKeys() as Loose, plain), /Invalid signature/)
    assert.match(await withOptions({ signatureAlgorithm: 'rsa-sha1', digestAlgorithm: 'sha1' }, plain), /SHA-1/)
    assert.match(await withOptions({ signAssertion: false, signResponse: false }, plain), /Invalid signature|signature/)
    assert.match(await withOptions({ signAssertion: false, signResponse: true }, plain), /Invalid signature|signature/)
  })
  it('refuses what was altered, wrapped or cut', async () => {
    const assertionOf = (xml: string): string => /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? ''
    const evil = (xml: string): string =>
      assertionOf(xml)
        .replace(/<(ds:)?Signature[\s\S]*<\/(ds:)?Signature>/, '')
        .replace('mia-1', 'boss')
        .replace(/ID="[^"]+"/, 'ID="_evil"')
    const attacks: Record<string, (xml: string) => string> = {
      'another name': (xml) => xml.replace('mia-1', 'boss'),
      'another attribute': (xml) => xml.replace('mia@harbour.test', 'ada@harbour.test'),
      'no signature': (xml) => xml.replace(/<(ds:)?Signature[\s\S]*<\/(ds:)?Signature>/, ''),
      'evil before the signed one': (xml) => xml.replace(assertionOf(xml), evil(xml) + assertionOf(xml)),
      'evil after the signed one': (xml) => xml.replace(assertionOf(xml), assertionOf(xml) + evil(xml)),
      'the signed one within evil': (xml) =>
        xml.replace(
          assertionOf(xml),
          evil(xml).replace('</saml:Assertion>', `<saml:Advice>${assertionOf(xml)}</saml:Advice></saml:Assertion>`),
        ),
      'the signed one within extensions': (xml) =>
        xml.replace(assertionOf(xml), `<samlp:Extensions>${assertionOf(xml)}</samlp:Extensions>${evil(xml)}`),
      'evil that keeps the signature, the signed one within it': (xml) => {
        const signature = /<(?:ds:)?Signature[\s\S]*<\/(?:ds:)?Signature>/.exec(xml)?.[0] ?? ''
        const bare = assertionOf(xml).replace(signature, '')
        return xml.replace(
          assertionOf(xml),
          evil(xml).replace(
            '</saml:Assertion>',
            `${signature.replace(/<\/((?:ds:)?)Signature>$/, `<$1Object>${bare}</$1Object></$1Signature>`)}</saml:Assertion>`,
          ),
        )
      },
      'two with one id': (xml) =>
        xml.replace(assertionOf(xml), assertionOf(xml).replace('mia-1', 'boss') + assertionOf(xml)),
      'a comment in the name': (xml) => xml.replace('mia-1', 'mi<!-- -->a-1'),
      'an instruction in the name': (xml) => xml.replace('mia-1', 'mi<?x y?>a-1'),
      'a DTD': (xml) => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('mia-1', '&e;')}`,
      'an entity bomb': (xml) =>
        `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${xml.replace('mia-1', '&b;')}`,
      'no XML at all': () => 'hello',
      nothing: () => '',
      'an HMAC instead': (xml) =>
        xml.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
    }
    for (const [name, attack] of Object.entries(attacks)) {
      const said = await forged((xml) => {
        const made = attack(xml)
        assert.notEqual(made, xml, `${name} changes nothing`)
        return made
      })
      assert.match(said, /^The answer of Harbour SAML is not accepted/, `${name}: ${said}`)
    }
    assert.equal(await forged((xml) => xml), 'in: /incidents', 'unaltered, it is taken')
    assert.deepEqual(await run(server.db, sql`select 1 from identity where subject not like 'mia-1'`), [])
  })
  it('passes on that the provider said no', async () => {
    const browser = new Browser()
    const posted = await begin(browser)
    const xml = Buffer.from(posted.SAMLResponse, 'base64').toString()
    const no = xml.replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, '').replace('status:Success', 'status:Requester')
    assert.match(
      await outcome(await post(browser, { ...posted, SAMLResponse: Buffer.from(no).toString('base64') })),
      /Requester/,
    )
  })
  it('takes forms at this address alone', async () => {
    const answer = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'a', password: 'b' }),
    })
    assert.equal(answer.status, 415)
  })
  it('says what is wrong with a certificate in a sentence', async () => {
    const said = async (certificates: string): Promise<string> => {
      const settings = { ...provider.settings, certificates }
      const made = await ask('POST', '/admin/sign-in-providers', {
        kind: 'saml',
        name: `Try ${Math.random()}`,
        settings,
      })
      const { body } = await ask('POST', `/admin/sign-in-providers/${made.body.id}/test`)
      return body.detail ?? body.found.join(' ')
    }
    assert.match(await said(idp.keys.cert), /readable and in force.*metadata/)
    assert.match(await said('x'.repeat(200)), /This is no certificate/)
  })
})
