/** The leaf of an entry from the bytes of its row, without making an object of it: what `leafOf` of the journal gives. */
import { hash } from 'node:crypto'
import { CanonicalBytes, Words } from '#engines/jcs-bytes.ts'
import { digestText } from '#engines/merkle.ts'
import { leafOf } from '#kit/journal.ts'
import { COLUMN, entryOf } from './row.ts'
import type { Row } from './row.ts'

const DAY_MS = 86_400_000
/** `{"action":`, `,"actor":` and so on, as bytes; a zero before the first. */
const part = (text: string): Words => new Words(Buffer.from(text, 'latin1'))
const PARTS = {
  action: part('\0{"action":'),
  actor: part(',"actor":'),
  at: part(',"at":"'),
  fields: part('","fields":'),
  id: part(',"id":"'),
  occurredAt: part('","occurredAt":"'),
  onBehalfOf: part('","onBehalfOf":'),
  org: part(',"org":'),
  origin: part(',"origin":'),
  record: part(',"record":'),
  recordId: part(',"recordId":'),
  request: part(',"request":'),
  values: part(',"values":"'),
  end: part('"}'),
  null: part('null'),
}
/** More than all parts of a leaf together that are no text. */
const FIXED_BYTES = 512
const MOST_DAYS = 50_000
const HEX = Buffer.from('0123456789abcdef', 'latin1')
/** The length says nothing new; see `digestText`. */
const AS_BASE64URL = { outputEncoding: 'base64url', outputLength: 32 } as const

export class Leaves {
  readonly #values = new CanonicalBytes()
  readonly #text = new CanonicalBytes()
  readonly #days = new Map<number, Words>()

  /** SHA-256 as 32 characters of latin1; null for an entry that is unusual. */
  quick(row: Row): string | null {
    const values = row.isNull(COLUMN.salt) ? null : this.#valuesOf(row)
    const at = row.ms(COLUMN.at)
    const occurredAt = row.ms(COLUMN.occurred_at)
    if (values === null || !isMoment(at) || !isMoment(occurredAt)) return null
    const to = this.#text
    to.at = 0
    to.room(FIXED_BYTES + this.#values.keys.length)
    this.#json(PARTS.action, row, COLUMN.action)
    if (!this.#number(PARTS.actor, row, COLUMN.actor)) return null
    this.#moment(PARTS.at, at)
    this.#put(PARTS.fields)
    to.put(this.#values.keys)
    this.#id(row)
    this.#moment(PARTS.occurredAt, occurredAt)
    if (!this.#number(PARTS.onBehalfOf, row, COLUMN.on_behalf_of)) return null
    if (!this.#number(PARTS.org, row, COLUMN.org)) return null
    this.#json(PARTS.origin, row, COLUMN.origin)
    this.#json(PARTS.record, row, COLUMN.record)
    if (!this.#number(PARTS.recordId, row, COLUMN.record_id)) return null
    this.#json(PARTS.request, row, COLUMN.request)
    this.#put(PARTS.values)
    for (let nth = 0; nth < values.length; nth++) to.out[to.at++] = values.charCodeAt(nth)
    this.#put(PARTS.end)
    return digestText(to.out.subarray(0, to.at))
  }

  /** The one salted hash of the values: hex of the salt, then `[changes,reason]`. */
  #valuesOf(row: Row): string | null {
    const to = this.#values
    to.at = 0
    const { bytes } = row
    to.room(2 * (row.end[COLUMN.salt] ?? 0) + 1)
    for (let at = row.from[COLUMN.salt] ?? 0; at < (row.end[COLUMN.salt] ?? 0); at++) hexByte(to, bytes[at] ?? 0)
    to.out[to.at++] = 0x5b
    // jsonb begins with the version of its format.
    const begin = row.from[COLUMN.changes] ?? 0
    if (bytes[begin] !== 1 || !to.object(bytes, begin + 1, row.end[COLUMN.changes] ?? 0)) return null
    to.room(8)
    to.out[to.at++] = 0x2c
    if (row.isNull(COLUMN.reason)) to.put(PARTS.null)
    else to.text(bytes, row.from[COLUMN.reason] ?? 0, row.end[COLUMN.reason] ?? 0)
    to.room(1)
    to.out[to.at++] = 0x5d
    return hash('sha256', to.out.subarray(0, to.at), AS_BASE64URL)
  }
  #put(text: Words): void {
    this.#text.put(text)
  }
  #json(before: Words, row: Row, column: number): void {
    this.#put(before)
    this.#text.text(row.bytes, row.from[column] ?? 0, row.end[column] ?? 0)
    this.#text.room(FIXED_BYTES + this.#values.keys.length)
  }
  #number(before: Words, row: Row, column: number): boolean {
    this.#put(before)
    if (row.isNull(column)) this.#put(PARTS.null)
    else {
      const number = row.number(column)
      if (Number.isNaN(number)) return false
      digits(this.#text, number)
    }
    return true
  }
  /** As toISOString. */
  #moment(before: Words, ms: number): void {
    this.#put(before)
    const day = Math.floor(ms / DAY_MS)
    this.#put(this.#days.get(day) ?? this.#newDay(day))
    const to = this.#text
    const { out } = to
    const rest = ms - day * DAY_MS
    two(to, Math.floor(rest / 3_600_000))
    out[to.at++] = 0x3a
    two(to, Math.floor(rest / 60_000) % 60)
    out[to.at++] = 0x3a
    two(to, Math.floor(rest / 1000) % 60)
    out[to.at++] = 0x2e
    out[to.at++] = 0x30 + Math.floor((rest % 1000) / 100)
    two(to, rest % 100)
    out[to.at++] = 0x5a
  }
  #newDay(day: number): Words {
    const text = part(new Date(day * DAY_MS).toISOString().slice(0, 11))
    if (this.#days.size > MOST_DAYS) this.#days.clear()
    this.#days.set(day, text)
    return text
  }
  #id(row: Row): void {
    this.#put(PARTS.id)
    const to = this.#text
    const from = row.from[COLUMN.id] ?? 0
    for (let nth = 0; nth < 16; nth++) {
      if (nth === 4 || nth === 6 || nth === 8 || nth === 10) to.out[to.at++] = 0x2d
      hexByte(to, row.bytes[from + nth] ?? 0)
    }
  }
}
/** Whole milliseconds of a year with four digits. */
function isMoment(ms: number): boolean {
  return Number.isInteger(ms) && ms >= -62_167_219_200_000 && ms < 253_402_300_800_000
}
function digits(to: CanonicalBytes, number: number): void {
  if (number < 0 || number >= 1e9) {
    to.at += to.out.write(String(number), to.at, 'latin1')
    return
  }
  let power = 1
  while (power * 10 <= number) power *= 10
  for (; power >= 1; power /= 10) to.out[to.at++] = 0x30 + (Math.floor(number / power) % 10)
}
function hexByte(to: CanonicalBytes, byte: number): void {
  to.out[to.at++] = HEX[byte >> 4] ?? 0
  to.out[to.at++] = HEX[byte & 15] ?? 0
}
function two(to: CanonicalBytes, number: number): void {
  to.out[to.at++] = 0x30 + Math.floor(number / 10)
  to.out[to.at++] = 0x30 + (number % 10)
}

/** The same by the general way; null when the row is no entry of ours at all. */
export function carefulLeaf(row: Row): string | null {
  try {
    return leafOf(entryOf(row), row.isNull(COLUMN.salt) ? null : row.raw(COLUMN.salt)).toString('latin1')
  } catch {
    return null // numbers without canonical JSON, times out of range: nothing that was ever sealed
  }
}
