/**
 * How many clocks of a span were met, breached or still run, at a price that does not grow with their number: whole days
 * and months from the kept counts (a trigger of the table `clock` writes them, see the migration 20261122-0015), what
 * lies beside them at the ends of the span from the table itself. One statement sees both, so the sum is exact at every moment.
 */
import type { Fragment } from '#kit/sql.ts'
import { join, raw, sql } from '#kit/sql.ts'

export interface ClocksAsked {
  readonly org: number
  readonly record: string
  /** Names of clocks. */
  readonly clocks: readonly string[]
}
export const DIMENSIONS = ['service', 'priority', 'agreement'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** What adds up to the clocks that began in a span. */
export interface SpanParts {
  /** Days and months of UTC as they are kept: 2026-11-03, 2026-11. */
  readonly whole: readonly string[]
  /** Stretches of the table to add (1) or to take away (-1). */
  readonly edges: readonly Edge[]
}
interface Edge {
  readonly fromMs: number
  /** Infinity: without an end. */
  readonly toMs: number
  readonly sign: 1 | -1
}
const DAY = 86_400_000
/** More than fifty years of kept counts are not gone through; what is older is hardly there. */
const MOST_DAYS = 600 * 30

/** [from, to) in ms since 1970. For a span without an end (`toMs` is Infinity) say what time it is. */
export function spanParts(fromMs: number, toMs: number, nowMs = 0): SpanParts {
  if (fromMs >= toMs) return { whole: [], edges: [] }
  const last = midnightNear(Number.isFinite(toMs) ? toMs : Math.max(fromMs, nowMs) + 2 * DAY)
  const first = Math.max(midnightNear(fromMs), last - MOST_DAYS * DAY)
  const edges: Edge[] = [
    fromMs < first ? { fromMs, toMs: first, sign: 1 } : { fromMs: first, toMs: fromMs, sign: -1 },
    toMs < last ? { fromMs: toMs, toMs: last, sign: -1 } : { fromMs: last, toMs, sign: 1 },
  ]
  return { whole: wholeBetween(first, last), edges: edges.filter((edge) => edge.fromMs < edge.toMs) }
}
/** The nearer midnight of UTC: at most half a day is then counted in the table. */
function midnightNear(atMs: number): number {
  return Math.round(atMs / DAY) * DAY
}
/** Months that lie inside as months, the other days as days. */
function wholeBetween(firstMs: number, lastMs: number): string[] {
  const names: string[] = []
  for (let day = firstMs; day < lastMs;) {
    const at = new Date(day)
    const next = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)
    const isMonth = at.getUTCDate() === 1 && next <= lastMs
    names.push(at.toISOString().slice(0, isMonth ? 7 : 10))
    day = isMonth ? next : day + DAY
  }
  return names
}

/** Rows (part, value, n) that add up to the counts: `value` is 17|met, `part` leads to one of `spans` by `partOf`. */
export function countsOf(asked: ClocksAsked, dimension: Dimension, spans: readonly SpanParts[]): Fragment {
  const { org, record, clocks } = asked
  const names = spans.flatMap(({ whole }) => whole.flatMap((span) => clocks.map((clock) => keptName(clock, dimension, span)))) // oxfmt-ignore
  const edges = spans.flatMap((span, part) => span.edges.map((edge) => ({ ...edge, part })))
  const kept = (table: string): Fragment =>
    sql`select by as part, value, n from ${raw(table)} where org = ${org} and record = ${record} and by = any(${names}::text[])`
  const beside = sql`select '#' || e.part, c.value, c.n * e.sign
    from unnest(${edges.map(({ part }) => part)}::integer[], ${edges.map(({ fromMs }) => instant(fromMs))}::timestamptz[], ${edges.map(({ toMs }) => instant(toMs))}::timestamptz[], ${edges.map(({ sign }) => sign)}::integer[]) e (part, first, last, sign)
    cross join lateral (
      select coalesce(${raw(dimension)}::text, '') || '|' || case state when 'paused' then 'running' else state end as value, count(*) as n from clock
      where org = ${org} and record = ${record} and name = any(${clocks}::text[]) and started_at >= e.first and started_at < e.last group by 1
    ) c`
  return join([kept('tally'), kept('tally_delta'), ...(edges.length > 0 ? [beside] : [])], ' union all ')
}
/** Which of the spans a row of `countsOf` belongs to. */
export function partOf(
  clocks: readonly string[],
  dimension: Dimension,
  spans: readonly SpanParts[],
): Map<string, number> {
  return new Map(
    spans.flatMap(({ whole }, part) => [
      [`#${part}`, part] as const,
      ...whole.flatMap((span) => clocks.map((clock) => [keptName(clock, dimension, span), part] as const)),
    ]),
  )
}
/**
 * Rows (key, met, breached, running) for each value of the dimension; `key` is null where the clock has none. It is text:
 * a condition on it as a number would be pushed down to counts of other things, which are none.
 */
export function countsBy(asked: ClocksAsked, dimension: Dimension, span: SpanParts): Fragment {
  const sum = (state: string): Fragment =>
    raw(`coalesce(sum(n) filter (where state = '${state}'), 0)::bigint as ${state}`)
  return sql`select nullif(left(value, -1 - length(state)), '') as key, ${sum('met')}, ${sum('breached')}, ${sum('running')}
    from (select value, split_part(value, '|', -1) as state, sum(n) as n from (${countsOf(asked, dimension, [span])}) kept group by value having sum(n) <> 0) counted group by 1`
}

function keptName(clock: string, dimension: Dimension, span: string): string {
  return `clock/${clock}/${dimension}/${span}`
}
function instant(atMs: number): string {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : 'infinity'
}
