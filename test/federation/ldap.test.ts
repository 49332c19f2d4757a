// Signing in with a directory, and keeping persons in step with it, against a real OpenLDAP server.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Attribute, Change } from 'ldapts'
import { syncDirectory, type SyncOrder } from '#kit/federation/directory/sync.ts'
import type { Synced } from '#kit/federation/directory/state.ts'
import { opened, providerRow } from '#kit/federation/providers.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { openLdap } from '#platform/federation/ldap.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { person, reader, slapdMissing, startSlapd, suffix, unit, type Slapd } from '../setup/slapd.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const missing = await slapdMissing()
let server: TestServer
let slapd: Slapd
let provider: number
let slug = ''

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<{ status: number; body: Loose }> =>
  server.call(method, path, { body, token: server.people.administrator.token, headers })
async function configure(name: string, more: object = {}): Promise<Loose> {
  const settings = {
    url: slapd.plain,
    allowsPlain: true,
    innerHosts: [new URL(slapd.plain).host, new URL(slapd.tls).host],
    bindDn: `cn=reader,${suffix}`,
    base: suffix,
    syncFilter: '(objectClass=inetOrgPerson)',
    signInFilter: '(&(objectClass=inetOrgPerson)(|(uid={name})(mail={name})))',
    disabledWhen: 'employeeType=disabled',
    createsPersons: true,
    groups: [{ group: `cn=desk,ou=groups,${suffix}`, roles: ['agent'] }],
    ...more,
  }
  const made = await ask('POST', '/admin/sign-in-providers', {
    kind: 'ldap',
    name,
    settings,
    secrets: { bindPassword: 'reads only' },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}
async function slugOf(id: number): Promise<string> {
  const [row] = await run<{ slug: string }>(
    server.db,
    sql`select slug from identity_provider where org = 1 and id = ${id}`,
  )
  return row?.slug ?? ''
}
const signIn = (name: string, password: string, at = slug): ReturnType<TestServer['call']> =>
  server.call('POST', `/sign-in/ldap/${at}`, { body: { name, password } })
async function sync(order: Partial<SyncOrder> = {}): Promise<Synced> {
  const row = await providerRow(server.db, 1, provider)
  const parts = { store: server.store, identities: new Identities(server.db), federation: { ldap: openLdap() } }
  return syncDirectory(
    parts,
    opened(row, Buffer.alloc(32, 7)) as LdapProvider,
    { isDry: false, isFull: false, mayRemoveMany: false, ...order },
    row.synced as Synced | null,
  )
}
async function personBy(email: string): Promise<Loose> {
  return (
    await ask(
      'GET',
      `/persons?filter=${encodeURIComponent(`email:"${email}"`)}&fields=name,email,status,phone,unit,location,lineManager,jobTitle`,
    )
  ).body.items[0]
}
const modify = (dn: string, operation: 'add' | 'delete' | 'replace', type: string, values: string[]): Promise<void> =>
  slapd.client.modify(dn, new Change({ operation, modification: new Attribute({ type, values }) }))
const dnOf = (uid: string, place = 'ou=people'): string => `uid=${uid},${place},${suffix}`

describe('a directory', { skip: missing ?? false }, () => {
  before(async () => {
    server = await startTestServer()
    slapd = await startSlapd(
      [
        unit('people'),
        unit('leavers'),
        unit('groups'),
        reader,
        person({
          uid: 'boss',
          cn: 'Bo Søndergård 山田',
          telephoneNumber: '+45 1',
          userPassword: 'boss word',
          departmentNumber: 'Sales',
          l: 'Kiel',
        }),
        person({
          uid: 'mia',
          cn: 'Mia Møller',
          manager: dnOf('boss'),
          userPassword: 'mias long word',
          telephoneNumber: '+45 2',
          title: 'Analyst',
          departmentNumber: 'Sales',
        }),
        person({ uid: 'off', userPassword: 'off word', employeeType: 'disabled' }),
        person({ uid: 'a(b)*c\\d', userPassword: 'odd word' }),
        person({ uid: 'twin1', mail: 'twin@harbour.test' }),
        person({ uid: 'twin2', mail: 'twin@harbour.test' }),
        person({ uid: 'ada', cn: 'Ada of LDAP', userPassword: 'ada word' }),
        person({ uid: 'lost', departmentNumber: 'Nowhere' }),
        ...Array.from({ length: 20 }, (_, n) => person({ uid: `many${n}` })),
        `dn: cn=desk,ou=groups,${suffix}\nobjectClass: groupOfNames\ncn: desk\nmember: ${dnOf('boss')}\n\n`,
      ].join(''),
    )
    await modify(`cn=desk,ou=groups,${suffix}`, 'add', 'member', [dnOf('mia')]) // memberOf is kept from here on
    for (const [path, body] of [
      ['/units', { name: 'Sales', kind: 'department' }],
      ['/locations', { name: 'Kiel' }],
    ] as const)
      assert.equal((await ask('POST', path, body)).status, 201)
    const made = await configure('Harbour LDAP')
    provider = made.id
    slug = await slugOf(provider)
  })

  describe('sign-in', () => {
    it('lets in who has the right password, by name or e-mail, with the roles of the groups', async () => {
      for (const name of ['mia', 'MIA@harbour.test']) {
        const { status, headers } = await signIn(name, 'mias long word')
        assert.equal(status, 200)
        const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
        const me = (await server.call('GET', '/me', { headers: { cookie } })).body as Loose
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
        await run(server.db, sql`delete from sign_in_delay`)
        const { status } = await signIn(name, password)
        assert.ok(status === 401 || status === 422, `${name}: ${status}`)
      }
      assert.equal((await signIn('a(b)*c\\d', 'odd word')).status, 200)
    })
    it('shows an administrator what would be read of an account, and who it would be, without changing anything', async () => {
      const before = await run<{ n: number }>(server.db, sql`select count(*) as n from journal where org = 1`)
      const look = (name: string, password = ''): ReturnType<typeof ask> =>
        ask('POST', `/admin/sign-in-providers/${provider}/look`, { name, password })
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
      const after = await run<{ n: number }>(server.db, sql`select count(*) as n from journal where org = 1`)
      assert.deepEqual(after, before)
      for (const who of ['manager', 'auditor', 'agent'] as const) {
        const refused = await server.call('POST', `/admin/sign-in-providers/${provider}/look`, { token: server.people[who].token, body: { name: 'mia' } }) // oxfmt-ignore
        assert.equal(refused.status, 403, who)
      }
      const theirs = await server.call('POST', `/admin/sign-in-providers/${provider}/look`, { token: server.people.outsider.token, body: { name: 'mia' } }) // oxfmt-ignore
      assert.equal(theirs.status, 404)
      assert.ok(!server.log.some((line) => line.includes('boss word')), 'no password in the log')
    })
    it('lets nobody in by a name that more than two entries have, and says so when it is tried', async () => {
      const wide = await configure('Wide LDAP', { signInFilter: '(|(objectClass=inetOrgPerson)(uid={name}))' })
      const tried = await ask('POST', `/admin/sign-in-providers/${wide.id}/look`, { name: 'mia', password: 'mias long word' }) // oxfmt-ignore
      assert.deepEqual([tried.body.found, tried.body.password], [2, 'not tried'], JSON.stringify(tried.body))
      assert.equal((await signIn('mia', 'mias long word', await slugOf(wide.id))).status, 401)
      await ask('DELETE', `/admin/sign-in-providers/${wide.id}`)
      await run(server.db, sql`delete from sign_in_delay`)
    })
    it('says which attribute is missing where the map is not that of the directory', async () => {
      const other = await configure('Other LDAP', { attributes: { id: 'objectGUID' } })
      const tried = await ask('POST', `/admin/sign-in-providers/${other.id}/look`, { name: 'mia' })
      assert.equal(tried.status, 400)
      assert.match(tried.body.detail, /has no attribute objectGUID/)
      assert.equal((await signIn('mia', 'mias long word', await slugOf(other.id))).status, 401)
      const mapped = await configure('Mapped LDAP', { attributes: { name: 'uid', jobTitle: '', unit: 'l' } })
      const { body } = await ask('POST', `/admin/sign-in-providers/${mapped.id}/look`, { name: 'boss' })
      const read = Object.fromEntries(body.values.map(({ field, value }: Loose) => [field, value]))
      assert.deepEqual([read.name, read.jobTitle, read.unit], ['boss', null, 'Kiel'])
      for (const { id } of [other, mapped]) await ask('DELETE', `/admin/sign-in-providers/${id}`)
      await run(server.db, sql`delete from sign_in_delay`)
    })
    it('makes whoever guesses wait, also for names that do not exist', async () => {
      for (const name of ['boss', 'nobody-at-all']) {
        await run(server.db, sql`delete from sign_in_delay`)
        const said: number[] = []
        for (let turn = 0; turn < 12; turn++) said.push((await signIn(name, 'wrong')).status)
        assert.ok(said.includes(429), `${name}: ${said.join(' ')}`)
      }
      await run(server.db, sql`delete from sign_in_delay`)
    })
    it('says so when the account is disabled there, or nobody is trusted to be the same by e-mail', async () => {
      assert.match((await signIn('off', 'off word')).text, /disabled/)
      assert.match((await signIn('ada', 'ada word')).text, /Somebody here has the e-mail ada@harbour.test already/)
    })
    it('talks over TLS: by ldaps and by StartTLS, to a certificate that is trusted', async () => {
      const secure = { authority: slapd.authority, allowsPlain: false }
      for (const more of [
        { url: slapd.tls },
        { url: slapd.plain.replace('127.0.0.1', 'localhost'), startTls: true, innerHosts: ['localhost'] },
      ]) {
        const made = await configure(`TLS ${JSON.stringify(more)}`, { ...secure, ...more })
        assert.equal(
          (await signIn('mia@harbour.test', 'mias long word', await slugOf(made.id))).status,
          409,
          'Mia belongs to the first provider',
        )
        await ask('DELETE', `/admin/sign-in-providers/${made.id}`)
      }
    })
    it('says what is wrong in a sentence', async () => {
      const said = async (more: object, password = 'reads only'): Promise<string> => {
        const made = await configure('A try', more)
        await ask(
          'PUT',
          `/admin/sign-in-providers/${made.id}`,
          { name: 'A try', settings: made.settings, secrets: { bindPassword: password } },
          { 'if-match': '"1"' },
        )
        const { body } = await ask('POST', `/admin/sign-in-providers/${made.id}/test`)
        await ask('DELETE', `/admin/sign-in-providers/${made.id}`)
        return body.detail ?? body.found.join(' ')
      }
      assert.match(await said({}), /answers, and the account may read.*for example/)
      assert.match(await said({ allowsPlain: false }), /in the clear/)
      assert.match(await said({ url: slapd.tls }), /certificate of .* is not trusted/)
      assert.match(await said({}, 'wrong'), /refuses the account cn=reader/)
      assert.match(await said({ base: 'dc=else' }), /has no entry "dc=else"|Unwilling|NoSuch/)
      assert.match(await said({ innerHosts: [] }), /inside our own network/)
      assert.match(await said({ url: 'ldap://127.0.0.1:9', innerHosts: ['127.0.0.1'] }), /cannot be reached/)
      assert.match(await said({ attributes: { id: 'objectGUID' } }), /no attribute objectGUID/)
    })
  })

  describe('synchronisation', () => {
    it('says first what it would do, and does nothing', async () => {
      const before = await run(server.db, sql`select id from person`)
      const dry = await sync({ isDry: true, isFull: true })
      assert.equal(dry.state, 'done')
      assert.equal(dry.counts.entries, 28)
      assert.ok(dry.changes.some(({ what, name }) => what === 'create' && name === 'Bo Søndergård 山田'))
      assert.deepEqual(await run(server.db, sql`select id from person`), before)
    })
    it('makes persons with their units, places, managers and roles, and lists what it could not', async () => {
      const done = await sync()
      assert.equal(done.state, 'done', done.because ?? '')
      assert.ok(done.isFull)
      const boss = await personBy('boss@harbour.test')
      assert.equal(boss.name, 'Bo Søndergård 山田')
      assert.equal(boss.unit.title, 'Sales')
      assert.equal(boss.location.title, 'Kiel')
      const mia = await personBy('mia@harbour.test')
      assert.equal(mia.lineManager.id, boss.id)
      assert.equal(mia.jobTitle, 'Analyst')
      assert.equal(await personBy('off@harbour.test'), undefined, 'nobody is made for who is disabled')
      const said = done.problems.map(({ because }) => because).join('\n')
      assert.match(said, /Another entry has the same e-mail, twin@harbour.test/)
      assert.match(said, /P-1 has the e-mail ada@harbour.test already/)
      assert.match(said, /no single unit called "Nowhere"/)
      const [written] = await run<{ origin: string; reason: string }>(
        server.db,
        sql`select origin, reason from journal where record = 'person' and record_id = ${boss.id} and action = 'create'`,
      )
      assert.deepEqual(written, { origin: 'directory', reason: `Harbour LDAP: ${dnOf('boss')}` })
      const again = await sync({ isFull: true })
      assert.deepEqual(
        { ...again.counts, entries: 0, unknown: 0 },
        { entries: 0, created: 0, linked: 0, changed: 0, left: 0, returned: 0, unknown: 0 },
      )
    })
    it('knows who was moved or renamed, and takes over what changed, reading only that', async () => {
      const mia = await personBy('mia@harbour.test')
      await slapd.client.modifyDN(dnOf('mia'), `uid=mia,ou=leavers,${suffix}`)
      await slapd.client.modifyDN(`uid=mia,ou=leavers,${suffix}`, `uid=mia.m,ou=leavers,${suffix}`)
      const now = 'uid=mia.m,ou=leavers,' + suffix
      await modify(now, 'replace', 'cn', ['Mia Møller-Ångström'])
      await modify(now, 'delete', 'telephoneNumber', [])
      const done = await sync()
      assert.ok(!done.isFull)
      assert.equal(done.counts.changed, 1)
      assert.equal(done.counts.created, 0)
      const after = await personBy('mia@harbour.test')
      assert.deepEqual([after.id, after.name, after.phone], [mia.id, 'Mia Møller-Ångström', null])
    })
    it('leaves what somebody filled in here and the directory never knew', async () => {
      const boss = await personBy('boss@harbour.test')
      await ask('PATCH', `/persons/${boss.id}`, { mobile: '+45 99' }, { 'if-match': `"${boss.rev}"` })
      await modify(dnOf('boss'), 'replace', 'telephoneNumber', ['+45 11'])
      await sync()
      const after = (await ask('GET', `/persons/${boss.id}`)).body
      assert.deepEqual([after.phone, after.mobile], ['+45 11', '+45 99'])
    })
    it('marks as left who is disabled or gone, ends their sessions, deletes nobody, and takes them back', async () => {
      const { headers } = await signIn('mia.m', 'mias long word').then(() =>
        signIn('mia@harbour.test', 'mias long word'),
      )
      const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const mia = await personBy('mia@harbour.test')
      await modify(`uid=mia.m,ou=leavers,${suffix}`, 'add', 'employeeType', ['disabled'])
      await slapd.client.del(dnOf('many0'))
      const done = await sync()
      assert.equal(done.counts.left, 2)
      assert.equal((await server.call('GET', '/me', { headers: { cookie } })).status, 401)
      assert.equal((await personBy('many0@harbour.test')).status, 'left')
      await modify(`uid=mia.m,ou=leavers,${suffix}`, 'delete', 'employeeType', [])
      const back = await sync()
      assert.equal(back.counts.returned, 1)
      assert.deepEqual(
        [(await personBy('mia@harbour.test')).status, (await personBy('mia@harbour.test')).id],
        ['active', mia.id],
      )
      assert.equal(
        (await server.call('GET', '/me', { headers: { cookie } })).status,
        401,
        'the old session stays ended',
      )
    })
    it('brings nobody back who was marked as left here', async () => {
      const many = await personBy('many1@harbour.test')
      await ask('POST', `/persons/${many.id}/leave`, {})
      await modify(dnOf('many1'), 'replace', 'title', ['Anything'])
      await sync()
      assert.equal((await personBy('many1@harbour.test')).status, 'left')
    })
    it('takes a role away with the group, in the daily reading of everything', async () => {
      const boss = await personBy('boss@harbour.test')
      const roles = (): Promise<object[]> =>
        run(server.db, sql`select role from role_grant where person = ${boss.id} order by role`)
      await modify(`cn=desk,ou=groups,${suffix}`, 'delete', 'member', [dnOf('boss')])
      await modify(`cn=desk,ou=groups,${suffix}`, 'add', 'member', [dnOf('boss')])
      await sync({ isFull: true })
      assert.deepEqual(await roles(), [{ role: 'agent' }, { role: 'requester' }])
      await modify(`cn=desk,ou=groups,${suffix}`, 'delete', 'member', [dnOf('boss')])
      await sync({ isFull: true })
      assert.deepEqual(await roles(), [{ role: 'requester' }])
    })
    it('links by e-mail where that is allowed', async () => {
      const { body } = await ask('GET', `/admin/sign-in-providers/${provider}`)
      await ask(
        'PUT',
        `/admin/sign-in-providers/${provider}`,
        { name: body.name, settings: { ...body.settings, linksByEmail: true } },
        { 'if-match': `"${body.rev}"` },
      )
      const done = await sync()
      assert.ok(done.isFull, 'other settings read everything again')
      assert.equal(done.counts.linked, 1)
      assert.equal((await ask('GET', '/persons/1')).body.name, 'Ada of LDAP')
    })
    it('does not close a circle of managers', async () => {
      await modify(dnOf('boss'), 'add', 'manager', [`uid=mia.m,ou=leavers,${suffix}`])
      const done = await sync()
      assert.match(done.problems.map(({ because }) => because).join(), /would be below themselves/)
      await modify(dnOf('boss'), 'delete', 'manager', [])
    })
    it('asks before more than a tenth leaves, and before a directory that shows nobody', async () => {
      for (let n = 2; n < 9; n++) await slapd.client.del(dnOf(`many${n}`))
      const asks = await sync()
      assert.equal(asks.state, 'asks')
      assert.match(asks.because ?? '', /7 of \d+ persons would be marked as left, which is more than 10 %/)
      assert.equal((await personBy('many2@harbour.test')).status, 'active')
      const done = await sync({ mayRemoveMany: true })
      assert.equal(done.counts.left, 7)
      const { body } = await ask('GET', `/admin/sign-in-providers/${provider}`)
      await ask(
        'PUT',
        `/admin/sign-in-providers/${provider}`,
        { name: body.name, settings: { ...body.settings, syncFilter: '(uid=no-such)' } },
        { 'if-match': `"${body.rev}"` },
      )
      const empty = await sync({ mayRemoveMany: true })
      assert.equal(empty.state, 'asks')
      assert.match(empty.because ?? '', /shows no entry at all/)
    })
    it('keeps how it failed with the provider', async () => {
      const { body } = await ask('GET', `/admin/sign-in-providers/${provider}`)
      await ask(
        'PUT',
        `/admin/sign-in-providers/${provider}`,
        { name: body.name, settings: body.settings, secrets: { bindPassword: 'wrong' } },
        { 'if-match': `"${body.rev}"` },
      )
      assert.equal((await sync()).state, 'failed')
      const shown = (await ask('GET', `/admin/sign-in-providers/${provider}`)).body.synced
      assert.match(shown.because, /refuses the account/)
    })
  })
})
