/**
 * The work of a bulk run: a batch at a time, each with the rights of that moment, and after each it is written down how far it
 * is. A process that stops hands over there, and one that follows goes on. What a batch did before its process died is known
 * by the journal.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { say, speaking } from '#engines/say.ts'
import type { Actor } from './actor.ts'
import type { BulkOrder, BulkResult } from './bulk.ts'
import { doAll } from './bulk.ts'
import type { BulkParts } from './bulk-run.ts'
import { BULK_JOB } from './bulk-run.ts'
import type { Sql, Tx } from './database.ts'
import type { JobData, JobHandler, JobOptions, JobRun } from './jobs.ts'
import { listConditions } from './list.ts'
import { actorOfPerson } from './sign-in.ts'
import type { Fragment } from './sql.ts'
import { all, raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'
import type { WrittenEntry } from './undo.ts'
import { takeBack } from './undo.ts'

const RETRIES = 3
const STEP = 100
/** So many of those that were left as they were are kept; the others are counted. */
const MOST_KEPT = 1000
/** Sentences may name the record: then there are as many reasons as records. */
const MOST_REASONS = 50
/** After so long a run lets others go before it: two at once from one process, and none is ever taken to hang (15 minutes). */
const TURN_MS = 5 * 60_000
/** A batch that was begun longer ago is over: its process has died. */
const CLAIM_MINUTES = 5
const LOOK_MS = 250

/** As `beginBulk` wrote it. */
interface Order {
  readonly org: number
  readonly run: number
  readonly person: number
  readonly origin: Actor['origin']
  readonly request: string
  readonly onBehalfOf: number | null
}
interface Run {
  readonly id: number
  readonly org: number
  readonly record: string
  readonly deed: BulkOrder & { readonly undo?: string }
  readonly ids: readonly number[]
  readonly filter: string | null
  readonly q: string | null
  readonly zone: string
  readonly upto: number | null
  readonly begun: string
  total: number | null
  position: number
  after: number
  entry: string | null
  failures: number
  reasons: Record<string, number>
  kept: number
  readonly request: string
}
type Failed = BulkResult['failed']

/** @param turnMs shorter in tests */
export function bulkJob({ store, jobs }: BulkParts, turnMs = TURN_MS): { options: JobOptions; handler: JobHandler } {
  return {
    options: { retryLimit: RETRIES, retryBackoff: 5, concurrency: 2 },
    handler: async (data, at) => {
      const language = typeof data['language'] === 'string' ? data['language'] : null
      const order = orderIn(data)
      const stop = AbortSignal.any([at.stopping, at.signal, AbortSignal.timeout(turnMs)])
      await speaking(language, async () => {
        const isOver = await goOn(store, order, stop).catch((error: unknown) => noteFault(store.db, order, { at, error })) // oxfmt-ignore
        // Whoever follows begins with all its attempts. A job that was given up is begun again anyway, but for the last time.
        if (!isOver && (!at.signal.aborted || at.attempt > RETRIES)) await store.db.transaction((on) => jobs.send(on as Tx, BULK_JOB, data)) // oxfmt-ignore
      })
    },
  }
}
/** @throws what happened, so that it is tried again */
async function noteFault(on: Sql, order: Order, { at, error }: { at: JobRun; error: unknown }): Promise<never> {
  const because = say`Something went wrong here, and the log says what. What was done stays done and can be undone; start it again for the rest.`
  if (at.attempt > RETRIES) await end(on, order, { state: 'failed', because })
  else
    await run(on, sql`update bulk_run set claimed_at = null where org = ${order.org} and id = ${order.run}`).catch(
      () => {}, // the fault is to be told, and a claim runs out
    )
  throw error
}
function orderIn(data: JobData): Order {
  return {
    org: Number(data['org']),
    run: Number(data['run']),
    person: Number(data['person']),
    origin: data['origin'] as Actor['origin'],
    request: String(data['request']),
    onBehalfOf: typeof data['onBehalfOf'] === 'number' ? data['onBehalfOf'] : null,
  }
}

