/** The watch over clocks: finds those whose next moment has come, draws the consequences once, and keeps levels right. */
import { system } from '#kit/actor.ts'
import type { ClockType } from '#kit/clock.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { clockedRecords } from './clock-reaction.ts'
import type { ClockState, Recomputed } from './clock-cache.ts'
import { momentsDue, recompute } from './clock-cache.ts'
import type { Reached } from './clock-warnings.ts'
import { tellReached } from './clock-warnings.ts'
import type { Step } from './escalations.ts'
import { takeSteps } from './escalations.ts'

export interface WatchParts {
  readonly store: Store
  readonly clocks: readonly ClockType[]
}
export interface Watched {
  readonly clocks: number
  readonly notices: number
  readonly actions: number
}
const AT_ONCE = 500
const LOCK = 730_073_021

/**
 * Looks at every clock whose moment lies at or before `now` (ISO). What was done is kept in the same transaction as its
 * effects, so it may run twice, at once, or late. Five hundred clocks at a time.
 */
export async function clockWatch(parts: WatchParts, now: string): Promise<Watched> {
  const orgs = await run<{ org: number }>(
    parts.store.db,
    sql`select o.id as org from organisation o where exists (select from clock c where c.org = o.id and c.warn_at <= ${now}::timestamptz)`,
  )
  const rounds: Watched[] = []
  for (const { org } of orgs)
    for (const record of clockedRecords(parts.clocks)) rounds.push(...(await watchAll(parts, { org, record, now })))
  const sum = (key: keyof Watched): number => rounds.reduce((total, round) => total + round[key], 0)
  return { clocks: sum('clocks'), notices: sum('notices'), actions: sum('actions') }
}
async function watchAll(parts: WatchParts, of: Round): Promise<Watched[]> {
  const rounds: Watched[] = []
  do rounds.push(await watchSome(parts, of))
  while ((rounds.at(-1)?.clocks ?? 0) >= AT_ONCE)
  return rounds
}

interface Round {
  readonly org: number
  readonly record: RecordType
  readonly now: string
}
async function watchSome({ store, clocks }: WatchParts, { org, record, now }: Round): Promise<Watched> {
  const actor = system(org, `clock-watch ${now}`, 'rule')
  return store.transaction(actor, async (unit) => {
    // One watch at a time: another node that finds the lock taken leaves the work to its holder.
    const locks = await run<{ taken: boolean }>(
      unit.on,
      sql`select pg_try_advisory_xact_lock(${LOCK}, ${org}) as taken`,
    )
    if (locks[0]?.taken !== true) return { clocks: 0, notices: 0, actions: 0 }
    const due = await run<{ id: number }>(
      unit.on,
      sql`select record_id as id from clock where org = ${org} and record = ${record.name} and warn_at <= ${now}::timestamptz order by warn_at limit ${AT_ONCE}`,
    )
    if (due.length === 0) return { clocks: 0, notices: 0, actions: 0 }
    const nowMs = Date.parse(now)
    const ids = [...new Set(due.map((row) => row.id))].sort((a, b) => a - b)
    const found = await recompute(
      { db: store.db, on: unit.on, org, catalogue: store.catalogue, record, clocks, nowMs },
      ids,
    )
    const { steps, reached } = await noteSteps(unit, { org, record, nowMs, found })
    await tellReached({ store, clocks, on: unit.on, org, record }, reached)
    const taken =
      steps.length === 0 ? { notices: 0, actions: 0 } : await takeSteps(store, actor, { unit, record, steps })
    for (const id of ids) unit.touched.push([record.name, id])
    return { clocks: due.length, notices: taken.notices, actions: taken.actions }
  })
}

/** Writes down up to where each clock's steps are taken, and returns the steps and the parts of time that are reached. */
async function noteSteps(
  unit: Unit,
  { org, record, nowMs, found }: { org: number; record: RecordType; nowMs: number; found: Recomputed },
): Promise<{ steps: Step[]; reached: Reached[] }> {
  const rows = new Map(found.rows.map((row) => [row.id, row]))
  const marks: { state: ClockState; warned: number; next: string | null }[] = []
  const steps: Step[] = []
  const reached: Reached[] = []
  for (const state of found.states) {
    const moments = momentsDue(state, nowMs)
    const last = moments.at(-1)
    const row = rows.get(state.recordId)
    if (last === undefined || row === undefined) continue
    marks.push({ state, warned: last.fraction, next: nextAfter(state, last.fraction) })
    reached.push({ row, state, fractions: moments.map(({ fraction }) => fraction) })
    steps.push(
      ...moments.flatMap(({ fraction, atMs }) =>
        state.clock.target.escalations
          .filter((one) => one.at === fraction)
          .map((escalation): Step => ({ row, state, escalation, atMs })),
      ),
    )
  }
  if (marks.length > 0) {
    await run(
      unit.on,
      sql`update clock c set warned = v.warned, warn_at = v.next
      from unnest(${marks.map(({ state }) => state.recordId)}::bigint[], ${marks.map(({ state }) => state.name)}::text[], ${marks.map(({ warned }) => warned)}::real[], ${marks.map(({ next }) => next)}::timestamptz[]) v (id, name, warned, next)
      where c.org = ${org} and c.record = ${record.name} and c.record_id = v.id and c.name = v.name`,
    )
  }
  return { steps, reached }
}
function nextAfter(state: ClockState, fraction: number): string | null {
  if (state.stoppedMs !== null || state.state === 'paused') return null
  const next = state.moments.find((moment) => moment.fraction > fraction + 1e-6)
  return next === undefined ? null : new Date(next.fraction >= 1 ? next.atMs + 1 : next.atMs).toISOString()
}
