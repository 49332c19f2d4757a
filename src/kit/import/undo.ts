/** Takes a whole import back: what it made goes to the bin, what it changed gets its former values, and what was touched since stays. */
import { said, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { labelOf } from '#kit/field.ts'
import type { Changes } from '#kit/journal.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { holdsOn } from '#kit/retention/holds.ts'
import { run, sql } from '#kit/sql.ts'
import { lacking } from '#kit/state-needs.ts'
import type { Batch } from './batch.ts'
import { importRequest } from './batch.ts'
import type { PlannedWrite } from './batch-writer.ts'
import { writeBatch } from './batch-writer.ts'
import { breath } from './gather.ts'
import type { ImportParts } from './ports.ts'
import { isSame } from './same.ts'
import { inUse } from './undo-in-use.ts'

export interface Kept {
  readonly number: string
  readonly because: string
}
interface Undoing {
  readonly parts: ImportParts
  readonly actor: Actor
  readonly batch: Batch
  readonly kept: Kept[]
  readonly signal?: AbortSignal
}
interface Written {
  readonly isMade: boolean
  /** Field → what it was before the import, and what the import left. */
  readonly changes: Changes
}
const AT_ONCE = 200

/** May be started again where it stopped. @returns what was left as it is, with the reason */
export async function undoImport(
  parts: ImportParts,
  actor: Actor,
  batch: Batch,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): Promise<Kept[]> {
  const undoer: Actor = {
    ...actor,
    roles: ['administrator'],
    origin: 'import',
    request: `${importRequest(batch.id)}-undo`,
  }
  const undoing: Undoing = { parts, actor: undoer, batch, kept: [], signal: options.signal }
  const kinds = await kindsOf(undoing)
  const total = kinds.reduce((sum, kind) => sum + kind.ids.length, 0)
  let done = 0
  for (const { record, ids } of kinds) {
    const used =
      record.name === batch.record ? new Map<number, string>() : await inUse(parts.store, undoer, record, ids)
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const chunk = ids.slice(at, at + AT_ONCE)
      done += chunk.length
      await takeBack(undoing, record, { ids: chunk, used, done })
      options.onProgress?.(done, total)
      await breath(options.signal)
    }
  }
  return undoing.kept
}

/** The records that it wrote: its own kind first, then what it made because rows named them. */
async function kindsOf({ parts, actor, batch }: Undoing): Promise<{ record: RecordType; ids: number[] }[]> {
  const rows = await run<{ record: string; id: number }>(
    parts.store.db,
    sql`select distinct record, record_id as id from journal where org = ${actor.org} and request = ${importRequest(batch.id)} and record <> 'importBatch' order by 2`,
  )
  const byKind = [...Map.groupBy(rows, (row) => row.record)].map(([name, found]) => ({
    record: parts.store.catalogue.get(name),
    ids: found.map((row) => row.id),
  }))
  return byKind.sort((a, b) => Number(b.record.name === batch.record) - Number(a.record.name === batch.record))
}

async function takeBack(
  { parts, actor, batch, kept }: Undoing,
  record: RecordType,
  of: { ids: readonly number[]; used: ReadonlyMap<number, string>; done: number },
): Promise<void> {
  const { store } = parts
  const [rows, written, since, held] = await Promise.all([
    store.many(actor, record, of.ids, { binned: true }),
    writtenBy(parts, actor, batch, { record, ids: of.ids }),
    changedSince(parts, actor, batch, { record, ids: of.ids }),
    holdsOn(store.db, { store, org: actor.org, record, ids: of.ids }),
  ])
  const now = store.now()
  const planned: PlannedWrite[] = []
  for (const row of rows) {
    const what = written.get(row.id)
    if (what === undefined || row.binnedAt !== null) continue
    const back = what.isMade ? binned(row, { now, since, used: of.used, held }) : restored(record, row, what.changes)
    if (typeof back === 'string') kept.push({ number: row.number, because: back })
    else if (back !== null)
      planned.push({ write: { before: row, after: back, action: 'undo' }, row: row.id, doneRows: of.done })
  }
  const refuse = (one: PlannedWrite, because: string): void =>
    void kept.push({ number: one.write.after.number, because })
  await writeBatch({ store, actor, record, rules: undefined, batch: batch.id, refuse }, planned, of.done)
}