/** @returns whether it is over; false where it was told to stop before */
async function goOn(store: Store, order: Order, stop: AbortSignal): Promise<boolean> {
  const found = await loaded(store.db, order)
  if (found === null) return true
  if (found.deed.undo !== undefined) await stillness(store.db, found, stop)
  for (let isFirst = true; !stop.aborted; isFirst = false) {
    const actor = await actorNow(store.db, order)
    if (actor === null) return end(store.db, order, { state: 'failed', because: say`Whoever started it is not here any more.` }) // oxfmt-ignore
    if (found.total === null) await count(store, actor, found)
    const from = found.position
    if (!(await claimed(store.db, found))) return true
    const left = await (found.deed.undo === undefined ? changeSome : undoSome)(store, actor, found, { isFirst, stop })
    if (left === null) return end(store.db, order, { state: 'done', because: null })
    if (!(await written(store.db, found, { left, from }))) return true
  }
  return false
}
/** Whoever cancels a run and takes it back at once does not come before what was begun of it. */
async function stillness(on: Sql, of: Run, stop: AbortSignal): Promise<void> {
  const isBusy = async (): Promise<boolean> => {
    const rows = await run(
      on,
      sql`select 1 as one from bulk_run where org = ${of.org} and request = ${of.deed.undo} and claimed_at > now() - make_interval(mins => ${CLAIM_MINUTES})`,
    )
    return rows.length > 0
  }
  while (!stop.aborted && (await isBusy())) await sleep(LOOK_MS)
}
async function actorNow(on: Sql, order: Order): Promise<Actor | null> {
  const actor = await actorOfPerson(on, order)
  const { origin, onBehalfOf } = order
  return actor && { ...actor, origin, ...(onBehalfOf === null ? {} : { onBehalfOf }) }
}
async function loaded(on: Sql, order: Order): Promise<Run | null> {
  const [found] = await run<Run>(
    on,
    sql`select id, org, record, deed, ids, filter, q, zone, upto, created_at as begun, coalesce(total, nullif(cardinality(ids), 0)) as total, position, after_id as after,
      after_entry::text as entry, failures, reasons, jsonb_array_length(failed) as kept, request
      from bulk_run where org = ${order.org} and id = ${order.run} and state = 'running'`,
  )
  return found ?? null
}
/** @returns false when it was cancelled meanwhile, or somebody else goes on with it */
async function claimed(on: Sql, of: Run): Promise<boolean> {
  const rows = await run(
    on,
    sql`update bulk_run set claimed_at = now() where org = ${of.org} and id = ${of.id} and state = 'running' and position = ${of.position} returning 1 as one`,
  )
  return rows.length > 0
}
/**
 * Where it is, what was left and why; also of what was begun before it was cancelled. @param from where the batch began
 * @returns whether it is to go on: not when it was cancelled meanwhile, or somebody else went on with it
 */
async function written(on: Sql, of: Run, { left, from }: { left: Failed; from: number }): Promise<boolean> {
  for (const { because } of left) {
    const known = Object.hasOwn(of.reasons, because) || Object.keys(of.reasons).length < MOST_REASONS
    const reason = known ? because : say`Other reasons`
    of.reasons[reason] = (of.reasons[reason] ?? 0) + 1
  }
  const kept = left.slice(0, Math.max(0, MOST_KEPT - of.kept))
  of.failures += left.length
  of.kept += kept.length
  const [row] = await run<{ state: string }>(
    on,
    sql`update bulk_run set position = ${of.position}, total = ${of.total}, after_id = ${of.after}, after_entry = ${of.entry}::uuid, failures = ${of.failures},
      reasons = ${JSON.stringify(of.reasons)}::jsonb, failed = failed || ${JSON.stringify(kept)}::jsonb, claimed_at = null
      where org = ${of.org} and id = ${of.id} and state in ('running', 'cancelled') and position = ${from} returning state`,
  )
  return row?.state === 'running'
}
/** What was counted before is now known: rows may have come to match, or not to, on the way. @returns true: it is over */
async function end(
  on: Sql,
  order: Order,
  { state, because }: { state: 'done' | 'failed'; because: string | null },
): Promise<true> {
  // oxfmt-ignore
  const total = state === 'done' ? sql`position` : sql`total`
  await run(
    on,
    sql`update bulk_run set state = ${state}, because = ${because}, total = ${total}, claimed_at = null where org = ${order.org} and id = ${order.run} and state = 'running'`,
  )
  return true
}

