/** A local date and time in a zone to an instant, fast enough for a million cells. */
import { partsOf } from './parse-date.ts'
import type { DateOrder, Parts } from './parse-date.ts'

/** ISO text in UTC with milliseconds only where there are some; null when it is no instant. A day alone is its midnight in the zone. */
export function instantOf(text: string, order: DateOrder, zone: string): string | null {
  if (/^\d{10}$|^\d{13}$/.test(text)) return isoOf(Number(text) * (text.length === 10 ? 1000 : 1))
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
  return isoOf(local - offsetMilliseconds(parts, zone))
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

// Zones change their offset on quarter hours, so one look-up serves all times of a quarter.
const offsets = new Map<string, number>()

function offsetMilliseconds(parts: Parts, zone: string): number {
  if (parts.offset !== null) return named(parts.offset)
  if (zone === 'UTC') return 0
  const key = `${zone} ${parts.year} ${parts.month} ${parts.day} ${parts.hour} ${Math.floor(parts.minute / 15)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size > 50_000) offsets.clear()
  const { year, month, day, hour, minute } = parts
  const local = new Temporal.PlainDateTime(year, month, day, hour, minute)
  // A time that the clock change skips moves forward; one that comes twice is its first coming.
  const offset = local.toZonedDateTime('UTC').epochMilliseconds - local.toZonedDateTime(zone).epochMilliseconds
  offsets.set(key, offset)
  return offset
}

function named(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(offset)
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000 : 0
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
