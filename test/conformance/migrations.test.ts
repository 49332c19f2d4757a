// Migrations: once, in order, under a lock, and never backwards; the journal that nobody edits.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { migrate, SchemaMismatch } from '#kit/migrate.ts'
import type { Store } from '#kit/store.ts'
import { openDatabase } from '#platform/database.ts'
import { readMigrations } from '#platform/migrations.ts'
import { emptyDatabase } from '../setup/database.ts'
import { migratedDatabase, source } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

let db: Database
let store: Store
let root: Actor
before(async () => {
  ;({ db } = await migratedDatabase([specimen]))
  ;({ store, root } = await newStore(db))
})

describe('migrations', () => {
  const first = {
    name: 'kit/20260101-0000-kit',
    sql: 'create function journal_partition(month date) returns void language sql as $$ select 1 $$;\ncreate table a (n int);',
  }
  const second = {
    name: 'desk/20260101-0001-desk',
    sql: 'alter table a add column m int;\nselect pg_sleep(0.1);\ninsert into a values (1, 2);',
  }
  const today = '2026-11-21'
  it('run once, in the order of their names, whatever area they belong to', async () => {
    const { db } = await emptyDatabase()
    assert.deepEqual(await migrate(db, [second, first], today), [first.name, second.name])
    assert.deepEqual(await migrate(db, [first, second], today), [])
    assert.deepEqual(await db.query('select * from a'), [{ n: 1, m: 2 }])
  })
  it('run once when two start at the same moment', async () => {
    const { db, connection } = await emptyDatabase()
    const other = openDatabase({ connection })
    await Promise.all([db.query('select 1 as one'), other.query('select 1 as one')])
    const applied = await Promise.all([migrate(db, [first, second], today), migrate(other, [first, second], today)])
    assert.deepEqual(
      applied.map((names) => names.length).sort((a, b) => a - b),
      [0, 2],
    )
    await other.close()
  })
  it('of a newer program are named by an older one, which changes nothing', async () => {
    const { db } = await emptyDatabase()
    await migrate(db, [first, second], today)
    await assert.rejects(
      migrate(db, [first, { name: 'kit/20260101-0003-mine', sql: 'create table b (n int);' }], today),
      (error: unknown) =>
        error instanceof SchemaMismatch &&
        error.message ===
          'This database was made by a newer Pilothouse (it knows desk/20260101-0001-desk). Start the newer program, or restore a backup from before the upgrade.',
    )
    assert.deepEqual(await db.query("select to_regclass('b') as b"), [{ b: null }])
  })
  it('may not be edited after they ran', async () => {
    const { db } = await emptyDatabase()
    await migrate(db, [first], today)
    await assert.rejects(
      migrate(db, [{ ...first, sql: `${first.sql} -- better` }], today),
      /kit\/20260101-0000-kit was changed after it ran here/,
    )
  })
  it('that fail leave nothing behind', async () => {
    const { db } = await emptyDatabase()
    await assert.rejects(
      migrate(db, [first, { name: 'x/20260101-0002-bad', sql: 'create table c (n int);\nselect nonsense;' }], today),
      /nonsense/,
    )
    assert.deepEqual(await db.query("select to_regclass('a') as a, to_regclass('c') as c"), [{ a: null, c: null }])
  })
  it('of the product make journal partitions for the last month and three more, and none twice', async () => {
    const { db } = await emptyDatabase()
    const migrations = readMigrations(source)
    await migrate(db, migrations, '2026-11-30')
    await migrate(db, migrations, '2026-11-30')
    const made = await db.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = 'journal' order by 1`,
    )
    assert.deepEqual(
      made.map(({ name }) => name),
      ['journal_2026_10', 'journal_2026_11', 'journal_2026_12', 'journal_2027_01'],
    )
  })
})

describe('the journal', () => {
  it('refuses to be changed, shortened or emptied', async () => {
    await store.create(root, specimen, { name: 'kept' })
    for (const statement of [
      "update journal set reason = 'x'",
      'delete from journal',
      'truncate journal',
      `truncate journal_${store.now().slice(0, 7).replace('-', '_')}`,
    ])
      await assert.rejects(db.query(statement), /append-only/)
  })
  it('has no entry of a write that was rolled back', async () => {
    const [earlier] = await db.query('select count(*) as n from journal')
    await assert.rejects(
      store.transaction(root, async (unit) => {
        await store.create(root, specimen, { name: 'x' }, { unit })
        throw new Error('no')
      }),
    )
    assert.deepEqual((await db.query('select count(*) as n from journal'))[0], earlier)
  })
})
