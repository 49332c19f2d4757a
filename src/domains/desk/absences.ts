/** Who is away today, and who acts for them. */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import type { Ref } from '#kit/field.ts'
import { run, sql } from '#kit/sql.ts'

export interface Away {
  readonly person: Ref
  /** The last day of the absence; null when the person has left for good. */
  readonly until: string | null
  readonly deputy: Ref | null
  /** A sentence for whoever assigns work. */
  readonly because: string
}
interface AwayRow {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly last_day: string | null
  readonly deputy: number | null
  readonly deputy_name: string | null
}

/** Those of `persons` who are away on `today` (a calendar day where the question is asked) or have left. */
export async function awayAmong(on: Sql, org: number, persons: readonly number[], today: string): Promise<Away[]> {
  if (persons.length === 0) return []
  const rows = await run<AwayRow>(
    on,
    sql`select p.id, p.name, p.status, a.last_day, a.deputy, d.name as deputy_name from person p
      left join lateral (
        select last_day, deputy from absence where org = p.org and person = p.id and binned_at is null and first_day <= ${today}::date and last_day >= ${today}::date order by last_day desc limit 1
      ) a on true
      left join person d on d.org = p.org and d.id = a.deputy
      where p.org = ${org} and p.id = any(${persons}::bigint[]) and (p.status = 'left' or a.last_day is not null)`,
  )
  return rows.map(away)
}
function away(row: AwayRow): Away {
  const person = personRef(row.id, row.name)
  if (row.status === 'left')
    return { person, until: null, deputy: null, because: say`${row.name} has left. Assign it to somebody else.` }
  const deputy = row.deputy === null ? null : personRef(row.deputy, row.deputy_name)
  const acting = deputy === null ? say`Nobody is named as deputy.` : say`${deputy.title} acts for them.`
  return { person, until: row.last_day, deputy, because: say`${row.name} is away until ${row.last_day}. ${acting}` }
}
export function personRef(id: number, title: string | null): Ref {
  return { id, number: `P-${id}`, title: title ?? `P-${id}` }
}
