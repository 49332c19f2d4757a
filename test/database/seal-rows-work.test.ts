// Everything that people and the product do leaves rows as the journal says; the command, the nightly job and the health page tell what is not.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { newCatalogue } from '#app'
import { loadDemo } from '#demo'
import { incident } from '#desk'
import { system } from '#kit/actor.ts'
import { erasePerson } from '#kit/erasure/erase.ts'
import { undoFile } from '#kit/import/import-file.ts'
import { anonymise } from '#kit/retention/anonymise.ts'
import { purge } from '#kit/retention/purge.ts'
import { auditVerify, type Printed, type Rows } from '#kit/seal/commands.ts'
import { sealHealth } from '#kit/seal/health.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import { compareRows } from '#kit/seal/rows/rows.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'
import { loadOrganisations } from '#kit/reload.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { importBench } from './import-parts.ts'

const now = (): string => new Date().toISOString()
const root = system(1, 'test')
const folder = await mkdtemp(path.join(tmpdir(), 'rows-'))
after(() => rm(folder, { recursive: true, force: true }))

describe('the demonstration company', () => {
  it('is as its journal says, to the last field', async () => {
    const { db } = await migratedDatabase()
    const catalogue = newCatalogue()
    const made = await loadDemo({ db, catalogue, now, log: () => {} }, { seed: 7, scale: { incidents: 700, persons: 150 } }) // oxfmt-ignore
    const found = await compareRows(db, catalogue.records, { now })
    assert.deepEqual(found.findings, [])
    assert.deepEqual([found.rows, found.entries], [Object.values(made.rows).reduce((sum, n) => sum + n, 0), made.entries]) // oxfmt-ignore
  })
})

describe('a day of work', () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer()
  })
  const ask = async (who: Who, call: string, body: unknown = {}, rev?: number) => {
    const [method = '', address = ''] = call.split(/ (.*)/)
    const headers: Record<string, string> = rev === undefined ? {} : { 'if-match': `"${rev}"` }
    const answer = await server.call(method, address, { token: server.people[who].token, headers, ...(method === 'GET' ? {} : { body }) }) // oxfmt-ignore
    assert.ok(answer.status < 300, `${call}: ${answer.text}`)
    return { ...(answer.body as { id: number; rev: number; done: number }), request: String(answer.headers.get('x-request-id')) } // oxfmt-ignore
  }
  const findings = async (): Promise<readonly unknown[]> =>
    (await compareRows(server.db, server.store.catalogue.records, { now })).findings
  const opened = (subject: string, more: object = {}) =>
    ask('agent', 'POST /incidents', { subject, requester: server.people.requester.id, ...more })

  it('leaves no difference: added fields, moves, bulk, undo, bin, merges, comments, tags, own views', async () => {
    await ask('administrator', 'POST /customfields', { label: 'Wheels', name: 'wheels', record: 'incident', kind: 'number' }) // oxfmt-ignore
    await loadOrganisations(server.store)
    const a = await opened('Forklift stands still', { custom: { wheels: 4 }, tags: ['plant'] })
    const b = await opened('Forklift does not go', { custom: { wheels: 3 } })
    const c = await opened('Lamp')
    const changed = await ask('agent', `PATCH /incidents/${a.id}`, { custom: { wheels: 6 }, tags: [], description: 'Battery' }, a.rev) // oxfmt-ignore
    await ask('agent', 'POST /undo', { request: changed.request })
    const bulk = await ask('agent', 'POST /incidents/bulk', { ids: [a.id, b.id, c.id], change: { tags: ['bulk'] } })
    assert.equal(bulk.done, 3)
    await ask('agent', 'POST /undo', { request: bulk.request })
    await ask('agent', 'POST /incidents/bulk', { ids: [c.id], move: 'assign', input: { assignee: server.people.agent.id } }) // oxfmt-ignore
    await ask('requester', `POST /incidents/${b.id}/comments`, { body: 'Since nine.' })
    await ask('agent', 'POST /timeentries', { on: { record: 'incident', id: b.id }, minutes: 20, note: 'Phone' })
    await ask('agent', 'POST /watchers', { person: server.people.agent.id, on: { record: 'incident', id: b.id } })
    await ask('agent', `POST /incidents/${b.id}/merge`, { into: a.id, reason: 'The same' })
    await ask('agent', `POST /incidents/${b.id}/unmerge`, { reason: 'Not the same' })
    await ask('agent', `POST /incidents/${b.id}/merge`, { into: a.id })
    const binned = await server.store.bin(root, incident, { id: c.id, rev: null })
    await server.store.bin(root, incident, { id: c.id, rev: binned.rev }, { restore: true })
    await ask('agent', 'POST /savedviews', { name: 'Mine', record: 'incident', query: 'filter=status:new' })
    await ask('administrator', 'POST /grants', { person: server.people.agent.id, role: 'lead' })
    assert.deepEqual(await findings(), [])
  })

  it('leaves no difference where rows lose their people, go for good, or a person is erased', async () => {
    const { store } = server
    const left = await store.create(root, store.catalogue.get('person'), { name: 'Quentin', email: 'q@harbour.test', tags: ['x'] }) // oxfmt-ignore
    const [one, two] = [await opened('About Quentin', { requester: left.id, tags: ['old'] }), await opened('Long ago')]
    await ask('agent', `POST /incidents/${two.id}/comments`, { body: 'Gone with it.' })
    await store.transaction(root, (unit) => anonymise({ store, unit, actor: root, record: incident, rule: 'test' }, [one.id])) // oxfmt-ignore
    await store.transaction(root, (unit) => purge({ store, unit, actor: root, record: incident, rule: 'test' }, [two.id])) // oxfmt-ignore
    await erasePerson({ store, org: 1, person: left.id }, 'test-erasure')
    assert.deepEqual(await findings(), [])
    await store.change(root, incident, { id: one.id, rev: null }, { description: 'Written after it' })
    assert.deepEqual(await findings(), [])
    // What took the place of a name is known as well.
    await server.db.query("update person set name = 'Quentin' where id = $1", [left.id])
    const [found] = (await compareRows(server.db, store.catalogue.records, { now })).findings
    assert.deepEqual([found?.kind, found?.where.recordId, found?.where.field], ['rowChanged', left.id, 'name'])
    await server.db.query("update person set name = 'Person ' || id || ' (erased)' where id = $1", [left.id])
    assert.deepEqual(await findings(), [])
  })
})

