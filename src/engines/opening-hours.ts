/**
 * A compiled calendar: its openings as epoch milliseconds with running totals, built lazily in stretches of 364 days,
 * so that a question costs two table look-ups and a binary search.
 */

import { CalendarRefused, checkCalendar, weekdayNames } from './service-calendar.ts'
import type { ServiceCalendar, WallRange } from './service-calendar.ts'
import { dayAt, instantOn, wallSeconds } from './wall-clock.ts'

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
    super(`The calendar has no service hours within ten years of ${near}. Give it weekly hours, or newer shifts.`)
  }
}

/** The question or its answer lies outside the years 1900 to 2200. */
export class BeyondCalendar extends Error {
  override name = 'BeyondCalendar'

  constructor() {
    super('The answer lies outside the years 1900 to 2200. Check the start and the amount of time.')
  }
}

const stretchDays = 364
const stretchMs = stretchDays * 86_400_000
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
  const on = day.toString()
  const planned = calendar.shifts.get(on) ?? calendar.weekly[day.dayOfWeek - 1] ?? []
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

function buildStretch(calendar: Calendar, index: number): Stretch {
  const first = new Temporal.PlainDate(1970, 1, 1).add({ days: index * stretchDays })
  const spans: [number, number][] = []
  for (let count = 0, day = first; count < stretchDays; count++, day = day.add({ days: 1 })) {
    for (const [from, to] of opensOn(calendar, day)) {
      spans.push([instantOn(calendar.timezone, day, from), instantOn(calendar.timezone, day, to)])
    }
  }
  return {
    fromMs: instantOn(calendar.timezone, first, 0),
    toMs: instantOn(calendar.timezone, first.add({ days: stretchDays }), 0),
    ...withTotals(joined(spans)),
  }
}

/** Wall times inside a clock change move, so openings there may become empty, overlap or change places. */
function joined(spans: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = []
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = kept.at(-1)
    const start = last === undefined ? from : Math.max(from, last[1])
    if (start < to) kept.push([start, to])
  }
  return kept
}

function withTotals(spans: readonly [number, number][]): Omit<Stretch, 'fromMs' | 'toMs'> {
  const before = new Float64Array(spans.length)
  let totalMs = 0
  spans.forEach(([from, to], index) => {
    before[index] = totalMs
    totalMs += to - from
  })
  const starts = Float64Array.from(spans, ([from]) => from)
  const ends = Float64Array.from(spans, ([, to]) => to)
  return { starts, ends, before, totalMs }
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

/**
 * Stretches from a number onwards (or backwards with step -1), until ten years in a row hold no opening.
 * @throws NoServiceHours after ten empty years, BeyondCalendar outside 1900 to 2200
 */
export function nextStretch(calendar: Calendar, from: { index: number; empty: number }, step: 1 | -1): Stretch {
  const stretch = stretchOf(calendar, from.index + step)
  from.index += step
  from.empty = stretch.totalMs > 0 ? 0 : from.empty + 1
  if (from.empty >= emptyStretches) {
    throw new NoServiceHours(dayAt(calendar.timezone, stretch.fromMs).toString())
  }
  return stretch
}
