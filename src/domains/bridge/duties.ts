/** The twelve duties with their standing from measures; without measures there is no evidence yet, and it says so. */
import { said } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Standing } from '#kit/measure.ts'
import { scoreOf } from '#kit/measure.ts'
import { DUTIES } from '#kit/records/steering.ts'
import { run, sql } from '#kit/sql.ts'

export interface DutyMeasure {
  readonly id: number
  readonly name: string
  /** What is counted, and by which day; empty when nobody wrote it. */
  readonly definition: string
  readonly value: number
  readonly unit: string
  readonly target: number
  readonly limit: number
  readonly standing: Standing
  readonly score: number
  readonly on: string
  readonly evidence: number
  /** The list of the records behind it. */
  readonly list: string | null
  /** Values of the last months, oldest first. */
  readonly trend: readonly number[]
}
export interface Duty {
  readonly duty: string
  readonly label: string
  /** Null: no evidence yet. */
  readonly score: number | null
  readonly standing: Standing | null
  /** Points gained or lost against a month ago; null without an older value. */
  readonly change: number | null
  readonly evidence: number
  readonly measures: readonly DutyMeasure[]
}
interface Row {
  readonly id: number
  readonly name: string
  readonly definition: string | null
  readonly duty: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
  readonly target: number
  readonly limit: number
  readonly standing: Standing
  readonly latest: number
  readonly latest_on: string
  readonly evidence: number | null
  readonly list: string | null
  readonly trend: readonly number[] | null
  readonly before: number | null
}

export async function duties(on: Sql, actor: Actor): Promise<Duty[]> {
  const rows = await run<Row>(
    on,
    sql`select m.id, m.name, m.definition, m.duty, m.unit, m.better, m.target, m.limit_ as "limit", m.standing, m.latest, m.latest_on, v.evidence::integer, v.list, h.trend,
      (select b.value from measurement b where b.org = m.org and b.measure = m.id and b.binned_at is null and b.on_ <= m.latest_on - 28 order by b.on_ desc limit 1) as before
    from measure m
    left join measurement v on v.org = m.org and v.measure = m.id and v.on_ = m.latest_on and v.binned_at is null
    left join lateral (select array_agg(x.value order by x.on_) as trend from (select t.value, t.on_ from measurement t where t.org = m.org and t.measure = m.id and t.binned_at is null order by t.on_ desc limit 24) x) h on true
    where m.org = ${actor.org} and m.binned_at is null and m.latest is not null order by m.id`,
  )
  return DUTIES.map(({ value, label }) =>
    duty(
      value,
      label,
      rows.filter((row) => row.duty === value),
    ),
  )
}

function duty(value: string, label: string, rows: readonly Row[]): Duty {
  const measures = rows.map((row) => ({
    id: row.id,
    name: said(row.name),
    definition: said(row.definition ?? ''),
    value: row.latest,
    unit: row.unit,
    target: row.target,
    limit: row.limit,
    standing: row.standing,
    score: scoreOf(row.latest, row),
    on: row.latest_on,
    evidence: row.evidence ?? 0,
    list: row.list,
    trend: row.trend ?? [],
  }))
  const score = mean(measures.map((one) => one.score))
  // Like with like: what is measured only since then has moved nothing.
  const then = rows.flatMap((row) => (row.before === null ? [] : [{ now: scoreOf(row.latest, row), before: scoreOf(row.before, row) }])) // oxfmt-ignore
  const [later, earlier] = [mean(then.map((one) => one.now)), mean(then.map((one) => one.before))]
  return {
    duty: value,
    label,
    score,
    standing: worst(measures.map((one) => one.standing)),
    change: later === null || earlier === null ? null : later - earlier,
    evidence: measures.reduce((sum, one) => sum + one.evidence, 0),
    measures,
  }
}
function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
}
function worst(standings: readonly Standing[]): Standing | null {
  return (['bad', 'watch', 'good'] as const).find((standing) => standings.includes(standing)) ?? null
}
