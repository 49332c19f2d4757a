/** How service levels were kept: kept counts of clocks by month, service, priority or agreement, with the list behind each. */
import { said } from '#engines/say.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Sql } from '#kit/database.ts'
import type { SpanParts } from './clock-counts.ts'
import { countsBy, countsOf, partOf, spanParts } from './clock-counts.ts'

export const BY = ['month', 'service', 'priority', 'agreement'] as const
export type By = (typeof BY)[number]
export interface Asked {
  readonly org: number
  /** Instants; the clock began in [from, to). */
  readonly from: string
  readonly to: string
  readonly by: By
  readonly clock: string
  /** The names that the clock stands for: itself, or every one of the record. */
  readonly clocks: readonly string[]
  readonly record: string
  readonly zone: string
}
export interface LevelRow {
  readonly key: string | null
  readonly label: string
  readonly met: number
  readonly breached: number
  readonly running: number
  /** Met of those that ended or are late, one decimal; null where there are none. */
  readonly percent: number | null
  /** The records behind it as a filter; null where the list of the report itself must be asked. */
  readonly filter: string | null
}
const MOST_ROWS = 500

interface Counted {
  readonly key: string | number | null
  readonly label: string | null
  readonly met: number
  readonly breached: number
  readonly running: number
}
/** Months in order; everything else by most breached, then by name. */
export async function levelRows(on: Sql, asked: Asked): Promise<LevelRow[]> {
  return asked.by === 'month' ? byMonth(on, asked) : byColumn(on, asked)
}
export function clocksAsked({ org, record, clocks, from, to }: Omit<Asked, 'by' | 'zone'>): Fragment {
  return sql`org = ${org} and record = ${record} and name = any(${clocks}) and started_at >= ${from}::timestamptz and started_at < ${to}::timestamptz`
}

/** Month by month; what is counted by priority is everything. */
async function byMonth(on: Sql, asked: Asked): Promise<LevelRow[]> {
  const months = monthsBetween(asked).map(({ name, from, to }) => ({
    name,
    from: later(from, asked.from),
    to: sooner(to, asked.to),
  }))
  const spans = months.map((month) => spanParts(Date.parse(month.from), Date.parse(month.to)))
  const counts = await countsInParts(on, asked, spans)
  return months.flatMap((month, at) => {
    const { met = 0, breached = 0, running = 0 } = counts[at] ?? {}
    return met + breached + running === 0
      ? []
      : [
          levelRow(
            { key: month.name, label: month.name, met, breached, running },
            `openedAt>=${month.from} openedAt<${month.to}`,
          ),
        ]
  })
}
/** For each span: state → how many. */
async function countsInParts(on: Sql, asked: Asked, spans: readonly SpanParts[]): Promise<Record<string, number>[]> {
  const rows = await run<{ part: string; state: string; n: number }>(
    on,
    sql`select part, state, sum(n)::bigint as n from (select part, split_part(value, '|', -1) as state, n from (${countsOf(asked, 'priority', spans)}) kept) counted group by part, state`,
  )
  const counts = spans.map((): Record<string, number> => ({}))
  const parts = partOf(asked.clocks, 'priority', spans)
  for (const { part, state, n } of rows) {
    const of = counts[parts.get(part) ?? -1]
    if (of !== undefined) of[state] = (of[state] ?? 0) + n
  }
  return counts
}
export interface Month {
  /** 2026-11. */
  readonly name: string
  readonly from: string
  readonly to: string
}
/** The months of the zone that a span touches, at most 600. */
export function monthsBetween({ from, to, zone }: Pick<Asked, 'from' | 'to' | 'zone'>): Month[] {
  const months: Month[] = []
  const end = Temporal.Instant.from(to)
  let start = Temporal.Instant.from(from).toZonedDateTimeISO(zone).with({ day: 1 }).startOfDay()
  while (Temporal.Instant.compare(start.toInstant(), end) < 0 && months.length < 600) {
    const next = start.add({ months: 1 }).startOfDay()
    months.push({ name: start.toPlainDate().toString().slice(0, 7), from: iso(start), to: iso(next) })
    start = next
  }
  return months
}

