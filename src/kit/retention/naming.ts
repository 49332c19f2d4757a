/** How rows name a person: the person's own row, a field that points to them, and who wrote it. */
import type { RecordType } from '#kit/record.ts'
import { plainSnake, snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, raw, sql } from '#kit/sql.ts'

/** Fields that point to persons, or may point to one. */
export function personFields(record: RecordType): string[] {
  return Object.entries(record.fields)
    .filter(([, field]) => field.to === 'person' || field.kind === 'any')
    .map(([name]) => name)
}
/** Rows (alias `t`) that name the person; `wrote` counts whoever made the row, too. */
export function namesPerson(record: RecordType, person: number, { wrote }: { wrote: boolean }): Fragment {
  const parts = personFields(record).map((name) => fieldNames(record, name, person))
  const all = [
    ...parts,
    ...(wrote ? [sql`t.created_by = ${person}`] : []),
    ...(record.name === 'person' ? [sql`t.id = ${person}`] : []),
  ]
  return all.length === 0 ? raw('false') : sql`(${join(all, ' or ')})`
}
export function fieldNames(record: RecordType, name: string, person: number): Fragment {
  const kind = record.fields[name]?.kind
  const column = raw(`t.${snake(name)}`)
  if (kind === 'any') {
    const plain = plainSnake(name)
    return sql`(${raw(`t.${plain}_record`)} = 'person' and ${raw(`t.${plain}_id`)} = ${person})`
  }
  return kind === 'refs' ? sql`${column} @> array[${person}]::bigint[]` : sql`${column} = ${person}`
}
