/** A file comes in: kept by its content, opened to see what it is, and given its first mapping. */
import { amid, say } from '#engines/say.ts'
import { holdsEverywhere } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { badRequest, conflict, forbidden, Refusal, unfit } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { leaveBehind } from '#kit/retention/lost-files.ts'
import { importBatch } from '#kit/records/setup.ts'
import type { Store } from '#kit/store.ts'
import type { Batch } from './batch.ts'
import { batchFrom, changeBatch, ownBatch, refuseUnless } from './batch.ts'
import { foundOf } from './found.ts'
import type { ImportMapping, ReadyMapping } from './mapping.ts'
import { checkMapping } from './mapping-check.ts'
import type { ImportParts, Table, TableOptions } from './ports.ts'
import { fileRefusal, MOST_BYTES } from './ports.ts'
import { firstMapping } from './suggest.ts'

export interface UploadOrder extends TableOptions {
  readonly record: string
  readonly fileName: string
  readonly content: AsyncIterable<Uint8Array>
}

/** @throws bad request (400) for an unknown record, forbidden (403), or unfit (422) with the reader's sentence */
export async function upload(parts: ImportParts, actor: Actor, order: UploadOrder): Promise<Batch> {
  const { store } = parts
  const record = importable(store, actor, order.record)
  const { sha256 } = await parts.keepFile(order.content, { maxBytes: MOST_BYTES }).catch(asRefusal)
  const table = await opened(parts, sha256, order).catch(async (error: unknown) => {
    await leaveBehind(store.db, sha256)
    throw error
  })
  const found = foundOf(table.found)
  const mapping = await firstMapping({ store, actor, record, found }, parts.ready)
  const fileName =
    order.fileName
      .replace(/^.*[\\/]/, '')
      .replaceAll('\u0000', '')
      .slice(-255) || 'file'
  const row = await store.create(
    { ...actor, roles: ['administrator'] },
    importBatch,
    { fileName, record: record.name, state: 'uploaded', sha256, found, mapping, rows: found.rows, progress: 0 },
    { trusted: true },
  )
  return batchFrom(row)
}
function importable(store: Store, actor: Actor, name: string): RecordType {
  if (name === '')
    throw badRequest(say`Say what the file holds: send the part "record", such as "incident", before the part "file".`)
  const record = store.catalogue.get(name)
  const isAllowed =
    holdsEverywhere(actor, importBatch, 'create') &&
    holdsEverywhere(actor, record, 'create') &&
    holdsEverywhere(actor, record, 'update')
  if (!isAllowed)
    throw forbidden(say`You may not import ${amid(record.labelPlural)}. Ask an administrator for a role that may.`)
  if (record.name === importBatch.name)
    throw badRequest(say`Imports themselves cannot be imported. Choose another kind of record.`)
  return record
}
/** Opens a kept file; what the readers refuse becomes an answer with their sentence. */
export async function opened(parts: ImportParts, sha256: string, options: TableOptions = {}): Promise<Table> {
  return parts
    .openTable(sha256, { encoding: options.encoding, separator: options.separator, sheet: options.sheet })
    .catch(asRefusal)
}
export function asRefusal(error: unknown): never {
  const because = fileRefusal(error)
  if (because === null) throw error
  throw new Refusal(error instanceof Error && error.name === 'FileTooLarge' ? 413 : 422, 'file', because)
}

/** A mapping as sent, a shipped one by name, or another way to read the file. */
export interface MapOrder {
  readonly mapping?: unknown
  readonly readyMapping?: string
  readonly reading?: TableOptions
}
/** @throws unfit (422) with each mistake at its place; conflict (409) while it runs */
export async function remap(parts: ImportParts, actor: Actor, id: number, order: MapOrder): Promise<Batch> {
  const { store } = parts
  const batch = await ownBatch(store, actor, id)
  refuseUnless(batch, 'map')
  if (order.reading !== undefined) return reread(parts, actor, batch, order.reading)
  const wanted = order.readyMapping === undefined ? order.mapping : ready(parts, batch, order.readyMapping)
  if (wanted === undefined || wanted === null) throw badRequest(say`Send "mapping", "readyMapping" or "reading".`)
  const mapping = fitting(parts, actor, batch, wanted)
  return changeBatch(
    store,
    actor,
    { id, rev: batch.rev },
    { mapping, state: 'uploaded', counts: null, problems: [], rejected: [], because: null },
  )
}
async function reread(parts: ImportParts, actor: Actor, batch: Batch, reading: TableOptions): Promise<Batch> {
  const { store } = parts
  const found = foundOf((await opened(parts, batch.sha256, reading)).found)
  const mapping = await firstMapping({ store, actor, record: store.catalogue.get(batch.record), found }, parts.ready)
  return changeBatch(
    store,
    actor,
    { id: batch.id, rev: batch.rev },
    { found, mapping, rows: found.rows, state: 'uploaded', counts: null, problems: [], rejected: [], because: null },
  )
}
function ready(parts: ImportParts, batch: Batch, name: string): ImportMapping {
  const found: ReadyMapping | undefined = parts.ready.find(
    (one) => (one.name === name || one.label === name) && one.record === batch.record,
  )
  if (found === undefined)
    throw badRequest(
      say`There is no ready mapping "${name.slice(0, 60)}" for this kind of record. There are: ${
        parts.ready
          .filter((one) => one.record === batch.record)
          .map((one) => `"${one.label}"`)
          .join(', ') || 'none'
      }.`,
    )
  return { ...found.mapping, from: found.label }
}
function fitting({ store }: ImportParts, actor: Actor, batch: Batch, sent: unknown): ImportMapping {
  if (batch.found === null) throw conflict(say`${batch.number} has no file. Upload it again.`)
  const result = checkMapping(
    {
      catalogue: store.catalogue,
      actor,
      record: store.catalogue.get(batch.record),
      columns: batch.found.columns.map((column) => column.name),
    },
    sent,
  )
  if ('problems' in result) throw unfit(result.problems)
  return result.mapping
}
