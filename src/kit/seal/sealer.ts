/** The sealer: gives committed entries their places in the log, keeps the tree, signs checkpoints and sends them away. */
import { rangeRoot } from '#engines/merkle.ts'
import type { Database, Tx } from '#kit/database.ts'
import { isSealedOrg } from '#kit/demo-beside.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { readNote, signedNote } from './checkpoint.ts'
import type { SealingKey } from './key.ts'
import { noteClockSet, SMALLEST_MS } from './clock-set.ts'
import type { CheckpointSink } from './sink.ts'
import { BrokenTree, rangeAt, rootAt, writeTiles } from './tree.ts'

export interface Sealed {
  /** Entries that got their place now. */
  readonly sealed: number
  /** Entries with a place. */
  readonly size: number
  /** Checkpoints sent away now. */
  readonly sent: number
  /** Another node is sealing; nothing was done. */
  readonly isBusy: boolean
}
const LOCK = 730_073_008
const BATCH = 50_000
const ENOUGH_ENTRIES = 500
const ENOUGH_MS = 10_000
const NOBODY: Sealed = { sealed: 0, size: 0, sent: 0, isBusy: true }

/**
 * Seals everything that is committed. Safe to call at any time, from any node, and again after a crash at any point:
 * leaves and cursor are one commit, a missing checkpoint is made by the next call, an unsent one is sent by it.
 * @throws {BrokenTree} when the tree no longer has the root that was signed last: nothing more is signed then.
 */
export async function seal(db: Database, key: SealingKey, now: string, sink: CheckpointSink): Promise<Sealed> {
  let sealed = 0
  for (;;) {
    const placed = await db.transaction(async (tx) => ((await isAlone(tx)) ? placeBatch(tx) : null))
    if (placed === null) return { ...NOBODY, sealed }
    sealed += placed
    if (placed < BATCH) break
  }
  const size = await db.transaction(async (tx) => ((await isAlone(tx)) ? sign(tx, key, now) : null))
  if (size === null) return { ...NOBODY, sealed }
  return { sealed, size, sent: await send(db, now, sink), isBusy: false }
}
/** Sealing is a row of steps that only one node may take; the lock ends with its transaction. */
async function isAlone(tx: Tx): Promise<boolean> {
  const rows = await run<{ got: boolean }>(
    tx, // One transaction may hold a million entries, an import's: the planner takes them for three, and would sort what is left for every batch.
    sql`select pg_try_advisory_xact_lock(${LOCK}) as got, set_config('enable_sort', 'off', true)`,
  )
  return rows[0]?.got === true
}

/** How many leaves there are, by the highest index. */
export async function sizeOf(on: Tx | Database): Promise<number> {
  const rows = await run<{ size: number }>(on, sql`select coalesce(max(index) + 1, 0) as size from journal_leaf`)
  return rows[0]?.size ?? 0
}

/** Places the next entries in the order of their commits: none that commits late is skipped (see reaction.ts). */
async function placeBatch(tx: Tx): Promise<number> {
  const [before, cursors] = [
    await sizeOf(tx),
    await run<{ xid: string; id: string }>(tx, sql`select xid::text, id::text from journal_seal`),
  ]
  const cursor = cursors[0] ?? { xid: '0', id: '00000000-0000-0000-0000-000000000000' }
  const done = await run<{ placed: number }>(
    tx,
    sql`with next as (
        select xid, id, org, at, leaf from journal
        where (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and xid < journal_horizon() and ${isSealedOrg}
        order by xid, id limit ${raw(String(BATCH))}
      ), numbered as materialized (select *, row_number() over (order by xid, id) as nth from next),
      placed as (insert into journal_leaf (index, entry, org, at, leaf) select ${before}::bigint + nth - 1, id, org, at, leaf from numbered returning 1),
      moved as (update journal_seal set (xid, id) = (select xid, id from numbered order by nth desc limit 1) where exists (select 1 from numbered))
      select count(*) as placed from placed`,
  )
  const placed = done[0]?.placed ?? 0
  if (placed > 0) await writeTiles(tx, before, before + placed)
  return placed
}

/**
 * Signs the log as it stands, when there is something new and enough of it or enough time has passed. The checkpoint's time
 * says that whatever was written until then is in it: an open transaction that holds entries back holds this time back too.
 * @returns the size of the log
 */
async function sign(tx: Tx, key: SealingKey, now: string): Promise<number> {
  const size = await sizeOf(tx)
  const rows = await run<{ size: number; root: Buffer; at: string }>(
    tx,
    sql`select size, root, at from journal_checkpoint order by size desc limit 1`,
  )
  const last = rows[0]
  if (last !== undefined) {
    if (size <= last.size) return size
    if (!last.root.equals(await rootAt(tx, last.size)))
      throw new BrokenTree(
        `The first ${last.size} sealed entries no longer have the root that was signed on ${last.at}. Nothing more is signed. Run: pilothouse audit verify.`,
      )
    const sinceMs = Date.parse(now) - Date.parse(last.at)
    if (sinceMs < -SMALLEST_MS) await noteClockSet(tx, { from: last.at, to: now })
    else if (size - last.size < ENOUGH_ENTRIES && sinceMs < ENOUGH_MS) return size
  } else if (size === 0) return size
  const root = rangeRoot(await rangeAt(tx, size))
  await run(
    tx,
    sql`insert into journal_checkpoint (size, root, at, note)
    select ${size}::bigint, ${Buffer.from(root)}::bytea, least(${now}::timestamptz, (select min(at) from journal where ${isSealedOrg} and (xid, id) > (select xid, id from journal_seal))), ${signedNote(key, size, root)}`,
  )
  return size
}

/** Sends what has not been sent, oldest first. A crash after sending and before the note of it sends it twice: no harm. */
async function send(db: Database, now: string, sink: CheckpointSink): Promise<number> {
  const waiting = await run<{ size: number; note: string; at: string }>(
    db,
    sql`select size, note, at from journal_checkpoint where sent_at is null order by size limit 1000`,
  )
  for (const { size, note, at } of waiting) {
    await sink.append(readNote(note)?.origin ?? 'unknown', { note, at })
    await run(db, sql`update journal_checkpoint set sent_at = ${now} where size = ${size} and sent_at is null`)
  }
  return waiting.length
}
