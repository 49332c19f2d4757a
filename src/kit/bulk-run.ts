/**
 * The same change or move on very many records, in the background: chosen one by one, or everything that a filter matches.
 * How far it is can be asked, it can be cancelled, and one undo takes the whole back, in the background as well.
 */
import { say, speaks } from '#engines/say.ts'
import type { Actor } from './actor.ts'
import type { BulkOrder, BulkResult } from './bulk.ts'
import { onlyDeed } from './bulk.ts'
import type { FilterContext } from './condition.ts'
import type { Sql, Tx } from './database.ts'
import type { JobSender } from './jobs.ts'
import { badRequest, conflict, forbidden, notFound } from './problem.ts'
import type { RecordType } from './record.ts'
import type { Fragment } from './sql.ts'
import { raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'
import { total } from './total.ts'

export const BULK_JOB = 'bulk'
export interface BulkParts {
  readonly store: Store
  readonly jobs: JobSender
}
export interface BulkProgress {
  readonly id: number
  /** The kind of record. */
  readonly record: string
  readonly deed: 'change' | 'move' | 'bin' | 'undo'
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  /** Null until they are counted. */
  readonly total: number | null
  /** How many were gone through, those that were left as they were among them. */
  readonly position: number
  /** How many were left as they were. */
  readonly left: number
  /** The first thousand of those. */
  readonly failed: BulkResult['failed']
  /** How many for which reason, most first. */
  readonly reasons: readonly { readonly because: string; readonly count: number }[]
  /** Why it failed as a whole. */
  readonly because: string | null
  readonly request: string
}
/** Nobody asks for one of longer ago. */
const KEPT_DAYS = 7

/** The run and its job are one commit. @throws bad request when nothing is chosen or to be done; forbidden for a program that is nobody */
export async function beginBulk(
  parts: BulkParts,
  context: FilterContext,
  record: RecordType,
  order: BulkOrder,
): Promise<BulkProgress> {
  const deed = onlyDeed(order)
  const which = order.ids === undefined ? await matching(parts.store.db, context, record, order) : { ids: [...new Set(order.ids)] } // oxfmt-ignore
  const count = 'ids' in which ? which.ids.length : which.total
  if (count === 0) throw nothingChosen()
  return begin(parts, context.actor, { record: record.name, deed, zone: context.zone, count, ...which })
}
/** Takes back what a run has written, newest first. @throws not found; conflict while it is under way, or when it wrote nothing */
export async function beginUndo(parts: BulkParts, actor: Actor, id: number): Promise<BulkProgress> {
  const on = parts.store.db
  const [found] = await run<{ record: string; request: string; state: string; n: number }>(
    on,
    sql`select b.record, b.request, b.state, (select count(*) from journal j where j.org = b.org and j.request = b.request) as n from bulk_run b where ${own(actor, id)}`,
  )
  if (found === undefined) throw notFound(say`What you started`)
  if (found.state === 'running') throw conflict(say`It is still under way. Cancel it first, or wait until it is over.`)
  if (found.n === 0) throw conflict(say`Nothing was changed, so there is nothing to undo.`)
  const { record, request, n } = found
  return begin(parts, actor, { record, deed: { undo: request }, zone: 'UTC', count: Number(n), ids: [] })
}
/** What is done stays done. @throws not found; conflict when it is over */
export async function cancelBulk(on: Sql, actor: Actor, id: number): Promise<BulkProgress> {
  const stopped = await run(
    on,
    sql`update bulk_run b set state = 'cancelled' where ${own(actor, id)} and b.state = 'running' returning b.id`,
  )
  const now = await bulkProgress(on, actor, id)
  if (stopped.length === 0) throw conflict(say`It is over already. What it did can be undone.`)
  return now
}
/** One's own only. @throws not found */
export async function bulkProgress(on: Sql, actor: Actor, id: number): Promise<BulkProgress> {
  const [found] = await progressOf(on, own(actor, id))
  if (found === undefined) throw notFound(say`What you started`)
  return found
}
/** One's own that are under way, the newest first: for a page that was opened anew. */
export async function runningBulks(on: Sql, { org, person }: Actor): Promise<BulkProgress[]> {
  return progressOf(
    on,
    sql`b.org = ${org} and b.person = ${person} and b.state = 'running' order by b.id desc limit 50`,
  )
}
async function progressOf(on: Sql, which: Fragment): Promise<BulkProgress[]> {
  const found = await run<Omit<BulkProgress, 'reasons' | 'deed'> & { deed: Deed; reasons: Record<string, number> }>(
    on,
    sql`select b.id, b.record, b.deed, b.state, coalesce(b.total, nullif(cardinality(b.ids), 0)) as total, b.position, b.failures as "left", b.failed, b.reasons, b.because, b.request from bulk_run b where ${which}`,
  )
  return found.map(({ reasons, deed, ...progress }) => {
    const counted = Object.entries(reasons).map(([because, count]) => ({ because, count }))
    return { ...progress, deed: deedIn(deed), reasons: counted.sort((one, other) => other.count - one.count) }
  })
}
export async function forgetBulk(on: Sql): Promise<void> {
  await on.query(`delete from bulk_run where created_at < now() - interval '${KEPT_DAYS} days'`)
}

function own(actor: Actor, id: number): Fragment {
  return sql`b.org = ${actor.org} and b.id = ${id} and b.person = ${actor.person}`
}
function nothingChosen(): Error {
  return badRequest(say`Nothing is chosen. Send "ids", or a "filter" that matches something.`)
}
/** What a run is to do: one of these, with what belongs to it. */
type Deed = Readonly<Partial<Record<BulkProgress['deed'] | 'input', unknown>>>
function deedIn(deed: Deed): BulkProgress['deed'] {
  const named = ['undo', 'bin', 'move'] as const
  return named.find((name) => deed[name] !== undefined) ?? 'change'
}
interface Matching {
  readonly filter: string
  readonly q: string
  readonly upto: number
  /** Null where there are more than a list counts. */
  readonly total: number | null
}
/** @throws bad request for a filter that cannot be read */
async function matching(on: Sql, context: FilterContext, record: RecordType, order: BulkOrder): Promise<Matching> {
  if (order.filter === undefined && order.q === undefined) throw nothingChosen()
  const { filter = '', q = '' } = order
  const counted = await total(on, context, record, { filter, q })
  const [last] = await run<{ id: number | null }>(
    on,
    sql`select max(id) as id from ${raw(record.table)} where org = ${context.actor.org}`,
  )
  return { filter, q, upto: last?.id ?? 0, total: counted.atLeast ? null : counted.count }
}
interface Begun extends Partial<Matching> {
  readonly record: string
  readonly deed: Deed
  readonly zone: string
  readonly ids?: readonly number[]
  readonly count: number | null
}
async function begin({ store, jobs }: BulkParts, actor: Actor, begun: Begun): Promise<BulkProgress> {
  if (actor.person === null) throw forbidden(say`Only a person can start this in the background.`)
  const { record, deed, zone, ids = [], filter = null, q = null, upto = null, count } = begun
  return store.transaction(actor, async ({ on }) => {
    const [made] = await run<{ id: number }>(
      on,
      sql`insert into bulk_run (org, person, record, deed, ids, request, filter, q, zone, upto, total) values (${actor.org}, ${actor.person}, ${record}, ${JSON.stringify(deed)}::jsonb, ${ids}::bigint[], ${actor.request}, ${filter}, ${q}, ${zone}, ${upto}, ${count}) returning id`,
    )
    const id = made?.id ?? 0
    const { org, person, origin, request, onBehalfOf = null } = actor
    // Ids alone: with which rights it is done is asked at each step.
    await jobs.send(on as Tx, BULK_JOB, {
      org,
      run: id,
      person,
      origin,
      request,
      onBehalfOf,
      language: speaks()?.tag ?? null,
    }) // it is the transaction that was opened here
    return {
      id,
      record,
      deed: deedIn(deed),
      state: 'running',
      total: count,
      position: 0,
      left: 0,
      failed: [],
      reasons: [],
      because: null,
      request,
    }
  })
}
