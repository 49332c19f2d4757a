/** The newest days of the demonstration, told to its people as they would have been: by the reaction that tells everybody. */
import type { Database } from '#kit/database.ts'
import { emptyPiles } from '#kit/notices/piles.ts'
import type { Reaction, ReactionEntry } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'

/** The reaction lets older entries pass anyway. */
const DAYS = 3
const AT_ONCE = 1000

/** Fills the inboxes. Mails of the past go to nobody. */
export async function tellNews(
  db: Database,
  { org, now, by }: { org: number; now: string; by: Reaction },
): Promise<void> {
  await db.transaction(async (tx) => {
    const entries = await run<ReactionEntry>(
      tx,
      sql`select id::text, xid::text, org, at, occurred_at as "occurredAt", actor, record, record_id as "recordId", action, changes, request, origin
        from journal where org = ${org} and occurred_at >= ${now}::timestamptz - make_interval(days => ${DAYS}) and record = any(${by.records}) order by journal.xid, journal.id`,
    )
    for (let at = 0; at < entries.length; at += AT_ONCE) await by.handle(tx, entries.slice(at, at + AT_ONCE))
    await emptyPiles(tx, org)
  })
}