function binned(
  row: AnyRow,
  {
    now,
    since,
    used,
    held,
  }: {
    now: string
    since: ReadonlySet<number>
    used: ReadonlyMap<number, string>
    held: ReadonlyMap<number, unknown>
  },
): AnyRow | string {
  if (held.has(row.id)) return say`${row.number} is on legal hold and stays until the hold is released.`
  if (since.has(row.id))
    return say`${row.number} was changed after the import. Put it into the bin by hand if it is not needed.`
  const user = used.get(row.id)
  return user === undefined ? { ...row, binnedAt: now } : say`${row.number} is used by ${user}.`
}
/** The row with its former values; null when it has them already; a sentence when somebody changed them since. */
function restored(record: RecordType, row: AnyRow, changes: Changes): AnyRow | string | null {
  const fields = Object.entries(changes).filter(([name]) => name in record.fields || name === 'tags')
  const custom = customBack(row, changes['custom'])
  if (typeof custom === 'string') return custom
  const open = fields.filter(([name, [before]]) => !isSame(row[name], before))
  if (open.length === 0 && custom === null) return null
  const later = open.find(([name, [, after]]) => !isSame(row[name], after))
  if (later !== undefined)
    return say`${said(record.fields[later[0]]?.label ?? labelOf(later[0]))} of ${row.number} was changed again since.`
  const back = Object.fromEntries(open.map(([name, [before]]) => [name, before ?? emptyOf(record, name)]))
  const restoredRow = { ...row, ...back, custom: custom ?? row.custom }
  return Object.values(lacking(record, row, restoredRow))[0] ?? restoredRow
}
/** Added fields one by one, as the import may not have seen all of them; null when nothing is to be put back. */
function customBack(row: AnyRow, sides: readonly [unknown, unknown] | undefined): AnyRow['custom'] | string | null {
  const [before, after] = (sides ?? [null, null]).map((side) => Object(side ?? {}) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>] // oxfmt-ignore
  const names = Object.keys({ ...before, ...after }).filter((name) => !isSame(before[name], after[name]))
  const open = names.filter((name) => !isSame(row.custom[name], before[name]))
  const later = open.find((name) => !isSame(row.custom[name], after[name]))
  if (later !== undefined) return say`${said(labelOf(later))} of ${row.number} was changed again since.`
  return open.length === 0 ? null : { ...row.custom, ...Object.fromEntries(open.map((name) => [name, before[name] ?? null])) } // oxfmt-ignore
}
function emptyOf(record: RecordType, name: string): unknown {
  const kind = name === 'tags' ? 'tags' : record.fields[name]?.kind
  return kind === 'refs' || kind === 'tags' ? [] : null
}

async function writtenBy(
  { store }: ImportParts,
  actor: Actor,
  batch: Batch,
  { record, ids }: { record: RecordType; ids: readonly number[] },
): Promise<Map<number, Written>> {
  const entries = await run<{ record_id: number; action: string; changes: Changes }>(
    store.db,
    sql`select record_id, action, changes from journal where org = ${actor.org} and record = ${record.name} and record_id = any(${ids}::bigint[]) and request = ${importRequest(batch.id)} order by id`,
  )
  const made = new Map<number, Written>()
  for (const entry of entries) {
    const earlier = made.get(entry.record_id) ?? { isMade: false, changes: {} }
    const changes: Record<string, readonly [unknown, unknown]> = { ...earlier.changes }
    for (const [name, [before, after]] of Object.entries(entry.changes))
      changes[name] = [earlier.changes[name] === undefined ? before : earlier.changes[name][0], after]
    made.set(entry.record_id, { isMade: earlier.isMade || entry.action === 'create', changes })
  }
  return made
}
/** Records that people or other imports have written since; what the product did by itself does not count. */
async function changedSince(
  { store }: ImportParts,
  actor: Actor,
  batch: Batch,
  { record, ids }: { record: RecordType; ids: readonly number[] },
): Promise<Set<number>> {
  const rows = await run<{ record_id: number }>(
    store.db,
    sql`select distinct record_id from journal where org = ${actor.org} and record = ${record.name} and record_id = any(${ids}::bigint[])
      and request <> ${importRequest(batch.id)} and request <> ${actor.request} and origin not in ('system', 'rule', 'setup')`,
  )
  return new Set(rows.map((row) => row.record_id))
}
