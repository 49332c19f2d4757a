/** How each measure is computed over the list that it links: a filter, and which of its records are good ones. */
import type { MeasuredDay, MeasureSource } from '#kit/measure.ts'
import type { Fragment } from '#kit/sql.ts'
import { sql } from '#kit/sql.ts'
import type { Counting, Evidence } from './evidence.ts'
import { anyOf, counting, dayAfter, figuresOf, listOf, midnight } from './evidence.ts'

type Computed = Pick<MeasureSource, 'compute' | 'list'>
interface Share {
  readonly good: number
  readonly n: number
}
const DAYS = 30
const YEAR = 365

/** Percent of good ones with how many there were; nothing when there were none. */
function share(evidence: Evidence, good: (counted: Counting, day: MeasuredDay) => Fragment): Computed {
  return {
    list: (day) => listOf(evidence, day),
    compute: async (store, org, on) => {
      const counted = await counting(store, org, evidence.record)
      const day = { on, zone: counted.context.zone }
      const figures = sql`count(*) filter (where ${good(counted, day)}) as good, count(*) as n`
      const found = await figuresOf<Share>(store, counted, evidence.filter(day), figures)
      return found === null || found.n === 0
        ? null
        : { value: (100 * found.good) / found.n, evidence: found.n, list: listOf(evidence, day) }
    },
  }
}
/** So many days of the organisation, this one the last of them. */
function within(field: string, day: MeasuredDay, days: number): string {
  return `${field}>=${midnight(day, 1 - days)} ${field}<${midnight(day, 1)}`
}

/** `field` is the incident's instant at which that clock stops. Incidents without the clock do not count. */
export function clockShare(name: string, field: string): Computed {
  return share(
    {
      record: 'incident',
      path: '/desk/incidents',
      filter: (day) => `${within(field, day, DAYS)} clock.${name}:met,breached`,
    },
    (counted) => anyOf(counted, [`clock.${name}:met`]),
  )
}
/** What is still open when its time is over is in none of the figures of what was resolved: here it stands, as it is now. */
export const openInTime: Computed = share(
  {
    record: 'incident',
    path: '/desk/incidents',
    sort: 'dueAt',
    filter: () => 'status:new,assigned,working,waiting clock.resolution:running,paused,breached',
  },
  (counted) => anyOf(counted, ['clock.resolution:running,paused']),
)
/** A task counts from the day after the one on which it was due. */
export function keptTasks(duty: string): Computed {
  return share(
    {
      record: 'task',
      path: '/desk/tasks',
      sort: '-dueOn',
      filter: ({ on }) => `obligation.duty:${duty} -status:cancelled dueOn>=${dayAfter(on, -YEAR)} dueOn<${on}`,
    },
    (_, { zone }) => sql`t.status = 'done' and (t.done_at at time zone ${zone})::date <= t.due_on`,
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
  list: (day) => listOf(answers, day),
  compute: async (store, org, on) => {
    const counted = await counting(store, org, answers.record)
    const day = { on, zone: counted.context.zone }
    const found = await figuresOf<{ mean: number | null; n: number }>(
      store,
      counted,
      answers.filter(day),
      sql`avg(t.score)::double precision as mean, count(*) as n`,
    )
    return found === null || found.mean === null
      ? null
      : { value: found.mean, evidence: found.n, list: listOf(answers, day) }
  },
}
