/** Figures: a count, a share, a sum, an average or the latest value of the rows of a source, beside the period before. */
import { say } from '#engines/say.ts'
import { conditions, filterField } from '#kit/condition.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { badRequest } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, raw, run, sql } from '#kit/sql.ts'
import type { FigureBlock } from './blocks.ts'
import type { Figure } from './page.ts'
import type { Span } from './periods.ts'
import type { Reading } from './reading.ts'
import { filterOver, neededField, recordOf, whereOf } from './reading.ts'

/** @throws a refusal for what cannot be read, or not by this reader */
export async function readFigure(reading: Reading, item: FigureBlock): Promise<Figure> {
  const record = recordOf(reading, item.source)
  const value = await valueOver(reading, { record, item, span: reading.span })
  // What is as it is now has no period before.
  const before = item.source.when === null ? null : await valueOver(reading, { record, item, span: reading.before })
  const change = changeOf(value, before, item.measure.kind === 'share')
  return {
    id: item.id,
    label: item.label,
    value,
    before,
    change,
    isBeyond: isBeyond({ value, before, change, threshold: item.threshold }),
    better: item.better,
    threshold: item.threshold,
    unit: unitOf(reading, record, item),
    list: { record: record.name, filter: listOf(item, reading.span) },
    comment: null,
  }
}

/** In percent of the value before, one decimal; of a share in percentage points. */
export function changeOf(value: number | null, before: number | null, isShare: boolean): number | null {
  if (value === null || before === null) return null
  if (isShare) return rounded((value - before) * 100, 1)
  if (before === 0) return value === 0 ? 0 : null
  return rounded(((value - before) / Math.abs(before)) * 100, 1)
}
/** From nothing to something is beyond every threshold: there is no percentage of it. */
export function isBeyond(of: {
  value: number | null
  before: number | null
  change: number | null
  threshold: number | null
}): boolean {
  if (of.threshold === null || of.value === null || of.before === null) return false
  return of.change === null ? of.value !== of.before : of.change !== 0 && Math.abs(of.change) >= of.threshold
}

interface Asked {
  readonly record: RecordType
  readonly item: FigureBlock
  readonly span: Span
}
async function valueOver(reading: Reading, { record, item, span }: Asked): Promise<number | null> {
  const { measure, source } = item
  const where = await whereOf(reading, record, filterOver(source, span))
  const from = sql`from ${raw(record.table)} t where ${where}`
  if (measure.kind === 'count') return one(reading, sql`select count(*)::float8 as value ${from}`)
  if (measure.kind === 'share') {
    await refuseStrangeNames(reading.on, reading.context, record, measure.of)
    const part = all(conditions(reading.context, record, measure.of))
    const share = await one(reading, sql`select count(*) filter (where ${part})::float8 / nullif(count(*), 0) as value ${from}`) // oxfmt-ignore
    return share === null ? null : rounded(share, 4)
  }
  const column = numberColumn(reading, record, measure.field)
  const value = await one(
    reading,
    measure.kind === 'latest'
      ? sql`select ${column}::float8 as value ${from} order by ${timeColumn(reading, record, source.when)} desc, t.id desc limit 1`
      : sql`select ${raw(measure.kind === 'sum' ? 'sum' : 'avg')}(${column})::float8 as value ${from}`,
  )
  return value === null ? null : rounded(value, 2)
}
async function one({ on, inTime }: Reading, statement: Fragment): Promise<number | null> {
  await inTime()
  const rows = await run<{ value: number | null }>(on, statement)
  return rows[0]?.value ?? null
}
function numberColumn(reading: Reading, record: RecordType, name: string): Fragment {
  const found = filterField(reading.context, record, name)
  if (found === null || (found.field.kind !== 'number' && found.field.kind !== 'duration'))
    throw badRequest(say`"${name}" is no number. Choose a field that holds numbers or lengths of time.`)
  return found.column
}
function timeColumn(reading: Reading, record: RecordType, when: string | null): Fragment {
  return (when === null ? null : filterField(reading.context, record, when)?.column) ?? raw('t.id')
}
function unitOf(reading: Reading, record: RecordType, { measure }: FigureBlock): string {
  if (measure.kind === 'count') return 'count'
  if (measure.kind === 'share') return 'share'
  const field = neededField(reading, record, measure.field)
  return field.kind === 'duration' ? 'minutes' : (field.unit ?? '')
}
function listOf({ measure, source }: FigureBlock, span: Span): string {
  const filter = filterOver(source, span)
  return measure.kind === 'share' ? `${filter} ${measure.of}`.trim() : filter
}
function rounded(value: number, digits: number): number {
  const by = 10 ** digits
  return Math.round(value * by) / by + 0 // no negative zero
}
