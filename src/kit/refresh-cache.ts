/** Cached fields: columns of a row that only repeat what history says. Refreshing one is no change: no revision, no journal entry. */
import type { Sql } from './database.ts'
import type { AnyRow, RecordType } from './record.ts'
import { join, raw, run, sql } from './sql.ts'
import { columnsOf } from './table.ts'
import { tallyDeltas, tallyInsert } from './tally.ts'
import type { Delta } from './tally.ts'
import { columnValues } from './write.ts'

export interface Refresh {
  /** The row as it was read: its tallied and cached fields. */
  readonly row: AnyRow
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Writes the cached fields of many rows in one statement and keeps the counts; rows that already say so stay untouched.
 * A row whose cached fields were refreshed meanwhile by somebody else is left to them.
 * @returns the ids of the rows that changed.
 * @throws when a field is not declared as cached.
 */
export async function refreshCache(
  on: Sql,
  org: number,
  record: RecordType,
  refreshes: readonly Refresh[],
): Promise<number[]> {
  const names = [...new Set(refreshes.flatMap(({ values }) => Object.keys(values)))].sort()
  const strange = names.find((name) => record.cached?.includes(name) !== true)
  if (strange !== undefined)
    throw new Error(`${record.name}.${strange} is not declared as cached; change it through the store.`)
  const stale = refreshes
    .filter(({ row, values }) => names.some((name) => (row[name] ?? null) !== (values[name] ?? null)))
    .sort((a, b) => a.row.id - b.row.id)
  if (stale.length === 0) return []
  const changed = await writeCached(on, org, { record, names, stale })
  const done = new Set(changed)
  const deltas = stale
    .filter(({ row }) => done.has(row.id))
    .flatMap(({ row, values }) => tallyDeltas(record, row, { ...row, ...values }))
  const sums = summed(deltas)
  if (sums.length > 0) await run(on, tallyInsert(org, record.name, sums))
  return changed
}

async function writeCached(
  on: Sql,
  org: number,
  { record, names, stale }: { record: RecordType; names: readonly string[]; stale: readonly Refresh[] },
): Promise<number[]> {
  const columns = names.flatMap((name) => {
    const field = record.fields[name]
    return field === undefined
      ? []
      : columnsOf(name, field).map((column, at) => ({
          ...column,
          values: (values: Readonly<Record<string, unknown>>) => columnValues(field, values[name])[at] ?? null,
        }))
  })
  const arrays = columns.flatMap((column) => [
    sql`${stale.map(({ values }) => column.values(values))}::${raw(column.type)}[]`,
    sql`${stale.map(({ row }) => column.values(row))}::${raw(column.type)}[]`,
  ])
  const given = columns.flatMap((column) => [raw(`new_${column.name}`), raw(`old_${column.name}`)])
  const rows = await run<{ id: number }>(
    on,
    sql`update ${raw(record.table)} t set ${join(columns.map((column) => raw(`${column.name} = v.new_${column.name}`)))}
      from unnest(${stale.map(({ row }) => row.id)}::bigint[], ${join(arrays)}) v (id, ${join(given)})
      where t.org = ${org} and t.id = v.id and ${join(
        columns.map((column) => raw(`t.${column.name} is not distinct from v.old_${column.name}`)),
        ' and ',
      )} returning t.id`,
  )
  return rows.map((row) => row.id)
}

function summed(deltas: readonly Delta[]): Delta[] {
  const sums = new Map<string, Delta>()
  for (const delta of deltas) {
    const key = `${delta.by}\n${delta.value}`
    sums.set(key, { ...delta, n: delta.n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums.values()].filter((delta) => delta.n !== 0)
}
