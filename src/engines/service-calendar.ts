/** What an administrator writes as a calendar of service hours, and the check that explains each mistake in it. */

import { say } from './say.ts'
import { dayOf, isTimeZone, wallSeconds } from './wall-clock.ts'

/** Wall times "HH:MM", from opening to closing; "24:00" is the midnight after. */
export type WallRange = readonly [from: string, to: string]

export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type WeekdayName = (typeof weekdayNames)[number]

/**
 * Hours of a week in a zone, with exceptions by local date. A shift replaces the weekly hours of its date (an empty
 * list closes it), a break cuts weekly hours and shifts alike, and a holiday beats both.
 */
export interface ServiceCalendar {
  timezone: string
  hours: Partial<Record<WeekdayName, readonly WallRange[]>>
  holidays?: readonly string[]
  breaks?: Readonly<Record<string, readonly WallRange[]>>
  shifts?: Readonly<Record<string, readonly WallRange[]>>
}

/** A calendar with more is a mistake, or meant to keep the server busy. */
const mostSpansOfDay = 24
const mostDays = 5000

/** Where the mistake is (RFC 6901 pointer) and what to do about it. */
export interface CalendarProblem {
  pointer: string
  detail: string
}

/** A calendar that cannot be computed with; `problems` name every mistake. */
export class CalendarRefused extends Error {
  override name = 'CalendarRefused'
  readonly problems: readonly CalendarProblem[]

  constructor(problems: readonly CalendarProblem[]) {
    super(problems.map((problem) => `${problem.pointer}: ${problem.detail}`).join(' '))
    this.problems = problems
  }
}

/** Every mistake of a calendar, in reading order; empty when it may be used. */
export function checkCalendar(value: unknown): CalendarProblem[] {
  if (!isObject(value)) return [{ pointer: '', detail: say`A calendar is an object with a timezone and hours.` }]
  const problems = [
    ...checkTimeZone(value['timezone']),
    ...checkHours(value['hours']),
    ...checkHolidays(value['holidays'] ?? []),
    ...checkDated(value['breaks'] ?? {}, 'breaks'),
    ...checkDated(value['shifts'] ?? {}, 'shifts'),
  ]
  return problems.length > 0 ? problems : checkOpensAtAll(value['hours'], value['shifts'])
}

function checkTimeZone(value: unknown): CalendarProblem[] {
  if (typeof value === 'string' && isTimeZone(value)) return []
  return [
    { pointer: '/timezone', detail: say`${shown(value)} is no known time zone. Choose one such as Europe/Paris.` },
  ]
}

function checkHours(value: unknown): CalendarProblem[] {
  if (!isObject(value))
    return [{ pointer: '/hours', detail: say`Give the hours of each weekday: {"mon": [["09:00","17:00"]]}.` }]
  return Object.entries(value).flatMap(([day, ranges]) => {
    const pointer = `/hours/${escaped(day)}`
    if (weekdayNames.some((name) => name === day)) return checkRanges(ranges, pointer)
    return [{ pointer, detail: say`"${day}" is no weekday. Use ${weekdayNames.join(', ')}.` }]
  })
}

function checkHolidays(value: unknown): CalendarProblem[] {
  if (!Array.isArray(value))
    return [{ pointer: '/holidays', detail: say`Give holidays as a list of days: ["2026-01-01"].` }]
  if (value.length > mostDays) return [tooManyDays('/holidays', value.length)]
  return value.flatMap((day: unknown, index) => checkDay(day, `/holidays/${index}`))
}

function checkDated(value: unknown, name: string): CalendarProblem[] {
  if (!isObject(value))
    return [{ pointer: `/${name}`, detail: say`Give ${name} by day: {"2026-12-24": [["09:00","12:00"]]}.` }]
  const days = Object.keys(value).length
  if (days > mostDays) return [tooManyDays(`/${name}`, days)]
  return Object.entries(value).flatMap(([day, ranges]) => {
    const pointer = `/${name}/${escaped(day)}`
    return [...checkDay(day, pointer), ...checkRanges(ranges, pointer)]
  })
}

function tooManyDays(pointer: string, days: number): CalendarProblem {
  return {
    pointer,
    detail: say`${days} days are too many: a calendar keeps up to ${mostDays}. Leave out those that are long past.`,
  }
}

function checkDay(value: unknown, pointer: string): CalendarProblem[] {
  if (typeof value === 'string' && dayOf(value) !== null) return []
  return [{ pointer, detail: say`${shown(value)} is no calendar day. Write an existing day as 2026-04-03.` }]
}

function checkRanges(value: unknown, pointer: string): CalendarProblem[] {
  if (!Array.isArray(value))
    return [{ pointer, detail: say`Give a list of openings: [["09:00","12:00"],["13:00","17:00"]].` }]
  if (value.length > mostSpansOfDay) {
    const detail = say`${value.length} openings are too many for one day: give up to ${mostSpansOfDay}. Join those that touch.`
    return [{ pointer, detail }]
  }
  const problems = value.flatMap((range: unknown, index) => checkRange(range, `${pointer}/${index}`))
  return problems.length > 0 ? problems : checkOverlaps(value, pointer)
}

function checkRange(value: unknown, pointer: string): CalendarProblem[] {
  if (!isWallRange(value)) return [{ pointer, detail: say`${shown(value)} is no opening. Write ["09:00","17:00"].` }]
  for (const [index, wall] of value.entries()) {
    if (wallSeconds(wall) === null) {
      return [{ pointer: `${pointer}/${index}`, detail: say`"${wall}" is no time of day. Write 00:00 to 24:00.` }]
    }
  }
  const [from, to] = value
  if ((wallSeconds(from) ?? 0) < (wallSeconds(to) ?? 0)) return []
  const detail = say`${from} to ${to} ends before it starts. Split a night at midnight: ${from} to 24:00, then 00:00 to ${to} on the next day.`
  return [{ pointer, detail }]
}

function checkOverlaps(ranges: readonly WallRange[], pointer: string): CalendarProblem[] {
  const sorted = ranges.toSorted((a, b) => (wallSeconds(a[0]) ?? 0) - (wallSeconds(b[0]) ?? 0))
  return sorted.flatMap((range, index) => {
    const before = sorted[index - 1]
    if (before === undefined || (wallSeconds(before[1]) ?? 0) <= (wallSeconds(range[0]) ?? 0)) return []
    const detail = say`${before[0]} to ${before[1]} overlaps ${range[0]} to ${range[1]}. Join them, or end the first one earlier.`
    return [{ pointer, detail }]
  })
}

function checkOpensAtAll(hours: unknown, shifts: unknown): CalendarProblem[] {
  const days = [...Object.values(hours ?? {}), ...Object.values(shifts ?? {})]
  if (days.some((ranges) => Array.isArray(ranges) && ranges.length > 0)) return []
  return [{ pointer: '/hours', detail: say`This calendar never opens. Give at least one weekday an opening.` }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWallRange(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((wall) => typeof wall === 'string')
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function shown(value: unknown): string {
  return value === undefined ? 'Nothing' : JSON.stringify(value).slice(0, 60)
}
