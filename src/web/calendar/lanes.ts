// Where the entries of a week stand: each keeps one lane on all of its days, those of the list itself above other layers, longer ones above. Arithmetic alone.
import type { Span } from '../when/when.ts'

interface Laid {
  span: Span
  /** The layer: 0 is the list itself, which is not hidden behind what is laid above it. */
  rank: number
}
/** An entry on the first of its days in a week. */
export interface Placed<E> {
  entry: E
  /** 0 is the uppermost. */
  lane: number
  /** How many days of this week it covers. */
  days: number
  /** False where it began in an earlier week, or goes on in a later one. */
  begins: boolean
  ends: boolean
}
export interface DayPlan<E> {
  day: string
  /** What begins here, or comes from the week before, by lane. */
  placed: Placed<E>[]
  /** Everything of this day, shown or not. */
  all: number
  /** How many of them have no lane. */
  hidden: number
}

/** @param lanes how many there is room for; what finds none on one of its days is hidden on all of them in this week */
export function planWeek<E extends Laid>(week: readonly string[], entries: readonly E[], lanes: number): DayPlan<E>[] {
  const plans = week.map((day): DayPlan<E> => ({ day, placed: [], all: 0, hidden: 0 }))
  const taken = week.map(() => new Set<number>())
  for (const { entry, from, to } of inOrder(week, entries)) {
    const lane = freeLane(taken.slice(from, to + 1))
    const [begin, end] = [week[from] ?? '', week[to] ?? '']
    for (let at = from; at <= to; at++) {
      const plan = plans[at]
      if (plan === undefined) continue
      plan.all++
      if (lane >= lanes) plan.hidden++
      else taken[at]?.add(lane)
    }
    if (lane < lanes)
      plans[from]?.placed.push({
        entry,
        lane,
        days: to - from + 1,
        begins: entry.span.first >= begin,
        ends: entry.span.last !== null && entry.span.last <= end,
      })
  }
  return plans
}

interface InWeek<E> {
  entry: E
  from: number
  to: number
}

/** By layer, then by their first day in this week, longer ones first, then by the time of day; otherwise as given. */
function inOrder<E extends Laid>(week: readonly string[], entries: readonly E[]): InWeek<E>[] {
  const [begin, end] = [week[0] ?? '', week.at(-1) ?? '']
  return entries
    .filter(({ span }) => span.first <= end && (span.last === null || span.last >= begin))
    .map((entry) => ({
      entry,
      from: Math.max(0, week.indexOf(entry.span.first)),
      to: entry.span.last === null || entry.span.last > end ? week.length - 1 : week.indexOf(entry.span.last),
    }))
    .toSorted(
      (one, other) =>
        one.entry.rank - other.entry.rank ||
        one.from - other.from ||
        other.to - other.from - (one.to - one.from) ||
        (one.entry.span.at ?? '').localeCompare(other.entry.span.at ?? ''),
    )
}

function freeLane(taken: readonly ReadonlySet<number>[]): number {
  let lane = 0
  while (taken.some((lanes) => lanes.has(lane))) lane++
  return lane
}
