/** My work and my teams' work: open counts, each with the list behind it. */
import { toSay } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import { tallies } from '#kit/tally.ts'

export interface WorkLine {
  readonly label: string
  readonly count: number
  readonly late: number
  readonly link: string
  /** The late ones of them alone. */
  readonly lateLink: string
}
export interface Work {
  readonly mine: readonly WorkLine[]
  readonly teams: readonly WorkLine[]
  /** Open incidents by priority, from the kept counts. */
  readonly open: readonly { readonly priority: string; readonly count: number; readonly link: string }[]
  readonly away: readonly {
    readonly id: number
    readonly name: string
    readonly until: string
    readonly deputy: string | null
  }[]
}
const OPEN = 'status:new,assigned,working,waiting'
const OPEN_STATES = new Set(['new', 'assigned', 'working', 'waiting'])

export async function work(on: Sql, actor: Actor, today: string): Promise<Work> {
  const [counts, mine, teams, away] = await Promise.all([
    tallies(on, actor, 'incident', ['status', 'priority']),
    myWork(on, actor, today),
    teamWork(on, actor),
    awayToday(on, actor, today),
  ])
  const open = ['P1', 'P2', 'P3', 'P4'].map((priority) => {
    let count = 0
    for (const [value, n] of counts) {
      const [status = '', of] = value.split('|')
      if (of === priority && OPEN_STATES.has(status)) count += n
    }
    return { priority, count, link: incidents(`${OPEN} priority:${priority}`) }
  })
  return { mine, teams, open, away }
}
function incidents(filter: string): string {
  return `/desk/incidents?filter=${encodeURIComponent(filter)}&sort=dueAt`
}

async function myWork(on: Sql, actor: Actor, today: string): Promise<WorkLine[]> {
  const rows = await run<{
    incidents: number
    late: number
    tasks: number
    late_tasks: number
    actions: number
    late_actions: number
  }>(
    on,
    sql`select i.n as incidents, i.late, t.n as tasks, t.late as late_tasks, a.n as actions, a.late as late_actions from
      (select count(*) as n, count(*) filter (where level = 'breached') as late from incident where org = ${actor.org} and assignee = ${actor.person} and binned_at is null and status not in ('closed', 'cancelled') and status <> 'resolved') i,
      (select count(*) as n, count(*) filter (where due_on < ${today}::date) as late from task where org = ${actor.org} and assignee = ${actor.person} and binned_at is null and status in ('open', 'doing')) t,
      (select count(*) as n, count(*) filter (where due_on < ${today}::date) as late from action where org = ${actor.org} and owner = ${actor.person} and binned_at is null and status = 'open') a`,
  )
  const row = rows[0]
  if (row === undefined || actor.person === null) return []
  return [
    {
      label: toSay('Incidents assigned to me'),
      count: row.incidents,
      late: row.late,
      link: incidents(`${OPEN} assignee:me`),
      lateLink: incidents(`${OPEN} level:breached assignee:me`),
    },
    {
      label: toSay('My tasks'),
      count: row.tasks,
      late: row.late_tasks,
      link: `/desk/tasks?filter=${encodeURIComponent('status:open,doing assignee:me')}`,
      lateLink: `/desk/tasks?filter=${encodeURIComponent('status:open,doing dueOn<today assignee:me')}`,
    },
    {
      label: toSay('My improvement actions'),
      count: row.actions,
      late: row.late_actions,
      link: `/improvement/actions?filter=${encodeURIComponent('status:open owner:me')}`,
      lateLink: `/improvement/actions?filter=${encodeURIComponent('status:open dueOn<today owner:me')}`,
    },
  ]
}
/** The teams that the person leads or belongs to; all teams with open work for who is in none. */
async function teamWork(on: Sql, actor: Actor): Promise<WorkLine[]> {
  const rows = await run<{ id: number; name: string; n: number; late: number; mine: boolean }>(
    on,
    sql`with open as materialized (
        select i.team, count(*) as n, count(*) filter (where i.level = 'breached') as late from incident i
        where i.org = ${actor.org} and i.binned_at is null and i.status not in ('closed', 'cancelled') and i.status <> 'resolved' group by i.team
      )
      select t.id, t.name, open.n, open.late, (t.lead = ${actor.person} or ${actor.person} = any(t.members)) is true as mine
      from open join team t on t.org = ${actor.org} and t.id = open.team and t.binned_at is null order by mine desc, n desc limit 12`,
  )
  const own = rows.filter((row) => row.mine)
  return (own.length > 0 && !actor.roles.includes('manager') ? own : rows).map((row) => ({
    label: row.name,
    count: row.n,
    late: row.late,
    link: incidents(`${OPEN} team:TEAM-${row.id}`),
    lateLink: incidents(`${OPEN} level:breached team:TEAM-${row.id}`),
  }))
}
/** Of those who report to the person or belong to a team. */
async function awayToday(on: Sql, actor: Actor, today: string): Promise<Work['away']> {
  return run(
    on,
    sql`with near as materialized (
        select id from person where org = ${actor.org} and line_manager = ${actor.person} and binned_at is null
        union select unnest(members) from team where org = ${actor.org} and binned_at is null
      )
      select p.id, p.name, a.last_day as until, d.name as deputy from absence a join person p on p.org = a.org and p.id = a.person left join person d on d.org = a.org and d.id = a.deputy
      where a.org = ${actor.org} and a.person = any(array(select id from near)) and a.binned_at is null and a.first_day <= ${today}::date and a.last_day >= ${today}::date
      order by p.name limit 8`,
  )
}
