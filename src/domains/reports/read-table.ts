/** A table: the first rows of a source with the columns that the reader may know of, and how many there are in all. */
import { filterField } from '#kit/condition.ts'
import { labelOf } from '#kit/field.ts'
import type { Field } from '#kit/field.ts'
import { list } from '#kit/list.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { TableBlock } from './blocks.ts'
import { knownField } from './needs.ts'
import type { Cell, Column, TablePart } from './page.ts'
import type { Reading } from './reading.ts'
import { countOf, filterOver, listBehind, recordOf, whereOf } from './reading.ts'

/** @throws a refusal for what cannot be read, or not by this reader */
export async function readTable(reading: Reading, block: TableBlock): Promise<TablePart> {
  const record = recordOf(reading, block.source)
  const filter = filterOver(block.source, reading.span)
  await whereOf(reading, record, filter)
  const shown = columnsFor(reading, record, block.columns)
  await reading.inTime()
  const page = await list(reading.on, reading.context, record, {
    filter,
    limit: block.limit,
    fields: shown.map(({ name }) => name),
    ...(block.sort === '' ? {} : { sort: block.sort }),
  })
  return {
    kind: 'table',
    id: block.id,
    title: block.title,
    columns: shown.map(({ column }) => column),
    rows: page.items.map((row) => ({ number: row.number, cells: shown.map(({ name }) => cellOf(row, name)) })),
    total: page.next === null ? page.items.length : await countOf(reading, record, filter),
    ...(await sumsOf(reading, record, { filter, shown })),
    list: listBehind(block.source, reading.span),
  }
}
/** Each column of money over all rows, currency by currency: never across. */
async function sumsOf(
  reading: Reading,
  record: RecordType,
  { filter, shown }: { filter: string; shown: readonly { name: string; column: Column }[] },
): Promise<Pick<TablePart, 'sums'>> {
  const sums: NonNullable<TablePart['sums']> = []
  for (const { name, column } of shown.filter((one) => one.column.kind === 'money')) {
    const found = filterField(reading.context, record, name)
    if (found === null || found.beside === null) continue
    const where = await whereOf(reading, record, filter)
    await reading.inTime()
    const amounts = await run<{ minor: number; currency: string }>(
      reading.on,
      sql`select sum(${found.column})::float8 as minor, ${found.beside} as currency from ${raw(record.table)} t where ${where} and ${found.column} is not null and ${found.beside} is not null group by 2 order by 2`,
    )
    if (amounts.length > 0) sums.push({ column: column.name, amounts })
  }
  return sums.length === 0 ? {} : { sums }
}
/** A field that does not exist for the reader is left out without a word, as in lists. */
function columnsFor(
  { context }: Reading,
  record: RecordType,
  names: readonly string[],
): { name: string; column: Column }[] {
  return [...new Set(names)].flatMap((name) => {
    if (name === 'number' || name === 'id') return [{ name: 'number', column: NUMBER }]
    const field = knownField(context.catalogue, context.actor, record, name)
    return field === null || field.kind === 'json' ? [] : [{ name, column: columnOf(name, field) }]
  })
}
const NUMBER: Column = { name: 'number', label: 'Number', kind: 'text', unit: null, options: [] }
function columnOf(name: string, field: Field): Column {
  return {
    name,
    label: field.label ?? labelOf(name.replace(/^custom\./, '')),
    kind: field.kind,
    unit: field.unit ?? null,
    options: (field.options ?? []).map(({ value, label }) => ({ value, label })),
  }
}
function cellOf(row: AnyRow, name: string): Cell {
  const value = Object.hasOwn(row, name) ? row[name] : row.custom[name.replace(/^custom\./, '')]
  return Array.isArray(value) ? value.flatMap((one: unknown) => named(one)) : plain(value)
}
type Plain = Exclude<Cell, readonly unknown[]>
/** Of several: references and words. */
function named(value: unknown): Extract<Plain, string | { number: string }>[] {
  const one = plain(value)
  return typeof one === 'string' || (typeof one === 'object' && one !== null && 'number' in one) ? [one] : []
}
function plain(value: unknown): Plain {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if ('minor' in value && 'currency' in value) return { minor: Number(value.minor), currency: String(value.currency) }
  if ('number' in value && 'title' in value) return { number: String(value.number), title: String(value.title) }
  return null
}
