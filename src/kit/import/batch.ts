/** One import as a record: what was uploaded, how it is mapped, and what became of it. Its states change here and nowhere else. */
import { amid, say } from '#engines/say.ts'
import { holdsEverywhere, readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { conflict, forbidden, notFound } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { importBatch } from '#kit/records/setup.ts'
import type { Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import type { ImportMapping } from './mapping.ts'
import type { Counts, RowProblem } from './outcome.ts'
import type { FoundTable } from './ports.ts'
import type { RowRange } from './rejected.ts'

export const BATCH_STATES = ['uploaded', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed'] as const // oxfmt-ignore
export type BatchState = (typeof BATCH_STATES)[number]
/** What was found in the file, with a signature of its columns by which a mapping is remembered. */
export interface Found extends FoundTable {
  readonly rows: number
  readonly signature: string
}
export interface Batch {
  readonly id: number
  readonly number: string
  readonly rev: number
  readonly fileName: string
  readonly record: string
  readonly state: BatchState
  readonly sha256: string
  readonly found: Found | null
  readonly mapping: ImportMapping | null
  readonly counts: Counts | null
  readonly problems: readonly RowProblem[]
  /** Rows of the file that were left out, in order. */
  readonly rejected: readonly RowRange[]
  readonly progress: number
  readonly rows: number
  readonly because: string | null
}

/** The import; without anything of its file for those who may see that it is there, not what it is about. @throws not found (404) */
export async function readBatch(store: Store, actor: Actor, id: number): Promise<Batch> {
  const { number } = await store.get(actor, importBatch, id)
  const row = await store.get({ ...actor, roles: ['administrator'] }, importBatch, id)
  if (row.binnedAt !== null) throw notFound(number)
  const batch = batchFrom(row)
  return isOpen(store, actor, row) ? batch : { ...batch, found: null, mapping: null, problems: [], rejected: [] }
}
/** Whether the actor may know what stands in the file: whoever sent it, may bring such files in, or reads all such records. */
function isOpen(store: Store, actor: Actor, row: AnyRow): boolean {
  const record = recordOf(store, batchFrom(row))
  const isOwn = actor.person !== null && idIn(row['createdBy']) === actor.person
  return isOwn || mayImport(actor, record) || readsAll(actor, record, store.catalogue)
}
/** Whether the actor may create and change that kind of record, and imports, everywhere. */
function mayImport(actor: Actor, record: RecordType): boolean {
  return (
    holdsEverywhere(actor, importBatch, 'update') &&
    holdsEverywhere(actor, record, 'create') &&
    holdsEverywhere(actor, record, 'update')
  )
}
/** The import, for somebody who wants to do something with it. @throws not found (404) or forbidden (403) */
export async function ownBatch(store: Store, actor: Actor, id: number): Promise<Batch> {
  const batch = await readBatch(store, actor, id)
  const record = recordOf(store, batch)
  if (!mayImport(actor, record))
    throw forbidden(say`You may not import ${amid(record.labelPlural)}. Ask an administrator for a role that may.`)
  return batch
}
export function batchFrom(row: AnyRow): Batch {
  // The columns hold what this module has written into them.
  return {
    ...(row as unknown as Batch),
    problems: (row['problems'] ?? []) as readonly RowProblem[],
    rejected: (row['rejected'] ?? []) as readonly RowRange[],
    progress: Number(row['progress'] ?? 0),
    rows: Number(row['rows'] ?? 0),
  }
}
/** The kind of record that it fills. @throws a refusal when it is not known here any more */
export function recordOf(store: Store, batch: Pick<Batch, 'record'>): RecordType {
  return store.catalogue.get(batch.record)
}

export type BatchChange = Partial<
  Pick<Batch, 'state' | 'mapping' | 'counts' | 'problems' | 'rejected' | 'rows' | 'because' | 'found'>
>
/** Changes an import as the product itself; `rev` makes sure that two people do not start it at once. */
export async function changeBatch(
  store: Store,
  actor: Actor,
  target: { id: number; rev: number | null },
  change: BatchChange & { unit?: Unit },
): Promise<Batch> {
  const asked = { ...actor, roles: ['administrator'] as const }
  const { unit, ...values } = change
  return batchFrom(
    await store.change(asked, importBatch, target, values, {
      trusted: true,
      action: change.state === undefined ? 'change' : `import:${change.state}`,
      unit,
    }),
  )
}

/** Who writes the records of an import: everything that it writes is found, and undone, by this one request. */
export function importActor(actor: Actor, id: number): Actor {
  return { ...actor, origin: 'import', request: importRequest(id) }
}
export function importRequest(id: number): string {
  return `import-${id}`
}

const ALLOWED: Readonly<Record<'map' | 'check' | 'run' | 'undo', readonly BatchState[]>> = {
  map: ['uploaded', 'checked', 'failed'],
  check: ['uploaded', 'checked', 'failed'],
  run: ['uploaded', 'checked', 'failed'],
  undo: ['done', 'failed'],
}
const SAID: Readonly<Record<BatchState, (number: string) => string>> = {
  uploaded: (number) => say`${number} has not been run yet.`,
  checking: (number) => say`${number} is being checked; wait until that is done.`,
  checked: (number) => say`${number} has not been run yet.`,
  running: (number) => say`${number} is running; wait until it is done.`,
  done: (number) => say`${number} is done. Upload the file again to repeat it, or undo it.`,
  undoing: (number) => say`${number} is being undone; wait until that is done.`,
  undone: (number) => say`${number} was undone. Upload the file again to repeat it.`,
  failed: (number) => say`${number} has stopped.`,
}
/** @throws conflict (409) that says what the import is doing */
export function refuseUnless(batch: Batch, deed: keyof typeof ALLOWED): void {
  if (!ALLOWED[deed].includes(batch.state)) throw conflict(SAID[batch.state](batch.number))
  if ((deed === 'map' || deed === 'check') && batch.progress > 0 && batch.state === 'failed')
    throw conflict(say`${batch.number} has written a part of its rows. Run it to the end, or undo it, first.`)
}
