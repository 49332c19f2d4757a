/** In which zone a person's days begin. */
import type { Sql } from './database.ts'
import { raw, run, sql } from './sql.ts'

/**
 * Their choice, their own zone, that of the nearest place above theirs that has one, the organisation's. Wants the aliases
 * o (organisation), and p (person) and f (preference), which may be without a row. A circle of places ends after twenty.
 */
export const ZONE = raw(`coalesce(f.value->>'timeZone', p.time_zone, (
  with recursive up (parent, time_zone, depth) as (
    select l.parent, l.time_zone, 0 from location l where l.org = p.org and l.id = p.location union all
    select l.parent, l.time_zone, up.depth + 1 from up join location l on l.org = p.org and l.id = up.parent where up.time_zone is null and up.depth < 20
  ) select up.time_zone from up where up.time_zone is not null limit 1
), o.time_zone)`)

/** The day (YYYY-MM-DD) that it is for a person at an instant; for nobody in particular, that of the organisation. */
export async function dayFor(on: Sql, of: { org: number; person: number | null; at: string }): Promise<string> {
  const rows = await run<{ day: string }>(
    on,
    sql`select to_char(${of.at}::timestamptz at time zone ${ZONE}, 'YYYY-MM-DD') as day from organisation o
      left join person p on p.org = o.id and p.id = ${of.person}::bigint left join preference f on f.org = o.id and f.person = p.id where o.id = ${of.org}`,
  )
  return rows[0]?.day ?? of.at.slice(0, 10)
}
