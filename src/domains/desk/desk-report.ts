/** The desk's figures over a span of days. Each one says how it is counted and carries the list behind it. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

export interface Span {
  readonly org: number
  /** First and last calendar day, both included. */
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly now: string
}
export interface Behind {
  readonly record: 'incident' | 'survey'
  readonly filter: string
}
export interface Figure {
  readonly name: string
  readonly label: string
  /** Null: nothing was there to be counted. */
  readonly value: number | null
  readonly unit: string
  readonly definition: string
  /** How many records it was computed from. */
  readonly evidence: number
  readonly list: Behind
}
export interface Bar {
  readonly label: string
  readonly count: number
  readonly list: Behind
}
export interface DeskReport {
  readonly from: string
  readonly to: string
  readonly by: 'day' | 'week'
  readonly volume: readonly {
    readonly on: string
    readonly opened: number
    readonly resolved: number
    readonly openedList: Behind
    readonly resolvedList: Behind
  }[]
  readonly backlog: readonly Bar[]
  readonly reassigned: readonly Bar[]
  readonly scores: readonly Bar[]
  readonly figures: readonly Figure[]
}
const OPEN = ['new', 'assigned', 'working', 'waiting']

/** Figures of `from` … `to`. The backlog is as of now: what was open on an earlier day is told by the history alone. */
export async function deskReport(on: Sql, span: Span): Promise<DeskReport> {
  const by = Temporal.PlainDate.from(span.from).until(span.to).days > 62 ? 'week' : 'day'
  const ends = endsOf(span)
  const [opened, resolved, backlog, scores] = await Promise.all([
    openedBy(on, span, ends, by),
    resolvedBy(on, span, ends, by),
    openByAge(on, span),
    scoresOf(on, span, ends),
  ])
  return {
    from: span.from,
    to: span.to,
    by,
    volume: volume(span, by, opened, resolved),
    backlog,
    reassigned: reassigned(span, resolved),
    scores: scores.bars,
    figures: [...figures(span, opened, resolved), scores.average],
  }
}

interface Ends {
  readonly from: string
  readonly before: string
}
function endsOf({ from, to, zone }: Span): Ends {
  const at = (day: Temporal.PlainDate): string => new Date(day.toZonedDateTime(zone).epochMilliseconds).toISOString()
  return { from: at(Temporal.PlainDate.from(from)), before: at(Temporal.PlainDate.from(to).add({ days: 1 })) }
}
function within(field: string, { from, to }: { from: string; to: string }): string {
  return `${field}>=${from} ${field}<${Temporal.PlainDate.from(to).add({ days: 1 }).toString()}`
}

/** Counted from the index alone; the few in the bin are counted apart and taken off. */
async function openedBy(
  on: Sql,
  { org, zone }: Span,
  { from, before }: Ends,
  by: 'day' | 'week',
): Promise<Map<string, number>> {
  const period = sql`to_char(date_trunc(${by}, opened_at at time zone ${zone}), 'YYYY-MM-DD')`
  const rows = await run<{ on: string; n: number }>(
    on,
    sql`select "on", sum(n)::bigint as n from (
      select ${period} as "on", count(*) as n from incident where org = ${org} and opened_at >= ${from}::timestamptz and opened_at < ${before}::timestamptz group by 1
      union all select ${period}, -count(*) from incident where org = ${org} and opened_at >= ${from}::timestamptz and opened_at < ${before}::timestamptz and binned_at is not null group by 1
    ) counted group by 1`,
  )
  return new Map(rows.map((row) => [row.on, row.n]))
}
interface Resolved {
  readonly on: string
  readonly reassigned: number
  readonly reopened: boolean
  readonly n: number
}
/** Resolved ones by period, by how often they were passed on (4 stands for "four times or more") and whether they were reopened. */
async function resolvedBy(
  on: Sql,
  { org, zone }: Span,
  { from, before }: Ends,
  by: 'day' | 'week',
): Promise<Resolved[]> {
  return run<Resolved>(
    on,
    sql`select to_char(date_trunc(${by}, resolved_at at time zone ${zone}), 'YYYY-MM-DD') as "on", least(coalesce(reassignment_count, 0), 4)::integer as reassigned, coalesce(reopen_count, 0) > 0 as reopened, count(*) as n
      from incident where org = ${org} and binned_at is null and resolved_at is not null and resolved_at >= ${from}::timestamptz and resolved_at < ${before}::timestamptz group by 1, 2, 3`,
  )
}

function volume(
  span: Span,
  by: 'day' | 'week',
  opened: ReadonlyMap<string, number>,
  resolved: readonly Resolved[],
): DeskReport['volume'] {
  const first = Temporal.PlainDate.from(span.from)
  const end = Temporal.PlainDate.from(span.to)
  const made: DeskReport['volume'][number][] = []
  for (
    let on = by === 'week' ? first.subtract({ days: first.dayOfWeek - 1 }) : first;
    Temporal.PlainDate.compare(on, end) <= 0;
    on = on.add({ days: by === 'week' ? 7 : 1 })
  ) {
    const last = by === 'week' ? on.add({ days: 6 }) : on
    const part = { from: later(on, first), to: later(end, last) === end.toString() ? last.toString() : end.toString() }
    const name = on.toString()
    made.push({
      on: name,
      opened: opened.get(name) ?? 0,
      resolved: sum(resolved.filter((row) => row.on === name)),
      openedList: incidents(within('openedAt', part)),
      resolvedList: incidents(within('resolvedAt', part)),
    })
  }
  return made
}
function later(a: Temporal.PlainDate, b: Temporal.PlainDate): string {
  return (Temporal.PlainDate.compare(a, b) >= 0 ? a : b).toString()
}
function sum(rows: readonly Resolved[]): number {
  return rows.reduce((total, row) => total + row.n, 0)
}
function incidents(filter: string): Behind {
  return { record: 'incident', filter }
}

