/**
 * A compiled calendar: its openings as epoch milliseconds with running totals, built lazily in stretches of 364 days,
 * so that a question costs two table look-ups and a binary search.
 */

import { say } from './say.ts'
import { CalendarRefused, checkCalendar, weekdayNames } from './service-calendar.ts'
import type { ServiceCalendar, WallRange } from './service-calendar.ts'
import { clockChanges, dayAt, instantOn, wallSeconds } from './wall-clock.ts'

/** Wall seconds into a day, from opening to closing. */
type SecondsRange = readonly [from: number, to: number]

/** Openings of 364 days; `before[i]` is the milliseconds worked in the stretch before opening i. */
interface Stretch {
  fromMs: number
  toMs: number
  starts: Float64Array
  ends: Float64Array
  before: Float64Array
  totalMs: number
}

export interface Calendar {
  readonly timezone: string
  readonly weekly: readonly (readonly SecondsRange[])[]
  readonly shifts: ReadonlyMap<string, readonly SecondsRange[]>
  readonly breaks: ReadonlyMap<string, readonly SecondsRange[]>
  readonly holidays: ReadonlySet<string>
  /** Filled on demand; the same calendar always gives the same stretches, so a calendar may be shared. */
  readonly stretches: Map<number, Stretch>
}

/** The calendar has no opening for ten years on from where it was asked. */
export class NoServiceHours extends Error {
  override name = 'NoServiceHours'

  constructor(near: string) {
    super(say`The calendar has no service hours within ten years of ${near}. Give it weekly hours, or newer shifts.`)
  }
}

/** The question or its answer lies outside the years 1900 to 2200. */
export class BeyondCalendar extends Error {
  override name = 'BeyondCalendar'

  constructor(detail = say`The answer lies outside the years 1900 to 2200. Check the start and the amount of time.`) {
    super(detail)
  }
}

/** The answer lies further from the start than anybody plans service hours. */
export class TooFar extends BeyondCalendar {
  override name = 'TooFar'

  constructor() {
    super(
      say`The answer lies more than ${horizonYears} years away from the start. Give less time, or a calendar with more service hours.`,
    )
  }
}

/** How far from its start an answer is looked for; a billion seconds around the clock lie within it. */
export const horizonYears = 40
const dayMs = 86_400_000
const stretchDays = 364
const stretchMs = stretchDays * dayMs
const mostStretches = Math.ceil((horizonYears * 365.25) / stretchDays)
/** Ten years and a bit: how many stretches without any opening are looked through before giving up. */
const emptyStretches = 11
const firstStretch = -71
const lastStretch = 231

/**
 * Compiles a calendar once; keep it, since it remembers the openings it has worked out.
 * @throws CalendarRefused naming every mistake
 */
export function compileCalendar(calendar: ServiceCalendar): Calendar {
  const problems = checkCalendar(calendar)
  if (problems.length > 0) throw new CalendarRefused(problems)
  return {
    timezone: calendar.timezone,
    weekly: weekdayNames.map((name) => inSeconds(calendar.hours[name] ?? [])),
    shifts: byDay(calendar.shifts ?? {}),
    breaks: byDay(calendar.breaks ?? {}),
    holidays: new Set(calendar.holidays ?? []),
    stretches: new Map(),
  }
}

function byDay(dated: Readonly<Record<string, readonly WallRange[]>>): Map<string, SecondsRange[]> {
  return new Map(Object.entries(dated).map(([day, ranges]) => [day, inSeconds(ranges)]))
}

function inSeconds(ranges: readonly WallRange[]): SecondsRange[] {
  const seconds = ranges.map(([from, to]): SecondsRange => [wallSeconds(from) ?? 0, wallSeconds(to) ?? 0])
  return seconds.toSorted((a, b) => a[0] - b[0])
}

/** Openings of a day in wall seconds, before holidays are taken away. */
export function plannedOn(calendar: Calendar, day: Temporal.PlainDate): readonly SecondsRange[] {
  return plannedAt(calendar, day.toString(), day.dayOfWeek)
}

/** `on` is the day as text, `weekday` 1 (Monday) to 7. */
function plannedAt(calendar: Calendar, on: string, weekday: number): readonly SecondsRange[] {
  const planned = calendar.shifts.get(on) ?? calendar.weekly[weekday - 1] ?? []
  return (calendar.breaks.get(on) ?? []).reduce(without, planned)
}

/** Openings of a day in wall seconds; empty on a holiday. */
export function opensOn(calendar: Calendar, day: Temporal.PlainDate): readonly SecondsRange[] {
  return calendar.holidays.has(day.toString()) ? [] : plannedOn(calendar, day)
}

function without(ranges: readonly SecondsRange[], [from, to]: SecondsRange): SecondsRange[] {
  const pieces = ranges.flatMap(([start, end]): SecondsRange[] => [
    [start, Math.min(end, from)],
    [Math.max(start, to), end],
  ])
  return pieces.filter(([start, end]) => start < end)
}

/** The stretch with this number. @throws BeyondCalendar outside 1900 to 2200 */
export function stretchOf(calendar: Calendar, index: number): Stretch {
  const known = calendar.stretches.get(index)
  if (known !== undefined) return known
  // Negated, so that a date that is no number is refused as well.
  if (!(index >= firstStretch && index <= lastStretch)) throw new BeyondCalendar()
  const built = buildStretch(calendar, index)
  calendar.stretches.set(index, built)
  return built
}

/** The number of the stretch an instant is in. */
export function stretchAt(calendar: Calendar, ms: number): number {
  // The guess is by UTC days; local midnight is at most a day away, so it is off by one at most.
  const guess = Math.floor(ms / stretchMs)
  const stretch = stretchOf(calendar, guess)
  if (ms < stretch.fromMs) return guess - 1
  return ms < stretch.toMs ? guess : guess + 1
}

