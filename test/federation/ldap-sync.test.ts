// Keeping persons in step with a directory, against a real OpenLDAP server.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { dnOf, openDirectory, type Directory } from '../setup/directory.ts'
import { slapdMissing, suffix } from '../setup/slapd.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await slapdMissing())
let here: Directory

describe('persons of a directory', { skip: missing }, () => {
  before(async () => {
    here = await openDirectory()
  })
  it('says first what it would do, and does nothing', async () => {
    const before = await run(here.server.db, sql`select id from person`)
    const dry = await here.sync({ isDry: true, isFull: true })
    assert.equal(dry.state, 'done')
    assert.equal(dry.counts.entries, 28)
    assert.ok(dry.changes.some(({ what, name }) => what === 'create' && name === 'Bo Søndergård 山田'))
    assert.deepEqual(await run(here.server.db, sql`select id from person`), before)
  })
  it('makes persons with their units, places, managers and roles, and lists what it could not', async () => {
    const done = await here.sync()
    assert.equal(done.state, 'done', done.because ?? '')
    assert.ok(done.isFull)
    const boss = await here.personBy('boss@harbour.test')
    assert.equal(boss.name, 'Bo Søndergård 山田')
    assert.equal(boss.unit.title, 'Sales')
    assert.equal(boss.location.title, 'Kiel')
    const mia = await here.personBy('mia@harbour.test')
    assert.equal(mia.lineManager.id, boss.id)
    assert.equal(mia.jobTitle, 'Analyst')
    assert.equal(await here.personBy('off@harbour.test'), undefined, 'nobody is made for who is disabled')
    const said = done.problems.map(({ because }) => because).join('\n')
    assert.match(said, /Another entry has the same e-mail, twin@harbour.test/)
    assert.match(said, /P-1 has the e-mail ada@harbour.test already/)
    assert.match(said, /no single unit called "Nowhere"/)
    const [written] = await run<{ origin: string; reason: string }>(
      here.server.db,
      sql`select origin, reason from journal where record = 'person' and record_id = ${boss.id} and action = 'create'`,
    )
    assert.deepEqual(written, { origin: 'directory', reason: `Harbour LDAP: ${dnOf('boss')}` })
    const again = await here.sync({ isFull: true })
    assert.deepEqual(
      { ...again.counts, entries: 0, unknown: 0 },
      { entries: 0, created: 0, linked: 0, changed: 0, left: 0, returned: 0, unknown: 0 },
    )
  })
  it('knows who was moved or renamed, and takes over what changed, reading only that', async () => {
    const mia = await here.personBy('mia@harbour.test')
    await here.slapd.client.modifyDN(dnOf('mia'), `uid=mia,ou=leavers,${suffix}`)
    await here.slapd.client.modifyDN(`uid=mia,ou=leavers,${suffix}`, `uid=mia.m,ou=leavers,${suffix}`)
    const now = 'uid=mia.m,ou=leavers,' + suffix
    await here.modify(now, 'replace', 'cn', ['Mia Møller-Ångström'])
    await here.modify(now, 'delete', 'telephoneNumber', [])
    const done = await here.sync()
    assert.ok(!done.isFull)
    assert.equal(done.counts.changed, 1)
    assert.equal(done.counts.created, 0)
    const after = await here.personBy('mia@harbour.test')
    assert.deepEqual([after.id, after.name, after.phone], [mia.id, 'Mia Møller-Ångström', null])
  })
  it('leaves what somebody filled in here and the directory never knew', async () => {
    const boss = await here.personBy('boss@harbour.test')
    await here.ask('PATCH', `/persons/${boss.id}`, { mobile: '+45 99' }, { 'if-match': `"${boss.rev}"` })
    await here.modify(dnOf('boss'), 'replace', 'telephoneNumber', ['+45 11'])
    await here.sync()
    const after = (await here.ask('GET', `/persons/${boss.id}`)).body
    assert.deepEqual([after.phone, after.mobile], ['+45 11', '+45 99'])
  })
  it('marks as left who is disabled or gone, ends their sessions, deletes nobody, and takes them back', async () => {
    const { headers } = await here
      .signIn('mia.m', 'mias long word')
      .then(() => here.signIn('mia@harbour.test', 'mias long word'))
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const mia = await here.personBy('mia@harbour.test')
    await here.modify(`uid=mia.m,ou=leavers,${suffix}`, 'add', 'employeeType', ['disabled'])
    await here.slapd.client.del(dnOf('many0'))
    const done = await here.sync()
    assert.equal(done.counts.left, 2)
    assert.equal((await here.server.call('GET', '/me', { headers: { cookie } })).status, 401)
    assert.equal((await here.personBy('many0@harbour.test')).status, 'left')
    await here.modify(`uid=mia.m,ou=leavers,${suffix}`, 'delete', 'employeeType', [])
    const back = await here.sync()
    assert.equal(back.counts.returned, 1)
    assert.deepEqual(
      [(await here.personBy('mia@harbour.test')).status, (await here.personBy('mia@harbour.test')).id],
      ['active', mia.id],
    )
    assert.equal(
      (await here.server.call('GET', '/me', { headers: { cookie } })).status,
      401,
      'the old session stays ended',
    )
  })
  it('brings nobody back who was marked as left here', async () => {
    const many = await here.personBy('many1@harbour.test')
    await here.ask('POST', `/persons/${many.id}/leave`, {})
    await here.modify(dnOf('many1'), 'replace', 'title', ['Anything'])
    await here.sync()
    assert.equal((await here.personBy('many1@harbour.test')).status, 'left')
  })
  it('takes a role away with the group, in the daily reading of everything', async () => {
    const boss = await here.personBy('boss@harbour.test')
    const roles = (): Promise<object[]> =>
      run(here.server.db, sql`select role from role_grant where person = ${boss.id} order by role`)
    await here.modify(`cn=desk,ou=groups,${suffix}`, 'delete', 'member', [dnOf('boss')])
    await here.modify(`cn=desk,ou=groups,${suffix}`, 'add', 'member', [dnOf('boss')])
    await here.sync({ isFull: true })
    assert.deepEqual(await roles(), [{ role: 'agent' }, { role: 'requester' }])
    await here.modify(`cn=desk,ou=groups,${suffix}`, 'delete', 'member', [dnOf('boss')])
    await here.sync({ isFull: true })
    assert.deepEqual(await roles(), [{ role: 'requester' }])
  })
  it('links by e-mail where that is allowed', async () => {
    const { body } = await here.ask('GET', `/admin/sign-in-providers/${here.provider}`)
    await here.ask(
      'PUT',
      `/admin/sign-in-providers/${here.provider}`,
      { name: body.name, settings: { ...body.settings, linksByEmail: true } },
      { 'if-match': `"${body.rev}"` },
    )
    const done = await here.sync()
    assert.ok(done.isFull, 'other settings read everything again')
    assert.equal(done.counts.linked, 1)
    assert.equal((await here.ask('GET', '/persons/1')).body.name, 'Ada of LDAP')
  })
  it('does not close a circle of managers', async () => {
    await here.modify(dnOf('boss'), 'add', 'manager', [`uid=mia.m,ou=leavers,${suffix}`])
    const done = await here.sync()
    assert.match(done.problems.map(({ because }) => because).join(), /would be below themselves/)
    await here.modify(dnOf('boss'), 'delete', 'manager', [])
  })
  it('asks before more than a tenth leaves, and before a directory that shows nobody', async () => {
    for (let n = 2; n < 9; n++) await here.slapd.client.del(dnOf(`many${n}`))
    const asks = await here.sync()
    assert.equal(asks.state, 'asks')
    assert.match(asks.because ?? '', /7 of \d+ persons would be marked as left, which is more than 10 %/)
    assert.equal((await here.personBy('many2@harbour.test')).status, 'active')
    const done = await here.sync({ mayRemoveMany: true })
    assert.equal(done.counts.left, 7)
    const { body } = await here.ask('GET', `/admin/sign-in-providers/${here.provider}`)
    await here.ask(
      'PUT',
      `/admin/sign-in-providers/${here.provider}`,
      { name: body.name, settings: { ...body.settings, syncFilter: '(uid=no-such)' } },
      { 'if-match': `"${body.rev}"` },
    )
    const empty = await here.sync({ mayRemoveMany: true })
    assert.equal(empty.state, 'asks')
    assert.match(empty.because ?? '', /shows no entry at all/)
  })
  it('keeps how it failed with the provider', async () => {
    const { body } = await here.ask('GET', `/admin/sign-in-providers/${here.provider}`)
    await here.ask(
      'PUT',
      `/admin/sign-in-providers/${here.provider}`,
      { name: body.name, settings: body.settings, secrets: { bindPassword: 'wrong' } },
      { 'if-match': `"${body.rev}"` },
    )
    assert.equal((await here.sync()).state, 'failed')
    const shown = (await here.ask('GET', `/admin/sign-in-providers/${here.provider}`)).body.synced
    assert.match(shown.because, /refuses the account/)
  })
})
