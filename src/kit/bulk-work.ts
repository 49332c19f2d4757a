/**
 * The work of a bulk run: a batch at a time, each with the rights of that moment, and after each it is written down how far it
 * is. A process that follows goes on there. What a batch did before its process died is known by the journal.
 */
import { say, speaking } from '#engines/say.ts'
import type { Actor } from './actor.ts'
import type { BulkOrder, BulkResult } from './bulk.ts'
import { doAll } from './bulk.ts'
import type { BulkParts } from './bulk-run.ts'
import { BULK_JOB } from './bulk-run.ts'
import type { Sql, Tx } from './database.ts'
import type { JobData, JobHandler, JobOptions } from './jobs.ts'
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

export function bulkJob({ store, jobs }: Pick<BulkParts, 'store'> & Partial<BulkParts>): {
  options: JobOptions
  handler: JobHandler
} {
  return {
    options: { retryLimit: RETRIES, retryBackoff: 5, concurrency: 2 },
    handler: async (data, { signal, attempt }) => {
      const language = typeof data['language'] === 'string' ? data['language'] : null
      const order = orderIn(data)
      await speaking(language, async () => {
        try {
          await goOn(store, order, signal)
        } catch (error) {
          // A process that stops is no failure: whoever follows begins with all its attempts.
          if (signal.aborted && jobs !== undefined)
            await store.db.transaction((on) => jobs.send(on as Tx, BULK_JOB, data)) // oxfmt-ignore
          else {
            const because = say`Something went wrong here, and the log says what. What was done stays done and can be undone; start it again for the rest.`
            if (attempt > RETRIES) await end(store.db, order, { state: 'failed', because })
            throw error
          }
        }
      })
    },
  }
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

async function goOn(store: Store, order: Order, signal: AbortSignal): Promise<void> {
  const found = await loaded(store.db, order)
  if (found === null) return
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted()
    const actor = await actorNow(store.db, order)
    if (actor === null) return end(store.db, order, { state: 'failed', because: say`Whoever started it is not here any more.` }) // oxfmt-ignore
    if (found.total === null) await count(store, actor, found)
    const failed = await (found.deed.undo === undefined ? changeSome : undoSome)(store, actor, found, isFirst)
    if (failed === null) return end(store.db, order, { state: 'done', because: null })
    if (!(await written(store.db, found, failed))) return // cancelled
  }
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
/** Where it is, what was left and why. @returns false when it was cancelled meanwhile */
async function written(on: Sql, of: Run, failed: Failed): Promise<boolean> {
  for (const { because } of failed) {
    const known = Object.hasOwn(of.reasons, because) || Object.keys(of.reasons).length < MOST_REASONS
    const reason = known ? because : say`Other reasons`
    of.reasons[reason] = (of.reasons[reason] ?? 0) + 1
  }
  const kept = failed.slice(0, Math.max(0, MOST_KEPT - of.kept))
  of.failures += failed.length
  of.kept += kept.length
  const rows = await run(
    on,
    sql`update bulk_run set position = ${of.position}, total = ${of.total}, after_id = ${of.after}, after_entry = ${of.entry}::uuid, failures = ${of.failures},
      reasons = ${JSON.stringify(of.reasons)}::jsonb, failed = failed || ${JSON.stringify(kept)}::jsonb
      where org = ${of.org} and id = ${of.id} and state = 'running' returning id`,
  )
  return rows.length > 0
}
/** What was counted before is now known: rows may have come to match, or not to, on the way. */
async function end(
  on: Sql,
  order: Order,
  { state, because }: { state: 'done' | 'failed'; because: string | null },
): Promise<void> {
  // oxfmt-ignore
  const total = state === 'done' ? sql`position` : sql`total`
  await run(
    on,
    sql`update bulk_run set state = ${state}, because = ${because}, total = ${total} where org = ${order.org} and id = ${order.run} and state = 'running'`,
  )
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
/** One batch of records. @returns those that were left; null when there are none any more */
async function changeSome(store: Store, actor: Actor, of: Run, isFirst: boolean): Promise<Failed | null> {
  const ids = of.filter === null ? of.ids.slice(of.position, of.position + STEP).map(Number) : await nextIds(store, actor, of) // oxfmt-ignore
  if (ids.length === 0) return null
  const record = store.catalogue.get(of.record)
  const done = isFirst ? await doneOf(store.db, of, ids) : new Set()
  const failed = await doAll(store, actor, record, {
    ids: ids.filter((id) => !done.has(`${of.record}-${id}`)),
    order: of.deed,
  })
  of.position += ids.length
  of.after = ids.at(-1) ?? of.after
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
async function undoSome(store: Store, actor: Actor, of: Run, isFirst: boolean): Promise<Failed | null> {
  const before = of.entry === null ? raw('true') : sql`id < ${of.entry}::uuid`
  const entries = await run<WrittenEntry & { id: string }>(
    store.db,
    sql`select id::text, record, record_id, action, actor, changes from journal where org = ${of.org} and request = ${of.deed.undo} and ${before} order by journal.id desc limit ${STEP}`,
  )
  if (entries.length === 0) return null
  const skipped = isFirst ? await takenBack(store.db, of, entries) : new Map<string, number>()
  const failed: Failed[number][] = []
  for (const entry of entries) {
    const key = `${entry.record}-${entry.record_id}`
    const left = skipped.get(key) ?? 0
    skipped.set(key, left - 1)
    if (left > 0) continue
    const because = await takeBack(store, actor, entry)
    const number = `${store.catalogue.find(entry.record)?.number ?? entry.record}-${entry.record_id}`
    if (because !== null) failed.push({ id: entry.record_id, number, because })
  }
  of.position += entries.length
  of.entry = entries.at(-1)?.id ?? null
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
