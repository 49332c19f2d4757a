// What somebody who owns the database can do to a sealed journal.
import assert from 'node:assert/strict'
import { leafOf } from '#kit/journal.ts'
import type { Log } from './seal-log.ts'

/** A skilled hand: changes the row and computes both leaves anew. */
export async function rewriteEntry(log: Log, id: string): Promise<void> {
  const [row] = await log.db.query<{
    org: number
    at: string
    occurredAt: string
    actor: number
    onBehalfOf: null
    request: string
    record: string
    recordId: number
    action: string
    changes: Record<string, [unknown, unknown]>
    origin: string
    salt: Buffer
  }>(
    'select org, at, occurred_at as "occurredAt", actor, on_behalf_of as "onBehalfOf", request, record, record_id as "recordId", action, changes, origin, salt from journal where id = $1',
    [id],
  )
  assert.ok(row)
  const { salt, ...rest } = row
  const leaf = leafOf({ ...rest, id, reason: 'a lie' }, salt).toString('hex')
  await log.tamper(
    `update journal set reason = 'a lie', leaf = '\\x${leaf}' where id = '${id}'`,
    `update journal_leaf set leaf = '\\x${leaf}' where entry = '${id}'`,
  )
}
export async function forgetSeal(log: Log): Promise<void> {
  await log.tamper(
    'truncate journal_leaf, journal_tile, journal_checkpoint',
    "update journal_seal set xid = '0', id = '00000000-0000-0000-0000-000000000000'",
  )
}
/** What a restored backup looks like: everything ends at the same place. */
export async function rollBackTo(log: Log, size: number): Promise<void> {
  const { id, xid } = await log.at(size - 1)
  await log.tamper(
    `delete from journal where id in (select entry from journal_leaf where index >= ${size})`,
    `delete from journal_leaf where index >= ${size}`,
    `delete from journal_checkpoint where size > ${size}`,
    `update journal_seal set xid = '${xid}', id = '${id}'`,
  )
}
