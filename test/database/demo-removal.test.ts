// The demonstration company is gone without a trace, whatever was done with it.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { file } from '#kit/records/about.ts'
import { importBatch } from '#kit/records/setup.ts'
import { auditVerify } from '#kit/seal/commands.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import { isSetUp } from '#kit/sign-in.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { openFiles } from '#platform/files.ts'
import { openJobs } from '#platform/jobs.ts'
import { removeDemo } from '#demo'
import { incident } from '#desk'
import { personRecord } from '#people'
import { actor, loadCompany, loadedAt, scale, silent } from '../setup/demo-company.ts'
import { ownCluster } from '../setup/alone.ts'

ownCluster()

describe('the end of the demonstration', () => {
  it('leaves no row, opens the set-up link again, and keeps the journal append-only', async () => {
    const { db, store } = await loadCompany()
    const { rows } = await removeDemo({ db, ...silent })
    assert.ok(rows > scale.incidents)
    const tables = await db.query<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace and relname not in ('schema_migration', 'journal_seal', 'reaction_cursor')",
    )
    for (const { name } of tables)
      assert.deepEqual(await db.query(`select 1 as one from ${name} limit 1`), [], `${name} still holds rows`)
    assert.equal(await isSetUp(db), false)
    await db.query("insert into organisation (id, name) values (1, 'Real Company')")
    const person = await store.create(actor, personRecord, { name: 'Ada' })
    assert.equal(person.number, 'P-1')
    await assert.rejects(db.query('delete from journal'), /append-only/)
    await assert.rejects(db.query('truncate journal'), /append-only/)
  })
  it('leaves a whole journal, no job and no file, whatever was done with it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'demo-'))
    after(() => rm(folder, { recursive: true }))
    const { db, store, connection } = await loadCompany()
    const files = openFiles(path.join(folder, 'files'))
    const inserted = await files.put(Buffer.from('subject\nOne\n'), { maxBytes: 100 })
    const attached = await files.put(Buffer.from('A screen'), { maxBytes: 100 })
    await store.create(
      actor,
      importBatch,
      { fileName: 'one.csv', record: 'incident', sha256: inserted.sha256 },
      { trusted: true },
    )
    const on = { record: 'incident', id: 1 }
    await store.create(actor, file, { name: 'a.txt', on, ...attached }, { trusted: true })
    const jobs = openJobs({ connection, db })
    jobs.define('mail', {}, async () => {})
    await jobs.start(false)
    await db.transaction((tx) => jobs.send(tx, 'mail', { to: 'P-1' }))
    await jobs.stop()
    const key = readSealingKey(newSealingKeyPem())
    const sink = openCheckpointFiles(path.join(folder, 'checkpoints'))
    await seal(db, key, loadedAt, sink)

    await removeDemo({ db, ...silent }, files)
    assert.deepEqual(await db.query('select 1 from jobs.job limit 1'), [])
    const kept = await readdir(path.join(folder, 'files'), { recursive: true, withFileTypes: true })
    assert.deepEqual(
      kept.filter((one) => one.isFile()),
      [],
    )
    const beside = openCheckpointFiles(path.join(folder, 'checkpoints-anew'))
    const audit = { db, key, sink: beside, now: () => loadedAt }
    const found = await auditVerify(audit, { json: false })
    assert.equal(found.code, 0, found.text)
    assert.match(found.text, /The journal is whole: 0 entries/)
    await db.query("insert into organisation (id, name) values (1, 'Real Company')")
    await store.create(actor, personRecord, { name: 'Ada' })
    await seal(db, key, loadedAt, beside)
    assert.match((await auditVerify(audit, { json: false })).text, /The journal is whole: 1 entries/)
  })
  it('never touches an organisation that is no demonstration', async () => {
    const { db, store } = await loadCompany()
    await db.query("update organisation set settings = '{}'")
    await assert.rejects(removeDemo({ db, ...silent }), /is no demonstration/)
    await db.query(`update organisation set settings = '{"demo":"true"}'`)
    await assert.rejects(removeDemo({ db, ...silent }), /is no demonstration/)
    await db.query(`update organisation set settings = '{"demo":true}'`)
    await db.query("insert into organisation (id, name) values (2, 'Sister Company')")
    await assert.rejects(removeDemo({ db, ...silent }), /Sister Company/)
    assert.ok((await store.get(actor, incident, 1)).id === 1)
  })
})
