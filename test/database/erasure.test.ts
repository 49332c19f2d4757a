// A person is erased: no name is left in rows, sign-in or journal; numbers, reports and the seal hold; a hold stops it; a restore repeats it.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import type { JobData } from '#kit/jobs.ts'
import type { ErasureShown } from '#kit/routes/person-erasure.ts'
import { erasureJob, repeatErasures } from '#kit/routes/person-erasure.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import { verify } from '#kit/seal/verify.ts'
import { openErasureBook } from '#platform/erasure-book.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import type { Answered } from '../setup/call.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'

let server: TestServer
let leaver = { id: 0, token: '' }
let incident = { id: 0 }
const folder = await mkdtemp(path.join(tmpdir(), 'erasure-'))
after(() => rm(folder, { recursive: true, force: true }))
const NAME = 'Quentin Zweistein'
const ask = (who: Who, method: string, address: string, body?: unknown): Promise<Answered> =>
  server.call(method, address, { token: server.people[who].token, ...(body === undefined ? {} : { body }) })
async function made<T>(who: Who, address: string, body: unknown): Promise<T> {
  const answer = await ask(who, 'POST', address, body)
  assert.ok(answer.status < 300, answer.text)
  return answer.body as T
}
const erase = (body: object): Promise<Answered> => ask('administrator', 'POST', `/persons/${leaver.id}/erasure`, body)
async function state(): Promise<ErasureShown | null> {
  return ((await ask('administrator', 'GET', `/persons/${leaver.id}/erasure`)).body as { erasure: ErasureShown | null })
    .erasure
}
async function done(): Promise<ErasureShown> {
  // A job on a loaded machine takes its time.
  for (let turn = 0; turn < 600; turn++) {
    const now = await state()
    if (now !== null && now.state !== 'waiting') return now
    await sleep(100)
  }
  return assert.fail('the job did not end')
}
/** In any table of the database, the journal included. */
async function where(word: string): Promise<string[]> {
  const tables = await server.db.query<{ name: string }>("select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition") // oxfmt-ignore
  const found: string[] = []
  for (const { name } of tables)
    if ((await server.db.query(`select 1 from "${name}" t where t::text ilike $1 limit 1`, [`%${word}%`])).length > 0) found.push(name) // oxfmt-ignore
  return found
}

before(async () => {
  server = await startTestServer({ isWorker: true })
  leaver = await made('administrator', '/persons', { name: NAME, email: 'quentin@harbour.test', phone: '0421 4711', jobTitle: 'Zwirbler' }) // oxfmt-ignore
  await server.db.query("insert into credential (org, person, email) values (1, $1, 'quentin@harbour.test')", [
    leaver.id,
  ])
  await server.db.query("insert into role_grant (org, person, role) values (1, $1, 'agent')", [leaver.id])
  incident = await made('agent', '/incidents', { subject: 'Kept subject', requester: leaver.id })
  await made('administrator', '/absences', { person: leaver.id, firstDay: '2026-12-01', lastDay: '2026-12-02', note: 'Zwirbeltag' }) // oxfmt-ignore
  assert.ok((await where('Zweistein')).includes('journal'))
})

