/** Which of the records that an import made have found other uses meanwhile; those are not taken away. */
import type { Actor } from '#kit/actor.ts'
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
  for (const { record, field, name } of referring(store, to)) {
    const rows = await run<{ id: number }>(store.db, uses(actor, { record, field, name, ids, isOwn: record === to }))
    for (const row of rows) used.set(row.id, record.labelPlural.toLowerCase())
  }
  if (to.name !== 'person') return used
  const signing = await run<{ id: number }>(
    store.db,
    sql`select person as id from credential where org = ${actor.org} and person = any(${ids}::bigint[])`,
  )
  for (const row of signing) used.set(row.id, 'somebody who can sign in')
  return used
}
function referring(store: Store, to: RecordType): { record: RecordType; field: Field; name: string }[] {
  return store.catalogue.records.flatMap((record) =>
    Object.entries(record.fields).flatMap(([name, field]) => (field.to === to.name ? [{ record, field, name }] : [])),
  )
}
function uses(
  actor: Actor,
  {
    record,
    field,
    name,
    ids,
    isOwn,
  }: { record: RecordType; field: Field; name: string; ids: readonly number[]; isOwn: boolean },
): Fragment {
  const column = raw(`t.${snake(name)}`)
  // Records of the same import do not hold each other.
  const others = isOwn ? sql`and not (t.id = any(${ids}::bigint[]))` : raw('')
  if (field.kind === 'refs')
    return sql`select distinct m.id from ${raw(record.table)} t cross join unnest(${column}) m(id) where t.org = ${actor.org} and t.binned_at is null and ${column} && ${ids}::bigint[] and m.id = any(${ids}::bigint[]) ${others}`
  return sql`select distinct ${column} as id from ${raw(record.table)} t where t.org = ${actor.org} and t.binned_at is null and ${column} = any(${ids}::bigint[]) ${others}`
}
