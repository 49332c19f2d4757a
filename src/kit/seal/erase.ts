/**
 * Takes values out of entries of the journal, so that the seal still holds. The entry keeps its leaf; its salt goes, and the
 * hash of its values takes the place of its reason. What is left of the values is hashed with a new salt, and a sealed
 * entry ("journal", "erase") names each erased entry with that hash: whoever makes an entry look erased without such a
 * sealed entry is found out (erased.ts).
 */
import { hash, randomBytes } from 'node:crypto'
import { canonical } from '#engines/jcs.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Changes, Entry, JournalRow, SealedEntry } from '#kit/journal.ts'
import { entry, entryFrom, journalInsert, valuesHash } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'

export const ERASURE = { record: 'journal', action: 'erase' } as const
/** At most so many entries in one sealed entry: it names each of them. */
const AT_ONCE = 1000

export interface Erasing {
  readonly on: Sql
  readonly actor: Actor
  readonly now: string
  /** Why, for everybody who reads the journal later: no names. */
  readonly reason: string
}
/** What is left of an entry's values; null leaves it as it is. */
export type Leave = (of: Entry) => Changes | null
/** Only the names of the fields that changed. */
export function nothingLeft({ changes }: Pick<Entry, 'changes'>): Changes {
  return Object.fromEntries(Object.keys(changes).map((field) => [field, [null, null]]))
}

/**
 * Call it inside a transaction, as the owner of the tables. Entries that have lost these values already are passed over.
 * @returns how many entries lost values
 */
export async function eraseEntries(of: Erasing, rows: readonly JournalRow[], leave: Leave): Promise<number> {
  const wanted = rows.flatMap((row) => {
    const left = row.record === ERASURE.record ? null : leave(entryFrom(row))
    const isSame = left !== null && row.salt === null && canonical(left) === canonical(row.changes)
    return left === null || isSame ? [] : [{ row, left }]
  })
  for (let at = 0; at < wanted.length; at += AT_ONCE) await eraseSome(of, wanted.slice(at, at + AT_ONCE))
  return wanted.length
}
/** All entries of these rows of a record. */
export async function entriesOfRows(
  on: Sql,
  org: number,
  record: string,
  ids: readonly number[],
): Promise<JournalRow[]> {
  return run<JournalRow>(
    on,
    sql`select id::text, org, at, occurred_at, actor, on_behalf_of, request, record, record_id, action, changes, reason, origin, salt, leaf
      from journal where org = ${org} and record = ${record} and record_id = any(${ids}::bigint[]) order by journal.id`,
  )
}

interface Wanted {
  readonly row: JournalRow
  readonly left: Changes
}
async function eraseSome({ on, actor, now, reason }: Erasing, wanted: readonly Wanted[]): Promise<void> {
  const salted = wanted.map(({ row, left }) => ({ row, left, salt: randomBytes(16) }))
  const entries = Object.fromEntries(salted.map(({ row, left, salt }) => [row.id, leftHash(left, salt)]))
  const said: SealedEntry = entry(actor, now, {
    ...ERASURE,
    recordId: 0,
    changes: { entries: [null, entries] },
    reason,
  })
  await run(on, journalInsert([said]))
  const columns = sql`unnest(${salted.map(({ row }) => row.id)}::uuid[], ${salted.map(({ salt }) => salt.toString('hex'))}::text[])`
  await run(
    on,
    sql`insert into journal_erasure (org, entry, erasure, salt) select ${actor.org}::integer, e.id, ${said.id}::uuid, decode(e.salt, 'hex') from ${columns} e (id, salt)
      on conflict (org, entry) do update set erasure = excluded.erasure, salt = excluded.salt`,
  )
  const rows = JSON.stringify(
    salted.map(({ row, left }) => ({ id: row.id, at: row.at, changes: left, hash: valuesHash(row, row.salt) })),
  )
  await run(
    on,
    sql`update journal j set salt = null, reason = e.hash, changes = e.changes
      from jsonb_to_recordset(${rows}::jsonb) e (id uuid, at timestamptz, changes jsonb, hash text)
      where j.org = ${actor.org} and j.id = e.id and j.at = e.at`,
  )
}
/** SHA-256(hex of the salt ‖ JCS(what is left of the changes)) in base64url. */
export function leftHash(left: Changes, salt: Buffer): string {
  return hash('sha256', `${salt.toString('hex')}${canonical(left)}`, 'base64url')
}
