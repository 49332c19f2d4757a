/** Which of the records that an import made have found other uses meanwhile; those are not taken away. */
import { amid } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { addedColumn } from '#kit/added-column.ts'
import type { Field } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

/** Id → who uses it, in words. What lies in the bin uses nothing. */
export async function inUse(
  store: Store,
  actor: Actor,
  to: RecordType,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const used = new Map<number, string>()
  for (const one of referring(store, actor, to)) {
    const rows = await run<{ id: number }>(store.db, uses(actor, { ...one, ids, isOwn: one.record === to }))
    for (const row of rows) used.set(row.id, amid(one.record.labelPlural))
  }
  if (to.name !== 'person') return used
  const signing = await run<{ id: number }>(
    store.db,
    sql`select person as id from credential where org = ${actor.org} and person = any(${ids}::bigint[])`,
  )
  for (const row of signing) used.set(row.id, 'somebody who can sign in')
  return used
}
interface Referring {
  readonly record: RecordType
  readonly field: Field
  readonly column: Fragment
}
/** Declared fields and added ones. */
function referring({ catalogue }: Store, { org }: Actor, to: RecordType): Referring[] {
  return catalogue.records.flatMap((record) => [
    ...Object.entries(record.fields).flatMap(([name, field]) =>
      field.to === to.name ? [{ record, field, column: raw(`t.${snake(name)}`) }] : [],
    ),
    ...Object.entries(catalogue.customFields(org, record.name)).flatMap(([name, field]) =>
      field.to === to.name ? [{ record, field, column: addedColumn(name, field).column }] : [],
    ),
  ])
}
function uses(
  actor: Actor,
  { record, field, column, ids, isOwn }: Referring & { ids: readonly number[]; isOwn: boolean },
): Fragment {
  // Records of the same import do not hold each other.
  const others = isOwn ? sql`and not (t.id = any(${ids}::bigint[]))` : raw('')
  if (field.kind === 'refs')
    return sql`select distinct m.id from ${raw(record.table)} t cross join unnest(${column}) m(id) where t.org = ${actor.org} and t.binned_at is null and ${column} && ${ids}::bigint[] and m.id = any(${ids}::bigint[]) ${others}`
  return sql`select distinct ${column} as id from ${raw(record.table)} t where t.org = ${actor.org} and t.binned_at is null and ${column} = any(${ids}::bigint[]) ${others}`
}
