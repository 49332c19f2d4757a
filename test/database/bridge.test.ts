// The bridge: what a measure was computed from is what its list holds, and what needs somebody is what its link opens.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import type { FilterContext } from '#kit/condition.ts'
import type { Database } from '#kit/database.ts'
import { Store } from '#kit/store.ts'
import { total } from '#kit/total.ts'
import { allRules, newCatalogue } from '#app'
import { SOURCES } from '#bridge'
import { loadDemo } from '#demo'
import { needs } from '../../src/domains/bridge/needs.ts'
import { work } from '../../src/domains/bridge/work.ts'
import { migratedDatabase } from '../setup/migrated.ts'

const catalogue = newCatalogue()
const now = new Date().toISOString()
const today = now.slice(0, 10)
let db: Database
let store: Store
before(async () => {
  db = (await migratedDatabase()).db
  await loadDemo(
    { db, catalogue, now: () => now, log: () => {}, reactions: [] },
    { seed: 7, scale: { incidents: 900, persons: 150 } },
  )
  store = new Store({ db, catalogue, now: () => now, rules: allRules(), onCommit: () => {} })
})

function reads(actor: Actor, zone = 'UTC'): FilterContext {
  return { catalogue, actor, now, zone }
}
/** How many records an address of a list opens. */
async function opened(address: string, context: FilterContext): Promise<number> {
  const url = new URL(address, 'http://here')
  const [, place, plural] = url.pathname.split('/')
  const record = catalogue.records.find((one) => one.plural === plural)
  assert.ok(record !== undefined, `${address} is no list`)
  assert.equal(record.place || 'all', place)
  const found = await total(db, context, record, { filter: url.searchParams.get('filter') ?? '' })
  assert.equal(found.atLeast, false)
  return found.count
}
async function manager(): Promise<Actor> {
  const [found] = await db.query<{ id: number }>("select id from person where name = 'Ines Marques'")
  return { ...system(1, 'test'), person: found?.id ?? 0, roles: ['manager'] }
}