/** Names of services and agreements are looked up after counting. */
async function byColumn(on: Sql, asked: Asked): Promise<LevelRow[]> {
  const { column, title, named, filter } = COLUMNS[asked.by === 'month' ? 'priority' : asked.by]
  const key = raw(title === null ? 'key' : 'key::bigint')
  const span = spanParts(Date.parse(asked.from), Date.parse(asked.to))
  const label =
    title === null
      ? raw('g.key')
      : sql`(select ${raw(named)} from ${raw(title)} n where n.org = ${asked.org} and n.id = g.key)`
  const rows = await run<Counted>(
    on,
    sql`select g.*, ${label} as label from (select ${key} as key, met, breached, running from (${countsBy(asked, column, span)}) c order by breached desc, 1 limit ${MOST_ROWS}) g order by ${raw(title === null ? 'g.key' : 'g.breached desc, label, g.key')}`,
  )
  const opened = `openedAt>=${asked.from} openedAt<${asked.to}`
  return rows.map((row) =>
    levelRow(
      row,
      filter === null
        ? null
        : `${opened} ${filter}:${row.key === null ? 'none' : `${title === 'service' ? 'SVC-' : ''}${row.key}`}`,
    ),
  )
}
const COLUMNS = {
  service: { column: 'service', title: 'service', named: 'n.name', filter: 'service' },
  priority: { column: 'priority', title: null, named: '', filter: 'priority' },
  // Several suppliers may have promised the same.
  agreement: {
    column: 'agreement',
    title: 'agreement',
    named: `n.name || case when n.kind = 'supplier' and strpos(lower(n.name), lower(n.supplier)) = 0 then ' (' || n.supplier || ')' else '' end`,
    filter: null,
  },
} as const
function levelRow({ key, label, met, breached, running }: Counted, filter: string | null): LevelRow {
  return {
    key: key === null ? null : String(key),
    label: label ?? said('none'),
    met,
    breached,
    running,
    percent: percentOf(met, breached),
    filter,
  }
}
export function percentOf(met: number, breached: number): number | null {
  return met + breached === 0 ? null : Math.round((1000 * met) / (met + breached)) / 10
}

/** One page of the records behind a figure, newest first. */
export async function recordsBehind(
  on: Sql,
  asked: Asked,
  more: { key: string | null; state: string | null; after: string | null; limit: number },
): Promise<{ ids: number[]; next: string | null }> {
  const states =
    more.state === null
      ? ['met', 'breached', 'running', 'paused']
      : more.state === 'running'
        ? ['running', 'paused']
        : [more.state]
  const [at, id] = (more.after ?? '').split('/')
  const beyond =
    at === undefined || id === undefined
      ? raw('true')
      : sql`(started_at, record_id) < (${at}::timestamptz, ${Number(id)}::bigint)`
  const rows = await run<{ id: number; at: string }>(
    on,
    sql`select distinct record_id as id, started_at as at from clock where ${clocksAsked(asked)} and state = any(${states}) and ${ofKey(asked, more.key)} and ${beyond} order by at desc, id desc limit ${more.limit + 1}`,
  )
  const page = rows.slice(0, more.limit)
  const last = page.at(-1)
  return {
    ids: page.map((row) => row.id),
    next: rows.length > more.limit && last !== undefined ? `${last.at}/${last.id}` : null,
  }
}
function ofKey(asked: Asked, key: string | null): Fragment {
  if (key === null || key === '') return raw('true')
  if (asked.by === 'month') {
    const month = monthsBetween(asked).find((one) => one.name === key)
    return month === undefined
      ? raw('false')
      : sql`started_at >= ${month.from}::timestamptz and started_at < ${month.to}::timestamptz`
  }
  const column = raw(COLUMNS[asked.by].column)
  if (key === 'none') return sql`${column} is null`
  if (asked.by === 'priority') return sql`${column} = ${key}`
  return /^\d{1,15}$/.test(key) ? sql`${column} = ${Number(key)}` : raw('false')
}

function iso(at: Temporal.ZonedDateTime): string {
  return new Date(at.epochMilliseconds).toISOString()
}
function later(a: string, b: string): string {
  return a > b ? a : b
}
function sooner(a: string, b: string): string {
  return a < b ? a : b
}
