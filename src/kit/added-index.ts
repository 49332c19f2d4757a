/** Indexes of added fields: the order that lists are sorted by, and what references are found by. Made while people work. */
import { createHash } from 'node:crypto'
import type { AddedField } from './added.ts'
import { addedColumn } from './added-column.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import type { RecordType } from './record.ts'
import { addedSort, hasOrder } from './sort-keys.ts'
import type { Fragment } from './sql.ts'
import { raw, run, sql } from './sql.ts'

export interface AddedIndex {
  readonly name: string
  readonly statement: string
}
/** A web address can be longer than a row of an index. */
export function hasIndexOrder(field: AddedField): boolean {
  return hasOrder(field) && field.kind !== 'url'
}

/**
 * The index of a field of this organisation alone; null when it has none. That of a reference holds all rows: the planner
 * takes no notice of how often values come in an index with a condition, and would walk all rows for a rare one (2,300 ms
 * against 3 in a million); reading a reference never fails, whatever another organisation keeps under the name. Its name changes with what it holds, so that a
 * choice whose options change gets another one.
 */
export function addedIndex(
  record: RecordType,
  org: number,
  of: { readonly id: number; readonly name: string; readonly field: AddedField; readonly isSorted: boolean },
): AddedIndex | null {
  const columns = indexColumns(of)
  if (columns === null) return null
  const text = columns.map(({ parts }) => parts.join('').replaceAll('t.custom', 'custom'))
  const parts = text.map((one) => `(${one})`).join(', ')
  const isReference = of.field.to !== undefined || of.field.kind === 'any'
  const body = isReference ? `(org, ${parts}, id)` : `(${parts}, id) where org = ${org}`
  const name = `added_${org}_${of.id}_${createHash('sha256').update(body).digest('hex').slice(0, 12)}`
  return { name, statement: `create index concurrently ${name} on ${record.table} ${body}` }
}
function indexColumns(of: { name: string; field: AddedField; isSorted: boolean }): Fragment[] | null {
  const { column, beside } = addedColumn(of.name, of.field)
  if (of.field.kind === 'any') return [column, ...(beside === null ? [] : [beside])]
  if (of.isSorted && hasIndexOrder(of.field)) return [addedSort(of.name, of.field).expression]
  return of.field.to === undefined ? null : [column]
}

/** The organisation as a part of the statement, where an added field of the record has an index: those are of one organisation each. */
export function indexedOrg(catalogue: Catalogue, org: number, record: RecordType): Fragment[] {
  const isIndexed = Object.values(catalogue.customFields(org, record.name)).some(
    (field) => field.isIndexed === true || field.to !== undefined || field.kind === 'any',
  )
  return isIndexed ? [raw(`t.org = ${Number(org)}`)] : []
}

/** Name → whether it is whole, of the indexes that this organisation's added fields have. */
export async function presentIndexes(on: Sql, org: number): Promise<Map<string, boolean>> {
  const rows = await run<{ name: string; valid: boolean }>(
    on,
    sql`select c.relname as name, i.indisvalid as valid from pg_class c join pg_index i on i.indexrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relname like ${`added\\_${org}\\_%`}`,
  )
  return new Map(rows.map(({ name, valid }) => [name, valid]))
}
