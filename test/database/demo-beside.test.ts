// The demonstration beside one's own data: neither sees the other, the seal stays whole, and it goes without a trace.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import type { DemoState } from '#kit/routes/demo.ts'
import { auditVerify } from '#kit/seal/commands.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import { openSession } from '#kit/sign-in.ts'
import { Store } from '#kit/store.ts'
import { openCheckpointFiles } from '#platform/checkpoint-sink.ts'
import { loadDemo, removeBeside } from '#demo'
import { incident } from '#desk'
import { location } from '#people'
import { allRules, newCatalogue } from '#app'
import { follow } from '../setup/follow.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { missedBy } from '../setup/demo-company.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { ownCluster } from '../setup/alone.ts'

ownCluster()

const catalogue = newCatalogue()
const actor = system(1, 'test')

/** Rows of every table; what every process keeps for itself is left out. */
async function counts(db: Database): Promise<Record<string, number>> {
  const tables = await db.query<{ name: string }>(
    "select relname as name from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = current_schema()::regnamespace and relname not in ('reaction_cursor', 'journal_leaf', 'journal_tile', 'journal_checkpoint', 'journal', 'journal_verification') order by 1",
  )
  const found: Record<string, number> = {}
  for (const { name } of tables)
    found[name] = (await db.query<{ n: number }>(`select count(*)::integer as n from ${name}`))[0]?.n ?? 0
  return found
}

describe('the demonstration beside one’s own data', () => {
  let folder = ''
  before(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'beside-'))))
  after(() => rm(folder, { recursive: true }))

  it('leaves rows, seal and reactions of one’s own as they are, and no row of its own behind', async () => {
    const { db } = await migratedDatabase()
    let at = Date.now() - 60_000
    const now = (): string => new Date((at += 1000)).toISOString()
    const store = new Store({ db, catalogue, now, rules: allRules(), onCommit: () => {} })
    await db.query("insert into organisation (id, name) values (1, 'Bay Shipping')")
    const heard: number[] = []
    const reaction = {
      name: 'heard',
      records: [],
      handle: async (_: unknown, entries: readonly { org: number }[]): Promise<void> =>
        void heard.push(...entries.map(({ org }) => org)),
    }
    const audit = {
      db,
      key: readSealingKey(newSealingKeyPem()),
      sink: openCheckpointFiles(folder),
      now,
      records: catalogue.records,
    }
    await store.create(actor, location, { name: 'Aarhus' })
    await seal(db, audit.key, now(), audit.sink)
    const before = await counts(db)

    const told: number[] = []
    const parts = { db, catalogue, now, log: () => {}, told: (n: number) => void told.push(n) }
    const made = await loadDemo(parts, { isBeside: true, scale: { incidents: 200, persons: 120 } })
    assert.deepEqual([made.org, made.logins], [BESIDE, []])
    assert.equal(told.at(-1), 200)
    await assert.rejects(loadDemo(parts, { isBeside: true }), /is here already/)

    await store.create(actor, location, { name: 'Bergen' })
    const visitor = { ...system(BESIDE, 'visit'), origin: 'web' as const }
    await store.create(visitor, incident, { subject: 'Tried out' })
    await follow({ db }, reaction)
    assert.deepEqual(heard, [1, 1, BESIDE], 'what was told is passed over; what somebody did there is not')
    await seal(db, audit.key, now(), audit.sink)
    const found = await auditVerify(audit, { json: false })
    assert.equal(found.code, 0, found.text)
    assert.match(found.text, /The journal is whole: 2 entries/)

    await assert.rejects(db.query('delete from journal'), /append-only/)
    const rows = await removeBeside({ db, catalogue })
    assert.ok(rows > made.entries, `${rows} rows`)
    const after = await counts(db)
    assert.deepEqual(after, { ...before, location: 2, location_search: 2, ...countersOf(before, after) })
    assert.deepEqual(await db.query('select org from journal where org <> 1'), [])
    await seal(db, audit.key, now(), audit.sink)
    const again = await auditVerify(audit, { json: false })
    assert.equal(again.code, 0, again.text)
    assert.match(again.text, /The journal is whole: 2 entries/)
    // And it may come again.
    await loadDemo(parts, { isBeside: true, scale: { incidents: 120, persons: 120 } })
  })
})
describe('the inboxes of the demonstration beside one’s own data', () => {
  it('hold the newest days for its own people, nothing is about to be sent, and they go with it', async () => {
    const { db } = await migratedDatabase()
    // A Wednesday: whenever this is run, something was given to somebody in the days before.
    const now = (): string => '2026-11-18T15:00:00.000Z'
    await db.query("insert into organisation (id, name) values (1, 'Bay Shipping')")
    const store = new Store({ db, catalogue, now, rules: allRules(), onCommit: () => {} })
    const parts = { db, catalogue, now, log: () => {}, news: noticeReaction({ store }) }
    await loadDemo(parts, { isBeside: true, scale: { incidents: 800, persons: 160 } })
    const rows = await db.query<{ org: number; n: number }>(
      'select org, count(*)::integer as n from inbox group by org',
    )
    assert.deepEqual(rows.map(({ org }) => org), [BESIDE]) // oxfmt-ignore
    assert.deepEqual(await missedBy(db, { org: BESIDE, at: now() }), [])
    for (const pile of ['notice_mail', 'notice_push', 'mail']) assert.deepEqual(await db.query(`select 1 as one from ${pile}`), [], pile) // oxfmt-ignore
    await removeBeside({ db, catalogue })
    assert.deepEqual(await db.query('select 1 as one from inbox'), [])
  })
})
/** What one's own record that was added meanwhile adds to the tables of counts. */
function countersOf(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const names = ['tally', 'tally_delta']
  for (const name of names) assert.ok((after[name] ?? 0) <= (before[name] ?? 0) + 5, name)
  return Object.fromEntries(names.map((name) => [name, after[name] ?? 0]))
}

