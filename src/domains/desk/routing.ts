/** Who should have it: the team of the category, else of the service; in it somebody who is here and has a hand free. */
import { counted, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { isAllowed } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Ref } from '#kit/field.ts'
import { forbidden } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { awayAmong, personRef } from './absences.ts'

export interface Suggested {
  readonly ref: Ref
  readonly because: string
}
export interface Routing {
  readonly team: Suggested | null
  readonly assignee: Suggested | null
  /** Members of the team who are away, and who acts for them. */
  readonly warnings: readonly { readonly because: string }[]
}
export interface Asked {
  readonly service: number | null
  readonly category: number | null
  /** The calendar day where the question is asked. */
  readonly today: string
}
interface TeamRow {
  readonly id: number
  readonly name: string
  readonly members: readonly number[]
  readonly by: string
}

/** A suggestion, never a decision: nobody is ranked, the least laden of those who are here is named. */
export async function suggestRouting(on: Sql, actor: Actor, asked: Asked): Promise<Routing> {
  if (!isAllowed(actor, ['manager', 'lead', 'agent'])) throw forbidden(say`Only the staff assigns work.`)
  const team = await teamFor(on, actor.org, asked)
  if (team === null) return { team: null, assignee: null, warnings: [] }
  const away = await awayAmong(on, actor.org, team.members, asked.today)
  const here = team.members.filter((id) => !away.some(({ person }) => person.id === id))
  return {
    team: { ref: { id: team.id, number: `TEAM-${team.id}`, title: team.name }, because: team.by },
    assignee: await leastLaden(on, actor.org, here),
    warnings: away.filter(({ until }) => until !== null).map(({ because }) => ({ because })),
  }
}

/** The category's own team, that of the nearest category above it, else the team that restores the service. */
async function teamFor(on: Sql, org: number, { service, category }: Asked): Promise<TeamRow | null> {
  const rows = await run<TeamRow>(
    on,
    sql`with recursive up (name, team, parent, depth) as (
      select name, team, parent, 0 from category where org = ${org} and id = ${category}::bigint and binned_at is null union all
      select c.name, c.team, c.parent, up.depth + 1 from up join category c on c.org = ${org} and c.id = up.parent where up.depth < 20
    ), found (team, by, rank) as (
      select team, 'It gets incidents of the category ' || name || ' first.', depth from up where team is not null union all
      select team, 'It restores ' || name || '.', 100 from service where org = ${org} and id = ${service}::bigint and binned_at is null and team is not null
    ) select t.id, t.name, t.members, found.by from found join team t on t.org = ${org} and t.id = found.team and t.binned_at is null order by found.rank limit 1`,
  )
  return rows[0] ?? null
}
async function leastLaden(on: Sql, org: number, persons: readonly number[]): Promise<Suggested | null> {
  const rows = await run<{ id: number; name: string; n: number }>(
    on,
    sql`select p.id, p.name, coalesce(o.n, 0) as n from person p left join (
        select assignee, count(*) as n from incident where org = ${org} and assignee = any(${persons}::bigint[]) and binned_at is null and status not in ('closed', 'cancelled') and status <> 'resolved' group by assignee
      ) o on o.assignee = p.id where p.org = ${org} and p.id = any(${persons}::bigint[]) and p.binned_at is null order by n, p.id limit 1`,
  )
  const one = rows[0]
  if (one === undefined) return null
  return {
    ref: personRef(one.id, one.name),
    because:
      one.n === 0
        ? say`Here today, with no open incident.`
        : counted(one.n, say`Here today, with one open incident.`, say`Here today, with ${one.n} open incidents.`),
  }
}
