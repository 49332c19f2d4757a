// Organisations are kept apart by the database even where a statement forgets to say which one it means.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Database } from '#kit/database.ts'
import { keepApart, tenantRole, unguarded } from '#kit/tenants.ts'
import { withinOrganisation } from '#platform/tenant.ts'
import { migratedDatabase } from '../setup/migrated.ts'

describe('organisations in one database', () => {
  let db: Database
  before(async () => {
    ;({ db } = await migratedDatabase())
    for (const [id, name] of [
      [1, 'Harbour Works'],
      [2, 'Inland Works'],
    ])
      await db.query('insert into organisation (id, name) values ($1, $2)', [id, name])
    for (const org of [1, 2])
      await db.query(`insert into role_grant (org, person, role) values ($1, $2, 'agent')`, [org, org * 10])
  })
  const seen = (): Promise<{ org: number }[]> => db.query('select org from role_grant order by org')

  it('shows a forgetful statement the rows of its own alone', async () => {
    assert.deepEqual(await seen(), [{ org: 1 }, { org: 2 }])
    assert.deepEqual(await withinOrganisation(1, seen), [{ org: 1 }])
    assert.deepEqual(await withinOrganisation(2, seen), [{ org: 2 }])
    assert.deepEqual(await withinOrganisation(3, seen), [])
  })
  it('holds in transactions, for reports, and while requests of both come at once', async () => {
    const inside = (org: number): Promise<{ org: number }[]> =>
      withinOrganisation(org, () => db.transaction((tx) => tx.query('select org from role_grant')))
    const report = (org: number): Promise<{ org: number }[]> =>
      withinOrganisation(org, () => db.reader.query('select org from role_grant'))
    const asked = Array.from({ length: 60 }, (_, n) => 1 + (n % 2))
    const answers = await Promise.all(
      asked.map(async (org) => [
        ...(await inside(org)),
        ...(await report(org)),
        ...(await withinOrganisation(org, seen)),
      ]),
    )
    answers.forEach((rows, n) => assert.deepEqual([...new Set(rows.map(({ org }) => org))], [asked[n]]))
  })
  it('refuses to write, change or take over rows of another', async () => {
    const write = (text: string): Promise<object[]> => withinOrganisation(1, () => db.query(text))
    await assert.rejects(
      write(`insert into role_grant (org, person, role) values (2, 11, 'agent')`),
      /row-level security/,
    )
    await assert.rejects(write(`update role_grant set org = 2 where person = 10`), /row-level security/)
    await write(`update role_grant set role = 'manager'`)
    await write('delete from role_grant where person = 20')
    assert.deepEqual(await db.query('select org, role from role_grant order by org'), [
      { org: 1, role: 'manager' },
      { org: 2, role: 'agent' },
    ])
  })
  it('lets requests add to the journal and never change it, its schema, or who they are', async () => {
    const ask = (text: string): Promise<object[]> => withinOrganisation(1, () => db.query(text))
    await assert.rejects(ask('update journal set reason = null'), /permission denied/)
    await assert.rejects(ask('delete from journal'), /permission denied/)
    await assert.rejects(ask('alter table role_grant disable row level security'), /must be owner/)
    await assert.rejects(ask('delete from schema_migration'), /permission denied/)
  })
  it('guards every table that holds rows of organisations, also one made later', async () => {
    assert.notEqual(await tenantRole(db), null)
    assert.deepEqual(await unguarded(db), [])
    await db.query('create table later (org integer not null, id bigint not null, primary key (org, id))')
    assert.deepEqual(await unguarded(db), [{ name: 'later', column: 'org' }])
    await db.transaction((tx) => keepApart(tx, false))
    assert.deepEqual(await unguarded(db), [])
    await db.query('insert into later values (1, 1), (2, 2)')
    assert.deepEqual(await withinOrganisation(2, () => db.query('select id from later')), [{ id: 2 }])
  })
})
