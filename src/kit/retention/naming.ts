/** How rows name a person: the person's own row, a field that points to them, and who wrote it. */
import type { AddedFields } from '#kit/added.ts'
import { addedColumn } from '#kit/added-column.ts'
import type { Field } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { plainSnake, snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, raw, sql } from '#kit/sql.ts'

/** A record with the fields that were added to it. */
export interface Naming {
  readonly record: RecordType
  readonly added: AddedFields
}
/** Fields that point to persons, or may point to one; an added one is called `custom.name`. */
export function personFields({ record, added }: Naming): string[] {
  const points = ([, field]: readonly [string, Field]): boolean => field.to === 'person' || field.kind === 'any'
  return [
    ...Object.entries(record.fields).filter(points).map(([name]) => name),
    ...Object.entries(added).filter(points).map(([name]) => `custom.${name}`),
  ] // oxfmt-ignore
}
/** What stands in such a field of a row. */
export function namedValue(row: AnyRow, name: string): unknown {
  return name.startsWith('custom.') ? row.custom[name.slice('custom.'.length)] : row[name]
}
/** Rows (alias `t`) that name the person; `wrote` counts whoever made the row, too. */
export function namesPerson(of: Naming, person: number, { wrote }: { wrote: boolean }): Fragment {
  const { record } = of
  const parts = personFields(of).map((name) => fieldNames(of, name, person))
  const all = [
    ...parts,
    ...(wrote ? [sql`t.created_by = ${person}`] : []),
    ...(record.name === 'person' ? [sql`t.id = ${person}`] : []),
  ]
  return all.length === 0 ? raw('false') : sql`(${join(all, ' or ')})`
}
export function fieldNames({ record, added }: Naming, name: string, person: number): Fragment {
  const bare = name.replace(/^custom\./, '')
  const own = bare === name ? undefined : added[bare]
  if (own !== undefined) {
    const { column: id, beside } = addedColumn(bare, own)
    return beside === null ? sql`${id} = ${person}` : sql`(${beside} = 'person' and ${id} = ${person})`
  }
  const kind = record.fields[name]?.kind
  const column = raw(`t.${snake(name)}`)
  if (kind === 'any') {
    const plain = plainSnake(name)
    return sql`(${raw(`t.${plain}_record`)} = 'person' and ${raw(`t.${plain}_id`)} = ${person})`
  }
  return kind === 'refs' ? sql`${column} @> array[${person}]::bigint[]` : sql`${column} = ${person}`
}