describe('administrators', () => {
  let server: TestServer
  let cookie = ''
  before(async () => {
    server = await startTestServer({ isWorker: true })
    cookie = (await openSession(server.db, { org: 1, person: server.people.administrator.id })).key
  })
  const asked = (method: string, at: string, body?: object) =>
    server.call(method, at, {
      headers: { cookie: `pilothouse=${cookie}`, 'sec-fetch-site': 'same-origin' },
      ...(body === undefined ? {} : { body }),
    })
  const state = async () => (await asked('GET', '/admin/demo')).body as DemoState
  async function until(wanted: DemoState['state']): Promise<DemoState> {
    const giveUp = Date.now() + 180_000
    for (;;) {
      const now = await state()
      if (now.state === wanted) return now
      assert.ok(now.because === null, now.because ?? '')
      assert.ok(Date.now() < giveUp, `${now.state} ${now.told}`)
      await sleep(200)
    }
  }
  const me = async () =>
    (await asked('GET', '/me')).body as { org: { name: string }; isVisit: boolean; isDemo: boolean }

  it('bring it in as a job, look at it by their session, and nobody else sees it', async () => {
    assert.deepEqual(
      [(await asked('POST', '/admin/demo/visit', {})).status, (await asked('POST', '/admin/demo/removal', {})).status],
      [409, 409],
    )
    const begun = await asked('POST', '/admin/demo', {})
    assert.equal(begun.status, 202, begun.text)
    const here = await until('here')
    assert.ok(here.records > 1000 && here.told === here.incidents)
    assert.deepEqual(await missedBy(server.db, { org: BESIDE, at: new Date().toISOString() }), [])
    assert.deepEqual(await server.db.query('select 1 as one from inbox where org <> $1', [BESIDE]), [])
    assert.equal(here.written, 0)
    assert.equal((await asked('POST', '/admin/demo', {})).status, 409)
    const { name } = (await me()).org
    assert.equal((await asked('POST', '/admin/demo/visit', {})).status, 204)
    assert.deepEqual(await me(), { ...(await me()), org: { id: BESIDE, name: 'Harbour Works' }, isVisit: true, isDemo: true }) // oxfmt-ignore
    const list = await asked('GET', '/incidents?limit=1&total=true')
    assert.equal((list.body as { total: { count: number } }).total.count, here.incidents)
    const { token } = server.people.manager
    assert.deepEqual(((await server.call('GET', '/incidents', { token })).body as { items: object[] }).items, [])
    assert.equal((await server.call('POST', '/admin/demo/visit', { token: server.people.administrator.token, body: {} })).status, 409) // oxfmt-ignore
    assert.equal((await asked('DELETE', '/admin/demo/visit')).status, 204)
    assert.deepEqual([(await me()).org.name, (await me()).isVisit], [name, false])
  })

  it('have no key to it that outlives their own right', async () => {
    await asked('POST', '/admin/demo/visit', {})
    const made = await asked('POST', '/tokens', { name: 'Kept for later' })
    const key = (made.body as { token?: string }).token
    if (key !== undefined) assert.equal((await server.call('GET', '/me', { token: key })).status, 401)
    const { id } = server.people.administrator
    await server.db.query("delete from role_grant where org = 1 and person = $1 and role = 'administrator'", [id])
    const giveUp = Date.now() + 60_000
    while ((await me()).isVisit) {
      assert.ok(Date.now() < giveUp, 'still there without the right to be')
      await sleep(200)
    }
    await server.db.query("insert into role_grant (org, person, role) values (1, $1, 'administrator')", [id])
    while ((await asked('GET', '/admin/demo')).status !== 200) {
      assert.ok(Date.now() < giveUp, 'no administrator again')
      await sleep(200)
    }
  })

  it('take it away once they know what people wrote there', async () => {
    const written = await asked('POST', '/incidents', { subject: 'Tried out' })
    assert.equal(written.status, 201, written.text)
    const { number } = written.body as { number: string }
    const refused = await asked('POST', '/admin/demo/removal', {})
    assert.equal(refused.status, 409)
    assert.match(refused.text, new RegExp(number))
    const now = await state()
    assert.ok(now.newest.includes(number))
    assert.equal((await asked('POST', '/admin/demo/removal', { written: now.written })).status, 202)
    await until('none')
    const end = await me()
    assert.deepEqual([end.isVisit, end.isDemo], [false, false])
    assert.deepEqual(await server.db.query('select id from organisation where id = $1', [BESIDE]), [])
    const [deeds] = await server.db.query<{ all: string[] }>(
      "select array_agg(changes->'demonstration'->>1 order by at) as all from journal where org = 1 and record = 'organisation' and changes ? 'demonstration'",
    )
    assert.deepEqual(deeds?.all, ['bring', 'remove'])
  })
})
