// Restoring and moving: into PostgreSQL 15 and back, with what was lost declared, and nothing half-made left behind.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { TableWithContents } from '#kit/contents.ts'
import { TABLES_WITH_CONTENTS } from '#kit/contents.ts'
import { plainSnake } from '#kit/record.ts'
import { seal } from '#kit/seal/sealer.ts'
import { declaredLosses } from '#kit/seal/fork.ts'
import { verify } from '#kit/seal/verify.ts'
import { Store } from '#kit/store.ts'
import { allRules, newCatalogue } from '#app'
import { openServer, type Server } from '#main/backup/doors.ts'
import { move } from '#main/backup/move.ts'
import { keptBefore, restore } from '#main/backup/restore.ts'
import { now } from '#platform/clock.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { readFile } from '#platform/backup/folder-target.ts'
import { openDatabase } from '#platform/database.ts'
import { openFiles } from '#platform/files.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { follow } from '../setup/follow.ts'
import { ownFolder, smallInstallation, type Small } from '../setup/backup.ts'
import { atEnd } from '../setup/database.ts'

const DEBIAN = '/usr/lib/postgresql/15/bin'
let small: Small
let file = ''
let other: Server
let folder = ''

/** An external server: Debian's 15 where it is installed, else another of our own. */
async function externalServer(): Promise<string> {
  const started = await startEmbedded(ownFolder(), {
    ...(existsSync(DEBIAN) ? { binaries: DEBIAN } : {}),
    settings: { fsync: 'off' },
  })
  atEnd(() => started.stop())
  const { host, port, user, database } = started.connection
  return `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`
}
const opened = (databaseUrl: string): Promise<Server> =>
  openServer({ databaseUrl, dataFolder: folder, postgresPrograms: null })
const sealParts = () => ({ keys: [small.key], sink: small.sink, now })
async function restoreInto(server: Server, into: 'empty' | 'replace', from = file) {
  return restore({
    server,
    backup: await openBackup(readFile(from), () => null),
    into,
    files: openFiles(path.join(folder, 'files')),
    seal: sealParts(),
    request: 'restore',
    reason: 'a test',
    say: () => {},
    finish: async () => {},
  })
}
async function inside<T>(server: Server, work: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const db = openDatabase({ connection: server.owner(server.name) })
  return work(db).finally(() => db.close())
}

before(async () => {
  small = await smallInstallation()
  folder = ownFolder()
  file = path.join(small.folder, 'one.backup')
  await small.report(30)
  await small.sealAll()
  await small.backUp(file)
  other = await opened(await externalServer())
})

