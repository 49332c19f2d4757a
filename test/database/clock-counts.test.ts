// The kept counts of clocks say what counting the table says, at every moment, whoever writes the clocks.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Database, Sql } from '#kit/database.ts'
import { join, raw, run, sql } from '#kit/sql.ts'
import { foldAllTallies, foldTallies } from '#kit/tally.ts'
import { withinOrganisation } from '#platform/tenant.ts'
import { readMigrations } from '#platform/migrations.ts'
import { countsBy, spanParts } from '../../src/domains/services/clock-counts.ts'
import type { Asked } from '../../src/domains/services/level-report.ts'
import { BY, clocksAsked, levelRows, monthsBetween } from '../../src/domains/services/level-report.ts'
import { migratedDatabase, source } from '../setup/migrated.ts'
import { WRONG_CLOCK_COUNTS } from '../setup/whole.ts'

const CLOCKS = ['resolution', 'firstResponse', 'team:5:resolution']
const FIRST = Date.parse('2025-11-20T00:00:00.000Z')
const LAST = Date.parse('2026-05-10T00:00:00.000Z')
const HOUR = 3_600_000

interface Row {
  org: number
  id: number
  name: string
  service: number | null
  priority: string | null
  agreement: number | null
  state: string
  at: string
}
/** Near midnights, near ends of months, anywhere; some long before everything else. */
const moment = fc
  .oneof(
    { weight: 8, arbitrary: fc.integer({ min: FIRST, max: LAST }) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 170 * 24 }), fc.constantFrom(-1, 0, 1))
        .map(([hour, more]) => FIRST + hour * HOUR + more),
    },
    { weight: 1, arbitrary: fc.constantFrom(Date.parse('1931-03-01T12:00:00Z'), Date.parse('2026-12-31T23:59:59Z')) },
  )
  .map((ms) => new Date(ms).toISOString())
const row = fc.record({
  org: fc.constantFrom(1, 2),
  id: fc.integer({ min: 1, max: 60 }),
  name: fc.constantFrom(...CLOCKS),
  service: fc.option(fc.integer({ min: 1, max: 4 })),
  priority: fc.option(fc.constantFrom('P1', 'P2', 'P3')),
  agreement: fc.option(fc.integer({ min: 9, max: 11 })),
  state: fc.constantFrom('met', 'breached', 'running', 'paused', 'stopped'),
  at: moment,
})
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), rows: fc.array(row, { maxLength: 25 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), like: row }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), like: row }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('copy' as const), rows: fc.array(row, { maxLength: 25 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), like: row }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
)
type Deed = { do: 'write' | 'copy'; rows: Row[] } | { do: 'change' | 'remove' | 'fail'; like: Row } | { do: 'fold' }
const question = fc.record({
  org: fc.constantFrom(1, 2),
  span: fc.tuple(moment, moment).filter(([from, to]) => from !== to),
  by: fc.constantFrom(...BY),
  clocks: fc.constantFrom(['resolution'], ['firstResponse'], CLOCKS, ['strange']),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'), // oxfmt-ignore
})

