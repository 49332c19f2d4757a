/** Finds the records that are here already, by the fields that the mapping calls the key. */
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { idOf } from '#kit/condition.ts'
import { clearAddedField } from '#kit/added.ts'
import { addedColumn } from '#kit/added-column.ts'
import type { Field } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { columnsOf } from '#kit/table.ts'
import { idIn } from '#kit/write.ts'

type Valued = Readonly<Record<string, unknown>>

/** The key of a row or of values as text; null when a part of it is empty. */
export function keyOf(record: RecordType, fields: readonly string[], of: Valued): string | null {
  const parts = fields.map((name) => keyPart(record.fields[name], keyValue(of, name)))
  return fields.length === 0 || parts.some((part) => part === '') ? null : parts.join('\u0001')
}
/** Values of a file say `custom.x`; a row has it under `custom`. */
function keyValue(of: Valued, name: string): unknown {
  const added = of['custom']
  const isAdded = name.startsWith('custom.') && typeof added === 'object' && added !== null
  return isAdded ? (added as Valued)[name.slice('custom.'.length)] : of[name] // a row's custom is an object
}
function keyPart(field: Field | undefined, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field?.to !== undefined || idIn(value) !== null) return String(idIn(value) ?? '')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return field?.kind === 'email' ? text.toLowerCase() : text
}

/** Records by key, with every record that has it: two of one key is a question for the person. */
export async function existing(
  store: Store,
  actor: Actor,
  record: RecordType,
  asked: { fields: readonly string[]; values: readonly Valued[] },
): Promise<Map<string, AnyRow[]>> {
  const ids = await idsOf(store, actor, record, asked)
  const rows = ids.length === 0 ? [] : await store.many(actor, record, ids)
  const found = new Map<string, AnyRow[]>()
  for (const row of rows) {
    const key = keyOf(record, asked.fields, row)
    if (key !== null) found.set(key, [...(found.get(key) ?? []), row])
  }
  return found
}
async function idsOf(
  store: Store,
  actor: Actor,
  record: RecordType,
  { fields, values }: { fields: readonly string[]; values: readonly Valued[] },
): Promise<number[]> {
  const keyed = values.filter((one) => keyOf(record, fields, one) !== null)
  if (keyed.length === 0) return []
  const condition = keyCondition({ store, actor, record }, fields, keyed)
  const rows = await run<{ id: number }>(
    store.db,
    sql`select t.id from ${raw(record.table)} t where t.org = ${actor.org} and t.binned_at is null and ${readable(actor, record, store.catalogue)} and ${condition}`,
  )
  return rows.map((row) => row.id).sort((a, b) => a - b)
}
/** By the first plain field; the rest of the key is compared afterwards. */
function keyCondition(
  { store, actor, record }: { store: Store; actor: Actor; record: RecordType },
  fields: readonly string[],
  values: readonly Valued[],
): Fragment {
  if (fields.includes('number') && record.fields['number'] === undefined)
    return sql`t.id = any(${values.flatMap((one) => idOf(record, String(one['number'])) ?? [])}::bigint[])`
  const name = fields.find((one) => record.fields[one]?.to === undefined) ?? fields[0] ?? ''
  const added = name.startsWith('custom.') ? clearAddedField(store.catalogue, actor, record, name) : null
  if (added !== null) return addedCondition(added, values)
  const field = record.fields[name]
  const column = raw(`t.${snake(name)}`)
  if (field?.to !== undefined) return sql`${column} = any(${values.flatMap((one) => idIn(one[name]) ?? [])}::bigint[])`
  const texts = values.map((one) => keyPart(field, one[name]))
  if (field?.kind === 'email') return sql`lower(${column}) = any(${texts}::text[])`
  return sql`${column} is not null and ${column} = any(${texts}::${raw(field === undefined ? 'text' : (columnsOf(name, field)[0]?.type ?? 'text'))}[])`
}
function addedCondition({ name, field }: { name: string; field: Field }, values: readonly Valued[]): Fragment {
  const { column } = addedColumn(name, field)
  const asked = values.map((one) => keyValue(one, `custom.${name}`))
  if (field.to !== undefined) return sql`${column} = any(${asked.flatMap((one) => idIn(one) ?? [])}::bigint[])`
  const texts = asked.map((one) => keyPart(field, one))
  return field.kind === 'email'
    ? sql`lower(${column}) = any(${texts}::text[])`
    : sql`${column} = any(${texts}::${raw(columnsOf(name, field)[0]?.type ?? 'text')}[])`
}