describe('a measure', () => {
  for (const source of SOURCES) {
    it(`${source.source} has the evidence that its list holds, in any zone`, async () => {
      const found = await source.compute(store, 1, today)
      if (found === null) return
      assert.ok(found.list !== null)
      assert.ok(found.list.length <= 1000)
      for (const zone of ['UTC', 'Pacific/Auckland'])
        assert.equal(await opened(found.list, reads(system(1, 'test'), zone)), found.evidence, found.list)
    })
  }
  it('counts by the days of the organisation: a task done half an hour after its last day was late', async () => {
    const other = 40
    await db.query("insert into organisation (id, name, time_zone) values ($1, 'East Quay', 'Europe/Berlin')", [other])
    const actor = system(other, 'zones')
    const plan = await store.create(actor, catalogue.get('obligation'), {
      subject: 'Look at the locks',
      rule: 'FREQ=MONTHLY',
      firstOn: '2026-07-10',
      duty: '9',
      active: false,
    })
    // 22:30 UTC is half past midnight of the next day in Berlin in summer; 21:30 UTC is still the day itself.
    for (const [dueOn, doneAt] of [
      ['2026-07-10', '2026-07-10T22:30:00Z'],
      ['2026-08-10', '2026-08-10T21:30:00Z'],
    ]) {
      const made = await store.create(actor, catalogue.get('task'), {
        subject: 'Look at the locks',
        dueOn,
      })
      await db.query("update task set status = 'done', done_at = $1, obligation = $4 where org = $2 and id = $3", [
        doneAt,
        other,
        made.id,
        plan.id,
      ])
    }
    const found = await SOURCES.find((one) => one.source === 'obligations.9')?.compute(store, other, '2026-09-01')
    assert.deepEqual([found?.value, found?.evidence], [50, 2])
    assert.match(
      SOURCES.find((one) => one.source === 'desk.reopened')?.list({ on: '2026-07-31', zone: 'Europe/Berlin' }) ?? '',
      /openedAt%3C2026-07-31T22%3A00%3A00Z/,
    )
  })
  it('is computed for most duties of the demonstration', async () => {
    const found = await Promise.all(SOURCES.map((source) => source.compute(store, 1, today)))
    assert.ok(found.filter((one) => one !== null).length >= 10)
  })
  it('of a duty with 450 obligations is a value that opens its tasks', async () => {
    const many = 41
    await db.query("insert into organisation (id, name, time_zone) values ($1, 'West Quay', 'UTC')", [many])
    const actor = system(many, 'many')
    const one = await store.create(actor, catalogue.get('obligation'), {
      subject: 'Look at a lock',
      rule: 'FREQ=MONTHLY',
      firstOn: '2026-07-10',
      duty: '9',
      active: false,
    })
    const task = await store.create(actor, catalogue.get('task'), { subject: 'Look at a lock', dueOn: '2026-07-10' })
    const copies = async (table: string, id: number, more = ''): Promise<void> =>
      void (await db.query(
        `insert into ${table} select (jsonb_populate_record(r, jsonb_build_object('id', 1000 + n, 'number', 'X-' || n${more}))).*
         from ${table} r, generate_series(1, 450) n where r.org = $1 and r.id = $2`,
        [many, id],
      ))
    await copies('obligation', one.id)
    await copies('task', task.id, ", 'obligation', 1000 + n")
    const found = await SOURCES.find(({ source }) => source === 'obligations.9')?.compute(store, many, '2026-09-01')
    assert.deepEqual([found?.value, found?.evidence], [0, 450])
    assert.equal(await opened(found?.list ?? '', reads(system(many, 'test'))), 450)
    const other = SOURCES.find(({ source }) => source === 'obligations.8')
    assert.equal(await other?.compute(store, many, '2026-09-01'), null)
  })
  it('has lists of its own in the past of the demonstration', async () => {
    const values = await db.query<{ source: string | null; evidence: number; list: string }>(
      'select m.source, v.evidence, v.list from measurement v join measure m on m.id = v.measure order by v.id',
    )
    assert.ok(values.length > 50)
    for (const { source, evidence, list } of values) {
      if (source === 'desk.reopened' || source === 'desk.resolution' || source === 'desk.firstResponse')
        assert.match(list, /^\/desk\/incidents\?/)
      assert.equal(await opened(list, reads(system(1, 'test'))), evidence, `${source} ${list}`)
    }
  })
  it('leaves out incidents that have no such clock, however many they are, and still opens its list', async () => {
    const source = SOURCES.find((one) => one.source === 'desk.resolution')
    const before = await source?.compute(store, 1, today)
    const without = await db.query<{ id: number }>(
      `delete from clock where org = 1 and record = 'incident' and name = 'resolution' and record_id in (
         select c.record_id from clock c join incident i on i.org = c.org and i.id = c.record_id
         where c.org = 1 and c.name = 'resolution' and c.state in ('met', 'breached') and i.resolved_at > now() - interval '29 days' order by i.id limit 8) returning record_id as id`,
    )
    // As many again as an address could never name: copies of one that is resolved and has no clock.
    await db.query(
      `insert into incident select (jsonb_populate_record(i, jsonb_build_object('id', 900000 + n, 'number', 'INC-' || (900000 + n)))).*
       from incident i, generate_series(1, 300) n where i.org = 1 and i.id = $1`,
      [without[0]?.id ?? 0],
    )
    const after = await source?.compute(store, 1, today)
    assert.deepEqual([without.length, after?.evidence], [8, (before?.evidence ?? 0) - 8])
    assert.ok((after?.list.length ?? 999) < 400, `${after?.list}`)
    assert.equal(await opened(after?.list ?? '', reads(system(1, 'test'))), after?.evidence)
  })
})

describe('what needs somebody', () => {
  it('is as many as its link opens', async () => {
    const context = reads(await manager(), 'Europe/Berlin')
    const found = await needs(db, context)
    assert.ok(found.length > 3)
    for (const { kind, count, link } of found) assert.equal(await opened(link, context), count, kind)
  })
  it('tells nobody of what they may not read', async () => {
    const stranger = { ...(await manager()), person: 999_999, roles: [] }
    assert.deepEqual(await needs(db, reads(stranger)), [])
  })
  it('gives the manager of the demonstration work of her own, and people who are away', async () => {
    const { mine, teams, away } = await work(db, await manager(), today)
    assert.ok(mine.filter(({ count }) => count > 0).length >= 2)
    assert.ok(mine.some(({ late }) => late > 0))
    for (const { label, count, late, link, lateLink } of [...mine, ...teams]) {
      assert.equal(await opened(link, reads(await manager())), count, label)
      assert.equal(await opened(lateLink, reads(await manager())), late, `${label}, late`)
    }
    assert.ok(away.filter(({ deputy }) => deputy !== null).length >= 1)
  })
})
