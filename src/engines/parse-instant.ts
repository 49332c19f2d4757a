/** A local date and time in a zone to an instant, fast enough for a million cells. */
import { partsOf } from './parse-date.ts'
import type { DateOrder, Parts } from './parse-date.ts'

/** Why a wall time is not one instant: the clock was put forward past it, or put back so that it came again. */
export interface ClockDoubt {
  readonly kind: 'skipped' | 'twice'
  /** The offset with which it was read, such as +02:00, and that of the other reading. */
  readonly offset: string
  readonly other: string
}
export interface ReadInstant {
  /** ISO text in UTC with milliseconds only where there are some. */
  readonly iso: string
  readonly doubt: ClockDoubt | null
}

/**
 * Null when the text is no instant. A day alone is its beginning in the zone, about which there is no doubt. A time that
 * the clock change skips moves forward; one that comes twice is its first coming (RFC 5545, 3.3.5).
 */
export function instantOf(text: string, order: DateOrder, zone: string): ReadInstant | null {
  if (/^\d{10}$|^\d{13}$/.test(text)) return { iso: isoOf(Number(text) * (text.length === 10 ? 1000 : 1)), doubt: null }
  const parts = partsOf(text, order)
  if (!parts) return null
  const local = Date.UTC(
    parts.year,
    parts.month - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
    Math.floor(parts.nanosecond / 1e6),
  )
  const { milliseconds, doubt } = offsetOf(parts, zone)
  return { iso: isoOf(local - milliseconds), doubt: parts.isDayAlone ? null : doubt }
}

/** YYYY-MM-DD; a time of day is cut off, an offset has no say. */
export function dayOf(text: string, order: DateOrder): string | null {
  const parts = partsOf(text, order)
  return parts ? `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}` : null
}

function isoOf(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}

interface Offset {
  readonly milliseconds: number
  readonly doubt: ClockDoubt | null
}
// One look-up serves all times of a day. Only near a change of the clock is there one a quarter hour: zones change on these.
const days = new Map<string, Offset | null>()
const quarters = new Map<string, Offset>()

function offsetOf(parts: Parts, zone: string): Offset {
  if (parts.offset !== null) return { milliseconds: named(parts.offset), doubt: null }
  if (zone === 'UTC') return { milliseconds: 0, doubt: null }
  const { year, month, day, hour, minute } = parts
  const onDay = `${zone} ${year} ${month} ${day}`
  const ofDay = known(days, onDay, () => steadyOffset(new Temporal.PlainDate(year, month, day), zone))
  if (ofDay !== null) return ofDay
  const local = new Temporal.PlainDateTime(year, month, day, hour, minute)
  return known(quarters, `${onDay} ${hour} ${Math.floor(minute / 15)}`, () => foundOffset(local, zone))
}

function known<T>(of: Map<string, T>, key: string, find: () => T): T {
  const before = of.get(key)
  if (before !== undefined) return before
  if (of.size > 50_000) of.clear()
  const found = find()
  of.set(key, found)
  return found
}

/** Null when the clock changes on that day or on one beside it. */
function steadyOffset(day: Temporal.PlainDate, zone: string): Offset | null {
  const before = day.subtract({ days: 1 }).toZonedDateTime(zone)
  const change = before.getTimeZoneTransition('next')
  const isNear = change !== null && change.epochMilliseconds < before.epochMilliseconds + 3 * 86_400_000
  return isNear ? null : { milliseconds: before.offsetNanoseconds / 1e6, doubt: null }
}

function foundOffset(local: Temporal.PlainDateTime, zone: string): Offset {
  const taken = local.toZonedDateTime(zone)
  const milliseconds = local.toZonedDateTime('UTC').epochMilliseconds - taken.epochMilliseconds
  const isSkipped = !taken.toPlainDateTime().equals(local)
  const other = local.toZonedDateTime(zone, { disambiguation: isSkipped ? 'earlier' : 'later' })
  if (other.epochMilliseconds === taken.epochMilliseconds) return { milliseconds, doubt: null }
  return { milliseconds, doubt: { kind: isSkipped ? 'skipped' : 'twice', offset: taken.offset, other: other.offset } }
}

function named(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000 : 0
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
