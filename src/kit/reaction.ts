/** Reactions: what follows from journal entries, each with its own place in the journal. Effects and place are one commit. */
import type { Changes } from './journal.ts'
import type { Database, Tx } from './database.ts'
import { isTold } from './demo-beside.ts'
import { raw, run, sql } from './sql.ts'

export interface ReactionEntry {
  readonly id: string
  readonly xid: string
  readonly org: number
  readonly at: string
  readonly occurredAt: string
  readonly actor: number | null
  readonly record: string
  readonly recordId: number
  readonly action: string
  readonly changes: Changes
  readonly request: string
  readonly origin: string
}
export interface Reaction {
  readonly name: string
  /** Kinds of record that it reads; others are passed over. */
  readonly records: readonly string[]
  /** Handles entries in commit order inside the transaction that moves the cursor. Other effects go out afterwards, at least once. */
  readonly handle: (tx: Tx, entries: readonly ReactionEntry[]) => Promise<void>
}
const BATCH = 1000
/** Between two rounds: under load more entries come together, and each round costs less. */
const GATHER_MS = 60

/**
 * Handles one batch. A transaction that is still open holds its entries and all later ones back
 * (`xid < journal_horizon()`), so none that commits late is skipped.
 * @returns how many entries were read; 0 when there is nothing to do or another node is at it.
 */
export async function react(db: Database, reaction: Reaction, batch = BATCH): Promise<number> {
  if (!(await isBehind(db, reaction.name))) return 0
  return db.transaction(async (tx) => {
    // Effect and place are one commit: should a crash forget it, both are done again. So nobody waits for the disk.
    const cursors = await run<{ xid: string; id: string }>(
      tx,
      sql`select xid::text, id::text, set_config('synchronous_commit', 'off', true) from reaction_cursor where name = ${reaction.name} for update skip locked`,
    )
    const cursor = cursors[0]
    if (cursor === undefined) return 0
    // What is passed over comes without its changes: four of five entries are, and their changes are most of them.
    // Ordered by the columns of the table: their texts, which are selected under the same names, have another order and no index.
    const reads = reaction.records.length === 0 ? raw('true') : sql`record = any(${reaction.records})`
    const entries = await run<ReactionEntry>(
      tx,
      sql`select id::text, xid::text, org, at, occurred_at as "occurredAt", actor, record, record_id as "recordId", action, case when ${reads} then changes end as changes, request, origin
        from journal where (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and xid < journal_horizon() order by journal.xid, journal.id limit ${batch}`,
    )
    const last = entries.at(-1)
    if (last === undefined) return 0
    const wanted = entries.filter(
      (entry) => !isTold(entry) && (reaction.records.length === 0 || reaction.records.includes(entry.record)),
    )
    if (wanted.length > 0) await reaction.handle(tx, wanted)
    await run(
      tx,
      sql`update reaction_cursor set xid = ${last.xid}::xid8, id = ${last.id}::uuid, failures = 0, last_error = null, at = now() where name = ${reaction.name}`,
    )
    return entries.length
  })
}

/**
 * Whether there is something to read; most of the time there is not, and then nothing is locked or written. Asked in
 * order and for one, so that the index answers: as a plain "exists" it read the whole journal (9 s over three millions).
 */
async function isBehind(db: Database, name: string): Promise<boolean> {
  const cursors = await run<{ xid: string; id: string }>(
    db,
    sql`select xid::text, id::text from reaction_cursor where name = ${name}`,
  )
  const cursor = cursors[0]
  if (cursor === undefined) {
    await run(db, sql`insert into reaction_cursor (name) values (${name}) on conflict do nothing`)
    return true
  }
  const next = await run(
    db,
    sql`select 1 as one from journal where (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and xid < journal_horizon() order by xid, id limit 1`,
  )
  return next.length > 0
}

/** Runs reactions whenever they are woken, and every few seconds besides. */
export class ReactionRunner {
  readonly #db: Database
  readonly #reactions: readonly Reaction[]
  readonly #onError: (name: string, error: unknown) => void
  #isStopped = false
  #woken = false
  #working: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  constructor(db: Database, reactions: readonly Reaction[], onError: (name: string, error: unknown) => void) {
    this.#db = db
    this.#reactions = reactions
    this.#onError = onError
  }

  start(everyMs = 2000): void {
    this.#timer = setInterval(() => this.wake(), everyMs)
    this.#timer.unref()
    this.wake()
  }
  wake(): void {
    this.#woken = true
    if (this.#working === null && !this.#isStopped) this.#working = this.#work().finally(() => (this.#working = null))
  }
  /** Resolves when everything written so far has been handled. */
  async settle(): Promise<void> {
    do {
      this.wake()
      await this.#working
    } while (this.#woken && !this.#isStopped)
  }
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#woken && !this.#isStopped) {
      this.#woken = false
      for (const reaction of this.#reactions) if (await this.#one(reaction)) this.#woken = true
      await new Promise((done) => setTimeout(done, this.#woken ? 0 : GATHER_MS))
    }
  }
  /** Whether there may be more. */
  async #one(reaction: Reaction): Promise<boolean> {
    try {
      return (await react(this.#db, reaction)) >= BATCH && !this.#isStopped
    } catch (error) {
      this.#onError(reaction.name, error)
      await run(
        this.#db,
        sql`update reaction_cursor set failures = failures + 1, last_error = ${String(error instanceof Error ? error.message : error).slice(0, 1000)}, at = now() where name = ${reaction.name}`,
      ).catch(() => {}) // the database itself may be gone; the next round says so again
      return false
    }
  }
}
