/** The days or weeks of a report, cut at its ends, with the moments at which they begin where the reader is. */

export interface Span {
  /** First and last calendar day, both included. */
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly now: string
}
export interface Period {
  /** The day, or the Monday of the week, also when the span begins later in that week. */
  readonly on: string
  readonly from: string
  /** The last day, included. */
  readonly to: string
  /** The instant at which it begins. */
  readonly beginsAt: string
}
export interface Periods {
  readonly by: 'day' | 'week'
  readonly all: readonly Period[]
  /** The instant at which the last one has ended. */
  readonly endsAt: string
}
const MOST_BY_DAY = 62

/** Up to two months by day, longer spans by week. A day has 23 or 25 hours where the clocks change. */
export function periodsOf({ from, to, zone }: Span): Periods {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  const by = first.until(last).days > MOST_BY_DAY ? 'week' : 'day'
  const step = { days: by === 'week' ? 7 : 1 }
  const all: Period[] = []
  let on = by === 'week' ? first.subtract({ days: first.dayOfWeek - 1 }) : first
  while (Temporal.PlainDate.compare(on, last) <= 0) {
    const next = on.add(step)
    const begin = Temporal.PlainDate.compare(on, first) < 0 ? first : on
    const end = Temporal.PlainDate.compare(next, last) > 0 ? last : next.subtract({ days: 1 })
    all.push({ on: on.toString(), from: begin.toString(), to: end.toString(), beginsAt: instantOf(begin, zone) })
    on = next
  }
  return { by, all, endsAt: instantOf(last.add({ days: 1 }), zone) }
}
/** The part of a filter that means these days: `openedAt>=2026-11-01 openedAt<2026-12-01`. */
export function within(field: string, { from, to }: { readonly from: string; readonly to: string }): string {
  return `${field}>=${from} ${field}<${Temporal.PlainDate.from(to).add({ days: 1 }).toString()}`
}
function instantOf(day: Temporal.PlainDate, zone: string): string {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds).toISOString()
}
