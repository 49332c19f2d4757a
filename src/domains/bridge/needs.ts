/** What needs a person today: late, breached, unassigned, waiting for a decision. Worst first; each opens its list. */
import { figureInWords } from '#engines/in-words.ts'
import { counted, said, say } from '#engines/say.ts'
import type { FilterContext } from '#kit/condition.ts'
import type { Sql } from '#kit/database.ts'
import { listConditions } from '#kit/list.ts'
import { snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, join, raw, run, sql } from '#kit/sql.ts'

export type Urgency = 'bad' | 'warn' | 'info'
export interface Need {
  readonly kind: string
  readonly urgency: Urgency
  readonly text: string
  readonly place: string
  /** Where it opens. */
  readonly link: string
  /** At most 1,001, which stands for more than a thousand. */
  readonly count: number
}
interface Source {
  readonly kind: string
  readonly urgency: Urgency
  readonly place: string
  readonly says: (count: number, first: string) => string
  readonly record: string
  /** What is counted and what its link opens. */
  readonly filter: string
  readonly path: string
}
const OPEN = `status:new,assigned,working,waiting`
/** Nobody works through more than this today, and counting on would cost as much as there is. */
const MOST = 1000
const many = (n: number, one: string, more: (count: string) => string): string =>
  counted(n, one, more(`${figureInWords(Math.min(n, MOST))}${n > MOST ? '+' : ''}`))

const SOURCES: readonly Source[] = [
  {
    kind: 'major',
    urgency: 'bad',
    place: 'Desk',
    record: 'majorIncident',
    path: '/desk/majorincidents',
    filter: 'status:declared,mitigated',
    says: (n, first) => many(n, say`Major incident: ${first}`, (count) => say`${count} major incidents are running`),
  },
  {
    kind: 'lateNews',
    urgency: 'bad',
    place: 'Desk',
    record: 'majorIncident',
    path: '/desk/majorincidents',
    filter: 'status:declared,mitigated newsLateSince:any',
    says: (n, first) =>
      many(
        n,
        say`News to those affected is late: ${first}`,
        (count) => say`News to those affected is late on ${count} major incidents`,
      ),
  },
  {
    kind: 'breached',
    urgency: 'bad',
    place: 'Desk',
    record: 'incident',
    path: '/desk/incidents',
    filter: `${OPEN} level:breached`,
    says: (n, first) =>
      many(n, say`Past its due time: ${first}`, (count) => say`${count} open incidents are past their due time`),
  },
  {
    kind: 'urgent',
    urgency: 'bad',
    place: 'Desk',
    record: 'incident',
    path: '/desk/incidents',
    filter: 'status:new,assigned assignee:none priority:P1,P2',
    says: (n, first) =>
      many(n, say`Nobody works on: ${first}`, (count) => say`${count} urgent incidents have nobody working on them`),
  },
  {
    kind: 'risk',
    urgency: 'warn',
    place: 'Desk',
    record: 'incident',
    path: '/desk/incidents',
    filter: 'status:new,assigned,working level:risk',
    says: (n, first) =>
      many(n, say`Due soon: ${first}`, (count) => say`${count} incidents will miss their service level soon`),
  },
  {
    kind: 'lateTasks',
    urgency: 'warn',
    place: 'Desk',
    record: 'task',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn<today assignee:me',
    says: (n, first) => many(n, say`Your task is late: ${first}`, (count) => say`${count} of your tasks are late`),
  },
  {
    kind: 'lateObligations',
    urgency: 'warn',
    place: 'Improvement',
    record: 'task',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn<today obligation:any',
    says: (n, first) => many(n, say`Obligation overdue: ${first}`, (count) => say`${count} obligations are overdue`),
  },
  {
    kind: 'actions',
    urgency: 'warn',
    place: 'Improvement',
    record: 'action',
    path: '/improvement/actions',
    filter: 'status:open dueOn<today',
    says: (n, first) =>
      many(n, say`Improvement action late: ${first}`, (count) => say`${count} improvement actions are late`),
  },
  {
    kind: 'notices',
    urgency: 'warn',
    place: 'Bridge',
    record: 'notice',
    path: '/all/notices',
    filter: 'person:me readAt:none',
    says: (n, first) => many(n, say`Unread: ${first}`, (count) => say`${count} notices to you are unread`),
  },
  {
    kind: 'effects',
    urgency: 'info',
    place: 'Improvement',
    record: 'action',
    path: '/improvement/actions',
    filter: 'status:done',
    says: (n, first) =>
      many(
        n,
        say`Check the effect of: ${first}`,
        (count) => say`${count} finished actions wait for somebody to check their effect`,
      ),
  },
  {
    kind: 'reviews',
    urgency: 'info',
    place: 'Desk',
    record: 'majorIncident',
    path: '/desk/majorincidents',
    filter: 'status:over',
    says: (n, first) =>
      many(n, say`Review is open: ${first}`, (count) => say`${count} major incidents wait for their review`),
  },
  {
    kind: 'unassigned',
    urgency: 'info',
    place: 'Desk',
    record: 'incident',
    path: '/desk/incidents',
    filter: 'status:new assignee:none',
    says: (n, first) =>
      many(n, say`New and unassigned: ${first}`, (count) => say`${count} new incidents wait for somebody`),
  },
  {
    kind: 'tasksToday',
    urgency: 'info',
    place: 'Desk',
    record: 'task',
    path: '/desk/tasks',
    filter: 'status:open,doing dueOn:today assignee:me',
    says: (n, first) => many(n, say`Due today: ${first}`, (count) => say`${count} tasks of yours are due today`),
  },
]

/** Counted over the very lists that the links open, so nobody hears of what they may not read. */
export async function needs(on: Sql, context: FilterContext): Promise<Need[]> {
  const lists = await Promise.all(SOURCES.map((source) => listOf(on, context, source)))
  const counts = await run<{ at: number; n: number }>(
    on,
    join(
      lists.map(({ table, where }, at) => sql`select ${at}::integer as at, count(*) as n from (select 1 from ${table} t where ${where} limit ${MOST + 1}) counted`), // oxfmt-ignore
      ' union all ',
    ),
  )
  const titles = await titlesOf(on, lists, counts.flatMap(({ at, n }) => (n === 1 ? [at] : []))) // oxfmt-ignore
  return SOURCES.flatMap(({ kind, urgency, place, says, path, filter }, at) => {
    const count = counts.find((row) => row.at === at)?.n ?? 0
    const link = `${path}?filter=${encodeURIComponent(filter)}`
    return count === 0
      ? []
      : [{ kind, urgency, place: said(place), text: says(count, titles.get(at) ?? ''), count, link }]
  })
}
interface List {
  readonly table: Fragment
  readonly title: Fragment
  readonly where: Fragment
}
async function listOf(on: Sql, context: FilterContext, { record: name, filter }: Source): Promise<List> {
  const record = context.catalogue.get(name)
  const where = all(await listConditions(on, context, record, { filter }))
  return { table: raw(record.table), title: raw(snake(record.title)), where }
}
/** Only what stands alone is called by its name: counting many needs an index and no row. */
async function titlesOf(on: Sql, lists: readonly List[], alone: readonly number[]): Promise<Map<number, string>> {
  const asked = alone.flatMap((at) => {
    const list = lists[at]
    return list === undefined
      ? []
      : [sql`(select ${at}::integer as at, t.${list.title} as title from ${list.table} t where ${list.where} limit 1)`]
  })
  if (asked.length === 0) return new Map()
  const rows = await run<{ at: number; title: string | null }>(on, join(asked, ' union all '))
  return new Map(rows.map(({ at, title }) => [at, title ?? '']))
}