describe('erasing a person', () => {
  it('is refused on oneself, while active unless confirmed, and on legal hold', async () => {
    const reason = 'Asked for it by letter'
    assert.equal((await ask('manager', 'POST', `/persons/${leaver.id}/erasure`, { reason })).status, 403)
    assert.match((await erase({ reason })).text, /still active/)
    const own = await ask('administrator', 'POST', `/persons/${server.people.administrator.id}/erasure`, { reason, isConfirmed: true }) // oxfmt-ignore
    assert.equal(own.status, 409)
    const hold = await made<{ id: number }>('manager', '/legalholds', { name: 'Case', reason: 'Court', orderedBy: 'Counsel', rows: `INC-${incident.id}` }) // oxfmt-ignore
    assert.match((await erase({ reason, isConfirmed: true })).text, /INC-\d+ is on legal hold \(HOLD-\d+ Case: Court\)/)
    const released = await server.call('POST', `/legalholds/${hold.id}/release`, { token: server.people.manager.token, body: { releaseReason: 'Over' }, headers: { 'if-match': '"1"' } }) // oxfmt-ignore
    assert.equal(released.status, 200, released.text)
  })

  it('leaves no name anywhere, keeps the number, and says where to look by hand', async () => {
    assert.equal((await erase({ reason: 'Asked for it by letter', isConfirmed: true })).status, 202)
    const ended = await done()
    assert.equal(ended.state, 'done', ended.because ?? '')
    assert.ok(
      ended.entries > 0 && ended.look.some(({ record, field }) => record === 'incident' && field === 'requester'),
    )
    for (const word of ['Zweistein', 'quentin@', '0421 4711', 'Zwirb']) assert.deepEqual(await where(word), [], word)
    const person = await ask('agent', 'GET', `/persons/${leaver.id}`)
    assert.partialDeepStrictEqual(person.body, { name: `Person ${leaver.id} (erased)`, email: null, status: 'left' })
    const kept = await ask('agent', 'GET', `/incidents/${incident.id}`)
    assert.partialDeepStrictEqual(kept.body, { subject: 'Kept subject', requester: { id: leaver.id, title: `Person ${leaver.id} (erased)` } }) // oxfmt-ignore
    assert.equal((await erase({ reason: 'Once more' })).status, 409)
  })

  it('keeps the history of other records but for the name, and a journal that verifies', async () => {
    const history = await ask('agent', 'GET', `/incidents/${incident.id}/history`)
    const [entry] = (history.body as { items: { isErased: boolean; changes: { field: string; to: unknown }[] }[] }).items.slice(-1) // oxfmt-ignore
    assert.equal(entry?.isErased, true)
    assert.equal(entry?.changes.find(({ field }) => field === 'subject')?.to, 'Kept subject')
    const key = readSealingKey(newSealingKeyPem())
    const sink = openCheckpointFiles(folder)
    await server.db.query('truncate journal_leaf, journal_tile, journal_checkpoint')
    await server.db.query("update journal_seal set (xid, id) = ('0', '00000000-0000-0000-0000-000000000000')")
    for (let turn = 0; turn < 600; turn++) {
      await seal(server.db, key, server.store.now(), sink)
      const waiting = await server.db.query('select 1 from journal j, journal_seal s where (j.xid, j.id) > (s.xid, s.id) limit 1') // oxfmt-ignore
      if (waiting.length === 0) break
      await sleep(50)
    }
    const found = await verify(server.db, { keys: [key], outside: sink.all() }, { now: () => server.store.now() })
    assert.deepEqual(found.findings.filter(({ kind }) => ['changed', 'forgedErasure', 'missing'].includes(kind)), []) // oxfmt-ignore
    assert.ok(found.erased > 0)
  })

  it('is repeated when a backup from before brings the person back', async () => {
    await server.db.query('update person set name = $2 where org = 1 and id = $1', [leaver.id, NAME])
    await server.db.query('delete from person_erasure')
    const book = openErasureBook(path.join(folder, 'erasures.jsonl'))
    const [row] = await server.db.query<{ createdAt: string }>('select created_at as "createdAt" from person where org = 1 and id = $1', [leaver.id]) // oxfmt-ignore
    await book.note({ org: 1, person: leaver.id, createdAt: row?.createdAt ?? '' })
    // Another person of that number, in another database: left alone.
    await book.note({ org: 1, person: server.people.agent.id, createdAt: '2001-01-01T00:00:00.000Z' })
    const sent: JobData[] = []
    const jobs = { send: async (_tx: unknown, _name: string, data: JobData) => String(sent.push(data)) }
    const parts = { store: server.store, erasures: book, jobs }
    assert.equal(await repeatErasures(parts), 1)
    assert.equal(await repeatErasures(parts), 0)
    await erasureJob(parts).handler(sent[0] ?? {}, {
      id: 'again',
      attempt: 1,
      signal: AbortSignal.timeout(60_000),
      stopping: AbortSignal.timeout(60_000),
    })
    assert.equal((await done()).state, 'done')
    assert.deepEqual(await where('Zweistein'), [])
  })
})
