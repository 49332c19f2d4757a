// The leaf from the bytes of a row is that of the entry, whatever stands in it; what the quick way leaves to the careful one too.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import pg from 'pg'
import {
  entry,
  JOURNAL_COLUMNS,
  journalValues,
  leafOf,
  valuesHash,
  type Changes,
  type SealedEntry,
} from '#kit/journal.ts'
import { carefulLeaf, Leaves } from '#kit/seal/quick/leaf.ts'
import { COLUMN, Row, ROW_COLUMNS } from '#kit/seal/quick/row.ts'
import { copyRowsOut } from '#platform/postgres/copy-rows-out.ts'
import { ownCluster } from '../setup/alone.ts'
import { actor, newLog, TODAY } from './seal-log.ts'

ownCluster()

const USUAL: readonly Changes[] = [
  {},
  { status: ['new', 'assigned'], assignee: [null, { id: 7, title: 'Zoë "Z" \\ 😀', number: 'P-7' }] },
  { description: [null, 'a\nb\tc\u0001\u007f\u2028'], tags: [[], ['x', { a: [1, null, true, false] }]] },
  { cost: [0.1, 1e21], saved: [-5, 1e-7], many: [123_456_789_012_345, 9_007_199_254_740_991], none: [-0, 0] },
  { 10: ['a', 'b'], 9: ['c', 'd'], é: [1, 2], Z: [1, 2], a: [1, 2] },
  Object.fromEntries(Array.from({ length: 400 }, (_, nth) => [`field${nth}`, [null, 'x'.repeat(nth)]])),
]

describe('leaves from the bytes of rows', () => {
  it('are those of the entries', async () => {
    const log = await newLog()
    const written = USUAL.map((changes, nth) => made(nth, changes))
    const odd = { ...made(1, {}), actor: -3, request: 'says "r"\n\\', reason: 'because \u0001', onBehalfOf: 2 ** 50 }
    const past = { ...made(2, {}), occurredAt: '1969-12-31T23:59:59.999Z', actor: null, reason: 'ß' }
    const all = [...written, ...[odd, past].map((one) => ({ ...one, leaf: leafOf(one, one.salt) }))]
    await log.db.copyFrom('journal', JOURNAL_COLUMNS, all.map(journalValues))
    const found = await leaves(log.connection)
    for (const { id, leaf } of all)
      assert.deepEqual(found.get(id), { quick: leaf.toString('hex'), careful: leaf.toString('hex') })
  })
  it('of erased entries and strange times are left to the careful way, or to nobody', async () => {
    const log = await newLog()
    const erased = made(0, { subject: ['a', 'b'] })
    const fine = made(1, {})
    await log.db.copyFrom('journal', JOURNAL_COLUMNS, [erased, fine].map(journalValues))
    await log.tamper(
      `update journal set reason = '${valuesHash(erased, erased.salt)}', salt = null, changes = '{"subject": [null, null]}' where id = '${erased.id}'`,
      `update journal set occurred_at = occurred_at + interval '1 microsecond' where id = '${fine.id}'`,
    )
    const found = await leaves(log.connection)
    assert.deepEqual(found.get(erased.id), { quick: null, careful: erased.leaf.toString('hex') })
    assert.deepEqual(found.get(fine.id), { quick: null, careful: null })
  })
})

function made(nth: number, changes: Changes): SealedEntry {
  const at = new Date(Date.parse(`${TODAY}T08:00:00.000Z`) + nth * 3_723_457).toISOString()
  return entry(actor, at, { record: 'incident', recordId: nth, action: 'change', changes })
}
/** By the id of the entry, in hexadecimal. */
async function leaves(door: object): Promise<Map<string, { quick: string | null; careful: string | null }>> {
  const client = new pg.Client(door)
  await client.connect()
  const [row, quickly] = [new Row(), new Leaves()]
  const hex = (leaf: string | null): string | null =>
    leaf === null ? null : Buffer.from(leaf, 'latin1').toString('hex')
  const found = new Map<string, { quick: string | null; careful: string | null }>()
  await copyRowsOut(
    client,
    `copy (select ${ROW_COLUMNS.join(', ')} from journal) to stdout (format binary)`,
    (bytes, at, end) => {
      assert.ok(row.read(bytes, at, end))
      const id = row
        .raw(COLUMN.id)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
      found.set(id, { quick: hex(quickly.quick(row)), careful: hex(carefulLeaf(row)) })
    },
  )
  await client.end()
  return found
}
