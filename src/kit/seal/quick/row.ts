/** An entry of the journal as COPY … (format binary) sends it: where each column stands in the bytes, and the entry itself. */
import { say } from '#engines/say.ts'
import type { Changes, Entry } from '#kit/journal.ts'

/** Which column of a row is which; the first twelve in the order in which they stand in a leaf. */
export const COLUMN = {
  action: 0,
  actor: 1,
  at: 2,
  changes: 3,
  id: 4,
  occurred_at: 5,
  on_behalf_of: 6,
  org: 7,
  origin: 8,
  record: 9,
  record_id: 10,
  request: 11,
  reason: 12,
  salt: 13,
  leaf: 14,
} as const
/** In this order they are asked for. */
export const ROW_COLUMNS: readonly string[] = Object.keys(COLUMN)

/** Milliseconds from 1970 to 2000, where times of the database begin. */
const EPOCH_MS = 946_684_800_000

/** One row at a time, in the buffer in which it came. */
export class Row {
  bytes: Buffer = Buffer.alloc(0)
  /** Where each column begins; -1 is null. */
  readonly from = new Int32Array(ROW_COLUMNS.length)
  readonly end = new Int32Array(ROW_COLUMNS.length)

  /** @returns false when the bytes are no row of ours */
  read(bytes: Buffer, begin: number, end: number): boolean {
    this.bytes = bytes
    if (end - begin < 2 || bytes.readInt16BE(begin) !== ROW_COLUMNS.length) return false
    let at = begin + 2
    for (let nth = 0; nth < ROW_COLUMNS.length; nth++) {
      if (at + 4 > end) return false
      const length = int32(bytes, at)
      at += 4
      this.from[nth] = length < 0 ? -1 : at
      if (length > 0) at += length
      this.end[nth] = at
    }
    return at === end
  }
  isNull(column: number): boolean {
    return this.from[column] === -1
  }
  /** A whole number; NaN for what a double does not hold. */
  number(column: number): number {
    const at = this.from[column] ?? 0
    const high = int32(this.bytes, at)
    if ((this.end[column] ?? 0) - at === 4) return high
    const number = high * 2 ** 32 + (int32(this.bytes, at + 4) >>> 0)
    return Number.isSafeInteger(number) ? number : Number.NaN
  }
  /** Milliseconds since 1970; with a fraction when the database holds microseconds, NaN for infinity. */
  ms(column: number): number {
    return this.number(column) / 1000 + EPOCH_MS
  }
  text(column: number): string {
    return this.bytes.toString('utf8', this.from[column], this.end[column])
  }
  raw(column: number): Buffer {
    return this.bytes.subarray(this.from[column], this.end[column])
  }
}

/** The row as an entry. @throws RangeError for times that no entry of ours has */
export function entryOf(row: Row): Entry {
  const orNull = (column: number): number | null => (row.isNull(column) ? null : row.number(column))
  return {
    id: uuid(row.raw(COLUMN.id)),
    org: row.number(COLUMN.org),
    at: instant(row.ms(COLUMN.at)),
    occurredAt: instant(row.ms(COLUMN.occurred_at)),
    actor: orNull(COLUMN.actor),
    onBehalfOf: orNull(COLUMN.on_behalf_of),
    request: row.text(COLUMN.request),
    record: row.text(COLUMN.record),
    recordId: row.number(COLUMN.record_id),
    action: row.text(COLUMN.action),
    // Behind the version of the format, a byte; what the journal's column holds.
    changes: JSON.parse(
      row.bytes.toString('utf8', (row.from[COLUMN.changes] ?? 0) + 1, row.end[COLUMN.changes]),
    ) as Changes,
    reason: row.isNull(COLUMN.reason) ? null : row.text(COLUMN.reason),
    origin: row.text(COLUMN.origin),
  }
}
function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
function instant(ms: number): string {
  if (!Number.isInteger(ms)) throw new RangeError(say`No entry of ours has such a time.`)
  return new Date(ms).toISOString()
}
function int32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
}
