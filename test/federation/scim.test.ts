// The SCIM server: who may use it, versions and errors; what it gives out is held beside scimmy.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import SCIMMY from 'scimmy'
import { ENTERPRISE, GROUP, PATCH, USER } from '#kit/federation/scim/resource.ts'
import { run, sql } from '#kit/sql.ts'
import { openScim, type Scim } from '../setup/scim.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let here: Scim
before(async () => {
  here = await openScim()
})

describe('who may use SCIM', () => {
  it('is whoever has its token, which opens nothing else; and no other token opens it', async () => {
    for (const authorization of ['', 'Bearer wrong', `Bearer ${here.server.people.administrator.token}`]) {
      const { status, body, headers } = await here.scim('GET', '/Users', undefined, { authorization })
      assert.equal(status, 401)
      assert.deepEqual([body.schemas, body.status], [['urn:ietf:params:scim:api:messages:2.0:Error'], '401'])
      assert.match(headers.get('www-authenticate') ?? '', /Bearer/)
    }
    for (const path of ['/me', '/persons', '/admin/sign-in-providers'])
      assert.equal((await here.server.call('GET', path, { token: here.token })).status, 401)
  })
  it('is nobody while it is switched off', async () => {
    const set = async (isOn: boolean): Promise<void> => {
      const { body } = await here.ask('GET', `/admin/sign-in-providers/${here.provider}`)
      await here.ask(
        'PUT',
        `/admin/sign-in-providers/${here.provider}`,
        { name: body.name, isOn, settings: body.settings },
        { 'if-match': `"${body.rev}"` },
      )
    }
    await set(false)
    assert.equal((await here.scim('GET', '/Users')).status, 401)
    await set(true)
    assert.equal((await here.scim('GET', '/Users')).status, 200)
  })
  it('sees only those whom it keeps here', async () => {
    const { body } = await here.scim('GET', '/Users')
    assert.equal(body.totalResults, 0)
    assert.equal((await here.scim('GET', `/Users/${here.server.people.administrator.id}`)).status, 404)
    assert.equal((await here.scim('DELETE', `/Users/${here.server.people.administrator.id}`)).status, 404)
  })
  it('keeps its token as a hash', async () => {
    const [kept] = await run<{ text: string }>(
      here.server.db,
      sql`select (select json_agg(p) from identity_provider p)::text || (select json_agg(j) from journal j)::text as text`,
    )
    assert.ok(!(kept?.text ?? '').includes(here.token))
  })
})

