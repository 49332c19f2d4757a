// The language that somebody chose in their preferences.
import type { Database } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

/** Other preferences of theirs are gone. */
export async function speaks(db: Database, { org, id }: { org: number; id: number }, language: string): Promise<void> {
  await run(
    db,
    sql`insert into preference (org, person, value) values (${org}, ${id}, ${JSON.stringify({ language })}::jsonb) on conflict (org, person) do update set value = excluded.value`,
  )
}
