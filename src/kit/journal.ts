/** The journal: history, audit trail and outbox in one. An entry is written in the transaction of the change it tells of. */
import { hash, randomBytes } from 'node:crypto'
import { canonical } from '#engines/jcs.ts'
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
    id: uuidv7(Date.parse(now)),
    org: actor.org,
    at: now,
    occurredAt: said.occurredAt === undefined ? now : inFull(said.occurredAt),
    actor: said.by === undefined ? actor.person : said.by,
    onBehalfOf: actor.onBehalfOf ?? null,
    request: actor.request,
    record: said.record,
    recordId: said.recordId,
    action: said.action,
    changes: withNulls(said.changes),
    reason: said.reason ?? null,
    origin: actor.origin,
  }
  const salt = randomBytes(16)
  return { ...made, salt, leaf: leafOf(made, salt) }
}

/** A side that was not said is null, as JSON has it. */
function withNulls(changes: Changes): Changes {
  const isWhole = Object.values(changes).every((sides) => sides[0] !== undefined && sides[1] !== undefined)
  return isWhole
    ? changes
    : Object.fromEntries(Object.entries(changes).map(([field, [from, to]]) => [field, [from ?? null, to ?? null]]))
}
/** With milliseconds, as the database gives an instant back: the leaf is computed over this text. */
function inFull(instant: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(instant) ? instant : new Date(instant).toISOString()
}

/**
 * The leaf of an entry, SHA-256(0x00 ‖ JCS(…)) as RFC 9162 section 2.1 has it: what happened stands in the clear, the values
 * (before, after, reason) as one salted hash. So a person's data can be erased, values and salt together, and the tree stays.
 * A null salt means erased: `reason` then holds the hash itself. docs/audit-proof.md gives the format byte by byte.
 */
export function leafOf(of: Entry, salt: Buffer | null): Buffer {
  return Buffer.from(hash('sha256', leafText(of, valuesHash(of, salt)), 'latin1'), 'latin1')
}
/** SHA-256(hex of the salt ‖ JCS([changes, reason])) in base64url. */
export function valuesHash(of: Pick<Entry, 'changes' | 'reason'>, salt: Buffer | null): string {
  if (salt === null) return of.reason ?? ''
  return hash('sha256', `${salt.toString('hex')}${canonical([of.changes, of.reason])}`, 'base64url')
}
/** Canonical JSON of the entry after a zero byte; members stand in the order of RFC 8785. */
function leafText(of: Entry, values: string): string {
  const { action, actor, at, id, occurredAt, onBehalfOf, org, origin, record, recordId, request } = of
  const fields = canonical(Object.keys(of.changes).sort())
  return `\0{"action":${canonical(action)},"actor":${actor},"at":"${at}","fields":${fields},"id":"${id}","occurredAt":"${occurredAt}","onBehalfOf":${onBehalfOf},"org":${org},"origin":${canonical(origin)},"record":${canonical(record)},"recordId":${recordId},"request":${canonical(request)},"values":"${values}"}`
}

export const JOURNAL_COLUMNS = [
  'id',
  'org',
  'at',
  'occurred_at',
  'actor',
  'on_behalf_of',
  'request',
  'record',
  'record_id',
  'action',
  'changes',
  'reason',
  'origin',
  'salt',
  'leaf',
] as const

export function journalValues(of: SealedEntry): readonly unknown[] {
  return [
    of.id,
    of.org,
    of.at,
    of.occurredAt,
    of.actor,
    of.onBehalfOf,
    of.request,
    of.record,
    of.recordId,
    of.action,
    JSON.stringify(of.changes),
    of.reason,
    of.origin,
    of.salt,
    of.leaf,
  ]
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
  readonly salt: Buffer | null
  readonly leaf: Buffer
}
export function entryFrom(row: JournalRow): Entry {
  return {
    id: row.id,
    org: row.org,
    at: row.at,
    occurredAt: row.occurred_at,
    actor: row.actor,
    onBehalfOf: row.on_behalf_of,
    request: row.request,
    record: row.record,
    recordId: row.record_id,
    action: row.action,
    changes: row.changes,
    reason: row.reason,
    origin: row.origin,
  }
}