describe('kept counts of clocks', () => {
  let db: Database
  before(async () => {
    ;({ db } = await migratedDatabase())
    for (const org of [1, 2])
      await db.query('insert into organisation (id, name) values ($1, $2)', [org, `Organisation ${org}`])
    for (const org of [1, 2])
      for (const id of [1, 2, 3])
        await db.query(
          "insert into service (org, id, name, created_at, updated_at) values ($1, $2, $3, now(), now())", // oxfmt-ignore
          [org, id, `Service ${7 - id} of ${org}`],
        )
  })

  it('are what the table holds, after any writes and between folds', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 3, maxLength: 12 }),
        fc.array(question, { minLength: 4, maxLength: 4 }),
        async (deeds, questions) => {
          for (const one of deeds) await carryOut(one)
          for (const one of questions) await compare(db, askedOf(one))
        },
      ),
      { numRuns: 25, seed: 2026 },
    )
    await foldAllTallies(db, 100)
    assert.deepEqual(await db.query("select * from tally where by like 'clock/%' and n <= 0"), [], 'nothing is kept of what is gone') // oxfmt-ignore
    assert.deepEqual(await wrong(db), [])
  })

  it('are exact while others write and fold', { timeout: 600_000 }, async () => {
    const over = new AbortController()
    const others = [1, 2].map(async (org) => {
      for (const one of fc.sample(deed, { numRuns: 2_000, seed: org })) {
        if (over.signal.aborted) return
        await carryOut(one, org)
      }
    })
    try {
      for (const one of fc.sample(question, { numRuns: 40, seed: 3 }))
        await db.transaction(async (tx) => {
          await tx.query('set transaction isolation level repeatable read')
          await compare(tx, askedOf(one))
        })
    } finally {
      over.abort()
      await Promise.all(others)
    }
    assert.deepEqual(await wrong(db), [])
  })

  it('are kept by statements of requests too, and show an organisation its own alone', async () => {
    const asked = { org: 2, record: 'incident', clocks: ['resolution'] }
    const span = spanParts(Date.parse('2027-01-01'), Number.POSITIVE_INFINITY, Date.parse('2027-01-01'))
    const count = (): Promise<object[]> => run(db.reader, countsBy(asked, 'service', span))
    await withinOrganisation(2, () =>
      write(db, [
        { org: 2, id: 900, name: 'resolution', service: 1, priority: null, agreement: null, state: 'met', at: '2027-01-05T10:00:00.000Z' }, // oxfmt-ignore
      ]),
    )
    assert.deepEqual(await withinOrganisation(2, count), [{ key: '1', met: 1, breached: 0, running: 0 }])
    assert.deepEqual(await withinOrganisation(1, count), [])
    await foldAllTallies(db)
    assert.deepEqual(await withinOrganisation(2, count), [{ key: '1', met: 1, breached: 0, running: 0 }])
    assert.deepEqual(await withinOrganisation(1, count), [])
  })

  it('write nothing for a change of what is not counted', async () => {
    await foldAllTallies(db)
    await db.query("update clock set warned = 0.5, due_at = now(), state = case state when 'paused' then 'running' when 'running' then 'paused' else state end") // oxfmt-ignore
    const left = await db.query("select * from tally_delta where by like 'clock/%'")
    assert.deepEqual(left, [])
  })

  it('are made by the migration for the clocks of an older database', async () => {
    const text = readMigrations(source).find(({ name }) => name.endsWith('-clock-counts'))?.sql ?? ''
    assert.match(text, /insert into tally \(org/)
    const fill = text.slice(text.indexOf('insert into tally (org'))
    await foldAllTallies(db)
    const kept = (): Promise<object[]> =>
      db.query("select * from tally where by like 'clock/%' order by org, record, by, value")
    const before = await kept()
    assert.ok(before.length > 0)
    await db.query("delete from tally where by like 'clock/%'")
    await db.query(fill)
    assert.deepEqual(await kept(), before)
  })

  /** @param of writes for this organisation alone, so that two writers never wait for each other */
  async function carryOut(one: Deed, of: number | null = null): Promise<void> {
    const rows = 'rows' in one ? one.rows : 'like' in one ? [one.like] : []
    const mine = rows.map((row) => ({ ...row, org: of ?? row.org }))
    const [like] = mine
    switch (one.do) {
      case 'fold':
        return void (await Promise.all([foldTallies(db, 7), foldTallies(db)]))
      case 'write':
        return write(db, mine)
      case 'copy':
        await db.copyFrom('clock', COLUMNS, mine.map((row) => valuesOf({ ...row, id: (copied += 1) }))) // oxfmt-ignore
        return
      case 'change':
        return void (await run(
          db,
          sql`update clock set state = ${like?.state}, service = ${like?.service}, priority = ${like?.priority}, started_at = case when record_id % 2 = 0 then ${like?.at}::timestamptz else started_at end
            where org = ${like?.org} and name = ${like?.name} and record_id % 5 = ${(like?.id ?? 0) % 5}`,
        ))
      case 'remove':
        return void (await run(
          db,
          sql`delete from clock where org = ${like?.org} and record_id % 9 = ${(like?.id ?? 0) % 9}`,
        ))
      case 'fail':
        return db
          .transaction(async (tx) => {
            await write(tx, mine)
            throw new TypeError('rolled back')
          })
          .catch((error: unknown) => assert.ok(error instanceof TypeError, String(error)))
    }
  }
})