describe('restoring', () => {
  it('puts every row, index and attachment into an empty database of another version', async () => {
    const restored = await restoreInto(other, 'empty')
    assert.deepEqual([restored.fork, restored.before], [null, null])
    const indexes = `select coalesce(string_agg(indexdef, E'\\n' order by tablename, indexname), '') as all from pg_indexes where schemaname = 'public'`
    const constraints = `select string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid), E'\\n' order by conrelid::regclass::text, conname) as all from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'`
    await inside(other, async (db) => {
      for (const question of [
        indexes,
        constraints,
        'select count(*) as all from person',
        'select string_agg(p::text, $$;$$ order by id) as all from person p',
      ])
        assert.deepEqual(await db.query(question), await small.db.query(question))
    })
  })
  it('brings every file that a row names: what was attached, and the data of issued reports', async () => {
    const rows = await small.db.query<{ sha256: string }>('select sha256 from file union select sha256 from report_issue') // oxfmt-ignore
    assert.equal(rows.length, 2)
    const files = openFiles(path.join(folder, 'files'))
    for (const { sha256 } of rows) assert.notEqual(await files.open(sha256), null)
  })
  it('knows every column that names a file', async () => {
    const tables = await small.db.query<TableWithContents>(TABLES_WITH_CONTENTS)
    const declared = newCatalogue().records.flatMap(({ table, fields }) =>
      Object.entries(fields).flatMap(([name, { kind }]) =>
        kind === 'attachment' ? [`${table}.${plainSnake(name)}_sha256`] : [],
      ),
    )
    const named = tables.map(({ name, column }) => `${name}.${column}`)
    assert.ok(declared.length > 0)
    const own = ['access_package', 'file', 'import_batch', 'report_issue', 'upload'].map((name) => `${name}.sha256`)
    assert.deepEqual(named.toSorted(), [...own, ...declared].toSorted())
  })
  it('refuses to put it where something is, unless it is told to', async () => {
    await assert.rejects(restoreInto(other, 'empty'), /is not empty.*--replace/)
  })
  it('goes on with the order of the journal, so that reactions and the seal see what is written after', async () => {
    await inside(other, async (db) => {
      const store = new Store({ db, catalogue: newCatalogue(), now, rules: allRules(), onCommit: () => {} })
      await follow({ db }, { name: 'watch', records: ['person'], handle: async () => {} })
      const seen: string[] = []
      await store.create(system(1, 'after'), store.catalogue.get('person'), { name: 'After the restore' })
      const handle = async (_: unknown, entries: readonly { request: string }[]) =>
        void seen.push(...entries.map(({ request }) => request))
      await follow({ db }, { name: 'watch', records: ['person'], handle })
      assert.deepEqual(seen, ['after'])
      const { sealed } = await seal(db, small.key, new Date(Date.now() + 3_600_000).toISOString(), small.sink)
      assert.equal(sealed, 1)
      const found = await verify(db, { keys: [small.key], outside: small.sink.all() }, { now })
      assert.deepEqual([found.ok, found.size], [true, 31])
    })
  })
  it('declares what the checkpoints kept outside know and the backup does not, and keeps what was there', async () => {
    const restored = await restoreInto(other, 'replace')
    assert.deepEqual(restored.fork, { from: 30, to: 31 })
    assert.deepEqual(await keptBefore(other), [restored.before])
    await inside(other, async (db) => {
      const losses = await declaredLosses(db)
      assert.deepEqual(
        losses.map(({ from, to, reason }) => [from, to, reason]),
        [[30, 31, 'a test']],
      )
      await seal(db, small.key, new Date(Date.now() + 7_200_000).toISOString(), small.sink)
      assert.equal((await verify(db, { keys: [small.key], outside: small.sink.all() }, { now })).ok, true)
    })
    await other.drop(restored.before ?? '')
  })
  it('changes nothing and leaves nothing when the file is cut off', async () => {
    const cut = path.join(small.folder, 'cut.backup')
    await small.backUp(cut)
    truncateSync(cut, readFileSync(cut).length - 40)
    const before = await other.databases()
    await assert.rejects(restoreInto(other, 'replace', cut), /cut off/)
    assert.deepEqual(await other.databases(), before)
  })
  it('does not exchange a database that somebody works in', async () => {
    await inside(other, async (db) => {
      await db.query('select 1')
      await assert.rejects(restoreInto(other, 'replace'), /is in use \(pilothouse/)
    })
  })
  it('drops what an earlier restore left half-made', async () => {
    await other.create(`${other.name}_restoring_left`)
    const restored = await restoreInto(other, 'replace')
    assert.ok(!(await other.databases()).some((name) => name.includes('_restoring_')))
    await other.drop(restored.before ?? '')
  })
})

describe('moving', () => {
  it('takes everything to another server and back, and the old one says where it went', async () => {
    const third = await opened(await externalServer())
    const parts = {
      dataFolder: folder,
      files: openFiles(path.join(folder, 'files')),
      key: small.key,
      seal: sealParts(),
      request: 'move',
      say: () => {},
    }
    const there = await move({ from: other, to: third, isReplacing: false, ...parts })
    assert.equal(there.fork, null)
    await assert.rejects(move({ from: other, to: third, isReplacing: true, ...parts }), /was moved to .* already/)
    // The marked one may be written over without being asked twice.
    const back = await move({ from: third, to: other, isReplacing: false, ...parts })
    assert.ok(back.before !== null)
    const counts = await inside(other, (db) => db.query('select count(*) as n from person'))
    assert.deepEqual(counts, await small.db.query('select count(*) as n from person'))
    assert.equal(existsSync(path.join(folder, `move-${process.pid}.backup`)), false)
  })
})
