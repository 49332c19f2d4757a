// How PostgreSQL's values become JSON values and back. Timestamps stay text: slicing costs half of what a Date does.
import pg from 'pg'

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
  point: 600,
  int8Array: 1016,
  dateArray: 1182,
  timestampArray: 1115,
  timestamptzArray: 1185,
  numericArray: 1231,
} as const

type Parse = (text: string) => unknown

const asText: Parse = (text) => text

const parsers = new Map<number, Parse>([
  [oid.int8, integer],
  [oid.date, asText],
  [oid.timestamp, asText],
  [oid.timestamptz, instant],
  [oid.interval, asText],
  [oid.numeric, asText],
  [oid.point, asText],
  [oid.int8Array, arrayOf(integer)],
  [oid.dateArray, arrayOf(asText)],
  [oid.timestampArray, arrayOf(asText)],
  [oid.timestamptzArray, arrayOf(instant)],
  [oid.numericArray, arrayOf(asText)],
])

/** For `pg`'s `types` option: ours, else the driver's own. The driver's global table stays as it is. */
export const types = {
  getTypeParser: (id: number, format?: 'text' | 'binary'): ((value: string) => unknown) => {
    const own = format === 'binary' ? undefined : parsers.get(id)
    return own ?? pg.types.getTypeParser(id, format)
  },
}

/**
 * `2026-01-01 00:00:00.5+00` → `2026-01-01T00:00:00.500Z`; below a millisecond is cut off, so declare columns that
 * order a list as `timestamptz(3)`. `infinity` stays as it is.
 */
export function instant(text: string): string {
  const end = text.length
  // The session's zone is UTC; another zone or a year beyond 9999 takes the slow road.
  if (text.charCodeAt(10) !== 0x20 || text.slice(end - 3) !== '+00') return slowInstant(text)
  const fraction =
    end === 22
      ? '000'
      : text
          .slice(20, end - 3)
          .padEnd(3, '0')
          .slice(0, 3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

function slowInstant(text: string): string {
  const offset = /([+-]\d\d)(:?\d\d)?$/.exec(text)
  const whole = offset && !offset[2] ? `${text}:00` : text
  const read = new Date(whole.replace(' ', 'T'))
  return Number.isNaN(read.getTime()) ? text : read.toISOString()
}

/** @throws {RangeError} beyond 2^53, where a number would silently become another one. */
function integer(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number; select it as text.`)
  return value
}

const textArray = 1009

/** The driver's text[] parser gives strings, nulls and, for arrays of arrays, arrays of those. */
function arrayOf(parse: Parse): Parse {
  const each = (entry: unknown): unknown => {
    if (Array.isArray(entry)) return entry.map(each)
    return typeof entry === 'string' ? parse(entry) : null
  }
  return (text) => each(types.getTypeParser(textArray, 'text')(text))
}

/** One field of COPY's text format, escaped (PostgreSQL manual, COPY, "Text Format"). */
export function copyField(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return String(value)
  return copyText(value).replace(special, escape)
}

function copyText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function arrayText(values: readonly unknown[]): string {
  const parts = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return arrayText(value)
    return `"${copyText(value).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${parts.join(',')}}`
}

const special = /[\\\n\r\t]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escape(character: string): string {
  return escapes[character] ?? character
}
