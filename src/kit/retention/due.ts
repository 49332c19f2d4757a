/** Rows whose time is over, as a condition on the table alias `t`. */
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, raw, sql } from '#kit/sql.ts'
import type { Rule } from './rules.ts'
import { dueBefore } from './rules.ts'

/** Work that is not over is never due. Null when the rule keeps everything. */
export function isDue(record: RecordType, rule: Rule, now: string): Fragment | null {
  if (rule.keep === null) return null
  const before = dueBefore(rule.keep, now)
  const kind = record.fields[rule.clock]?.kind
  const clock = raw(`t.${snake(rule.clock)}`)
  const isOver = kind === 'day' ? sql`${clock} < ${before.slice(0, 10)}::date` : sql`${clock} < ${before}::timestamptz`
  const { flow } = record
  return all([
    raw('t.binned_at is null'),
    isOver,
    ...(flow === null || flow.ends.length === 0
      ? []
      : [sql`${raw(`t.${snake(flow.field)}`)} = any(${flow.ends}::text[])`]),
    ...(rule.end === 'anonymise' ? [isWithPeople(record)] : []),
  ])
}
/** What lay in the bin before there were rules begins its time with the first of them. */
const SINCE = `coalesce((select m.at from schema_migration m where m.name = 'kit/20261122-0004-retention'), t.binned_at)`
/** Rows that have lain in the bin for long enough. */
export function isBinDue(rule: Rule, now: string): Fragment | null {
  if (rule.binKeep === null) return null
  return sql`t.binned_at is not null and greatest(t.binned_at, ${raw(SINCE)}) < ${dueBefore(rule.binKeep, now)}::timestamptz`
}
function isWithPeople(record: RecordType): Fragment {
  return sql`not exists (select from anonymised_row a where a.org = t.org and a.record = ${record.name} and a.id = t.id)`
}
