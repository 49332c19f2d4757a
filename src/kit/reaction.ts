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
  /**
   * Where it begins in a journal that is older than itself: 'now' passes over what is there, for what tells or sends (old
   * news to nobody). Without it, it reads from the first entry, for what keeps something that follows from all of them.
   */
  readonly since?: 'now'
  /** Handles entries in commit order inside the transaction that moves the cursor. Other effects go out afterwards, at least once. */
  readonly handle: (tx: Tx, entries: readonly ReactionEntry[]) => Promise<void>
}
const BATCH = 250
/** Between two rounds: under load more entries come together, and each round costs less. */
const GATHER_MS = 60
/** …and so many times what the last round took: under load they leave the database to those who wait for it. */
const REST_SHARE = 1
const LONGEST_REST_MS = 250

/**
 * Handles one batch. A transaction that is still open holds its entries and all later ones back
 * (`xid < journal_horizon()`), so none that commits late is skipped.
 * @returns how many entries were read; 0 when there is nothing to do or another node is at it.
 */
export async function react(db: Database, reaction: Reaction, batch = BATCH): Promise<number> {
  return (await behind(db, [reaction])).includes(reaction) ? take(db, reaction, batch) : 0
}
function take(db: Database, reaction: Reaction, batch: number): Promise<number> {
  return db.transaction(async (tx) => {
    // Effect and place are one commit: should a crash forget it, both are done again. So nobody waits for the disk.
    const cursors = await run<{ xid: string; id: string }>(
      tx, // One transaction may hold a million entries, an import's: the planner takes them for a few, and would sort what is left for every batch.
      sql`select xid::text, id::text, set_config('synchronous_commit', 'off', true), set_config('enable_sort', 'off', true) from reaction_cursor where name = ${reaction.name} for update skip locked`,
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
    if (wanted.length > 0) {
      await run(tx, sql`select set_config('enable_sort', 'on', true)`) // for the reading alone
      await reaction.handle(tx, wanted)
    }
    await run(
      tx,
      sql`update reaction_cursor set xid = ${last.xid}::xid8, id = ${last.id}::uuid, failures = 0, last_error = null, at = now() where name = ${reaction.name}`,
    )
    return entries.length
  })
}

/** Gives each reaction that has no place yet its first one (see `since`). */
async function beginReactions(db: Database, reactions: readonly Reaction[]): Promise<void> {
  const [now, first] = [(one: Reaction) => one.since === 'now', (one: Reaction) => one.since !== 'now']
  await run(
    db,
    sql`insert into reaction_cursor (name, xid) select name, journal_horizon() from unnest(${names(reactions.filter(now))}::text[]) name
      union all select name, '0'::xid8 from unnest(${names(reactions.filter(first))}::text[]) name on conflict do nothing`,
  )
}

/**
 * Those with something to read; most of the time there is none, and then nothing is locked or written. One question for all,
 * asked for the last entry in order, so that the index answers: as a plain "exists" it read the whole journal (9 s over
 * three millions). What was never begun reads from the first entry.
 */
async function behind(db: Database, reactions: readonly Reaction[]): Promise<Reaction[]> {
  const found = await run<{ name: string; isNew: boolean }>(
    db,
    sql`select wanted as name, c.name is null as "isNew" from unnest(${names(reactions)}::text[]) wanted left join reaction_cursor c on c.name = wanted
      left join (select xid, id from journal where xid < journal_horizon() order by xid desc, id desc limit 1) last on true
      where c.name is null or (c.xid, c.id) < (last.xid, last.id)`,
  )
  for (const { name, isNew } of found)
    if (isNew) await run(db, sql`insert into reaction_cursor (name) values (${name}) on conflict do nothing`)
  return reactions.filter(({ name }) => found.some((one) => one.name === name))
}
function names(reactions: readonly Reaction[]): string[] {
  return reactions.map(({ name }) => name)
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

  async start(everyMs = 2000): Promise<void> {
    await beginReactions(this.#db, this.#reactions)
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
      const began = performance.now()
      const hasMore = await this.#round()
      if (hasMore) this.#woken = true
      const rest = Math.min(LONGEST_REST_MS, REST_SHARE * (performance.now() - began))
      await new Promise((done) => setTimeout(done, hasMore ? rest / 2 : Math.max(GATHER_MS, rest)))
    }
  }
  /** Whether there may be more. */
  async #round(): Promise<boolean> {
    try {
      let hasMore = false
      for (const reaction of await behind(this.#db, this.#reactions)) if (await this.#one(reaction)) hasMore = true
      return hasMore
    } catch (error) {
      this.#onError('which are behind', error)
      return false
    }
  }
  /** Whether there may be more. */
  async #one(reaction: Reaction): Promise<boolean> {
    try {
      return (await take(this.#db, reaction, BATCH)) >= BATCH && !this.#isStopped
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
