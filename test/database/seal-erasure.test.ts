// Erasure takes values out of a sealed journal, and says so there. Whatever only looks like one must be found and named.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Changes, JournalRow } from '#kit/journal.ts'
import { entryFrom, JOURNAL_COLUMNS, valuesHash } from '#kit/journal.ts'
import { eraseEntries } from '#kit/seal/erase.ts'
import { ownCluster } from '../setup/alone.ts'
import { actor, newLog, STRETCHES, walkOf, type Log } from './seal-log.ts'

ownCluster()

for (const stretch of STRETCHES) {
  const filled = async (): Promise<Log> => (await newLog(stretch)).filled()

  describe(`audit verify of erasures, ${walkOf(stretch)}`, () => {
    it('accepts values that an erasure in the journal took away, whole or in part, and says how many', async () => {
      const log = await filled()
      await erased(log, [await log.at(2), await log.at(7)])
      await log.sealAll()
      const found = await log.verify()
      assert.deepEqual([found.ok, found.erased], [true, 2])
      // Taking more of the same entry later is an erasure of its own.
      await erased(log, [await log.at(7)], () => ({ status: [null, null], assignee: [null, null], cost: [null, null] }))
      const again = await log.verify()
      assert.deepEqual([again.ok, again.erased, again.pending], [true, 2, 1])
      const left = await log.db.query<{ changes: object }>('select changes from journal where id = $1', [(await log.at(2)).id]) // oxfmt-ignore
      assert.deepEqual(left[0]?.changes, { status: ['new', 'assigned'], assignee: [null, null], cost: [0.1, 1e21] })
    })

    it('names values taken away by hand, though the hash is right: no erasure in the journal says so', async () => {
      const log = await filled()
      const { id } = await log.at(7)
      await looksErased(log, id)
      const found = await log.verify()
      assert.deepEqual(found.findings.map(({ kind, where }) => [kind, where.entry]), [['forgedErasure', id]]) // oxfmt-ignore
      assert.match(found.findings[0]?.says ?? '', /incident \d+ .*no erasure in the journal says so/)
    })
    it('names what hides behind the erasure of another entry', async () => {
      const log = await filled()
      await erased(log, [await log.at(2)])
      await log.sealAll()
      const { id } = await log.at(7)
      await looksErased(log, id)
      await log.db.query("insert into journal_erasure (org, entry, erasure, salt) select org, $1, erasure, salt from journal_erasure", [id]) // oxfmt-ignore
      const found = await log.verify()
      assert.deepEqual(found.findings.map(({ kind, where }) => [kind, where.entry]), [['forgedErasure', id]]) // oxfmt-ignore
    })
    it('names what was left of an erased entry and changed afterwards, and an erasure that was changed', async () => {
      const log = await filled()
      const { id } = await log.at(2)
      await erased(log, [{ id }])
      await log.sealAll()
      const forged = `update journal set changes = jsonb_set(changes, '{status,1}', '"closed"') where id = '${id}'`
      await log.tamper(forged)
      assert.deepEqual(await log.kinds(), ['forgedErasure'])
      const other = await filled()
      const { id: victim } = await other.at(2)
      await erased(other, [await other.at(3)])
      await other.sealAll()
      await looksErased(other, victim)
      await other.tamper(`update journal set changes = jsonb_set(changes, '{entries,1,${victim}}', '"x"') where action = 'erase'`) // oxfmt-ignore
      assert.deepEqual(await other.kinds(), ['changed', 'forgedErasure'])
    })
    it('names an erasure of an erasure', async () => {
      const log = await filled()
      await erased(log, [await log.at(2)])
      await log.sealAll()
      const [erasure] = await log.db.query<{ id: string }>("select id::text from journal where action = 'erase'")
      await looksErased(log, erasure?.id ?? '')
      assert.deepEqual(await log.kinds(), ['forgedErasure'])
    })
    it('lets nothing but an erasure change the journal, and no erasure anything else', async () => {
      const log = await filled()
      const { id } = await log.at(7)
      await log.db.query("insert into journal_erasure values (1, $1, $1, '')", [id])
      const hash = 'x'.repeat(43)
      const empty = `changes = '{"cost":[null,null],"status":[null,null],"assignee":[null,null]}'`
      for (const set of [
        `reason = '${hash}'`,
        `salt = null`,
        `salt = null, reason = '${hash}', actor = 8`,
        `salt = null, reason = '${hash}', changes = '{}'`,
        `salt = null, reason = '${hash}', at = at + interval '1 s', ${empty}`,
      ])
        // oxfmt-ignore
        await assert.rejects(log.db.query(`update journal set ${set} where id = '${id}'`), /append-only/, set)
      await assert.rejects(log.db.query(`update journal set salt = null, reason = '${hash}', ${empty} where id = '${(await log.at(8)).id}'`), /append-only/) // oxfmt-ignore
      await assert.rejects(log.db.query('delete from journal'), /append-only/)
      await assert.rejects(log.db.query('truncate journal'), /append-only/)
    })
  })
}

/** As the product erases: the person out of the entry, the rest left. */
async function erased(
  log: Log,
  places: readonly { id: string }[],
  leave: (changes: Changes) => Changes = (changes) => ({ ...changes, assignee: [null, null] }),
): Promise<void> {
  log.ms += 1000
  await log.db.transaction(async (tx) => {
    const rows = await tx.query<JournalRow>(
      `select ${JOURNAL_COLUMNS.join(', ')} from journal where id = any($1::uuid[])`,
      [places.map(({ id }) => id)],
    )
    const of = { on: tx, actor, now: log.now(), reason: 'asked for' }
    assert.equal(await eraseEntries(of, rows, ({ changes }) => leave(changes)), places.length)
  })
}
/** As somebody with the database does it, with the right hash. */
async function looksErased(log: Log, id: string): Promise<void> {
  const [row] = await log.db.query<JournalRow>(`select ${JOURNAL_COLUMNS.join(', ')} from journal where id = $1`, [id])
  if (row === undefined) return assert.fail('no such entry')
  const empty = Object.fromEntries(Object.keys(row.changes).map((name) => [name, [null, null]]))
  const hash = valuesHash(entryFrom(row), row.salt)
  await log.tamper(
    `update journal set salt = null, reason = '${hash}', changes = '${JSON.stringify(empty)}' where id = '${id}'`,
  )
}
