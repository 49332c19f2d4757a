/** Figures: a count, a share, a sum, an average or the latest value of the rows of a source, beside the period before. */
import { say } from '#engines/say.ts'
import type { FilterField } from '#kit/condition.ts'
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

/**
 * One figure; of money one for each currency that there is, because amounts of several have no sum.
 * @throws a refusal for what cannot be read, or not by this reader
 */
export async function readFigures(reading: Reading, item: FigureBlock): Promise<Figure[]> {
  const record = recordOf(reading, item.source)
  const money = moneyOf(reading, record, item)
  // What is as it is now has no period before.
  const isCompared = item.source.when !== null
  if (money === null) {
    const value = await valueOver(reading, { record, item, span: reading.span })
    const before = isCompared ? await valueOver(reading, { record, item, span: reading.before }) : null
    return [figureOf(reading, item, { value, before, unit: unitOf(reading, record, item) })]
  }
  const now = await amountsOver(reading, money, { record, item, span: reading.span })
  const then = isCompared
    ? await amountsOver(reading, money, { record, item, span: reading.before })
    : new Map<string, number>()
  const currencies = [...new Set([...now.keys(), ...then.keys()])].toSorted((a, b) => (a < b ? -1 : 1))
  if (currencies.length === 0) return [figureOf(reading, item, { value: null, before: null, unit: 'money:' })]
  return currencies.map((currency) => {
    const [value, before] = [now.get(currency) ?? null, then.get(currency) ?? null]
    const figure = figureOf(reading, item, { value, before, unit: `money:${currency}` })
    return { ...figure, id: `${item.id}:${currency}`, label: `${item.label} (${currency})` }
  })
}
function figureOf(
  { span }: Reading,
  item: FigureBlock,
  { value, before, unit }: Pick<Figure, 'value' | 'before' | 'unit'>,
): Figure {
  const { id, label, better, threshold } = item
  const change = changeOf(value, before, item.measure.kind === 'share')
  return {
    id,
    label,
    value,
    before,
    change,
    isBeyond: isBeyond({ value, before, change, threshold }),
    better,
    threshold,
    unit,
    list: { record: item.source.record, filter: listOf(item, span) },
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
/** The columns of a field of money; null where something else is measured. */
function moneyOf(reading: Reading, record: RecordType, { measure }: FigureBlock): FilterField | null {
  if (measure.kind === 'count' || measure.kind === 'share') return null
  const found = filterField(reading.context, record, measure.field)
  return found?.field.kind === 'money' ? found : null
}
/** In the smallest unit of each currency. */
async function amountsOver(
  reading: Reading,
  { column, beside }: FilterField,
  { record, item, span }: Asked,
): Promise<Map<string, number>> {
  const { measure, source } = item
  const where = await whereOf(reading, record, filterOver(source, span))
  await reading.inTime()
  const currency = beside ?? raw('null')
  const from = sql`from ${raw(record.table)} t where ${where} and ${column} is not null and ${currency} is not null`
  const rows = await run<{ currency: string; value: number }>(
    reading.on,
    measure.kind === 'latest'
      ? sql`select distinct on (${currency}) ${currency} as currency, ${column}::float8 as value ${from} order by ${currency}, ${timeColumn(reading, record, source.when)} desc, t.id desc`
      : sql`select ${currency} as currency, ${raw(measure.kind === 'sum' ? 'sum' : 'avg')}(${column})::float8 as value ${from} group by ${currency}`,
  )
  return new Map(rows.map(({ currency: name, value }) => [name, Math.round(value)]))
}
async function one({ on, inTime }: Reading, statement: Fragment): Promise<number | null> {
  await inTime()
  const rows = await run<{ value: number | null }>(on, statement)
  return rows[0]?.value ?? null
}
function numberColumn(reading: Reading, record: RecordType, name: string): Fragment {
  const found = filterField(reading.context, record, name)
  if (found === null || (found.field.kind !== 'number' && found.field.kind !== 'duration'))
    throw badRequest(say`"${name}" is no number. Choose a field that holds numbers, lengths of time or money.`)
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
