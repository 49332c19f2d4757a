/** Measures: computed numbers with their evidence, written once a day, and the standing that follows from target and limit. */
import { system } from './actor.ts'
import type { Draft } from './record.ts'
import { measure, measurement } from './records/steering.ts'
import { run, sql } from './sql.ts'
import type { Store } from './store.ts'

export type Standing = 'good' | 'watch' | 'bad'
/** A day of an organisation: it begins and ends in the organisation's zone. */
export interface MeasuredDay {
  /** 2026-11-21. */
  readonly on: string
  readonly zone: string
}
/** How a measure of ours is computed. The list behind it opens its evidence. */
export interface MeasureSource {
  readonly source: string
  readonly declares: Draft<typeof measure>
  /** The value on a day from everything up to its end; null when there is no evidence. */
  readonly compute: (
    store: Store,
    org: number,
    day: string,
  ) => Promise<{ value: number; evidence: number; list: string } | null>
  /** The address of the list that a value of that day was computed from. */
  readonly list: (day: MeasuredDay) => string
}
export interface Bounds {
  readonly better: 'higher' | 'lower'
  readonly target: number
  readonly limit: number
}

export function standingOf(value: number, { better, target, limit }: Bounds): Standing {
  const isReached = better === 'higher' ? value >= target : value <= target
  const isMissed = better === 'higher' ? value < limit : value > limit
  return isReached ? 'good' : isMissed ? 'bad' : 'watch'
}
/** 0 to 100: the target gives 100, the limit 50; between and beyond it goes in a straight line. */
export function scoreOf(value: number, { better, target, limit }: Bounds): number {
  const span = better === 'higher' ? target - limit : limit - target
  const above = better === 'higher' ? value - limit : limit - value
  const score = span <= 0 ? (above >= 0 ? 100 : 0) : 50 + (50 * above) / span
  return Math.round(Math.min(100, Math.max(0, score)))
}

/** Takes every source's value of the day for every organisation; a second run on the same day brings it up to date. */
export async function measureAll(store: Store, sources: readonly MeasureSource[], request: string): Promise<void> {
  const orgs = await run<{ id: number; time_zone: string }>(
    store.db,
    sql`select id, time_zone from organisation order by id`,
  )
  for (const org of orgs) {
    const day = Temporal.Instant.from(store.now()).toZonedDateTimeISO(org.time_zone).toPlainDate().toString()
    for (const source of sources) await measureOne(store, source, { org: org.id, day, request })
  }
}
async function measureOne(
  store: Store,
  source: MeasureSource,
  { org, day, request }: { org: number; day: string; request: string },
): Promise<void> {
  const actor = system(org, request, 'rule')
  const found = await source.compute(store, org, day)
  const known = await run<{ id: number; better: 'higher' | 'lower'; target: number; limit: number }>(
    store.db,
    sql`select id, better, target, limit_ as "limit" from measure where org = ${org} and source = ${source.source} and binned_at is null order by id limit 1`,
  )
  if (known[0] === undefined && found === null) return
  const bounds = known[0] ?? { ...(await declare(store, source, actor)) }
  if (found === null) return
  const value = Math.round(found.value * 100) / 100
  const said = { value, evidence: found.evidence, list: found.list }
  const today = await run<{ id: number; value: number; evidence: number }>(
    store.db,
    sql`select id, value, evidence from measurement where org = ${org} and measure = ${bounds.id} and on_ = ${day}::date and binned_at is null`,
  )
  const earlier = today[0]
  if (earlier === undefined) await store.create(actor, measurement, { measure: { id: bounds.id }, on: day, ...said })
  else await store.change(actor, measurement, { id: earlier.id, rev: null }, said)
  await store.change(
    actor,
    measure,
    { id: bounds.id, rev: null },
    { latest: value, latestOn: day, standing: standingOf(value, bounds) },
    { trusted: true },
  )
}
async function declare(
  store: Store,
  source: MeasureSource,
  actor: ReturnType<typeof system>,
): Promise<Bounds & { id: number }> {
  const row = await store.create(actor, measure, { ...source.declares, source: source.source }, { trusted: true })
  return {
    id: row.id,
    better: row['better'] === 'lower' ? 'lower' : 'higher',
    target: Number(row['target']),
    limit: Number(row['limit']),
  }
}
