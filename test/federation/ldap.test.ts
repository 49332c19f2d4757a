// Signing in with a directory, against a real OpenLDAP server.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { dnOf, openDirectory, type Directory } from '../setup/directory.ts'
import { slapdMissing, suffix } from '../setup/slapd.ts'
import { unlessMissing } from '../setup/peers.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const missing = unlessMissing(await slapdMissing())
let here: Directory

describe('signing in with a directory', { skip: missing }, () => {
  before(async () => {
    here = await openDirectory()
  })
  it('lets in who has the right password, by name or e-mail, with the roles of the groups', async () => {
    for (const name of ['mia', 'MIA@harbour.test']) {
      const { status, headers } = await here.signIn(name, 'mias long word')
      assert.equal(status, 200)
      const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const me = (await here.server.call('GET', '/me', { headers: { cookie } })).body as Loose
      assert.equal(me.person.title, 'Mia Møller')
      assert.deepEqual(me.roles.toSorted(), ['agent', 'requester'])
    }
  })
  it('refuses a wrong or empty password, an unknown name, and a filter in the name', async () => {
    for (const [name, password] of [
      ['mia', 'wrong'],
      ['mia', ''],
      ['nobody', 'mias long word'],
      ['*', 'mias long word'],
      ['mia)(uid=*', 'mias long word'],
      ['m*', 'mias long word'],
      ['mia\u0000', 'mias long word'],
    ] as const) {
      await run(here.server.db, sql`delete from sign_in_delay`)
      const { status } = await here.signIn(name, password)
      assert.ok(status === 401 || status === 422, `${name}: ${status}`)
    }
    assert.equal((await here.signIn('a(b)*c\\d', 'odd word')).status, 200)
  })
  it('shows an administrator what would be read of an account, and who it would be, without changing anything', async () => {
    const before = await run<{ n: number }>(here.server.db, sql`select count(*) as n from journal where org = 1`)
    const look = (name: string, password = ''): ReturnType<Directory['ask']> =>
      here.ask('POST', `/admin/sign-in-providers/${here.provider}/look`, { name, password })
    const { body } = await look('boss', 'boss word')
    const read = Object.fromEntries(body.values.map(({ field, attribute, value }: Loose) => [field, [attribute, value]])) // oxfmt-ignore
    assert.deepEqual([body.found, body.dn, body.password], [1, dnOf('boss'), 'right'])
    assert.deepEqual(
      [read.name, read.unit, read.location, read.mobile],
      [
        ['cn', 'Bo Søndergård 山田'],
        ['departmentNumber', 'Sales'],
        ['l', 'Kiel'],
        ['mobile', null],
      ],
    )
    const { body: mia } = await look('mia')
    assert.deepEqual([body.roles, mia.roles], [['requester'], ['requester', 'agent']])
    assert.ok(mia.groups.includes(`cn=desk,ou=groups,${suffix}`))
    assert.deepEqual(body.says, ['The first sign-in makes a person called “Bo Søndergård 山田”.'])
    assert.match((await look('mia')).body.says[0], /^This account is P-\d+ here\.$/)
    assert.equal((await look('mia', 'wrong')).body.password, 'wrong')
    assert.equal((await look('mia')).body.password, 'not tried')
    assert.match((await look('off')).body.says[0], /disabled there \(employeeType=disabled\)/)
    assert.match((await look('ada')).body.says[0], /has the same e-mail, but Harbour LDAP is not trusted/)
    assert.match((await look('twin@harbour.test')).body.says[0], /Several entries/)
    for (const nobody of ['nobody-at-all', '*', 'mia)(uid=*'])
      assert.match((await look(nobody)).body.says[0], /^Nobody in dc=harbour,dc=test is found/)
    const after = await run<{ n: number }>(here.server.db, sql`select count(*) as n from journal where org = 1`)
    assert.deepEqual(after, before)
    for (const who of ['manager', 'auditor', 'agent'] as const) {
      const refused = await here.server.call('POST', `/admin/sign-in-providers/${here.provider}/look`, { token: here.server.people[who].token, body: { name: 'mia' } }) // oxfmt-ignore
      assert.equal(refused.status, 403, who)
    }
    const theirs = await here.server.call('POST', `/admin/sign-in-providers/${here.provider}/look`, { token: here.server.people.outsider.token, body: { name: 'mia' } }) // oxfmt-ignore
    assert.equal(theirs.status, 404)
    assert.ok(!here.server.log.some((line) => line.includes('boss word')), 'no password in the log')
  })
  it('lets nobody in by a name that more than two entries have, and says so when it is tried', async () => {
    const wide = await here.configure('Wide LDAP', { signInFilter: '(|(objectClass=inetOrgPerson)(uid={name}))' })
    const tried = await here.ask('POST', `/admin/sign-in-providers/${wide.id}/look`, { name: 'mia', password: 'mias long word' }) // oxfmt-ignore
    assert.deepEqual([tried.body.found, tried.body.password], [2, 'not tried'], JSON.stringify(tried.body))
    assert.equal((await here.signIn('mia', 'mias long word', await here.slugOf(wide.id))).status, 401)
    await here.ask('DELETE', `/admin/sign-in-providers/${wide.id}`)
    await run(here.server.db, sql`delete from sign_in_delay`)
  })
  it('says which attribute is missing where the map is not that of the directory', async () => {
    const other = await here.configure('Other LDAP', { attributes: { id: 'objectGUID' } })
    const tried = await here.ask('POST', `/admin/sign-in-providers/${other.id}/look`, { name: 'mia' })
    assert.equal(tried.status, 400)
    assert.match(tried.body.detail, /has no attribute objectGUID/)
    assert.equal((await here.signIn('mia', 'mias long word', await here.slugOf(other.id))).status, 401)
    const mapped = await here.configure('Mapped LDAP', { attributes: { name: 'uid', jobTitle: '', unit: 'l' } })
    const { body } = await here.ask('POST', `/admin/sign-in-providers/${mapped.id}/look`, { name: 'boss' })
    const read = Object.fromEntries(body.values.map(({ field, value }: Loose) => [field, value]))
    assert.deepEqual([read.name, read.jobTitle, read.unit], ['boss', null, 'Kiel'])
    for (const { id } of [other, mapped]) await here.ask('DELETE', `/admin/sign-in-providers/${id}`)
    await run(here.server.db, sql`delete from sign_in_delay`)
  })
  it('makes whoever guesses wait, also for names that do not exist', async () => {
    for (const name of ['boss', 'nobody-at-all']) {
      await run(here.server.db, sql`delete from sign_in_delay`)
      const said: number[] = []
      for (let turn = 0; turn < 12; turn++) said.push((await here.signIn(name, 'wrong')).status)
      assert.ok(said.includes(429), `${name}: ${said.join(' ')}`)
    }
    await run(here.server.db, sql`delete from sign_in_delay`)
  })
  it('says so when the account is disabled there, or nobody is trusted to be the same by e-mail', async () => {
    assert.match((await here.signIn('off', 'off word')).text, /disabled/)
    assert.match((await here.signIn('ada', 'ada word')).text, /Somebody here has the e-mail ada@harbour.test already/)
  })
  it('talks over TLS: by ldaps and by StartTLS, to a certificate that is trusted', async () => {
    const secure = { authority: here.slapd.authority, allowsPlain: false }
    for (const more of [
      { url: here.slapd.tls },
      { url: here.slapd.plain.replace('127.0.0.1', 'localhost'), startTls: true, innerHosts: ['localhost'] },
    ]) {
      const made = await here.configure(`TLS ${JSON.stringify(more)}`, { ...secure, ...more })
      assert.equal(
        (await here.signIn('mia@harbour.test', 'mias long word', await here.slugOf(made.id))).status,
        409,
        'Mia belongs to the first provider',
      )
      await here.ask('DELETE', `/admin/sign-in-providers/${made.id}`)
    }
  })
  it('says what is wrong in a sentence', async () => {
    const said = async (more: object, password = 'reads only'): Promise<string> => {
      const made = await here.configure('A try', more)
      await here.ask(
        'PUT',
        `/admin/sign-in-providers/${made.id}`,
        { name: 'A try', settings: made.settings, secrets: { bindPassword: password } },
        { 'if-match': '"1"' },
      )
      const { body } = await here.ask('POST', `/admin/sign-in-providers/${made.id}/test`)
      await here.ask('DELETE', `/admin/sign-in-providers/${made.id}`)
      return body.detail ?? body.found.join(' ')
    }
    assert.match(await said({}), /answers, and the account may read.*for example/)
    assert.match(await said({ allowsPlain: false }), /in the clear/)
    assert.match(await said({ url: here.slapd.tls }), /certificate of .* is not trusted/)
    assert.match(await said({}, 'wrong'), /refuses the account cn=reader/)
    assert.match(await said({ base: 'dc=else' }), /has no entry "dc=else"|Unwilling|NoSuch/)
    assert.match(await said({ innerHosts: [] }), /inside our own network/)
    assert.match(await said({ url: 'ldap://127.0.0.1:9', innerHosts: ['127.0.0.1'] }), /cannot be reached/)
    assert.match(await said({ attributes: { id: 'objectGUID' } }), /no attribute objectGUID/)
  })
})
