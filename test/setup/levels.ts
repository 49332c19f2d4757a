// A real store whose time the test sets, with a calendar, a team, people and a service: the ground for service levels.
import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import { react } from '#kit/reaction.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { allRules, newCatalogue } from '#app'
import { incident } from '#desk'
import { personRecord, team, unit } from '#people'
import { agreement, calendar, service, target } from '#services'
import { incidentClocks } from '../../src/domains/desk/incident-clocks.ts'
import { redate, serviceLevelReaction } from '../../src/domains/services/clock-reaction.ts'
import { clockWatch } from '../../src/domains/services/clock-watch.ts'
import type { Watched } from '../../src/domains/services/clock-watch.ts'
import { graphReaction } from '../../src/domains/services/graph.ts'
import { clocksOf } from '../../src/domains/services/clocks-of.ts'
import type { ClockInfo } from '#kit/clock.ts'
import { migratedDatabase } from './migrated.ts'

export const WEEK = {
  mon: [['09:00', '17:00']],
  tue: [['09:00', '17:00']],
  wed: [['09:00', '17:00']],
  thu: [['09:00', '17:00']],
  fri: [['09:00', '17:00']],
}

export interface Levels {
  store: Store
  actor: Actor
  /** Organisations whose open work was asked to be re-dated and is not yet. */
  asked: number[]
  /** Moves the clock of the store. */
  at(instant: string): void
  add(record: Parameters<Store['create']>[1], draft: Record<string, unknown>): Promise<AnyRow>
  move(of: AnyRow, move: string, input?: Record<string, unknown>): Promise<AnyRow>
  change(record: Parameters<Store['create']>[1], of: AnyRow, patch: Record<string, unknown>): Promise<AnyRow>
  /** Lets the reactions catch up, and does the jobs it sent. */
  settle(): Promise<void>
  clocks(of: AnyRow): Promise<Map<string, ClockInfo>>
  watch(instant: string): Promise<Watched>
  close(): Promise<void>
}

/** Begins on Monday 2 November 2026 at 09:00 in Berlin. */
export async function openLevels(): Promise<Levels> {
  const { db, close } = await migratedDatabase()
  for (const month of ['2026-10-01', '2026-11-01', '2026-12-01'])
    await db.query('select journal_partition($1::date)', [month])
  await db.query(
    "insert into organisation (id, name, time_zone) values (1, 'Harbour Works', 'Europe/Berlin') on conflict do nothing",
  )
  let now = '2026-11-02T08:00:00.000Z'
  const store = new Store({ db, catalogue: newCatalogue(), now: () => now, rules: allRules(), onCommit: () => {} })
  const actor = system(1, 'test')
  const asked: number[] = []
  const jobs = {
    send: async (_: unknown, __: string, data: Readonly<Record<string, unknown>>): Promise<string> =>
      String(asked.push(Number(data['org']))),
  }
  const reactions = [serviceLevelReaction({ store, clocks: incidentClocks, jobs }), graphReaction]
  return {
    store,
    actor,
    asked,
    close,
    at: (instant) => void (now = instant),
    add: (record, draft) => store.create(actor, record, draft, { trusted: true }),
    move: (of, move, input = {}) => store.move(actor, incident, { id: of.id, rev: null, move }, input),
    change: (record, of, patch) => store.change(actor, record, { id: of.id, rev: null }, patch, { trusted: true }),
    settle: async () => {
      // Another test's open transaction on the same server holds a reaction back for a moment.
      for (const reaction of reactions)
        for (let isBehind = true; isBehind; isBehind = await lagsBehind(store, reaction.name))
          if ((await react(db, reaction)) === 0) await sleep(10)
      for (const org of asked.splice(0)) await redate({ store, clocks: incidentClocks }, org)
    },
    clocks: async (of) => {
      const row = await store.get(actor, incident, of.id)
      const found = await clocksOf(store, incidentClocks, actor, { record: incident, rows: [row] })
      return new Map((found.get(of.id) ?? []).map((clock) => [clock.name, clock]))
    },
    watch: (instant) => {
      now = instant
      return clockWatch({ store, clocks: incidentClocks }, instant)
    },
  }
}

async function lagsBehind(store: Store, name: string): Promise<boolean> {
  const rows = await run(
    store.db,
    sql`select 1 from journal j, reaction_cursor c where c.name = ${name} and (j.xid, j.id) > (c.xid, c.id) limit 1`,
  )
  return rows.length > 0
}

export interface Ground {
  hours: AnyRow
  desk: AnyRow
  second: AnyRow
  anna: AnyRow
  bert: AnyRow
  erp: AnyRow
  company: AnyRow
  plant: AnyRow
}
export async function ground({ add, store, actor }: Levels): Promise<Ground> {
  const company = await add(unit, { name: 'Harbour Works', kind: 'company' })
  const plant = await add(unit, { name: 'Plant 1', kind: 'site', parent: company.id })
  const anna = await add(personRecord, { name: 'Anna Agent', unit: plant.id })
  const bert = await add(personRecord, { name: 'Bert Boss' })
  const hours = await add(calendar, { name: 'Office hours', timeZone: 'Europe/Berlin', definition: { hours: WEEK } })
  const desk = await add(team, { name: 'Service desk', lead: bert.id, members: [anna.id] })
  const second = await add(team, { name: 'Second line', lead: bert.id })
  const planned = await add(service, { name: 'ERP', kind: 'business', owner: bert.id })
  const erp = await store.move(actor, service, { id: planned.id, rev: null, move: 'launch' }, {})
  return { company, plant, anna, bert, hours, desk, second, erp }
}

/** An agreement with one target; `more` goes into the agreement, `terms` into the target. */
export async function promise(
  { add }: Levels,
  hours: AnyRow,
  more: Record<string, unknown>,
  terms: Record<string, unknown>,
): Promise<{ sla: AnyRow; tgt: AnyRow }> {
  const sla = await add(agreement, { calendar: hours.id, ...more })
  const tgt = await add(target, { agreement: sla.id, clock: 'resolution', ...terms })
  return { sla, tgt }
}

export interface KeptClock {
  name: string
  state: string
  due_at: string | null
  agreement: number
  warned: number
}
export function keptClocks({ store }: Levels, of: AnyRow): Promise<KeptClock[]> {
  return run<KeptClock>(
    store.db,
    sql`select name, state, due_at, agreement, warned from clock where org = 1 and record = 'incident' and record_id = ${of.id} order by name`,
  )
}
