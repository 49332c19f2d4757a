/** A record's history as people read it, page by page, newest first. */
import { said, say } from '#engines/say.ts'
import { readsAll } from './access.ts'
import type { Actor } from './actor.ts'
import { mayKnowAdded } from './added.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sql } from './database.ts'
import type { Field, Ref } from './field.ts'
import { checkValue } from './check.ts'
import { instant, labelOf } from './field.ts'
import { badRequest } from './problem.ts'
import { clearFields } from './clearance.ts'
import type { Fields, RecordType } from './record.ts'
import { snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { raw, run, sql } from './sql.ts'

export interface HistoryChange {
  readonly field: string
  readonly label: string
  readonly from: unknown
  readonly to: unknown
}
export interface HistoryItem {
  readonly kind: 'change'
  readonly id: string
  readonly at: string
  readonly recordedAt: string
  readonly actor: Ref | null
  readonly action: string
  readonly changes: readonly HistoryChange[]
  readonly reason: string | null
  readonly origin: string
  readonly request: string
  /** Values of it were erased: what is shown is what was left. */
  readonly isErased: boolean
}
/** What an entry changed, as the journal keeps it: field → [before, after]. */
export interface JournalSeen {
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
}
interface Row extends JournalSeen {
  readonly id: string
  readonly at: string
  readonly occurred_at: string
  readonly actor: number | null
  readonly actor_name: string | null
  readonly action: string
  readonly reason: string | null
  readonly origin: string
  readonly request: string
  readonly is_erased: boolean
}
export interface HistoryPage<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** The journal of one record; the caller has made sure that the actor may see the record. */
export async function history(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  of: { record: RecordType; id: number; limit: number; after: string | null },
): Promise<HistoryPage<HistoryItem>> {
  const cursor = of.after === null ? null : readCursor(of.after)
  const where =
    cursor === null ? raw('true') : sql`(j.occurred_at, j.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
  const found = await entriesOf(on, catalogue, actor, { ...of, limit: of.limit + 1, where })
  const items = found.slice(0, of.limit)
  const last = items.at(-1)
  return { items, next: found.length > of.limit && last !== undefined ? writeCursor(last) : null }
}
/** The newest entries of a record that fulfil a condition on the alias `j`. */
export async function entriesOf(
  on: Sql,
  catalogue: Catalogue,
  actor: Actor,
  of: { record: RecordType; id: number; limit: number; where: Fragment },
): Promise<HistoryItem[]> {
  const person = catalogue.get('person')
  const rows = await run<Row>(
    on,
    sql`select h.*, p.${raw(snake(person.title))} as actor_name from (
      select j.id, j.at, j.occurred_at, j.actor, j.action, j.changes, case when j.salt is not null then j.reason end as reason, j.origin, j.request, j.salt is null as is_erased from journal j
      where j.org = ${actor.org} and j.record = ${of.record.name} and j.record_id = ${of.id} and ${of.where}
      order by j.occurred_at desc, j.id desc limit ${of.limit}
    ) h left join ${raw(person.table)} p on p.org = ${actor.org} and p.id = h.actor order by h.occurred_at desc, h.id desc`,
  )
  return rows.map((row) => item(row, shownChanges(catalogue, actor, of.record, row)))
}
/**
 * What an entry changed, as this actor may see it: without fields that they may not know of, references without titles
 * that were written down for others, and without values that each reader is shown otherwise.
 * @param record null for what is no record, such as the settings
 */
export function shownChanges(
  catalogue: Catalogue,
  actor: Actor,
  record: RecordType | null,
  { changes }: JournalSeen,
): HistoryChange[] {
  const shown = record === null ? changes : known(changes, record, clearFields(actor, record))
  return Object.entries(shown)
    .flatMap(
      ([field, [from, to]]) =>
      field === 'custom' && record !== null
        ? unfolded(from, to)
            .filter(({ name }) => mayKnowAdded(catalogue, actor, record, name))
            .map((one) => ({ ...one, label: catalogue.knownCustomField(actor.org, record.name, one.name)?.label ?? labelOf(one.name) })) // oxfmt-ignore
        : [{ field, ...sidesOf(record?.fields[field], from, to), label: said(record?.fields[field]?.label ?? labelOf(field)) }], // oxfmt-ignore
    )
    .map(({ field, label, from, to }) => ({
      field,
      label,
      from: titled(catalogue, actor, from),
      to: titled(catalogue, actor, to),
    }))
}
function sidesOf(field: Field | undefined, from: unknown, to: unknown): { from: unknown; to: unknown } {
  return field?.shown === undefined ? { from, to } : { from: null, to: null }
}
/** The journal keeps added fields as one object before and after: here each that differs is a change of its own, `custom.name`. */
export function unfolded(from: unknown, to: unknown): { field: string; name: string; from: unknown; to: unknown }[] {
  const [before, after] = [from, to].map((one) => (typeof one === 'object' && one !== null ? { ...one } : {})) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .map((name) => ({ field: `custom.${name}`, name, from: before[name] ?? null, to: after[name] ?? null }))
    .filter((one) => JSON.stringify(one.from) !== JSON.stringify(one.to))
}
/** A reference keeps its title only for those who may read every record of its kind: the title was written down for them. */
function titled(catalogue: Catalogue, actor: Actor, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => titled(catalogue, actor, one))
  if (
    typeof value !== 'object' ||
    value === null ||
    !('number' in value) ||
    !('title' in value) ||
    typeof value.number !== 'string'
  )
    return value
  const to = catalogue.byNumber(value.number)
  return to === null || readsAll(actor, to.record, catalogue) ? value : { ...value, title: value.number }
}
/** Changes without those of fields that the actor may not know of. */
function known(changes: Row['changes'], record: RecordType, clear: Fields): Row['changes'] {
  if (clear === record.fields) return changes
  return Object.fromEntries(
    Object.entries(changes).filter(([name]) => !Object.hasOwn(record.fields, name) || Object.hasOwn(clear, name)),
  )
}
function item(row: Row, changes: readonly HistoryChange[]): HistoryItem {
  const actor =
    row.actor === null ? null : { id: row.actor, number: `P-${row.actor}`, title: row.actor_name ?? `P-${row.actor}` }
  return {
    kind: 'change',
    id: row.id,
    at: row.occurred_at,
    recordedAt: row.at,
    actor,
    action: row.action,
    changes,
    reason: row.reason === null ? null : said(row.reason),
    origin: row.origin,
    request: row.request,
    isErased: row.is_erased,
  }
}
function writeCursor(last: { at: string; id: string }): string {
  return Buffer.from(JSON.stringify([last.at, last.id])).toString('base64url')
}
function readCursor(text: string): { at: string; id: string } {
  const match = /^\["([^"]{20,30})","([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"\]$/.exec(
    Buffer.from(text, 'base64url').toString('utf8'),
  )
  if (match === null || 'because' in checkValue(instant(), match[1]))
    throw badRequest(say`The cursor "after" does not belong to this history. Take it from "next" of the page before.`)
  return { at: match[1] ?? '', id: match[2] ?? '' }
}
