/** The journal: history, audit trail and outbox in one. An entry is written in the transaction of the change it tells of. */
import { createHash, randomBytes } from 'node:crypto'
import { canonical } from '#engines/jcs.ts'
import { leafHash } from '#engines/merkle.ts'
import type { Actor } from './actor.ts'
import type { Fragment } from './sql.ts'
import { join, sql } from './sql.ts'

/** What changed: field → [before, after]. */
export type Changes = Readonly<Record<string, readonly [unknown, unknown]>>
export interface Entry {
  readonly id: string
  readonly org: number
  /** When it was written down. */
  readonly at: string
  /** When it happened; earlier than `at` for imported history. */
  readonly occurredAt: string
  readonly actor: number | null
  readonly onBehalfOf: number | null
  readonly request: string
  readonly record: string
  readonly recordId: number
  readonly action: string
  readonly changes: Changes
  readonly reason: string | null
  readonly origin: string
}
export interface SealedEntry extends Entry {
  readonly salt: Buffer
  readonly leaf: Buffer
}

export interface Said {
  readonly record: string
  readonly recordId: number
  readonly action: string
  readonly changes: Changes
  readonly reason?: string | null
  readonly occurredAt?: string | undefined
  /** The imported actor of an imported event. */
  readonly by?: number | null | undefined
}

/** An entry with its salt and its leaf of the seal. */
export function entry(actor: Actor, now: string, said: Said): SealedEntry {
  const made: Entry = {
    id: uuidv7(Date.parse(now)), org: actor.org, at: now, occurredAt: said.occurredAt ?? now,
    actor: said.by === undefined ? actor.person : said.by, onBehalfOf: actor.onBehalfOf ?? null, request: actor.request,
    record: said.record, recordId: said.recordId, action: said.action, changes: said.changes,
    reason: said.reason ?? null, origin: actor.origin,
  }
  const salt = randomBytes(16)
  return { ...made, salt, leaf: leafOf(made, salt) }
}

/**
 * The leaf of an entry: SHA-256(0x00 ‖ JCS(entry)), where personal values enter as salted hashes, so that erasing a
 * value later leaves the tree intact (RFC 9162 section 2.1; design after security notes on erasure).
 */
export function leafOf(of: Entry, salt: Buffer): Buffer {
  const changes: Record<string, readonly [string, string]> = {}
  for (const [field, [before, after]] of Object.entries(of.changes)) changes[field] = [commitment(salt, field, 0, before), commitment(salt, field, 1, after)]
  return leafHash(Buffer.from(canonical({ ...of, changes, reason: commitment(salt, 'reason', 1, of.reason) })))
}
function commitment(salt: Buffer, field: string, side: number, value: unknown): string {
  if (value === null || value === undefined) return ''
  return createHash('sha256').update(salt).update(`${field}/${side}/`).update(canonical(value)).digest('base64url')
}

export const JOURNAL_COLUMNS = ['id', 'org', 'at', 'occurred_at', 'actor', 'on_behalf_of', 'request', 'record', 'record_id', 'action', 'changes', 'reason', 'origin', 'salt', 'leaf'] as const

export function journalValues(of: SealedEntry): readonly unknown[] {
  return [of.id, of.org, of.at, of.occurredAt, of.actor, of.onBehalfOf, of.request, of.record, of.recordId, of.action, JSON.stringify(of.changes), of.reason, of.origin, of.salt, of.leaf]
}

/** `insert into journal … values …`; `from` makes it depend on another part of one statement. */
export function journalInsert(entries: readonly SealedEntry[]): Fragment {
  const rows = entries.map((one) => sql`(${join(journalValues(one).map((value) => sql`${value}`))})`)
  return sql`insert into journal (id, org, at, occurred_at, actor, on_behalf_of, request, record, record_id, action, changes, reason, origin, salt, leaf) values ${join(rows)}`
}

let lastMs = 0
let counter = 0
/** A time-ordered UUID (RFC 9562 version 7) that also counts up within a millisecond of this process. */
export function uuidv7(ms: number): string {
  counter = ms === lastMs ? counter + 1 : 0
  lastMs = ms
  const bytes = randomBytes(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUInt16BE(0x7000 | (counter & 0x0fff), 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The entry as the database gives it back. */
export interface JournalRow {
  readonly id: string
  readonly org: number
  readonly at: string
  readonly occurred_at: string
  readonly actor: number | null
  readonly on_behalf_of: number | null
  readonly request: string
  readonly record: string
  readonly record_id: number
  readonly action: string
  readonly changes: Changes
  readonly reason: string | null
  readonly origin: string
  readonly salt: Buffer
  readonly leaf: Buffer
}
export function entryFrom(row: JournalRow): Entry {
  return {
    id: row.id, org: row.org, at: row.at, occurredAt: row.occurred_at, actor: row.actor, onBehalfOf: row.on_behalf_of,
    request: row.request, record: row.record, recordId: row.record_id, action: row.action, changes: row.changes,
    reason: row.reason, origin: row.origin,
  }
}
