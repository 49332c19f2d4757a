/** What the desk's report counts, each by one index: a million incidents in a few tenths of a second. */
import type { Sql } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { Periods, Span } from './report-periods.ts'

/** Statuses in which an incident is still to be worked on. */
export const OPEN = ['new', 'assigned', 'working', 'waiting'] as const
/** Days; a backlog's bars lie between them. */
export const AGES = [1, 3, 7, 28] as const

/** Rows that are counted: those of the organisation that the reader may see, as a condition on the alias `t`. */
export interface Counted {
  readonly org: number
  readonly seen: Fragment
}

/** How many were opened in each period, by an index that holds none of the bin. */
export async function openedByPeriod(on: Sql, { org, seen }: Counted, { all, endsAt }: Periods): Promise<number[]> {
  const borders = all.map((one) => one.beginsAt)
  const rows = await run<{ period: number; n: number }>(
    on,
    sql`select width_bucket(opened_at, ${borders}::timestamptz[]) as period, count(*) as n from incident t
      where t.org = ${org} and t.binned_at is null and t.opened_at >= ${borders[0]}::timestamptz and t.opened_at < ${endsAt}::timestamptz and ${seen} group by 1`,
  )
  return all.map((_, index) => rows.find((row) => row.period === index + 1)?.n ?? 0)
}

export interface Resolved {
  /** Place of the period in the report, from 0. */
  readonly period: number
  /** How often passed on; 4 stands for four times or more. */
  readonly reassigned: number
  readonly isReopened: boolean
  readonly n: number
}
/** Resolved incidents by period, by how often they were passed on and whether they were reopened. */
export async function resolvedByPeriod(on: Sql, { org, seen }: Counted, { all, endsAt }: Periods): Promise<Resolved[]> {
  const borders = all.map((one) => one.beginsAt)
  return run<Resolved>(
    on,
    sql`select width_bucket(resolved_at, ${borders}::timestamptz[]) - 1 as period, least(coalesce(reassignment_count, 0), 4) as reassigned,
        coalesce(reopen_count, 0) > 0 as "isReopened", count(*) as n
      from incident t where t.org = ${org} and t.binned_at is null and t.resolved_at is not null and ${seen}
        and resolved_at >= ${borders[0]}::timestamptz and resolved_at < ${endsAt}::timestamptz group by 1, 2, 3`,
  )
}

/** How many are open now, by age: one count more than there are `AGES`, youngest first. */
export async function openByAge(
  on: Sql,
  { org, seen }: Counted,
  { now, zone }: Pick<Span, 'now' | 'zone'>,
): Promise<number[]> {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone)
  const borders = AGES.map((days) => here.subtract({ days }).toInstant().toString()).reverse()
  const rows = await run<{ age: number; n: number }>(
    on,
    sql`select ${AGES.length} - width_bucket(opened_at, ${borders}::timestamptz[]) as age, count(*) as n from incident t
      where t.org = ${org} and ${seen} and status = any(${[...OPEN]}) and status not in ('closed', 'cancelled') and binned_at is null and opened_at is not null group by 1`,
  )
  return [...AGES, null].map((_, index) => rows.find((row) => row.age === index)?.n ?? 0)
}

/** How many answers gave each score, from 1 to 5. */
export async function answersByScore(on: Sql, { org, seen }: Counted, { all, endsAt }: Periods): Promise<number[]> {
  const rows = await run<{ score: number; n: number }>(
    on,
    sql`select score, count(*) as n from survey t where t.org = ${org} and ${seen} and binned_at is null and status = 'answered' and score is not null
        and answered_at >= ${all[0]?.beginsAt}::timestamptz and answered_at < ${endsAt}::timestamptz group by score`,
  )
  return [1, 2, 3, 4, 5].map((score) => rows.find((row) => row.score === score)?.n ?? 0)
}
