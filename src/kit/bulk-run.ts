/** The same change or move on very many records, in the background: how far it is can be asked, and one undo takes the whole back. */
import { say, speaking, speaks } from '#engines/say.ts'
import type { Actor, Grant } from './actor.ts'
import type { BulkOrder, BulkResult } from './bulk.ts'
import { chosen, doAll } from './bulk.ts'
import type { FilterContext } from './condition.ts'
import type { Sql, Tx } from './database.ts'
import type { JobData, JobHandler, JobOptions, JobSender } from './jobs.ts'
import { forbidden, notFound } from './problem.ts'
import type { RecordType, Role } from './record.ts'
import { run, sql } from './sql.ts'
import type { Store } from './store.ts'

export const BULK_JOB = 'bulk'
export interface BulkParts {
  readonly store: Store
  readonly jobs: JobSender
}
export interface BulkProgress {
  readonly id: number
  readonly state: 'running' | 'done'
  readonly total: number
  /** How many were gone through, those that were left as they were among them. */
  readonly position: number
  readonly failed: BulkResult['failed']
  /** To undo it. */
  readonly request: string
}
/** As many as one undo takes back. */
const MOST = 10_000
/** After so many it is written down how far it is, and a process that follows goes on there. */
const STEP = 40
/** Nobody asks for one of longer ago. */
const KEPT_DAYS = 7

/** The run and its job are one commit. @throws bad request as `bulk` does; forbidden for a program that is nobody */
export async function beginBulk(
  { store, jobs }: BulkParts,
  context: FilterContext,
  record: RecordType,
  order: BulkOrder,
): Promise<BulkProgress> {
  const { actor } = context
  if (actor.person === null) throw forbidden(say`Only a person can start this in the background.`)
  const ids = await chosen(store, context, record, { order, most: MOST })
  const { change, move, input, bin } = order
  return store.transaction(actor, async ({ on }) => {
    const [made] = await run<{ id: number }>(
      on,
      sql`insert into bulk_run (org, person, record, deed, ids, request) values (${actor.org}, ${actor.person}, ${record.name}, ${JSON.stringify({ change, move, input, bin })}::jsonb, ${ids}::bigint[], ${actor.request}) returning id`,
    )
    const id = made?.id ?? 0
    const { org, person, name, roles, grants = [], origin, request } = actor
    const language = speaks()?.tag ?? null
    await jobs.send(on as Tx, BULK_JOB, { org, run: id, person, name, roles, grants, origin, request, language }) // it is the transaction that was opened here
    return { id, state: 'running', total: ids.length, position: 0, failed: [], request }
  })
}

/** One's own only. @throws not found */
export async function bulkProgress(on: Sql, actor: Actor, id: number): Promise<BulkProgress> {
  const [found] = await run<BulkProgress>(
    on,
    sql`select id, state, cardinality(ids) as total, position, failed, request from bulk_run where org = ${actor.org} and id = ${id} and person = ${actor.person}`,
  )
  if (found === undefined) throw notFound(say`What you started`)
  return found
}

export function bulkJob({ store }: Pick<BulkParts, 'store'>): { options: JobOptions; handler: JobHandler } {
  return {
    options: { retryLimit: 3, retryBackoff: 5, concurrency: 2 },
    handler: async (data, { signal }) => {
      const language = typeof data['language'] === 'string' ? data['language'] : null
      await speaking(language, () => goOn(store, actorOf(data), Number(data['run']), signal))
    },
  }
}
/** As `beginBulk` wrote it. */
function actorOf(data: JobData): Actor {
  return {
    org: Number(data['org']),
    person: Number(data['person']),
    name: String(data['name']),
    roles: data['roles'] as readonly Role[],
    grants: data['grants'] as readonly Grant[],
    origin: data['origin'] as Actor['origin'],
    request: String(data['request']),
  }
}
/** From where it stopped; what is done twice then has changed nothing the second time. */
async function goOn(store: Store, actor: Actor, id: number, signal: AbortSignal): Promise<void> {
  const [begun] = await run<{ record: string; deed: BulkOrder; ids: number[]; position: number }>(
    store.db,
    sql`select record, deed, ids, position from bulk_run where org = ${actor.org} and id = ${id} and state = 'running'`,
  )
  if (begun === undefined) return
  const { ids, deed: order } = begun
  const record = store.catalogue.get(begun.record)
  for (let at = begun.position; at < ids.length; at += STEP) {
    signal.throwIfAborted()
    const step = ids.slice(at, at + STEP).map(Number)
    const failed = await doAll(store, actor, record, { ids: step, order })
    await run(
      store.db,
      sql`update bulk_run set position = ${at + step.length}, failed = failed || ${JSON.stringify(failed)}::jsonb where org = ${actor.org} and id = ${id}`,
    )
  }
  await run(store.db, sql`update bulk_run set state = 'done' where org = ${actor.org} and id = ${id}`)
}

export async function forgetBulk(on: Sql): Promise<void> {
  await on.query(`delete from bulk_run where created_at < now() - interval '${KEPT_DAYS} days'`)
}
