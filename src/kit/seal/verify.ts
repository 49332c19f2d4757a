/** Verification: every leaf anew from its row, every signed root anew from the leaves, and both held against the outside. */
import { emptyRange } from '#engines/merkle.ts'
import type { Database } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { GRACE_MS } from './bounds.ts'
import type { Head, VerifyOptions } from './bounds.ts'
import type { ClockSet } from './clock-set.ts'
import { clockSets, notBefore } from './clock-set.ts'
import { erasureFindings } from './erased.ts'
import type { Finding } from './finding.ts'
import { Findings } from './finding.ts'
import type { DeclaredLoss } from './fork.ts'
import { declaredLosses } from './fork.ts'
import type { Inspected } from './inspection.ts'
import { Inspection } from './inspection.ts'
import type { PublicKey } from './key.ts'
import type { Place } from './lines.ts'
import { journalLines, leafLines, START } from './lines.ts'
import type { Signed } from './roots.ts'
import { insideCheckpoints, outsideCheckpoints } from './roots.ts'
import type { OutsideCheckpoint, OutsideDamage } from './sink.ts'
import { pendingFindings, protectionFindings } from './surroundings.ts'
import type { Start } from './quick/quick.ts'
import { quickly } from './quick/quick.ts'
import { rangeAt } from './tree.ts'
import { walk } from './walk.ts'

export interface Against {
  /** The log's public key, and earlier ones if it was ever changed. */
  readonly keys: readonly PublicKey[]
  /** Read before the database is: what is outside can then not be newer. */
  readonly outside: AsyncIterable<OutsideCheckpoint | OutsideDamage> | Iterable<OutsideCheckpoint | OutsideDamage>
}
export interface Verified {
  readonly ok: boolean
  /** Entries whose leaves were computed anew. */
  readonly entries: number
  readonly size: number
  /** Of these, values erased on purpose: only their hash can be checked. */
  readonly erased: number
  /** Committed and not sealed yet. */
  readonly pending: number
  readonly checkpoints: number
  readonly outside: number
  readonly isComplete: boolean
  readonly findings: readonly Finding[]
  /** Findings beyond the first hundred of a kind. */
  readonly more: number
  readonly losses: readonly DeclaredLoss[]
  /** When the clock was set back, as the journal says. */
  readonly clock: readonly ClockSet[]
  readonly tookMs: number
}
export async function verify(db: Database, against: Against, options: VerifyOptions): Promise<Verified> {
  const startedAt = Date.parse(options.now())
  const findings = new Findings()
  const outside = await outsideCheckpoints(against.outside, findings)
  const head = await headOf(db)
  const inside = await insideCheckpoints(db, against.keys, findings)
  const signed = [...inside, ...outside]
  const losses = await declaredLosses(db)
  const clock = await clockSets(db)
  const start =
    options.newest === undefined
      ? await frontOf(db, { head, signed, losses, clock, options })
      : await startOf(db, inside, head, options.newest)
  const inspection = new Inspection({
    findings,
    head,
    start: start.range,
    signed,
    losses,
    clock,
    options,
  })
  const streams = {
    journal: journalLines(db, start.place, head.end),
    leaves: leafLines(db, start.range.size, head.size),
  }
  const isComplete = await walk(db, streams, inspection)
  await Promise.all([streams.journal.return(undefined), streams.leaves.return(undefined)])
  if (isComplete) inspection.conclude()
  const last = inside.findLast((one) => one.size <= head.size)
  const pending = await pendingFindings(
    db,
    head,
    { lastMs: last === undefined ? null : notBefore(last.at, clock), graceMs: options.graceMs ?? GRACE_MS },
    findings,
  )
  await erasureFindings(db, findings)
  await protectionFindings(db, findings)
  const entries = inspection.entries + start.entries
  const erased = inspection.erased + start.erased
  const list = findings.list
  return {
    ok: list.length === 0 && isComplete,
    entries,
    size: head.size,
    erased,
    pending,
    checkpoints: inside.length,
    outside: outside.length,
    isComplete,
    findings: list,
    more: findings.more,
    losses,
    clock,
    tookMs: Date.parse(options.now()) - startedAt,
  }
}

async function headOf(db: Database): Promise<Head> {
  const rows = await run<{ size: number; xid: string; id: string }>(
    db,
    sql`select coalesce((select max(index) + 1 from journal_leaf), 0) as size, xid::text, id::text from journal_seal`,
  )
  const row = rows[0]
  return row === undefined ? { size: 0, end: START } : { size: row.size, end: { xid: row.xid, id: row.id } }
}

const FRONT: Start = { range: emptyRange, place: START, entries: 0, erased: 0 }

/** As far as everything is as it was sealed, looked at side by side. */
async function frontOf(
  db: Database,
  { options, ...of }: Pick<Inspected, 'head' | 'signed' | 'losses' | 'clock' | 'options'>,
): Promise<Start> {
  const { checkers } = options
  if (checkers === undefined) return FRONT
  try {
    return await quickly(db, { ...of, options, checkers })
  } finally {
    await checkers.close()
  }
}

/** Where to begin when only the newest are asked for: behind a checkpoint whose root the stored tree still has. */
async function startOf(db: Database, inside: readonly Signed[], head: Head, newest: number): Promise<Start> {
  const checkpoint = inside.findLast((one) => one.size <= head.size - newest)
  if (checkpoint === undefined) return FRONT
  const places = await run<Place>(
    db,
    sql`select j.xid::text, j.id::text from journal_leaf l join journal j on j.org = l.org and j.id = l.entry and j.at = l.at where l.index = ${checkpoint.size - 1}::bigint`,
  )
  const place = places[0]
  return place === undefined ? FRONT : { ...FRONT, range: await rangeAt(db, checkpoint.size), place }
}
