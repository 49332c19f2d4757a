/** Undo: whatever one request wrote is taken back, unless somebody has changed it since. */
import { said, say } from '#engines/say.ts'
import { canonical } from '#engines/jcs.ts'
import type { Actor } from './actor.ts'
import { labelOf } from './field.ts'
import { conflict, notFound, Refusal } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import { lacking } from './state-needs.ts'
import type { Store, WriteOptions } from './store.ts'
import { run, sql } from './sql.ts'

export interface Undone {
  readonly undone: number
  readonly kept: readonly { readonly number: string; readonly because: string }[]
}
/** An entry of the journal, as far as it says what to take back. */
export interface WrittenEntry {
  readonly record: string
  readonly record_id: number
  readonly action: string
  readonly actor: number | null
  readonly changes: Record<string, [unknown, unknown]>
}
const MOST = 10_000

/** Takes back the writes of a request in reverse order. @throws not found, or conflict when nothing could be undone */
export async function undo(store: Store, actor: Actor, request: string): Promise<Undone> {
  const entries = await run<WrittenEntry>(
    store.db,
    sql`select record, record_id, action, actor, changes from journal where org = ${actor.org} and request = ${request} order by id desc limit ${MOST + 1}`,
  )
  const isOwn = entries.every((entry) => entry.actor === actor.person)
  if (entries.length === 0 || (!isOwn && !actor.roles.includes('administrator')))
    throw notFound(say`What you want to undo`)
  if (entries.length > MOST)
    throw conflict(
      say`That request wrote more than ${MOST} changes. An import is undone on its own page, a change of many records by its run.`,
    )
  let undone = 0
  const kept: { number: string; because: string }[] = []
  for (const entry of entries) {
    const because = await takeBack(store, actor, entry)
    if (because === null) undone++
    else
      kept.push({ number: `${store.catalogue.find(entry.record)?.number ?? entry.record}-${entry.record_id}`, because })
  }
  if (undone === 0) throw conflict(say`Nothing was undone. ${kept[0]?.because ?? ''}`, { kept })
  return { undone, kept }
}

/** @returns why it stays as it is, or null */
export async function takeBack(store: Store, actor: Actor, entry: WrittenEntry): Promise<string | null> {
  const record = store.catalogue.find(entry.record)
  if (record === null) return 'Settings are not undone from here; change them back where they were changed.'
  const options = { trusted: true, action: 'undo' }
  try {
    const row = await store.get(actor, record, entry.record_id)
    const target = { id: row.id, rev: row.rev }
    // Whoever made it may unmake it, also where binning is for others.
    if (entry.action === 'create')
      await store.bin(
        entry.actor === actor.person ? { ...actor, roles: ['administrator'] } : actor,
        record,
        target,
        options,
      )
    else if (entry.changes['binnedAt'] !== undefined)
      await store.bin(actor, record, target, { ...options, restore: entry.changes['binnedAt'][1] !== null })
    else return await putBack(store, actor, { record, row, changes: entry.changes, options })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

interface PuttingBack {
  readonly record: RecordType
  readonly row: AnyRow
  readonly changes: WrittenEntry['changes']
  readonly options: WriteOptions
}
async function putBack(
  store: Store,
  actor: Actor,
  { record, row, changes, options }: PuttingBack,
): Promise<string | null> {
  const changed = Object.entries(changes).filter(([name]) => record.fields[name] !== undefined || name === 'tags')
  const [before, after] = (changes['custom'] ?? [null, null]).map((side): AnyRow['custom'] => ({
    ...(typeof side === 'object' ? side : null),
  })) as [AnyRow['custom'], AnyRow['custom']] // a change has two sides
  const custom = Object.keys({ ...before, ...after }).filter((name) => identity(before[name]) !== identity(after[name]))
  if (changed.length + custom.length === 0) return say`Nothing of ${row.number} was changed.`
  const later =
    changed.find(([name, [, value]]) => identity(row[name]) !== identity(value))?.[0] ??
    custom.find((name) => identity(row.custom[name]) !== identity(after[name]))
  if (later !== undefined)
    return say`${said(record.fields[later]?.label ?? labelOf(later))} of ${row.number} was changed again since.`
  const patch = Object.fromEntries(changed.map(([name, [value]]) => [name, value]))
  const [lost] = Object.values(lacking(record, row, { ...row, ...patch }))
  if (lost !== undefined) return lost
  await store.change(
    actor,
    record,
    { id: row.id, rev: row.rev },
    custom.length === 0
      ? patch
      : { ...patch, custom: Object.fromEntries(custom.map((name) => [name, before[name] ?? null])) },
    options,
  )
  return null
}
/** A value as text that is equal for equal values: a reference is what it points to, whatever its title was then. */
function identity(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(identity).join(',')}]`
  if (typeof value === 'object' && value !== null && 'id' in value && 'number' in value && 'title' in value)
    return canonical([value.number, value.id])
  return canonical(value ?? null)
}
