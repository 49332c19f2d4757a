/** The measures that Pilothouse computes itself: the first evidence for the duties. */
import type { MeasureSource } from '#kit/measure.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

const DAYS = 30
interface Share {
  readonly good: number
  readonly n: number
}

/** Percent of good ones with how many there were; nothing when there were none. */
function share(
  query: (org: number, from: Fragment, to: Fragment) => Fragment,
  list: (from: string, to: string) => string,
): MeasureSource['compute'] {
  return async (store: Store, org, day) => {
    const to = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
    const from = Temporal.PlainDate.from(day).subtract({ days: DAYS }).toString()
    const rows = await run<Share>(store.db.reader, query(org, sql`${from}::date`, sql`${to}::date`))
    const { good, n } = rows[0] ?? { good: 0, n: 0 }
    return n === 0 ? null : { value: (100 * good) / n, evidence: n, list: list(from, to) }
  }
}
/** `field` is the incident's instant at which that clock stops. */
function clockShare(name: string, field: string): MeasureSource['compute'] {
  return share(
    (org, from, to) =>
      sql`select count(*) filter (where state = 'met') as good, count(*) as n from clock where org = ${org} and record = 'incident' and name = ${name} and state in ('met', 'breached') and stopped_at >= ${from} and stopped_at < ${to}`,
    (from, to) => `/desk/incidents?filter=${encodeURIComponent(`${field}>=${from} ${field}<${to}`)}`,
  )
}
function keptTasks(duty: string): MeasureSource['compute'] {
  return share(
    (org, from, to) =>
      sql`select count(*) filter (where t.status = 'done' and t.done_at < t.due_on + 1) as good, count(*) as n from task t join obligation o on o.org = t.org and o.id = t.obligation where t.org = ${org} and t.binned_at is null and o.duty = ${duty} and t.due_on >= ${from} - 335 and t.due_on < ${to} and (t.status = 'done' or t.due_on < ${to} - 1) and t.status <> 'cancelled'`,
    () => `/desk/tasks?filter=${encodeURIComponent('obligation:any')}&sort=-dueOn`,
  )
}
const reopened: MeasureSource['compute'] = share(
  (org, from, to) =>
    sql`select count(*) filter (where reopen_count > 0) as good, count(*) as n from incident where org = ${org} and binned_at is null and opened_at >= ${from} and opened_at < ${to} and status in ('resolved', 'closed')`,
  (from, to) =>
    `/desk/incidents?filter=${encodeURIComponent(`status:resolved,closed openedAt>=${from} openedAt<${to}`)}&sort=-reopenCount`,
)
const effective: MeasureSource['compute'] = share(
  (org, from, to) =>
    sql`select count(*) filter (where status = 'effective' or (status = 'open' and (due_on is null or due_on >= ${to}))) as good, count(*) as n from action where org = ${org} and binned_at is null and status <> 'dropped' and updated_at >= ${from} - 335`,
  () => '/improvement/actions?filter=-status%3Adropped&sort=dueOn',
)
const satisfaction: MeasureSource['compute'] = async (store, org, day) => {
  const from = Temporal.PlainDate.from(day).subtract({ days: 90 }).toString()
  const rows = await run<{ mean: number | null; n: number }>(
    store.db.reader,
    sql`select avg(score)::double precision as mean, count(*) as n from survey where org = ${org} and binned_at is null and status = 'answered' and answered_at >= ${from}::date and answered_at < ${day}::date + 1`,
  )
  const row = rows[0]
  return row === undefined || row.mean === null
    ? null
    : {
        value: row.mean,
        evidence: row.n,
        list: `/desk/surveys?filter=${encodeURIComponent(`status:answered answeredAt>=${from}`)}`,
      }
}
const described: MeasureSource['compute'] = async (store, org) => {
  const rows = await run<Share>(
    store.db.reader,
    sql`select count(*) filter (where owner is not null and team is not null and exists (select 1 from dependency d where d.org = s.org and (d.service = s.id or d.needs = s.id) and d.binned_at is null)) as good, count(*) as n from service s where org = ${org} and binned_at is null and status = 'live'`,
  )
  const { good, n } = rows[0] ?? { good: 0, n: 0 }
  return n === 0 ? null : { value: (100 * good) / n, evidence: n, list: '/estate/services?filter=status%3Alive' }
}

const percent = (
  duty: string,
  name: string,
  definition: string,
  [target, limit]: readonly [number, number],
): MeasureSource['declares'] => ({
  duty: duty as '4',
  name,
  definition,
  unit: '%',
  better: target >= limit ? 'higher' : 'lower',
  target,
  limit,
  cadence: 'day',
})

/** In the order of the duties. A measure appears once it has evidence. */
export const SOURCES: readonly MeasureSource[] = [
  {
    source: 'desk.resolution',
    declares: percent(
      '4',
      'Incidents resolved in time',
      'Resolution clocks that stopped in the last 30 days and were met, of all that stopped.',
      [95, 85],
    ),
    compute: clockShare('resolution', 'resolvedAt'),
  },
  {
    source: 'desk.firstResponse',
    declares: percent(
      '4',
      'First answers in time',
      'First-response clocks that stopped in the last 30 days and were met, of all that stopped.',
      [95, 85],
    ),
    compute: clockShare('firstResponse', 'respondedAt'),
  },
  {
    source: 'desk.satisfaction',
    declares: {
      duty: '4',
      name: 'Satisfaction with the desk',
      definition: 'Mean of the answers (1 to 5) of the last 90 days.',
      unit: 'of 5',
      better: 'higher',
      target: 4.3,
      limit: 3.5,
      cadence: 'day',
    },
    compute: satisfaction,
  },
  {
    source: 'services.described',
    declares: percent(
      '10',
      'Services with owner, team and dependencies',
      'Live services that name an owner and a team and have at least one dependency, of all live services.',
      [95, 70],
    ),
    compute: described,
  },
  {
    source: 'desk.reopened',
    declares: percent(
      '11',
      'Incidents reopened',
      'Incidents opened in the last 30 days and reopened since, of those resolved.',
      [3, 8],
    ),
    compute: reopened,
  },
  {
    source: 'improvement.effective',
    declares: percent(
      '11',
      'Improvement actions on course',
      'Actions that are effective, or open and not late, of all that moved within a year.',
      [85, 60],
    ),
    compute: effective,
  },
  ...['1', '2', '3', '5', '6', '7', '8', '9', '12'].map((duty) => ({
    source: `obligations.${duty}`,
    declares: percent(
      duty,
      'Obligations kept in time',
      'Tasks from obligations of this duty that were due within a year and done on their day or before, of all that were due.',
      [95, 80],
    ),
    compute: keptTasks(duty),
  })),
]