function reassigned(span: Span, resolved: readonly Resolved[]): Bar[] {
  return [0, 1, 2, 3, 4].map((times) => ({
    label:
      times === 0
        ? 'never'
        : times === 1
          ? 'once'
          : times === 4
            ? 'four times or more'
            : times === 2
              ? 'twice'
              : 'three times',
    count: sum(resolved.filter((row) => row.reassigned === times)),
    list: incidents(
      `${within('resolvedAt', span)} ${times === 4 ? 'reassignmentCount>=4' : times === 0 ? '-reassignmentCount>0' : `reassignmentCount:${times}`}`,
    ),
  }))
}
function figures(span: Span, opened: ReadonlyMap<string, number>, resolved: readonly Resolved[]): Figure[] {
  const all = sum(resolved)
  const count = [...opened.values()].reduce((total, n) => total + n, 0)
  const during = within('resolvedAt', span)
  return [
    {
      name: 'opened',
      label: 'Opened',
      value: count,
      unit: 'incidents',
      definition: 'Incidents opened in these days.',
      evidence: count,
      list: incidents(within('openedAt', span)),
    },
    {
      name: 'resolved',
      label: 'Resolved',
      value: all,
      unit: 'incidents',
      definition: 'Incidents resolved in these days and not reopened since.',
      evidence: all,
      list: incidents(during),
    },
    ...shares(during, resolved),
  ]
}
function shares(during: string, resolved: readonly Resolved[]): Figure[] {
  const all = sum(resolved)
  const reopened = sum(resolved.filter((row) => row.reopened))
  const straight = sum(resolved.filter((row) => !row.reopened && row.reassigned === 0))
  const share = (part: number): Pick<Figure, 'value' | 'unit' | 'evidence'> => ({
    value: all === 0 ? null : part / all,
    unit: 'share',
    evidence: all,
  })
  return [
    {
      name: 'reopened',
      label: 'Reopened',
      ...share(reopened),
      definition: 'Of the resolved ones, those that had to be reopened at least once.',
      list: incidents(`${during} reopenCount>0`),
    },
    {
      name: 'firstContact',
      label: 'Solved at first contact',
      ...share(straight),
      definition: 'Of the resolved ones, those that were never passed on to somebody else and never reopened.',
      list: incidents(`${during} -reassignmentCount>0 -reopenCount>0`),
    },
  ]
}

const AGES = [
  { label: 'less than a day', from: '-1d' },
  { label: '1 to 3 days', from: '-3d', before: '-1d' },
  { label: '3 to 7 days', from: '-7d', before: '-3d' },
  { label: '1 to 4 weeks', from: '-28d', before: '-7d' },
  { label: 'older than 4 weeks', before: '-28d' },
] as const
async function openByAge(on: Sql, { org, now, zone }: Span): Promise<Bar[]> {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone)
  const borders = [1, 3, 7, 28].map((days) => here.subtract({ days }).toInstant().toString())
  const rows = await run<{ age: number; n: number }>(
    on,
    sql`select case when opened_at >= ${borders[0]}::timestamptz then 0 when opened_at >= ${borders[1]}::timestamptz then 1 when opened_at >= ${borders[2]}::timestamptz then 2 when opened_at >= ${borders[3]}::timestamptz then 3 else 4 end as age, count(*) as n
      from incident where org = ${org} and status = any(${OPEN}) and binned_at is null and opened_at is not null group by 1`,
  )
  return AGES.map((age, index) => {
    const ends = [
      ...('from' in age ? [`openedAt>=${age.from}`] : []),
      ...('before' in age ? [`openedAt<${age.before}`] : []),
    ]
    return {
      label: age.label,
      count: rows.find((row) => row.age === index)?.n ?? 0,
      list: incidents(`status:${OPEN.join(',')} ${ends.join(' ')}`),
    }
  })
}

async function scoresOf(on: Sql, span: Span, { from, before }: Ends): Promise<{ bars: Bar[]; average: Figure }> {
  const rows = await run<{ score: number; n: number }>(
    on,
    sql`select score, count(*) as n from survey where org = ${span.org} and binned_at is null and status = 'answered' and score is not null and answered_at >= ${from}::timestamptz and answered_at < ${before}::timestamptz group by score`,
  )
  const during = `status:answered ${within('answeredAt', span)}`
  const count = rows.reduce((total, row) => total + row.n, 0)
  const points = rows.reduce((total, row) => total + row.n * row.score, 0)
  const bars = [1, 2, 3, 4, 5].map((score) => ({
    label: String(score),
    count: rows.filter((row) => Math.round(row.score) === score).reduce((total, row) => total + row.n, 0),
    list: { record: 'survey' as const, filter: `${during} score:${score}` },
  }))
  return {
    bars,
    average: {
      name: 'satisfaction',
      label: 'Satisfaction',
      value: count === 0 ? null : points / count,
      unit: 'of 5',
      definition: 'Average of the answers given in these days, from 1 (bad) to 5 (very good).',
      evidence: count,
      list: { record: 'survey', filter: during },
    },
  }
}