let copied = 1000
const COLUMNS = [
  'org',
  'record',
  'record_id',
  'name',
  'service',
  'priority',
  'agreement',
  'state',
  'started_at',
] as const
function valuesOf({ org, id, name, service, priority, agreement, state, at }: Row): unknown[] {
  return [org, 'incident', id, name, service, priority, agreement, state, at]
}
/** As the cache of clocks writes: what is there already is changed. */
async function write(on: Sql, rows: readonly Row[]): Promise<void> {
  const distinct = [...new Map(rows.map((row) => [`${row.org} ${row.id} ${row.name}`, row])).values()]
  if (distinct.length === 0) return
  const values = distinct.map((row) => sql`(${join(valuesOf(row).map((value) => sql`${value}`))})`)
  await run(
    on,
    sql`insert into clock (${raw(COLUMNS.join(', '))}) values ${join(values)} on conflict (org, record, record_id, name)
      do update set service = excluded.service, priority = excluded.priority, agreement = excluded.agreement, state = excluded.state, started_at = excluded.started_at`,
  )
}
function askedOf({
  org,
  span: [one, other],
  ...of
}: {
  org: number
  span: [string, string]
  by: Asked['by']
  clocks: string[]
  zone: string
}): Asked {
  const [from, to] = one < other ? [one, other] : [other, one]
  return { ...of, org, from, to, clock: 'all', record: 'incident' }
}
/** The report, and the same counted in the table. */
async function compare(on: Sql, asked: Asked): Promise<void> {
  const rows = await levelRows(on, asked)
  const shown = rows.map(({ key, label, met, breached, running }) => ({ key, label, met, breached, running }))
  assert.deepEqual(shown, await counted(on, asked), JSON.stringify(asked))
}
const COUNTS = raw(
  "count(*) filter (where state = 'met') as met, count(*) filter (where state = 'breached') as breached, count(*) filter (where state in ('running', 'paused')) as running",
)
async function counted(on: Sql, asked: Asked): Promise<object[]> {
  const { by, org } = asked
  if (by === 'month') {
    const found: object[] = []
    for (const { name, from, to } of monthsBetween(asked)) {
      const inside = sql`${clocksAsked(asked)} and started_at >= ${from}::timestamptz and started_at < ${to}::timestamptz`
      const rows = await run(
        on,
        sql`select ${name} as key, ${name} as label, c.* from (select ${COUNTS} from clock where ${inside}) c where met + breached + running > 0`,
      )
      found.push(...rows)
    }
    return found
  }
  const isNamed = by !== 'priority'
  const label = isNamed ? sql`(select n.name from ${raw(by)} n where n.org = ${org} and n.id = g.key)` : raw('g.key')
  return run(
    on,
    sql`select g.key::text, coalesce(${label}, 'none') as label, g.met, g.breached, g.running
      from (select ${raw(by)} as key, ${COUNTS} from clock where ${clocksAsked(asked)} group by 1) g order by ${isNamed ? sql`g.breached desc, ${label}, g.key` : raw('g.key')}`,
  )
}
/** Kept counts that counting does not find so. */
function wrong(on: Sql): Promise<object[]> {
  return on.query(WRONG_CLOCK_COUNTS)
}
