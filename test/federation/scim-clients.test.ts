// The SCIM server as Entra ID and Okta use it.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { ENTERPRISE, GROUP, PATCH, SEARCH, USER } from '#kit/federation/scim/resource.ts'
import { openSession } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { openScim, type Said, type Scim } from '../setup/scim.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
let here: Scim
before(async () => {
  here = await openScim()
})

// Shapes by Microsoft's "Develop and plan provisioning for a SCIM endpoint in Microsoft Entra ID".
describe('as Entra ID uses it', () => {
  let id = ''
  const user = (name: string, more: object = {}): object => ({
    schemas: [USER, ENTERPRISE],
    externalId: `${name}-object-id`,
    userName: `${name}@entra.test`,
    active: true,
    emails: [{ primary: true, type: 'work', value: `${name}@entra.test` }],
    meta: { resourceType: 'User' },
    name: { formatted: 'Mia Møller', familyName: 'Møller', givenName: 'Mia' },
    displayName: 'Mia Møller',
    roles: [],
    ...more,
  })
  it('asks for one that is not there, to see whether the connection is right', async () => {
    const { status, body } = await here.scim(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "9e0a1a3c-non-existent"')}`,
    )
    assert.deepEqual([status, body.totalResults, body.Resources], [200, 0, []])
  })
  it('makes a user, finds it, and reads it', async () => {
    const made = await here.scim(
      'POST',
      '/Users',
      user('mia', { title: 'Analyst', [ENTERPRISE]: { department: 'Sales', employeeNumber: '701' } }),
    )
    assert.equal(made.status, 201, JSON.stringify(made.body))
    id = made.body.id
    assert.equal(made.headers.get('etag'), made.body.meta.version)
    assert.equal(made.headers.get('location'), made.body.meta.location)
    for (const filter of [
      'userName eq "MIA@entra.test"',
      'externalId eq "mia-object-id"',
      `id eq "${id}" and active eq true`,
    ]) {
      const { body } = await here.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)
      assert.deepEqual(
        body.Resources.map((one: Loose) => one.id),
        [id],
        filter,
      )
    }
    const person = (await here.ask('GET', `/persons/${id}`)).body
    assert.deepEqual(
      [person.name, person.email, person.jobTitle, person.unit.title, person.employeeNumber, person.status],
      ['Mia Møller', 'mia@entra.test', 'Analyst', 'Sales', '701', 'active'],
    )
    assert.deepEqual(await here.rolesOf(id), ['requester'])
    const [entry] = await run<{ origin: string; reason: string }>(
      here.server.db,
      sql`select origin, reason from journal where record = 'person' and record_id = ${Number(id)} and action = 'create'`,
    )
    assert.deepEqual(entry, { origin: 'scim', reason: 'Entra (SCIM)' })
  })
  it('refuses the same again', async () => {
    const again = await here.scim('POST', '/Users', user('MIA'))
    assert.deepEqual([again.status, again.body.scimType], [409, 'uniqueness'])
  })
  it('changes with capitals in "op", paths with filters, and URNs', async () => {
    const { status, body } = await here.patch(
      id,
      { op: 'Replace', path: 'displayName', value: 'Mia M. Møller' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+45 22' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'mia.m@entra.test' },
      { op: 'Replace', path: `${ENTERPRISE}:employeeNumber`, value: '702' },
      { op: 'Replace', value: { 'name.familyName': 'M. Møller', [`${ENTERPRISE}:costCenter`]: 'C1' } },
    )
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.name.familyName, 'M. Møller')
    assert.deepEqual(body[ENTERPRISE], { department: 'Sales', employeeNumber: '702', costCenter: 'C1' })
    const person = (await here.ask('GET', `/persons/${id}`)).body
    assert.deepEqual(
      [person.name, person.mobile, person.email, person.employeeNumber],
      ['Mia M. Møller', '+45 22', 'mia.m@entra.test', '702'],
    )
    const removed = await here.patch(id, { op: 'Remove', path: 'phoneNumbers[type eq "mobile"]' })
    assert.deepEqual(removed.body.phoneNumbers, [])
    assert.equal((await here.ask('GET', `/persons/${id}`)).body.mobile, null)
  })
  it('sets a manager by the bare id', async () => {
    const boss = await here.scim('POST', '/Users', user('boss'))
    const { body } = await here.patch(id, { op: 'Add', path: `${ENTERPRISE}:manager`, value: boss.body.id })
    assert.deepEqual(body[ENTERPRISE].manager, { value: boss.body.id })
    assert.equal((await here.ask('GET', `/persons/${id}`)).body.lineManager.id, Number(boss.body.id))
  })
  it('switches off with "False" in quotation marks: sessions and tokens end at once', async () => {
    const { key } = await openSession(here.server.db, { org: 1, person: Number(id) })
    const cookie = `pilothouse=${key}`
    assert.equal((await here.server.call('GET', '/me', { headers: { cookie } })).status, 200)
    const { body } = await here.patch(id, { op: 'Replace', path: 'active', value: 'False' })
    assert.equal(body.active, false)
    assert.equal((await here.server.call('GET', '/me', { headers: { cookie } })).status, 401)
    assert.equal((await here.ask('GET', `/persons/${id}`)).body.status, 'left')
    assert.equal((await here.patch(id, { op: 'Replace', value: { active: 'True' } })).body.active, true)
    assert.equal(
      (await here.server.call('GET', '/me', { headers: { cookie } })).status,
      401,
      'the old session stays ended',
    )
  })
  it('puts members into groups, which give roles, and takes them out by value or by filter', async () => {
    const made = await here.scim('POST', '/Groups', {
      schemas: [GROUP],
      externalId: 'g-1',
      displayName: 'Desk',
      members: [],
    })
    assert.equal(made.status, 201)
    const group = `/Groups/${made.body.id}`
    const change = (...Operations: object[]): Promise<Said> =>
      here.scim('PATCH', group, { schemas: [PATCH], Operations })
    await change({ op: 'Add', path: 'members', value: [{ value: id }] })
    assert.deepEqual(await here.rolesOf(id), ['agent', 'requester'])
    assert.deepEqual(
      (await here.scim('GET', `/Users/${id}`)).body.groups.map((one: Loose) => one.display),
      ['Desk'],
    )
    const { body } = await here.scim('GET', `${group}?excludedAttributes=members`)
    assert.deepEqual(['members' in body, body.displayName], [false, 'Desk'])
    await change({ op: 'Remove', path: 'members', value: [{ value: id }] })
    assert.deepEqual(await here.rolesOf(id), ['requester'])
    await change({ op: 'Add', path: 'members', value: [{ value: id }] })
    await change({ op: 'remove', path: `members[value eq "${id}"]` })
    assert.deepEqual(await here.rolesOf(id), ['requester'])
    await change({ op: 'Add', path: 'members', value: [{ value: id }] })
    await change({ op: 'Replace', path: 'displayName', value: 'Other' })
    assert.deepEqual(await here.rolesOf(id), ['requester'], 'a group of another name gives other roles')
    await change({ op: 'Replace', path: 'displayName', value: 'Desk' })
    assert.equal((await here.scim('DELETE', group)).status, 204)
    assert.deepEqual(await here.rolesOf(id), ['requester'])
    const strange = await here.scim('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'X',
      members: [{ value: '1' }],
    })
    assert.deepEqual([strange.status, strange.body.scimType], [400, 'invalidValue'])
  })
  it('removes: the person has left and stays; the same user again is the same person', async () => {
    assert.equal((await here.scim('DELETE', `/Users/${id}`)).status, 204)
    assert.equal((await here.scim('GET', `/Users/${id}`)).status, 404)
    assert.equal((await here.ask('GET', `/persons/${id}`)).body.status, 'left')
    assert.deepEqual(await here.rolesOf(id), [])
    const again = await here.scim('POST', '/Users', user('mia'))
    assert.deepEqual([again.status, again.body.id, again.body.active], [201, id, true])
    assert.deepEqual(await here.rolesOf(id), ['requester'])
  })
  it('6.8.1 takes nobody over who is here already, unless it is trusted to', async () => {
    const refused = await here.scim(
      'POST',
      '/Users',
      user('ada', { emails: [{ value: 'ada@harbour.test', primary: true }] }),
    )
    assert.equal(refused.status, 409)
    assert.match(refused.body.detail, /P-1 has the e-mail ada@harbour.test already, and Entra is not trusted/)
    await here.setSettings({ linksByEmail: true, emailDomains: ['harbour.test'] })
    const linked = await here.scim(
      'POST',
      '/Users',
      user('ada', { emails: [{ value: 'ada@harbour.test', primary: true }] }),
    )
    assert.deepEqual([linked.status, linked.body.id], [201, '1'])
    const last = await here.patch('1', { op: 'Replace', path: 'active', value: false })
    assert.equal(last.status, 409, 'the last administrator stays')
  })
})

