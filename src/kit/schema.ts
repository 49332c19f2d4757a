/** The difference between two schemas as SQL: expand at once, contract only by a written migration. */
import type { Column, Table } from './table.ts'
import { createStatements, searchStatements } from './table.ts'

export type Schema = Readonly<Record<string, Table>>

/** Statements that lead from `before` to `after`; a table or column that went away is only named, never dropped by itself. */
export function schemaDifference(before: Schema, after: Schema): string[] {
  const made = Object.values(after).flatMap((table) => {
    const old = before[table.name]
    return old === undefined ? createStatements(table) : alterations(old, table)
  })
  const gone = Object.keys(before).filter((name) => after[name] === undefined)
  return [...made, ...gone.map((name) => `-- contract later, when no older program runs: drop table ${name}`)]
}

function alterations(old: Table, table: Table): string[] {
  const known = new Map(old.columns.map((column) => [column.name, column]))
  const wanted = new Set(table.columns.map((column) => column.name))
  const made = table.columns.flatMap((column) => columnChange(table.name, known.get(column.name), column))
  for (const column of old.columns)
    if (!wanted.has(column.name))
      made.push(`-- contract later, when no older program runs: alter table ${table.name} drop column ${column.name}`)
  for (const [name, statement] of Object.entries(table.indexes)) {
    if (old.indexes[name] === statement) continue
    if (old.indexes[name] !== undefined) made.push(`drop index ${name}`)
    made.push(statement)
  }
  for (const name of Object.keys(old.indexes)) if (table.indexes[name] === undefined) made.push(`drop index ${name}`)
  return table.searchable && !old.searchable ? [...made, ...searchStatements(table)] : made
}
function columnChange(table: string, old: Column | undefined, column: Column): string[] {
  if (old === undefined)
    return [
      `alter table ${table} add column ${column.name} ${column.type}${column.rest === '' ? '' : ` ${column.rest}`}`,
    ]
  if (old.type === column.type) return []
  return [`alter table ${table} alter column ${column.name} type ${column.type} using ${column.name}::${column.type}`]
}