describe('versions and errors', () => {
  it('refuses a stale version, and says when nothing changed', async () => {
    const { body } = await here.scim('POST', '/Users', { schemas: [USER], userName: 'version@x.test' })
    const { version } = body.meta
    assert.equal((await here.scim('GET', `/Users/${body.id}`, undefined, { 'if-none-match': version })).status, 304)
    const once = await here.scim(
      'PATCH',
      `/Users/${body.id}`,
      { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'A' }] },
      { 'if-match': version },
    )
    assert.notEqual(once.body.meta.version, version)
    assert.equal(
      (
        await here.scim(
          'PATCH',
          `/Users/${body.id}`,
          { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'B' }] },
          { 'if-match': version },
        )
      ).status,
      412,
    )
    const same = await here.scim('PATCH', `/Users/${body.id}`, {
      schemas: [PATCH],
      Operations: [{ op: 'add', path: 'title', value: 'A' }],
    })
    assert.equal(same.body.meta.version, once.body.meta.version)
  })
  it('answers what it does not understand in the form of SCIM', async () => {
    const { id } = (await here.scim('POST', '/Users', { schemas: [USER], userName: 'known@x.test' })).body
    const cases: [string, string, unknown, number, string | undefined][] = [
      ['GET', `/Users?filter=${encodeURIComponent('userName like "x"')}`, undefined, 400, 'invalidFilter'],
      ['GET', `/Users?filter=${encodeURIComponent('userName eq')}`, undefined, 400, 'invalidFilter'],
      [
        'GET',
        `/Users?filter=${encodeURIComponent(`${'('.repeat(500)}a pr${')'.repeat(500)}`)}`,
        undefined,
        400,
        'invalidFilter',
      ],
      ['GET', '/Users?count=many', undefined, 400, 'invalidValue'],
      ['GET', '/Nothing', undefined, 404, undefined],
      ['GET', '/Users/999999999', undefined, 404, undefined],
      ['GET', "/Users/1'%20or%201=1", undefined, 404, undefined],
      ['POST', '/Users', '{"broken', 400, 'invalidSyntax'],
      ['POST', '/Users', {}, 400, 'invalidValue'],
      ['POST', '/Users', { userName: 'a', active: 'perhaps' }, 400, 'invalidValue'],
      ['POST', '/Users', { userName: 'x', emails: [{ value: 'no address', primary: true }] }, 400, 'invalidValue'],
      ['POST', '/Groups', { displayName: '' }, 400, 'invalidValue'],
      ['PATCH', `/Users/${id}`, { Operations: [] }, 400, 'invalidSyntax'],
      ['PATCH', `/Users/${id}`, { schemas: [PATCH], Operations: [{ op: 'move' }] }, 400, 'invalidSyntax'],
      ['PATCH', `/Users/${id}`, { schemas: [PATCH], Operations: [{ op: 'remove' }] }, 400, 'noTarget'],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'replace', path: 'id', value: '5' }] },
        400,
        'mutability',
      ],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'add', path: 'emails[', value: '5' }] },
        400,
        'invalidPath',
      ],
      ['POST', '/Bulk', {}, 405, undefined],
      ['DELETE', '/Users', undefined, 405, undefined],
    ]
    for (const [method, path, body, status, type] of cases) {
      const said = await here.scim(method, path, body)
      assert.deepEqual(
        [said.status, said.body.scimType, said.body.status],
        [status, type, String(status)],
        `${method} ${path} ${JSON.stringify(said.body)}`,
      )
      assert.ok(said.body.detail.length > 10)
    }
  })
  it('speaks English, whatever is asked for: whoever reads it reads the log of another program', async () => {
    const german = { 'accept-language': 'de' }
    for (const [method, path, body, says] of [
      ['POST', '/Users', { userName: 'x', emails: [{ value: 'no address', primary: true }] }, /e-mail address/],
      ['POST', '/Users', '{"broken', /breaks at line 1, column 9\./],
      ['GET', '/Users?count=1&count=2', undefined, /"count" is given twice/],
    ] as const) {
      assert.match((await here.scim(method, path, body, german)).body.detail, says)
    }
  })
  it('keeps __proto__ and other names of JavaScript out', async () => {
    const { status } = await here.scim(
      'POST',
      '/Users',
      '{"userName":"proto@x.test","__proto__":{"active":false},"constructor":{"x":1}}',
    )
    assert.ok([201, 400].includes(status))
    assert.equal(({} as Loose).active, undefined)
  })
})

describe('beside scimmy', () => {
  it('gives out users, groups and schemas that scimmy accepts', async () => {
    for (let n = 0; n < 6; n++) {
      const name = { formatted: `Somebody ${n}`, givenName: 'Somebody', familyName: String(n) }
      const user = { schemas: [USER, ENTERPRISE], userName: `beside${n}@x.test`, name, emails: [{ value: `beside${n}@x.test`, primary: true }], [ENTERPRISE]: { department: 'Sales', employeeNumber: `9${n}` } } // oxfmt-ignore
      const { status, body } = await here.scim('POST', '/Users', user)
      assert.equal(status, 201, JSON.stringify(body))
      const group = { schemas: [GROUP], displayName: `Group ${n}`, members: [{ value: body.id }] }
      assert.equal((await here.scim('POST', '/Groups', group)).status, 201)
    }
    const { body } = await here.scim('GET', '/Users?count=200')
    assert.ok(body.Resources.length > 5)
    for (const one of body.Resources) assert.ok(new SCIMMY.Schemas.User(one, 'both'))
    for (const one of (await here.scim('GET', '/Groups')).body.Resources)
      assert.ok(new SCIMMY.Schemas.Group(one, 'both'))
    const config = (await here.scim('GET', '/ServiceProviderConfig')).body
    assert.deepEqual(
      [config.patch.supported, config.filter.supported, config.etag.supported, config.bulk.supported],
      [true, true, true, false],
    )
    assert.deepEqual(
      (await here.scim('GET', '/ResourceTypes')).body.Resources.map((one: Loose) => one.id),
      ['User', 'Group'],
    )
    const described = (await here.scim('GET', '/Schemas')).body.Resources
    assert.deepEqual(
      described.map((one: Loose) => one.id),
      [USER, GROUP, ENTERPRISE],
    )
    assert.equal((await here.scim('GET', `/Schemas/${USER}`)).body.name, 'User')
    const known = SCIMMY.Schemas.User.definition.describe().attributes.map((one: Loose) => one.name)
    for (const { name } of described[0].attributes) assert.ok([...known, 'externalId'].includes(name), name)
  })
})
