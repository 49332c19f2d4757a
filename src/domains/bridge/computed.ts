/** How each measure is computed over the list that it links: a filter, and which of its records are good ones. */
import type { MeasuredDay, MeasureSource } from '#kit/measure.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Counting, Evidence } from './evidence.ts'
import { anyOf, counting, dayAfter, figuresOf, listOf, midnight, MOST_IDS } from './evidence.ts'

type Computed = Pick<MeasureSource, 'compute' | 'list'>
interface Share {
  readonly good: number
  readonly n: number
}
const DAYS = 30
const YEAR = 365
/** So many incidents can be left out of a list by their numbers. */
const MOST_LEFT_OUT = 60

/** Percent of good ones with how many there were; nothing when there were none. */
function share(
  evidence: Evidence,
  good: (counted: Counting, day: MeasuredDay) => Fragment,
  named: (store: Store, org: number, day: string) => Promise<readonly number[]> = async () => [],
): Computed {
  return {
    list: (day, of) => listOf(evidence, day, of),
    compute: async (store, org, on) => {
      const counted = await counting(store, org, evidence.record)
      const day = { on, zone: counted.context.zone }
      const of = await named(store, org, on)
      if (of.length > MOST_IDS) return null
      const figures = sql`count(*) filter (where ${good(counted, day)}) as good, count(*) as n`
      const found = await figuresOf<Share>(store, counted, evidence.filter(day, of), figures)
      return found === null || found.n === 0
        ? null
        : { value: (100 * found.good) / found.n, evidence: found.n, list: listOf(evidence, day, of) }
    },
  }
}
function within(field: string, day: MeasuredDay, days: number): string {
  return `${field}>=${midnight(day, -days)} ${field}<${midnight(day, 1)}`
}

/** `field` is the incident's instant at which that clock stops. Incidents without the clock are left out by number. */
export function clockShare(name: string, field: string): Computed {
  const evidence: Evidence = {
    record: 'incident',
    path: '/desk/incidents',
    filter: (day, of) => `${within(field, day, DAYS)} level:any${of.length === 0 ? '' : ` -id:${of.join(',')}`}`,
  }
  const has = (states: readonly string[]): Fragment =>
    sql`exists (select 1 from clock c where c.org = t.org and c.record = 'incident' and c.record_id = t.id and c.name = ${name} and c.state = any(${states}))`
  const figures = sql`count(*) as total, count(*) filter (where ${has(['met'])}) as good, count(*) filter (where ${has(['met', 'breached'])}) as n, (array_agg(t.id order by t.id) filter (where not ${has(['met', 'breached'])}))[1:${MOST_LEFT_OUT}::integer] as without`
  return {
    list: (day, of) => listOf(evidence, day, of),
    compute: async (store, org, on) => {
      const counted = await counting(store, org, evidence.record)
      const day = { on, zone: counted.context.zone }
      const found = await figuresOf<Share & { total: number; without: readonly number[] | null }>(
        store,
        counted,
        evidence.filter(day, []),
        figures,
      )
      if (found === null || found.n === 0) return null
      const without = found.without ?? []
      const list = found.n + without.length === found.total ? listOf(evidence, day, without) : null
      return { value: (100 * found.good) / found.n, evidence: found.n, list }
    },
  }
}
/** A task counts from the day after the one on which it was due. */
export function keptTasks(duty: string): Computed {
  return share(
    {
      record: 'task',
      path: '/desk/tasks',
      sort: '-dueOn',
      filter: ({ on }, of) =>
        `obligation:${of.length === 0 ? '0' : of.join(',')} -status:cancelled dueOn>=${dayAfter(on, -YEAR)} dueOn<${on}`,
    },
    (_, { zone }) => sql`t.status = 'done' and (t.done_at at time zone ${zone})::date <= t.due_on`,
    async (store, org, day) => {
      const rows = await run<{ id: number }>(
        store.db.reader,
        sql`select o.id from obligation o where o.org = ${org} and o.duty = ${duty} and exists (select 1 from task t where t.org = o.org and t.obligation = o.id and t.due_on >= ${dayAfter(day, -YEAR)}::date and t.due_on < ${day}::date) order by o.id`,
      )
      return rows.map(({ id }) => id)
    },
  )
}
export const reopened: Computed = share(
  {
    record: 'incident',
    path: '/desk/incidents',
    sort: '-reopenCount',
    filter: (day) => `status:resolved,closed ${within('openedAt', day, DAYS)}`,
  },
  (counted) => anyOf(counted, ['reopenCount>0']),
)
export const effective: Computed = share(
  {
    record: 'action',
    path: '/improvement/actions',
    sort: 'dueOn',
    filter: (day) => `-status:dropped updatedAt>=${midnight(day, -YEAR)}`,
  },
  (counted, day) => anyOf(counted, ['status:effective', 'status:open dueOn:none', `status:open dueOn>${day.on}`]),
)
export const described: Computed = share(
  { record: 'service', path: '/estate/services', filter: () => 'status:live' },
  (counted) =>
    sql`${anyOf(counted, ['owner:any team:any'])} and exists (select 1 from dependency d where d.org = t.org and (d.service = t.id or d.needs = t.id) and d.binned_at is null)`,
)

const answers: Evidence = {
  record: 'survey',
  path: '/all/surveys',
  filter: (day) => `status:answered score:any ${within('answeredAt', day, 90)}`,
}
export const satisfaction: Computed = {
  list: (day, of) => listOf(answers, day, of),
  compute: async (store, org, on) => {
    const counted = await counting(store, org, answers.record)
    const day = { on, zone: counted.context.zone }
    const found = await figuresOf<{ mean: number | null; n: number }>(
      store,
      counted,
      answers.filter(day, []),
      sql`avg(t.score)::double precision as mean, count(*) as n`,
    )
    return found === null || found.mean === null
      ? null
      : { value: found.mean, evidence: found.n, list: listOf(answers, day) }
  },
}
