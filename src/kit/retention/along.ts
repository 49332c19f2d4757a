/** What goes along when rows are removed, and what keeps them: rows that hang on them go, rows that refer to them stop it. */
import type { Sql } from '#kit/database.ts'
import { addedColumn } from '#kit/added-column.ts'
import type { RecordType } from '#kit/record.ts'
import { plainSnake, snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { Kinds } from '#kit/reach.ts'

/** A row with the one that it goes along with. */
export interface Along {
  readonly id: number
  /** The row of the kind that is being removed. */
  readonly root: number
}
interface Asked {
  readonly org: number
  readonly record: RecordType
  readonly rows: readonly Along[]
}
const DEEPEST = 4

/** Everything that goes along with these rows, nearest first: comments, files, links, surveys, and what hangs on those. */
export async function goingAlong(on: Sql, kinds: Kinds, of: Asked, depth = 0): Promise<[RecordType, Along[]][]> {
  if (depth === DEEPEST || of.rows.length === 0) return []
  const made: [RecordType, Along[]][] = []
  for (const record of kinds.records)
    for (const field of tiesOf(record, of.record)) {
      const rows = await tied(on, of, { record, field })
      if (rows.length === 0) continue
      made.push([record, rows], ...(await goingAlong(on, kinds, { org: of.org, record, rows }, depth + 1)))
    }
  return made
}
/** The fields by which rows of one kind are nothing without a row of another. */
function tiesOf(record: RecordType, to: RecordType): string[] {
  const on = record.scope === undefined || record.scope === 'shared' ? undefined : record.scope.on
  return Object.entries(record.fields).flatMap(([name, field]) => {
    const isTie = field.kind === 'any' ? field.required || name === on || record.personalTo !== undefined : record.partOf === name && field.to === to.name // oxfmt-ignore
    return isTie ? [name] : []
  })
}
async function tied(
  on: Sql,
  { org, record: to, rows }: Asked,
  { record, field }: { record: RecordType; field: string },
): Promise<Along[]> {
  const isAny = record.fields[field]?.kind === 'any'
  const column = isAny ? `t.${plainSnake(field)}_id` : `t.${snake(field)}`
  const kind = isAny ? sql`${raw(`t.${plainSnake(field)}_record`)} = ${to.name}` : raw('true')
  const found = await run<{ id: number; to: number }>(
    on,
    sql`select t.id, ${raw(column)} as to from ${raw(record.table)} t where t.org = ${org} and ${kind} and ${raw(column)} = any(${rows.map(({ id }) => id)}::bigint[])`,
  )
  const roots = new Map(rows.map(({ id, root }) => [id, root]))
  return found.map(({ id, to: one }) => ({ id, root: roots.get(one) ?? one }))
}

/** Which of these rows others still refer to, with the number of one that does. What goes along does not count. */
export async function neededBy(on: Sql, kinds: Catalogue, of: Asked): Promise<Map<number, string>> {
  const made = new Map<number, string>()
  const ids = of.rows.map(({ id }) => id)
  for (const record of kinds.records)
    for (const [name, field] of Object.entries(record.fields)) {
      if (field.to !== of.record.name || record.partOf === name) continue
      const many = field.kind === 'refs'
      const from: Fragment = many
        ? sql`${raw(record.table)} t cross join lateral unnest(t.${raw(snake(name))}) v where t.org = ${of.org} and t.${raw(snake(name))} && ${ids}::bigint[] and v = any(${ids}::bigint[])`
        : sql`${raw(record.table)} t where t.org = ${of.org} and t.${raw(snake(name))} = any(${ids}::bigint[])`
      const own = record === of.record ? sql` and not t.id = any(${ids}::bigint[])` : raw('')
      const found = await run<{ to: number; id: number }>(
        on,
        sql`select ${raw(many ? 'v' : `t.${snake(name)}`)} as to, min(t.id) as id from ${from}${own} group by 1`,
      )
      for (const { to, id } of found) made.set(to, `${record.number}-${id}`)
    }
  for (const [id, number] of await neededByAdded(on, kinds, of)) made.set(id, number)
  return made
}
/** The same of fields that administrators added. */
async function neededByAdded(on: Sql, kinds: Catalogue, of: Asked): Promise<Map<number, string>> {
  const made = new Map<number, string>()
  const ids = of.rows.map(({ id }) => id)
  for (const record of kinds.records)
    for (const [name, field] of Object.entries(kinds.customFields(of.org, record.name))) {
      if (field.to !== of.record.name) continue
      const { column } = addedColumn(name, field)
      const own = record === of.record ? sql` and not t.id = any(${ids}::bigint[])` : raw('')
      const found = await run<{ to: number; id: number }>(
        on,
        sql`select ${column} as to, min(t.id) as id from ${raw(record.table)} t where t.org = ${of.org} and ${raw(`t.org = ${Number(of.org)}`)} and ${column} = any(${ids}::bigint[])${own} group by 1`,
      )
      for (const { to, id } of found) made.set(to, `${record.number}-${id}`)
    }
  return made
}