// Shapes by Okta's "Build a SCIM 2.0 server with entitlements" and "SCIM protocol" pages.
describe('as Okta uses it', () => {
  let id = ''
  it('asks by userName with paging, makes with POST, and changes with PUT', async () => {
    const none = await here.scim(
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq "test.user@okta.test"')}&startIndex=1&count=100`,
    )
    assert.deepEqual([none.body.totalResults, none.body.startIndex, none.body.itemsPerPage], [0, 1, 0])
    const user = {
      schemas: [USER],
      userName: 'test.user@okta.test',
      name: { givenName: 'Test', familyName: 'User' },
      emails: [{ primary: true, value: 'test.user@okta.test', type: 'work' }],
      displayName: 'Test User',
      locale: 'en-US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    }
    const made = await here.scim('POST', '/Users', user, { 'content-type': 'application/json' })
    assert.equal(made.status, 201)
    id = made.body.id
    assert.equal('password' in made.body, false)
    const put = await here.scim('PUT', `/Users/${id}`, {
      ...user,
      id,
      name: { givenName: 'Another', familyName: 'User' },
      displayName: 'Another User',
      meta: made.body.meta,
    })
    assert.deepEqual([put.status, put.body.displayName, put.body.id], [200, 'Another User', id])
    const [kept] = await run<{ text: string }>(
      here.server.db,
      sql`select (select json_agg(i) from identity i)::text || (select json_agg(j) from journal j)::text as text`,
    )
    assert.ok(!(kept?.text ?? '').includes('1mz050nq'), 'a password that is sent along is not kept')
  })
  it('switches off with a value without a path', async () => {
    const { status, body } = await here.patch(id, { op: 'replace', value: { active: false } })
    assert.deepEqual([status, body.active], [200, false])
  })
  it('makes a group with members, and replaces it', async () => {
    await here.patch(id, { op: 'replace', value: { active: true } })
    const made = await here.scim('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'Desk',
      members: [{ value: id, display: 'test.user@okta.test' }],
    })
    assert.deepEqual(await here.rolesOf(id), ['agent', 'requester'])
    const group = made.body.id
    const replaced = await here.scim('PATCH', `/Groups/${group}`, {
      schemas: [PATCH],
      Operations: [
        { op: 'replace', value: { id: group, displayName: 'Desk' } },
        { op: 'replace', path: 'members', value: [] },
      ],
    })
    assert.deepEqual([replaced.status, replaced.body.members], [200, []])
    const put = await here.scim('PUT', `/Groups/${group}`, {
      schemas: [GROUP],
      id: group,
      displayName: 'Desk',
      members: [{ value: id }, { value: id }],
    })
    assert.equal(put.body.members.length, 1)
  })
  it('pages through everybody', async () => {
    for (let n = 0; n < 7; n++) await here.scim('POST', '/Users', { schemas: [USER], userName: `page${n}@okta.test` })
    const seen = new Set<string>()
    const { body } = await here.scim('GET', '/Users?count=0')
    assert.deepEqual(body.Resources, [])
    for (let start = 1; start <= body.totalResults; start += 3) {
      const page = await here.scim('GET', `/Users?startIndex=${start}&count=3`)
      assert.equal(page.body.totalResults, body.totalResults)
      for (const one of page.body.Resources) seen.add(one.id)
    }
    assert.equal(seen.size, body.totalResults)
    const filtered = await here.scim(
      'GET',
      `/Users?filter=${encodeURIComponent('userName sw "page"')}&startIndex=6&count=5&attributes=userName`,
    )
    assert.deepEqual(
      [filtered.body.totalResults, filtered.body.Resources.length, Object.keys(filtered.body.Resources[0]).toSorted()],
      [7, 2, ['id', 'schemas', 'userName']],
    )
    const searched = await here.scim('POST', '/Users/.search', {
      schemas: [SEARCH],
      filter: 'userName sw "page"',
      count: 2,
    })
    assert.deepEqual([searched.body.totalResults, searched.body.itemsPerPage], [7, 2])
  })
})