/**
 * Days without a clock change near them are counted in milliseconds from the one before; only the others ask the time
 * zone for each wall time, which costs a thousand times as much.
 */
function buildStretch(calendar: Calendar, index: number): Stretch {
  const zone = calendar.timezone
  const first = new Temporal.PlainDate(1970, 1, 1).add({ days: index * stretchDays })
  const firstMs = index * stretchMs
  const { offsetMs, changes } = clockChanges(zone, firstMs - 3 * dayMs, firstMs + stretchMs + 3 * dayMs)
  const openings = new Openings()
  let offset = offsetMs
  let next = 0
  for (let count = 0; count < stretchDays; count++) {
    const wallMs = firstMs + count * dayMs
    const ranges = opensAt(calendar, new Date(wallMs).toISOString().slice(0, 10), weekdayAt(count))
    for (let change = changes[next]; change !== undefined && change.calmFromMs <= wallMs; change = changes[++next])
      offset = change.offsetMs
    const isCalm = wallMs < (changes[next]?.restlessFromMs ?? Infinity)
    const day = isCalm ? null : first.add({ days: count })
    for (const [from, to] of ranges) {
      if (day === null) openings.add(wallMs - offset + from * 1000, wallMs - offset + to * 1000)
      else openings.add(instantOn(zone, day, from), instantOn(zone, day, to))
    }
  }
  return {
    fromMs: instantOn(zone, first, 0),
    toMs: instantOn(zone, first.add({ days: stretchDays }), 0),
    ...openings.withTotals(),
  }
}

function opensAt(calendar: Calendar, on: string, weekday: number): readonly SecondsRange[] {
  const planned = plannedAt(calendar, on, weekday)
  return planned.length === 0 || calendar.holidays.has(on) ? [] : planned
}

/** Stretches are whole weeks, and 1970-01-01 was a Thursday. */
function weekdayAt(count: number): number {
  return ((count + 3) % 7) + 1
}

/**
 * Openings in time order from an instant to another, each cut to them; those that touch are told one by one.
 * @throws BeyondCalendar outside 1900 to 2200
 */
export function* openingsBetween(calendar: Calendar, fromMs: number, toMs: number): Generator<[number, number]> {
  for (let index = stretchAt(calendar, fromMs), at = fromMs; at < toMs; index++) {
    const { starts, ends, toMs: stretchEnd } = stretchOf(calendar, index)
    for (let opening = Math.max(0, lastAtMost(starts, fromMs)); opening < starts.length; opening++) {
      // Below starts.length, and both lists have one value per opening.
      const [start, end] = [starts[opening] as number, ends[opening] as number]
      if (start >= toMs) return
      if (end > fromMs) yield [Math.max(start, fromMs), Math.min(end, toMs)]
    }
    at = stretchEnd
  }
}

/** Two lists of numbers, not one of pairs: a stretch may hold thousands. */
class Openings {
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  /** Wall times inside a clock change move, so openings there may become empty, overlap or change places. */
  add(from: number, to: number): void {
    let at = this.#starts.length
    while (at > 0 && (this.#starts[at - 1] ?? 0) > from) at--
    if (at === this.#starts.length) {
      this.#starts.push(from)
      this.#ends.push(to)
    } else {
      this.#starts.splice(at, 0, from)
      this.#ends.splice(at, 0, to)
    }
  }

  withTotals(): Omit<Stretch, 'fromMs' | 'toMs'> {
    const [starts, ends, before] = [
      new Float64Array(this.#starts.length),
      new Float64Array(this.#starts.length),
      new Float64Array(this.#starts.length),
    ]
    let [kept, totalMs, closed] = [0, 0, -Infinity]
    this.#starts.forEach((from, index) => {
      const [start, end] = [Math.max(from, closed), this.#ends[index] ?? from]
      if (start >= end) return
      starts[kept] = start
      ends[kept] = end
      before[kept++] = totalMs
      totalMs += end - start
      closed = end
    })
    return { starts: starts.slice(0, kept), ends: ends.slice(0, kept), before: before.slice(0, kept), totalMs }
  }
}

/** The last index whose value is at most `limit` in a rising list; -1 when there is none. */
export function lastAtMost(values: Float64Array, limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    // Below values.length, so there is a value.
    if ((values[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Milliseconds worked in a stretch before an instant. */
export function workedBefore(stretch: Stretch, ms: number): number {
  const index = lastAtMost(stretch.starts, ms)
  if (index < 0) return 0
  // All three lists have one value per opening, and index is one of them.
  const [start, end] = [stretch.starts[index] as number, stretch.ends[index] as number]
  return (stretch.before[index] as number) + Math.min(ms, end) - start
}

/** Where a walk over stretches stands, and how many it has passed: empty ones in a row, and all. */
interface Walk {
  index: number
  empty: number
  walked: number
}

/**
 * Stretches from a number onwards (or backwards with step -1), until ten years in a row hold no opening.
 * @throws NoServiceHours after ten empty years, TooFar after forty, BeyondCalendar outside 1900 to 2200
 */
export function nextStretch(calendar: Calendar, from: Walk, step: 1 | -1): Stretch {
  if (from.walked++ > mostStretches) throw new TooFar()
  const stretch = stretchOf(calendar, from.index + step)
  from.index += step
  from.empty = stretch.totalMs > 0 ? 0 : from.empty + 1
  if (from.empty >= emptyStretches) {
    throw new NoServiceHours(dayAt(calendar.timezone, stretch.fromMs).toString())
  }
  return stretch
}