describe('an import', () => {
  it('with history, again, with references, undone and repeated leaves no difference', async () => {
    const bench = await importBench()
    const { store } = bench.parts
    const findings = async () => (await compareRows(store.db, store.catalogue.records, { now })).findings
    const log = path.join(import.meta.dirname, '../fixtures/incident-log.csv')
    const batch = await bench.file('incident', log)
    assert.deepEqual([batch.state, await findings()], ['done', []])
    await store.change(
      { ...bench.manager, request: 'by hand' },
      incident,
      { id: 1, rev: null },
      { description: 'Seen' },
    )
    await undoFile(bench.parts, bench.manager, batch.id)
    assert.deepEqual(await findings(), [])
    await bench.file('incident', log)
    await bench.file('incident', log)
    await bench.text('person', 'Name,Line manager\nAda,Ben\nBen,Cem\nCem,\n')
    await bench.text('person', 'Name,Line manager\nAda,Cem\nBen,\n')
    assert.deepEqual(await findings(), [])
    await store.db.query("update incident set status = 'new' where id = 5")
    assert.equal((await findings())[0]?.where.field, 'status')
  })
})

describe('what is told of it', () => {
  it('stands in the command, and on the health page without values until a comparison finds nothing', async () => {
    const server = await startTestServer()
    const { db, store } = server
    const row = await store.create(root, incident, { subject: 'Harmless subject', requester: server.people.agent.id })
    const key = readSealingKey(newSealingKeyPem())
    const sink = openCheckpointFiles(path.join(folder, 'checkpoints'))
    const verified = (rows: Rows, json = false): Promise<Printed> =>
      auditVerify({ db, key, sink, now, records: store.catalogue.records }, { json, rows })
    const health = async () => sealHealth(db, key, now(), sink)
    assert.equal((await health()).comparedAt, null)
    const whole = await verified('on')
    assert.match(whole.text, /^The journal is whole: [^]*\nThe rows are as the journal says: \d+ rows, \d+ entries;/)
    assert.equal(whole.code, 0)
    assert.notEqual((await health()).comparedAt, null)

    await db.query("update incident set subject = 'Sly subject' where id = $1", [row.id])
    const found = await verified('only')
    assert.equal(found.code, 1)
    assert.match(found.text, /^The rows are NOT as the journal says/)
    assert.match(found.text, new RegExp(`rowChanged: INC-${row.id}: subject is not what the journal says last, in entry [0-9a-f-]{36} of .*\n    the journal: "Harmless subject"\n    the row: "Sly subject"`)) // oxfmt-ignore
    const json = JSON.parse((await verified('on', true)).text) as { ok: boolean; rows: { ok: boolean } }
    assert.deepEqual([json.ok, json.rows.ok], [false, false])
    // The journal alone is whole, and does not take the other part's word away.
    assert.equal((await verified('off')).code, 0)
    const bad = await health()
    assert.equal(bad.state, 'bad')
    assert.match(bad.todo, new RegExp(`INC-${row.id}: subject is not what`))
    assert.doesNotMatch(JSON.stringify(bad), /Harmless|Sly/)
    const kept = await db.query('select says from journal_verification')
    assert.doesNotMatch(JSON.stringify(kept), /Harmless|Sly/)

    // Put right by the product itself: then the journal says it.
    await store.change(root, incident, { id: row.id, rev: null }, { subject: 'Said openly' })
    assert.equal((await verified('only')).code, 0)
    assert.doesNotMatch((await health()).todo, /subject/)
  })
})
