/** The same change or move on many records: each is checked by itself, and each failure says why. */
import { say } from '#engines/say.ts'
import type { Actor } from './actor.ts'
import type { FilterContext } from './condition.ts'
import { list } from './list.ts'
import { badRequest, Refusal } from './problem.ts'
import type { RecordType } from './record.ts'
import type { Store } from './store.ts'

export interface BulkOrder {
  readonly ids?: readonly number[]
  readonly filter?: string
  readonly q?: string
  readonly change?: Readonly<Record<string, unknown>>
  readonly move?: string
  readonly input?: Readonly<Record<string, unknown>>
  readonly bin?: boolean
}
export interface BulkResult {
  readonly request: string
  readonly done: number
  readonly failed: readonly { readonly id: number; readonly number: string; readonly because: string }[]
}
const MOST = 5000
const AT_ONCE = 8

/** @throws bad request when nothing is chosen, nothing is to be done, or more than 5,000 match */
export async function bulk(
  store: Store,
  context: FilterContext,
  record: RecordType,
  order: BulkOrder,
): Promise<BulkResult> {
  const ids = await chosen(store, context, record, { order, most: MOST })
  const { failed } = await doAll(store, context.actor, record, { ids, order })
  return { request: context.actor.request, done: ids.length - failed.length, failed }
}
/** What is to be done with each. @throws bad request unless it is exactly one deed */
export function onlyDeed({
  change,
  move,
  input,
  bin,
}: BulkOrder): Pick<BulkOrder, 'change' | 'move' | 'input' | 'bin'> {
  const deeds = [change, move, bin].filter((deed) => deed !== undefined)
  if (deeds.length !== 1) throw badRequest(say`Send exactly one of "change", "move" or "bin".`)
  return { change, move, input, bin }
}
/** The ids of an order, each once. @throws bad request as `bulk` does */
async function chosen(
  store: Store,
  context: FilterContext,
  record: RecordType,
  { order, most }: { order: BulkOrder; most: number },
): Promise<number[]> {
  onlyDeed(order)
  const ids = order.ids ?? (await matching(store, context, record, { order, most }))
  if (ids.length === 0) throw badRequest(say`Nothing is chosen. Send "ids", or a "filter" that matches something.`)
  if (ids.length > most) throw badRequest(say`At most ${most} records at once; this matches more. Narrow the filter.`)
  return [...new Set(ids)]
}
export interface AllDone {
  /** Those that were left as they were, each with the reason. */
  readonly failed: BulkResult['failed']
  /** So many of the first ids were gone through: all of them unless it was told to stop. */
  readonly reached: number
}
/**
 * Does it to each, a few at a time. @param stop nothing more is begun then
 * @throws what is no refusal, when everything that was begun has ended: nothing is written after that
 */
export async function doAll(
  store: Store,
  actor: Actor,
  record: RecordType,
  { ids, order, stop }: { ids: readonly number[]; order: BulkOrder; stop?: AbortSignal },
): Promise<AllDone> {
  const failed: { id: number; number: string; because: string }[] = []
  const queue = [...ids]
  const next = (): number | undefined => (stop?.aborted === true ? undefined : queue.shift())
  const work = async (): Promise<void> => {
    for (let id = next(); id !== undefined; id = next()) {
      const because = await one(store, actor, record, { id, order }).catch((error: unknown) => {
        queue.length = 0
        throw error
      })
      if (because !== null) failed.push({ id, number: `${record.number}-${id}`, because })
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, work))
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason
  return { failed, reached: ids.length - queue.length }
}

async function matching(
  store: Store,
  context: FilterContext,
  record: RecordType,
  { order, most }: { order: BulkOrder; most: number },
): Promise<number[]> {
  if (order.filter === undefined && order.q === undefined) return []
  const ids: number[] = []
  let after: string | undefined
  do {
    const page = await list(store.db, context, record, {
      filter: order.filter,
      q: order.q,
      limit: 500,
      after,
      sort: 'id',
      fields: [],
    })
    ids.push(...page.items.map((row) => row.id))
    after = page.next ?? undefined
  } while (after !== undefined && ids.length <= most)
  return ids
}
async function one(
  store: Store,
  actor: Actor,
  record: RecordType,
  { id, order }: { id: number; order: BulkOrder },
): Promise<string | null> {
  try {
    if (order.bin === true) await store.bin(actor, record, { id, rev: null })
    else if (order.move !== undefined)
      await store.move(actor, record, { id, rev: null, move: order.move }, order.input ?? {})
    else await store.change(actor, record, { id, rev: null }, order.change)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.errors[0]?.detail ?? error.message
    throw error
  }
}
