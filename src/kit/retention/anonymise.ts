/**
 * Takes from rows what says something about people, and keeps the rest for reports and references: personal fields are
 * emptied, added fields and tags go, what hangs on the row goes, and the same values go from the row's entries in the journal.
 */
import type { Actor } from '#kit/actor.ts'
import type { Entry, Changes } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { entriesOfRows, eraseEntries } from '#kit/seal/erase.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { updateRows } from '#kit/write.ts'

export interface Anonymising {
  readonly store: Store
  readonly unit: Unit
  /** The product itself. */
  readonly actor: Actor
  readonly record: RecordType
  /** By which rule, in words without names. */
  readonly rule: string
}
/** The caller has locked the rows and removed what hangs on them. */
export async function anonymise(of: Anonymising, ids: readonly number[]): Promise<void> {
  const { store, unit, actor, record, rule } = of
  const rows = await store.many(actor, record, ids, { unit, binned: true, isWhole: true })
  const emptied = ['tags', 'custom', ...(record.personal ?? [])]
  const now = store.now()
  const writes = rows.map((before) => ({
    before,
    after: withoutPeople(record, before),
    action: 'anonymise',
    history: [{ action: 'anonymise', changes: nulls(emptied), reason: rule }],
  }))
  if (writes.length > 0) await updateRows({ on: unit.on, actor, now, catalogue: store.catalogue }, record, writes)
  await run(
    unit.on,
    sql`insert into anonymised_row (org, record, id, at) select ${actor.org}::integer, ${record.name}::text, v, ${now}::timestamptz from unnest(${ids}::bigint[]) v
      on conflict (org, record, id) do update set at = excluded.at`,
  )
  const entries = await entriesOfRows(unit.on, actor.org, record.name, ids)
  await eraseEntries({ on: unit.on, actor, now, reason: rule }, entries, (one) => leave(one, emptied))
  for (const id of ids) unit.touched.push([record.name, id])
}
/** The row as it stays: a name that must be there says what it was. */
export function withoutPeople(record: RecordType, row: AnyRow): AnyRow {
  const blank = Object.fromEntries(
    (record.personal ?? []).map((name) => {
      const field = record.fields[name]
      const isMany = field?.kind === 'refs' || field?.kind === 'tags'
      return [name, field?.required === true ? erasedName(record, row.id) : isMany ? [] : null]
    }),
  )
  return { ...row, ...blank, tags: [], custom: {} }
}
/** Person 5 (erased) */
export function erasedName(record: RecordType, id: number): string {
  return `${record.label} ${id} (erased)`
}
function nulls(names: readonly string[]): Changes {
  return Object.fromEntries(names.map((name) => [name, [null, null]]))
}
/** Null where nothing of it is personal: then the entry stays whole, with its reason. */
function leave({ changes }: Entry, emptied: readonly string[]): Changes | null {
  const names = Object.keys(changes).filter((name) => emptied.includes(name))
  return names.every((name) => changes[name]?.every((side) => side === null)) ? null : { ...changes, ...nulls(names) }
}
