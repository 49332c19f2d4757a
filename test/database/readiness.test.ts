// What /readyz stands on: the database answers or it does not; what is only a warning never turns that.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Database } from '#kit/database.ts'
import { warnings } from '#main/readiness.ts'
import { Room } from '#platform/room.ts'
import { migratedDatabase } from '../setup/migrated.ts'

let db: Database
before(async () => {
  ;({ db } = await migratedDatabase([]))
})
const readiness = {
  room: null,
  overload: { isTurningAway: false },
  pace: { medianMs: 1 },
  clockSetMs: () => null,
}

describe('whether it is ready', () => {
  it('does not wait for the table of the mail server', async () => {
    await db.transaction(async (tx) => {
      await tx.query('lock table mail_server in access exclusive mode')
      const began = performance.now()
      // More at once than there are connections.
      const all = await Promise.all(Array.from({ length: 40 }, () => warnings(db, readiness)))
      assert.deepEqual(all.flat(), [])
      assert.ok(performance.now() - began < 5_000)
    })
  })
  it('is known without that table, as in the middle of an upgrade', async () => {
    await db.query('alter table mail_server rename to elsewhere')
    assert.deepEqual(await warnings(db, readiness), [])
  })
  it('is not when the database gives no answer', async () => {
    const away: Database = Object.create(db, { query: { value: () => Promise.reject(new Error('away')) } })
    await assert.rejects(() => warnings(away, readiness), /away/)
  })
})

describe('room on a disk', () => {
  it('that cannot be looked at is not said to be gone', () => {
    assert.equal(new Room('/nowhere/at/all').isFull, false)
  })
})
