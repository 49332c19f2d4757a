/** Keeps clocks up with the journal: a change of a record recomputes its clocks; a change of the promises re-dates open work. */
import type { Changes } from '#kit/journal.ts'
import type { JobSender } from '#kit/jobs.ts'
import type { ClockType } from '#kit/clock.ts'
import type { Tx } from '#kit/database.ts'
import type { Reaction, ReactionEntry } from '#kit/reaction.ts'
import type { RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { openCondition } from '#kit/table.ts'
import { recompute } from './clock-cache.ts'
import type { DatedChanges } from './state-history.ts'

export interface ClockParts {
  readonly store: Store
  readonly clocks: readonly ClockType[]
  readonly jobs: JobSender
}
/** The job that re-dates open work; `data` is {org}. */
export const REDATE = 'services-redate'
const PROMISES = ['agreement', 'target', 'calendar', 'unit', 'service', 'team'] as const
const AT_ONCE = 500

export function clockedRecords(clocks: readonly ClockType[]): RecordType[] {
  return [...new Map(clocks.map((clock) => [clock.record.name, clock.record])).values()]
}

export function serviceLevelReaction(parts: ClockParts): Reaction {
  const records = clockedRecords(parts.clocks)
  return {
    name: 'service-level',
    records: [...records.map((record) => record.name), ...PROMISES],
    handle: async (tx, entries) => {
      for (const [org, own] of Map.groupBy(entries, (entry) => entry.org)) {
        for (const record of records)
          await recomputed(parts, tx, { org, record, entries: own.filter((entry) => entry.record === record.name) })
        if (own.some(movesDates)) await parts.jobs.send(tx, REDATE, { org }, { singletonKey: String(org) })
      }
    },
  }
}
/** Of a unit only its place in the tree matters, of a service or a team only its hours. */
function movesDates(entry: ReactionEntry): boolean {
  if (entry.record === 'unit') return entry.changes['parent'] !== undefined || entry.changes['binnedAt'] !== undefined
  if (entry.record === 'service' || entry.record === 'team') return entry.changes['calendar'] !== undefined
  return entry.record === 'agreement' || entry.record === 'target' || entry.record === 'calendar'
}
async function recomputed(
  { store, clocks }: ClockParts,
  tx: Tx,
  { org, record, entries }: { org: number; record: RecordType; entries: readonly ReactionEntry[] },
): Promise<void> {
  const ids = [...new Set(entries.map((entry) => entry.recordId))].sort((a, b) => a - b)
  if (ids.length === 0) return
  const reading = {
    db: store.db,
    on: tx,
    org,
    catalogue: store.catalogue,
    record,
    clocks,
    nowMs: Date.parse(store.now()),
    known: newHistories(entries),
  }
  await recompute(reading, ids)
}
/** Of rows created in this batch the batch is the history; what comes later comes with its own batch. */
function newHistories(entries: readonly ReactionEntry[]): Map<number, DatedChanges[]> {
  const created = new Set(entries.filter((entry) => entry.action === 'create').map((entry) => entry.recordId))
  const found = new Map<number, DatedChanges[]>()
  for (const entry of entries) {
    if (!created.has(entry.recordId)) continue
    const list = found.get(entry.recordId) ?? []
    list.push(dated(entry.occurredAt, entry.action, entry.changes))
    found.set(entry.recordId, list)
  }
  for (const list of found.values()) list.sort((a, b) => a.atMs - b.atMs)
  return found
}
function dated(occurredAt: string, action: string, changes: Changes): DatedChanges {
  return { atMs: Date.parse(occurredAt), action, changes }
}

/**
 * Computes the clocks of all open work of an organisation anew ('all': of closed work too, after loading many records
 * past the journal), some hundred at a time, each in its own transaction;
 * may run twice. @throws between two steps when `signal` says so. @returns how many records were looked at
 */
export async function redate(
  { store, clocks }: Omit<ClockParts, 'jobs'>,
  org: number,
  { signal = null, which = 'open' }: { signal?: AbortSignal | null; which?: 'open' | 'all' } = {},
): Promise<number> {
  let count = 0
  for (const record of clockedRecords(clocks)) {
    for (let after = 0; ;) {
      signal?.throwIfAborted()
      const rows = await run<{ id: number }>(
        store.db,
        sql`select id from ${raw(record.table)} where org = ${org} and id > ${after} and ${raw(which === 'open' ? openCondition(record) : 'binned_at is null')} order by id limit ${AT_ONCE}`,
      )
      const last = rows.at(-1)
      if (last === undefined) break
      const nowMs = Date.parse(store.now())
      await store.db.transaction((on) =>
        recompute(
          { db: store.db, on, org, catalogue: store.catalogue, record, clocks, nowMs },
          rows.map((row) => row.id),
        ),
      )
      after = last.id
      count += rows.length
    }
  }
  return count
}
