/**
 * Wall time in a time zone, to and from epoch milliseconds.
 * Clock changes follow RFC 5545 3.3.5: a wall time that does not exist moves later by the length of the gap, one that exists twice is the first.
 */
import { say } from './say.ts'

/** Seconds of a wall time "09:00", "12:30:09" or "24:00" (midnight after), or null when it is not one. */
export function wallSeconds(wall: string): number | null {
  const match = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(wall)
  if (match === null) return null
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  const total = hours * 3600 + minutes * 60 + seconds
  return minutes < 60 && seconds < 60 && total <= 86_400 ? total : null
}

/** The calendar day of "2026-04-03", or null when there is no such day. */
export function dayOf(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    // Temporal says "no such day" with a RangeError; null is our answer to that.
    return null
  }
}

/** Whether the time zone is in the database of this machine ("Europe/Paris", "UTC"). */
export function isTimeZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== ''
  } catch {
    return false
  }
}

/** Epoch milliseconds of a number of wall seconds (0 to 86,400) into a day. */
export function instantOn(timezone: string, day: Temporal.PlainDate, seconds: number): number {
  const date = seconds < 86_400 ? day : day.add({ days: 1 })
  const left = seconds % 86_400
  const wall = { hour: Math.floor(left / 3600), minute: Math.floor(left / 60) % 60, second: left % 60 }
  return date.toPlainDateTime(wall).toZonedDateTime(timezone).epochMilliseconds
}

/**
 * Epoch milliseconds of the wall time "HH:MM", "HH:MM:SS" or "24:00" on a day "YYYY-MM-DD".
 * @throws RangeError for what is no day, no wall time or no zone
 */
export function wallToInstant(timezone: string, on: string, wall: string): number {
  const [day, seconds] = [dayOf(on), wallSeconds(wall)]
  if (day === null) throw new RangeError(say`"${on}" is no calendar day. Write it as 2026-04-03.`)
  if (seconds === null) throw new RangeError(say`"${wall}" is no time of day. Write 00:00 to 24:00.`)
  return instantOn(timezone, day, seconds)
}

/** The wall date and time of an instant in a zone. */
export function wallAt(timezone: string, ms: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).toPlainDateTime()
}

/** The calendar day of an instant in a zone. */
export function dayAt(timezone: string, ms: number): Temporal.PlainDate {
  return wallAt(timezone, ms).toPlainDate()
}

/** A change of the clocks, with the wall times around it (as if they were UTC) whose days it may reach. */
interface ClockChange {
  offsetMs: number
  /** Days that begin before this know nothing of it yet. */
  restlessFromMs: number
  /** Days that begin at this or later have it behind them. */
  calmFromMs: number
}

/**
 * The offset from UTC at an instant and the changes from then to another, in order. A change reaches the day it is in,
 * the day it leads to, and one day before and after: a day that was left out (Samoa, 2011) moves into the next.
 */
export function clockChanges(
  timezone: string,
  fromMs: number,
  toMs: number,
): { offsetMs: number; changes: ClockChange[] } {
  const begin = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timezone)
  const offsetMs = offsetAt(begin)
  const changes: ClockChange[] = []
  for (let at = begin.getTimeZoneTransition('next'), before = offsetMs; at !== null;) {
    if (at.epochMilliseconds >= toMs) break
    const after = offsetAt(at)
    const walls = [at.epochMilliseconds + before, at.epochMilliseconds + after]
    changes.push({
      offsetMs: after,
      restlessFromMs: Math.min(...walls) - 2 * 86_400_000,
      calmFromMs: Math.max(...walls) + 2 * 86_400_000,
    })
    before = after
    at = at.getTimeZoneTransition('next')
  }
  return { offsetMs, changes }
}

function offsetAt(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 1_000_000)
}
