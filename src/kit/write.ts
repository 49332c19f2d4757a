/** Writing rows, one or many at once: rows, words, counts and journal entries in a single statement. */
import type { Actor } from './actor.ts'
import { customPatch, storedCustom } from './added.ts'
import type { Sql } from './database.ts'
import type { Field, KeptFile } from './field.ts'
import type { Changes, Said } from './journal.ts'
import { entry, journalInsert } from './journal.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, run, sql } from './sql.ts'
import { columnsOf } from './table.ts'
import { tallyDeltas, tallyInsert } from './tally.ts'
import { wholeText } from './added-words.ts'
import type { Catalogue } from './catalogue.ts'

export interface Write {
  readonly before: AnyRow | null
  readonly after: AnyRow
  readonly action: string
  readonly reason?: string | null
  /** When it happened, for imported history. */
  readonly occurredAt?: string
  readonly by?: number | null
  /** Several dated entries in place of one: an imported record with its history. */
  readonly history?: readonly Omit<Said, 'record' | 'recordId'>[]
}
export interface Writer {
  readonly on: Sql
  readonly actor: Actor
  readonly now: string
  /** Says which added fields are searched. */
  readonly catalogue: Catalogue
}

/** Fields that are kept in the row but are no business of the journal. */
export const UNTOLD: ReadonlySet<string> = new Set([
  'id',
  'number',
  'rev',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
])

/** field → [before, after] of what differs. Empty values of a new row are left out. */
export function changesBetween(record: RecordType, before: AnyRow | null, after: AnyRow): Changes {
  const made: Record<string, readonly [unknown, unknown]> = {}
  for (const name of ['binnedAt', 'tags', 'custom', ...Object.keys(record.fields)]) {
    if (UNTOLD.has(name) || record.cached?.includes(name)) continue
    const old = before?.[name] ?? null
    const now = after[name] ?? null
    if (before === null ? !isBlank(now) : JSON.stringify(old) !== JSON.stringify(now)) made[name] = [old, now]
  }
  return made
}
function isBlank(value: unknown): boolean {
  return (
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}

/** The values of one field in the order of its columns. */
export function columnValues(field: Pick<Field, 'kind'>, value: unknown): unknown[] {
  if (field.kind === 'money') return isMoney(value) ? [value.minor, value.currency] : [null, null]
  if (field.kind === 'any') return isAny(value) ? [value.record, value.id] : [null, null]
  if (field.kind === 'attachment')
    return isFile(value) ? [value.sha256, value.title, value.size, value.type] : [null, null, null, null]
  if (field.kind === 'ref') return [idIn(value)]
  if (field.kind === 'refs') return [Array.isArray(value) ? value.map(idIn) : []]
  if (field.kind === 'json') return [value === null || value === undefined ? null : JSON.stringify(value)]
  return [value ?? (field.kind === 'tags' ? [] : null)]
}
export function idIn(value: unknown): number | null {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number' ? value.id : null
}
function isMoney(value: unknown): value is { minor: number; currency: string } {
  return typeof value === 'object' && value !== null && 'minor' in value
}
function isFile(value: unknown): value is KeptFile {
  return typeof value === 'object' && value !== null && 'sha256' in value
}
function isAny(value: unknown): value is { record: string; id: number } {
  return typeof value === 'object' && value !== null && 'record' in value
}

/** What one writer writes. */
export interface Written {
  readonly writer: Writer
  readonly writes: readonly Write[]
}

/** New rows. All of them or none. */
export async function insertRows(writer: Writer, record: RecordType, writes: readonly Write[]): Promise<void> {
  await insertOf(writer.on, record, [{ writer, writes }])
}
/** New rows of several writers of one organisation by one statement. All of them or none. */
export async function insertOf(on: Sql, record: RecordType, written: readonly Written[]): Promise<void> {
  const fields = Object.entries(record.fields)
  const columns = [
    'org',
    'id',
    'rev',
    'created_at',
    'created_by',
    'updated_at',
    'updated_by',
    'binned_at',
    'tags',
    'custom',
    ...fields.flatMap(([name, field]) => columnsOf(name, field).map((column) => column.name)),
  ]
  const all = written.flatMap(({ writer, writes }) => writes.map(({ after }) => ({ org: writer.actor.org, after })))
  const rows = all.map(({ org, after }) => {
    const values = [
      org,
      after.id,
      after.rev,
      after.createdAt,
      idIn(after.createdBy),
      after.updatedAt,
      idIn(after.updatedBy),
      after.binnedAt,
      after.tags,
      JSON.stringify(storedCustom(after.custom)),
      ...fields.flatMap(([name, field]) => columnValues(field, after[name])),
    ]
    return sql`(${join(values.map((value) => sql`${value}`))})`
  })
  const insert = sql`insert into ${raw(record.table)} (${raw(columns.join(', '))}) values ${join(rows)} returning 1`
  await run(on, sql`with w as (${insert})${besides(record, written)} select count(*) from w`)
}

/** Changed rows; says whether every one still had the revision that was read. Must run in a transaction. */
export async function updateRows(writer: Writer, record: RecordType, writes: readonly Write[]): Promise<boolean> {
  const names = changedFields(record, writes)
  const columns = names.flatMap(({ name, field }) => columnsOf(name, field))
  const rows = writes.map(({ before, after }) => {
    const { set, gone } = customPatch(before?.custom ?? {}, after.custom)
    const values = names.flatMap(({ name, field }) => columnValues(field, after[name]))
    const typed = values.map((value, index) => sql`${value}::${raw(columns[index]?.type ?? 'text')}`)
    return sql`(${join([sql`${after.id}::bigint`, sql`${before?.rev ?? 0}::integer`, sql`${after.binnedAt}::timestamptz`, sql`${JSON.stringify(set)}::jsonb`, sql`${gone}::text[]`, sql`${after.tags}::text[]`, ...typed])})`
  })
  const set = [
    'rev = t.rev + 1',
    'binned_at = v.binned_at',
    // Only what this write changes: the writer may not have seen all of it.
    'custom = (t.custom || v.custom) - v.gone',
    'tags = v.tags',
    ...columns.map((column) => `${column.name} = v.${column.name}`),
  ]
  const update = sql`update ${raw(record.table)} t set updated_at = ${writer.now}::timestamptz, updated_by = ${writer.actor.person}::bigint, ${raw(set.join(', '))}
    from (values ${join(rows)}) v (id, old_rev, binned_at, custom, gone, tags${raw(columns.map((column) => `, ${column.name}`).join(''))})
    where t.org = ${writer.actor.org} and t.id = v.id and t.rev = v.old_rev returning 1`
  const done = await run<{ n: number }>(
    writer.on,
    sql`with w as (${update})${besides(record, [{ writer, writes }])} select count(*) as n from w`,
  )
  return done[0]?.n === writes.length
}
function changedFields(record: RecordType, writes: readonly Write[]): { name: string; field: Field }[] {
  const changed = new Set(
    writes.flatMap(({ before, after }) =>
      Object.keys(record.fields).filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after[name])),
    ),
  )
  return Object.entries(record.fields).flatMap(([name, field]) => (changed.has(name) ? [{ name, field }] : []))
}

