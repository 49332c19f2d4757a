/** What somebody has typed at a record and not sent yet: kept for them alone, so that another device goes on with it. */
import type { Actor } from './actor.ts'
import type { Sql } from './database.ts'
import type { RecordType } from './record.ts'
import { run, sql } from './sql.ts'

export interface Unsent {
  /** "comment", or the name of a field. */
  readonly part: string
  readonly value: unknown
  /** The revision of the record that its writer saw; null for what needs none, such as a comment. */
  readonly rev: number | null
  readonly savedAt: string
}
/** Of whom and at which record. */
interface At {
  readonly actor: Actor
  readonly record: RecordType
  readonly id: number
}
/** Whoever leaves something unsent for longer has forgotten it. */
const KEPT_DAYS = 90

/** Newest first; empty when there is nothing. */
export async function unsentAt(on: Sql, { actor, record, id }: At): Promise<Unsent[]> {
  return run<Unsent>(
    on,
    sql`select part, value, rev, saved_at as "savedAt" from unsent
      where org = ${actor.org} and person = ${actor.person} and record = ${record.name} and record_id = ${id} order by saved_at desc, part`,
  )
}

/** Keeps it in place of what was kept before; a value of null takes it away. */
export async function keepUnsent(
  on: Sql,
  { actor, record, id }: At,
  { part, value, rev }: Omit<Unsent, 'savedAt'>,
): Promise<void> {
  const who = [actor.org, actor.person, record.name, id] as const
  if (value === null)
    await run(
      on,
      sql`delete from unsent where org = ${who[0]} and person = ${who[1]} and record = ${who[2]} and record_id = ${who[3]} and part = ${part}`,
    )
  else
    await run(
      on,
      sql`insert into unsent (org, person, record, record_id, part, value, rev) values (${who[0]}, ${who[1]}, ${who[2]}, ${who[3]}, ${part}, ${JSON.stringify(value)}::jsonb, ${rev})
        on conflict (org, person, record, record_id, part) do update set value = excluded.value, rev = excluded.rev, saved_at = now()`,
    )
}

export async function forgetUnsent(on: Sql): Promise<void> {
  await on.query(`delete from unsent where saved_at < now() - interval '${KEPT_DAYS} days'`)
}
