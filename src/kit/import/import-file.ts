/** A whole import at once, for the command line and for seeds: the same steps as on screen, in the foreground. */
import type { Actor } from '#kit/actor.ts'
import type { Batch } from './batch.ts'
import { changeBatch } from './batch.ts'
import type { ImportMapping } from './mapping.ts'
import type { ImportParts, TableOptions } from './ports.ts'
import { remap, upload } from './upload.ts'
import type { WorkOptions } from './work.ts'
import { work } from './work.ts'

export interface FileOrder extends TableOptions {
  readonly record: string
  readonly fileName: string
  readonly content: AsyncIterable<Uint8Array>
  /** The name of a shipped mapping, or a mapping; else the last one for such a file, or the suggestion. */
  readonly mapping?: unknown
  /** Check only. */
  readonly isDry?: boolean
  /** Rows name only what is here: nothing new is made for them. */
  readonly isKnownOnly?: boolean
}
export interface FileOptions extends WorkOptions {
  /** The file was read and its columns are mapped; nothing is checked or written yet. */
  readonly onFound?: (batch: Batch) => void
}

/**
 * @returns the import in its last state: `done`, `checked` or `failed`, with counts, problems and `because`
 * @throws refusals as the routes answer them: an unreadable file, a mapping that does not fit
 */
export async function importFile(
  parts: ImportParts,
  actor: Actor,
  order: FileOrder,
  options: FileOptions = {},
): Promise<Batch> {
  let batch = await upload(parts, actor, order)
  if (typeof order.mapping === 'string') batch = await remap(parts, actor, batch.id, { readyMapping: order.mapping })
  else if (order.mapping !== undefined) batch = await remap(parts, actor, batch.id, { mapping: order.mapping })
  if (order.isKnownOnly === true && batch.mapping !== null)
    batch = await remap(parts, actor, batch.id, { mapping: knownOnly(batch.mapping) })
  options.onFound?.(batch)
  const deed = order.isDry === true ? 'check' : 'run'
  await changeBatch(
    parts.store,
    actor,
    { id: batch.id, rev: batch.rev },
    { state: deed === 'check' ? 'checking' : 'running' },
  )
  return work(parts, actor, { id: batch.id, deed }, options)
}

function knownOnly(mapping: ImportMapping): ImportMapping {
  const columns = Object.entries(mapping.columns).map(([field, source]) => [
    field,
    source.create === true ? { ...source, create: false } : source,
  ])
  return { ...mapping, columns: Object.fromEntries(columns) }
}

/** Takes an import back in the foreground. */
export async function undoFile(
  parts: ImportParts,
  actor: Actor,
  id: number,
  options: WorkOptions = {},
): Promise<Batch> {
  await changeBatch(parts.store, actor, { id, rev: null }, { state: 'undoing' })
  return work(parts, actor, { id, deed: 'undo' }, options)
}