async function conditionsOf(store: Store, actor: Actor, of: Run): Promise<Fragment[]> {
  const context = { catalogue: store.catalogue, actor, now: of.begun, zone: of.zone }
  const query = { filter: of.filter ?? '', q: of.q ?? '' }
  const made = await listConditions(store.db, context, store.catalogue.get(of.record), query)
  return [...made, sql`t.id > ${of.after}`, sql`t.id <= ${of.upto}`]
}
async function count(store: Store, actor: Actor, of: Run): Promise<void> {
  const { table } = store.catalogue.get(of.record)
  const [found] = await run<{ n: number }>(
    store.db,
    sql`select count(*) as n from ${raw(table)} t where ${all(await conditionsOf(store, actor, of))}`,
  )
  of.total = of.position + Number(found?.n ?? 0)
  await run(store.db, sql`update bulk_run set total = ${of.total} where org = ${of.org} and id = ${of.id}`)
}
interface Step {
  /** The first of this process: what went before it may have died. */
  readonly isFirst: boolean
  readonly stop: AbortSignal
}
/** One batch of records, or its beginning when it is told to stop. @returns those that were left; null when there are none any more */
async function changeSome(store: Store, actor: Actor, of: Run, { isFirst, stop }: Step): Promise<Failed | null> {
  const ids = of.filter === null ? of.ids.slice(of.position, of.position + STEP).map(Number) : await nextIds(store, actor, of) // oxfmt-ignore
  if (ids.length === 0) return null
  const record = store.catalogue.get(of.record)
  const done = isFirst ? await doneOf(store.db, of, ids) : new Set()
  const left = ids.filter((id) => !done.has(`${of.record}-${id}`))
  const { failed, reached } = await doAll(store, actor, record, { ids: left, order: of.deed, stop })
  const next = left[reached]
  const gone = next === undefined ? ids.length : ids.indexOf(next)
  of.position += gone
  of.after = ids[gone - 1] ?? of.after
  return failed
}
async function nextIds(store: Store, actor: Actor, of: Run): Promise<number[]> {
  const { table } = store.catalogue.get(of.record)
  const rows = await run<{ id: number }>(
    store.db,
    sql`select t.id from ${raw(table)} t where ${all(await conditionsOf(store, actor, of))} order by t.id limit ${STEP}`,
  )
  return rows.map(({ id }) => id)
}
/** Of these records those that the run has written already: its last batch may have been done and not noted. */
async function doneOf(on: Sql, of: Run, ids: readonly number[]): Promise<Set<unknown>> {
  const rows = await run<{ record: string; record_id: number }>(
    on,
    sql`select distinct record, record_id from journal where org = ${of.org} and request = ${of.request} and record_id = any(${ids}::bigint[])`,
  )
  return new Set(rows.map((row) => `${row.record}-${row.record_id}`))
}
/** One batch of journal entries, newest first, taken back one after the other: a later one may stand on an earlier one. */
async function undoSome(store: Store, actor: Actor, of: Run, { isFirst, stop }: Step): Promise<Failed | null> {
  const before = of.entry === null ? raw('true') : sql`id < ${of.entry}::uuid`
  const entries = await run<WrittenEntry & { id: string }>(
    store.db,
    sql`select id::text, record, record_id, action, actor, changes from journal where org = ${of.org} and request = ${of.deed.undo} and ${before} order by journal.id desc limit ${STEP}`,
  )
  if (entries.length === 0) return null
  const skipped = isFirst ? await takenBack(store.db, of, entries) : new Map<string, number>()
  const failed: Failed[number][] = []
  for (const entry of entries) {
    if (stop.aborted) break
    of.position++
    of.entry = entry.id
    const key = `${entry.record}-${entry.record_id}`
    const left = skipped.get(key) ?? 0
    skipped.set(key, left - 1)
    if (left > 0) continue
    const because = await takeBack(store, actor, entry)
    const number = `${store.catalogue.find(entry.record)?.number ?? entry.record}-${entry.record_id}`
    if (because !== null) failed.push({ id: entry.record_id, number, because })
  }
  return failed
}
/** How many entries of these records this run has taken back beyond what it noted: its last batch may have been done and not noted. */
async function takenBack(on: Sql, of: Run, entries: readonly WrittenEntry[]): Promise<Map<string, number>> {
  const ids = entries.map((entry) => entry.record_id)
  const passed = of.entry === null ? raw('false') : sql`id >= ${of.entry}::uuid`
  const rows = await run<{ record: string; record_id: number; n: number }>(
    on,
    sql`select record, record_id, sum(case when request = ${of.request} then 1 else -1 end) as n from journal
      where org = ${of.org} and record_id = any(${ids}::bigint[]) and (request = ${of.request} or (request = ${of.deed.undo} and ${passed})) group by record, record_id`,
  )
  return new Map(rows.map((row) => [`${row.record}-${row.record_id}`, Number(row.n)]))
}
