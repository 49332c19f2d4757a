/** Targets in working days: the wall clock time is kept and moved into service hours. */

import { say } from './say.ts'
import { horizonYears, opensOn, TooFar } from './opening-hours.ts'
import { closesAt, isWorking, lastClosing, nextOpening, NoServiceHours } from './service-hours.ts'
import type { Calendar } from './service-hours.ts'
import { dayAt, instantOn, wallAt } from './wall-clock.ts'

const tenYearsOfDays = 3653
const mostDays = 36_600
const mostWalked = horizonYears * 366

/**
 * The instant `days` working days after `fromMs` (before it when negative). A working day is a local date with any
 * opening. The same wall time on the day reached; outside service hours it moves to the next opening (to the last
 * closing when going back); exactly at closing time it stays.
 * With `endOfDay` the last closing of the day reached, counted by dates: a start after closing still counts from its
 * own day; 0 days is the end of the day, or of the next working day when that end has passed.
 * @throws RangeError for a part of a day or more than 36,600, NoServiceHours, TooFar, BeyondCalendar
 */
export function addWorkingDays(
  calendar: Calendar,
  fromMs: number,
  days: number,
  options: { endOfDay?: boolean } = {},
): number {
  if (!Number.isInteger(days) || Math.abs(days) > mostDays) {
    throw new RangeError(say`${days} is no number of working days. Give a whole number up to ${mostDays}.`)
  }
  const day = dayReached(calendar, dayAt(calendar.timezone, fromMs), days)
  if (options.endOfDay === true) return endOfDay(calendar, day, days === 0 ? fromMs : -Infinity)
  const wall = wallAt(calendar.timezone, fromMs).toPlainTime()
  const kept =
    days === 0 ? fromMs : day.toZonedDateTime({ timeZone: calendar.timezone, plainTime: wall }).epochMilliseconds
  if (isWorking(calendar, kept) || closesAt(calendar, kept)) return kept
  return days < 0 ? lastClosing(calendar, kept) : nextOpening(calendar, kept)
}

/** The working day `days` working days from a day; 0 gives the day itself, working or not. */
function dayReached(calendar: Calendar, from: Temporal.PlainDate, days: number): Temporal.PlainDate {
  const step = { days: Math.sign(days) }
  let day = from
  for (let left = Math.abs(days), idle = 0, walked = 0; left > 0; idle++, walked++) {
    if (walked > mostWalked) throw new TooFar()
    if (idle > tenYearsOfDays) throw new NoServiceHours(from.toString())
    day = day.add(step)
    if (opensOn(calendar, day).length === 0) continue
    left--
    idle = 0
  }
  return day
}

/** The last closing of the first working day from `from` on whose last closing is not before `notBefore`. */
function endOfDay(calendar: Calendar, from: Temporal.PlainDate, notBefore: number): number {
  let day = from
  for (let idle = 0; idle <= tenYearsOfDays; idle++, day = day.add({ days: 1 })) {
    const closing = Math.max(
      -Infinity,
      ...opensOn(calendar, day).map(([, to]) => instantOn(calendar.timezone, day, to)),
    )
    if (closing > -Infinity && closing >= notBefore) return closing
  }
  throw new NoServiceHours(from.toString())
}