/** What goes along with every write: words, counts, journal. */
function besides(record: RecordType, written: readonly Written[]): Fragment {
  const org = written[0]?.writer.actor.org ?? 0
  const entries = written.flatMap(({ writer, writes }) => entriesOf(writer, record, writes))
  const parts: Fragment[] = [sql`, j as (${journalInsert(entries)})`]
  const words = written.flatMap(({ writer, writes }) => newWords(writer, record, writes))
  if (words.length > 0)
    parts.push(
      sql`, s as (insert into ${raw(`${record.table}_search`)} (org, id, words) values ${join(words)} on conflict (org, id) do update set words = excluded.words)`,
    )
  const binned = written.flatMap(({ writes }) => (hasWords(record) ? writes.filter(isBinning) : []))
  if (binned.length > 0)
    parts.push(
      sql`, b as (delete from ${raw(`${record.table}_search`)} where org = ${org} and id = any(${binned.map(({ after }) => after.id)}::bigint[]))`,
    )
  const deltas = written.flatMap(({ writes }) =>
    summed(writes.flatMap((write) => tallyDeltas(record, write.before, write.after))),
  )
  if (deltas.length > 0) parts.push(sql`, y as (${tallyInsert(org, record.name, deltas)})`)
  return join(parts, '')
}
function isBinning({ before, after }: Write): boolean {
  return before?.binnedAt === null && after.binnedAt !== null
}
function newWords({ actor: { org }, catalogue }: Writer, record: RecordType, writes: readonly Write[]): Fragment[] {
  if (!hasWords(record)) return []
  const added = catalogue.customFields(org, record.name)
  return writes.flatMap(({ before, after }) => {
    const text = wholeText(record, after, added)
    const isSame =
      before !== null &&
      text === wholeText(record, before, added) &&
      (before.binnedAt === null) === (after.binnedAt === null)
    return isSame || after.binnedAt !== null
      ? []
      : [sql`(${org}::integer, ${after.id}::bigint, to_tsvector('simple', ${text}))`]
  })
}
export function entriesOf(writer: Writer, record: RecordType, writes: readonly Write[]): ReturnType<typeof entry>[] {
  return writes.flatMap((write) => {
    const said = write.history ?? [
      {
        action: write.action,
        changes: changesBetween(record, write.before, write.after),
        reason: write.reason ?? null,
        occurredAt: write.occurredAt,
        by: write.by,
      },
    ]
    return said.map((one) => entry(writer.actor, writer.now, { ...one, record: record.name, recordId: write.after.id }))
  })
}
export function hasWords(record: RecordType): boolean {
  return Object.values(record.fields).some((field) => field.searchable === true)
}
function summed(
  deltas: readonly { by: string; value: string; n: number }[],
): { by: string; value: string; n: number }[] {
  const sums = new Map<string, { by: string; value: string; n: number }>()
  for (const delta of deltas) {
    const key = `${delta.by}\n${delta.value}`
    sums.set(key, { ...delta, n: delta.n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums.values()].filter((delta) => delta.n !== 0)
}
