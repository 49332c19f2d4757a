/** What needs a person today: late, breached, unassigned, waiting for a decision. Worst first; each opens its list. */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, run, sql } from '#kit/sql.ts'

export type Urgency = 'bad' | 'warn' | 'info'
export interface Need {
  readonly kind: string
  readonly urgency: Urgency
  readonly text: string
  readonly place: string
  /** Where it opens. */
  readonly link: string
  readonly count: number
}
interface Source {
  readonly kind: string
  readonly urgency: Urgency
  readonly place: string
  readonly says: (count: number, first: string) => string
  readonly filter: string
  readonly path: string
  readonly count: (org: number, person: number, today: string) => Fragment
}
const OPEN = `status:new,assigned,working,waiting`
const many = (n: number, one: string, more: string): string => (n === 1 ? one : `${n.toLocaleString('en')} ${more}`)

const SOURCES: readonly Source[] = [
  {
    kind: 'major',
    urgency: 'bad',
    place: 'Desk',
    path: '/desk/majorincidents',
    filter: 'status:declared,mitigated',
    says: (n, first) => many(n, `Major incident: ${first}`, 'major incidents are running'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from major_incident where org = ${org} and binned_at is null and status in ('declared', 'mitigated')`,
  },
  {
    kind: 'breached',
    urgency: 'bad',
    place: 'Desk',
    path: '/desk/incidents',
    filter: `${OPEN} level:breached`,
    says: (n, first) => many(n, `Past its due time: ${first}`, 'open incidents are past their due time'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from incident where org = ${org} and binned_at is null and status not in ('closed', 'cancelled') and status <> 'resolved' and level = 'breached'`,
  },
  {
    kind: 'urgent',
    urgency: 'bad',
    place: 'Desk',
    path: '/desk/incidents',
    filter: 'status:new,assigned assignee:none priority:P1,P2',
    says: (n, first) => many(n, `Nobody works on: ${first}`, 'urgent incidents have nobody working on them'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from incident where org = ${org} and binned_at is null and status in ('new', 'assigned') and assignee is null and priority in ('P1', 'P2')`,
  },
  {
    kind: 'risk',
    urgency: 'warn',
    place: 'Desk',
    path: '/desk/incidents',
    filter: 'status:new,assigned,working level:risk',
    says: (n, first) => many(n, `Due soon: ${first}`, 'incidents will miss their service level soon'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from incident where org = ${org} and binned_at is null and status in ('new', 'assigned', 'working') and level = 'risk'`,
  },
  {
    kind: 'lateTasks',
    urgency: 'warn',
    place: 'Desk',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn<today assignee:me',
    says: (n, first) => many(n, `Your task is late: ${first}`, 'of your tasks are late'),
    count: (org, person, today) =>
      sql`select count(*) as n, min(subject) as first from task where org = ${org} and binned_at is null and status in ('open', 'doing') and due_on < ${today}::date and assignee = ${person}`,
  },
  {
    kind: 'lateObligations',
    urgency: 'warn',
    place: 'Improvement',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn<today obligation:any',
    says: (n, first) => many(n, `Obligation overdue: ${first}`, 'obligations are overdue'),
    count: (org, _, today) =>
      sql`select count(*) as n, min(subject) as first from task where org = ${org} and binned_at is null and status in ('open', 'doing') and due_on < ${today}::date and obligation is not null`,
  },
  {
    kind: 'actions',
    urgency: 'warn',
    place: 'Improvement',
    path: '/improvement/actions',
    filter: 'status:open dueOn<today',
    says: (n, first) => many(n, `Improvement action late: ${first}`, 'improvement actions are late'),
    count: (org, _, today) =>
      sql`select count(*) as n, min(subject) as first from action where org = ${org} and binned_at is null and status = 'open' and due_on < ${today}::date`,
  },
  {
    kind: 'notices',
    urgency: 'warn',
    place: 'Bridge',
    path: '/all/notices',
    filter: 'person:me readAt:none',
    says: (n, first) => many(n, `Unread: ${first}`, 'notices to you are unread'),
    count: (org, person) =>
      sql`select count(*) as n, min(subject) as first from notice where org = ${org} and binned_at is null and person = ${person} and read_at is null`,
  },
  {
    kind: 'effects',
    urgency: 'info',
    place: 'Improvement',
    path: '/improvement/actions',
    filter: 'status:done',
    says: (n, first) =>
      many(n, `Check the effect of: ${first}`, 'finished actions wait for somebody to check their effect'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from action where org = ${org} and binned_at is null and status = 'done'`,
  },
  {
    kind: 'reviews',
    urgency: 'info',
    place: 'Desk',
    path: '/desk/majorincidents',
    filter: 'status:over',
    says: (n, first) => many(n, `Review is open: ${first}`, 'major incidents wait for their review'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from major_incident where org = ${org} and binned_at is null and status = 'over'`,
  },
  {
    kind: 'unassigned',
    urgency: 'info',
    place: 'Desk',
    path: '/desk/incidents',
    filter: 'status:new assignee:none',
    says: (n, first) => many(n, `New and unassigned: ${first}`, 'new incidents wait for somebody'),
    count: (org) =>
      sql`select count(*) as n, min(subject) as first from incident where org = ${org} and binned_at is null and status = 'new' and assignee is null`,
  },
  {
    kind: 'tasksToday',
    urgency: 'info',
    place: 'Desk',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn:today assignee:me',
    says: (n, first) => many(n, `Due today: ${first}`, 'tasks of yours are due today'),
    count: (org, person, today) =>
      sql`select count(*) as n, min(subject) as first from task where org = ${org} and binned_at is null and status in ('open', 'doing') and due_on = ${today}::date and assignee = ${person}`,
  },
]

export async function needs(on: Sql, actor: Actor, today: string): Promise<Need[]> {
  const parts = SOURCES.map(
    (source, index) =>
      sql`select ${index}::integer as at, q.n, q.first from (${source.count(actor.org, actor.person ?? 0, today)}) q`,
  )
  const rows = await run<{ at: number; n: number; first: string | null }>(on, join(parts, ' union all '))
  return rows
    .filter((row) => row.n > 0)
    .sort((a, b) => a.at - b.at)
    .flatMap((row) => {
      const source = SOURCES[row.at]
      return source === undefined
        ? []
        : [
            {
              kind: source.kind,
              urgency: source.urgency,
              place: source.place,
              text: source.says(row.n, row.first ?? ''),
              count: row.n,
              link: `${source.path}?filter=${encodeURIComponent(source.filter)}`,
            },
          ]
    })
}
