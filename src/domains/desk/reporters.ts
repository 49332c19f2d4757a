/** Who has reported one trouble: the requesters of an incident, of its children and of what was merged into it. */
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Ref } from '#kit/field.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import { personRef } from './absences.ts'
import { incident } from './incident.ts'

export interface Reporter {
  readonly person: Ref
  /** The latest that they reported of it. */
  readonly incident: Ref
}
/** How many are named; the count goes on. */
const MOST_NAMED = 500

/** Each person once, by name, as far as the actor may see what they reported. */
export async function reportersOf(on: Sql, actor: Actor, id: number): Promise<Reporter[]> {
  const rows = await run<{ person: number; name: string | null; id: number; subject: string }>(
    on,
    sql`select r.person, p.name, r.id, r.subject from (select distinct on (t.requester) t.requester as person, t.id, t.subject ${reports(actor, id)} order by t.requester, t.id desc) r
      left join person p on p.org = ${actor.org} and p.id = r.person order by p.name, r.person limit ${MOST_NAMED}`,
  )
  return rows.map((row) => ({
    person: personRef(row.person, row.name),
    incident: { id: row.id, number: `${incident.number}-${row.id}`, title: row.subject },
  }))
}
/** How many people they are, as a value within a statement. */
export function howManyReported(actor: Actor, id: number | Fragment): Fragment {
  return sql`(select count(distinct t.requester) ${reports(actor, id)})`
}
/** The ids are gathered first, so that three indexes find them whatever the planner expects. */
function reports(actor: Actor, id: number | Fragment): Fragment {
  const { org } = actor
  return sql`from incident t where t.org = ${org} and t.requester is not null and t.binned_at is null and ${readable(actor, incident)} and t.id = any(array(
      select (${id})::bigint union all select id from incident where org = ${org} and parent = ${id} and binned_at is null
      union all select l.on_id from link l join incident d on d.org = l.org and d.id = l.on_id and d.duplicate_of = ${id}
        where l.org = ${org} and l.to_record = 'incident' and l.to_id = ${id} and l.type = 'duplicates' and l.on_record = 'incident' and l.binned_at is null))`
}
