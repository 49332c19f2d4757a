// Whoever owns the database can change anything in it. Each way of doing so is tried here, and must be found and named.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { entry, JOURNAL_COLUMNS, journalInsert, journalValues } from '#kit/journal.ts'
import { declareLoss } from '#kit/seal/fork.ts'
import { newSealingKeyPem, readSealingKey } from '#kit/seal/key.ts'
import type { Stretch, StretchFound } from '#kit/seal/quick/stretch.ts'
import { run } from '#kit/sql.ts'
import { openCheckers } from '#platform/seal/checkers.ts'
import { ownCluster } from '../setup/alone.ts'
import { actor, newLog, STRETCHES, walkOf, type Log } from './seal-log.ts'
import { forgetSeal, rewriteEntry, rollBackTo } from './seal-tampering.ts'

ownCluster()

for (const stretch of STRETCHES) {
  const made = (): Promise<Log> => newLog(stretch)
  const filled = async (): Promise<Log> => (await made()).filled()

  describe(`audit verify, ${walkOf(stretch)}`, () => {
    it('finds nothing in a log that nobody has touched, with what waits for the seal', async () => {
      const log = await filled()
      await log.write(2)
      const found = await log.verify()
      assert.deepEqual(found.findings, [])
      assert.ok(found.ok)
      assert.deepEqual([found.entries, found.pending], [15, 2])
      // A transaction elsewhere on the server may split a round into two, never into none.
      assert.ok(found.checkpoints >= 3 && found.checkpoints === found.outside)
    })

    if (stretch !== null)
      it('leaves nothing but the end to the careful walk when nobody has touched it', async () => {
        const log = await filled()
        const checkers = openCheckers(log.connection)
        const plain: boolean[] = []
        const check = async (of: Stretch): Promise<StretchFound> => {
          const found = await checkers.check(of)
          plain.push(found.isPlain)
          return found
        }
        assert.ok((await log.verify({ checkers: { ...checkers, check } })).ok)
        assert.deepEqual(plain, [true, true, true])
      })

    const changes: Record<string, (id: string) => string> = {
      'a value': (id) =>
        `update journal set changes = jsonb_set(changes, '{status,1}', '"Assigned"') where id = '${id}'`,
      'the actor': (id) => `update journal set actor = 8 where id = '${id}'`,
      'the time': (id) => `update journal set at = at + interval '1 millisecond' where id = '${id}'`,
      'a microsecond': (id) =>
        `update journal set occurred_at = occurred_at + interval '1 microsecond' where id = '${id}'`,
      'the reason': (id) => `update journal set reason = 'another' where id = '${id}'`,
      'the record': (id) => `update journal set record_id = 999 where id = '${id}'`,
      'the organisation': (id) => `update journal set org = 2 where id = '${id}'`,
      'the name of a field': (id) => `update journal set changes = changes - 'cost' where id = '${id}'`,
      'a number that no program can read': (id) =>
        `update journal set changes = jsonb_set(changes, '{status,1}', '1e999') where id = '${id}'`,
      'its action, by a separator of ours': (id) => `update journal set action = action || E'\\x02' where id = '${id}'`,
      'its request, by the end of a line': (id) => `update journal set request = request || E'\\n' where id = '${id}'`,
      'its salt': (id) => `update journal set salt = '\\x00' where id = '${id}'`,
      'its own leaf': (id) => `update journal set leaf = sha256('x') where id = '${id}'`,
      'the leaf in the log': (id) => `update journal_leaf set leaf = sha256('x') where entry = '${id}'`,
      'values away, pretending erasure': (id) =>
        `update journal set salt = null, changes = '{}', reason = 'gone' where id = '${id}'`,
    }
    for (const [what, statement] of Object.entries(changes)) {
      it(`names an entry changed: ${what}`, async () => {
        const log = await filled()
        const { id } = await log.at(7)
        await log.tamper(statement(id))
        const found = await log.verify()
        assert.equal(found.findings[0]?.kind, 'changed')
        assert.equal(found.findings.length, 1)
        assert.deepEqual([found.findings[0]?.where.index, found.findings[0]?.where.entry], [7, id])
        assert.match(found.findings[0]?.says ?? '', /incident \d+ .*Restore a backup/)
      })
    }

    it('names a row changed together with both of its leaves, by the checkpoint that no longer fits', async () => {
      const log = await filled()
      const { id } = await log.at(7)
      await rewriteEntry(log, id)
      const found = await log.verify()
      assert.deepEqual(
        found.findings.map(({ kind }) => kind),
        ['rewritten', 'rewritten'],
      )
      assert.match(found.findings[0]?.says ?? '', /entries 5 to 9 \(5\)/)
    })

    it('names entries deleted from the middle, with and without their leaves', async () => {
      const log = await filled()
      const [a, b] = [await log.at(6), await log.at(7)]
      await log.tamper(`delete from journal where id in ('${a.id}', '${b.id}')`)
      const found = await log.verify()
      assert.deepEqual(
        found.findings.map(({ kind, where }) => [kind, where.index]),
        [['missing', 6]],
      )
      assert.match(found.findings[0]?.says ?? '', /entries 6 to 7 \(2\)/)
      await log.tamper(`delete from journal_leaf where index in (6, 7)`)
      assert.deepEqual(await log.kinds(), ['missing'])
    })

    it('names a tail cut from the journal', async () => {
      const log = await filled()
      await log.tamper('delete from journal where id in (select entry from journal_leaf where index >= 12)')
      assert.deepEqual(await log.kinds(), ['truncated'])
    })

    it('names a tail cut from journal, leaves and checkpoints', async () => {
      const log = await filled()
      await log.tamper(
        'delete from journal where id in (select entry from journal_leaf where index >= 10)',
        'delete from journal_leaf where index >= 10',
        'delete from journal_checkpoint where size > 10',
      )
      const found = await log.verify()
      assert.deepEqual(
        found.findings.map(({ kind }) => kind),
        ['truncated'],
      )
      assert.match(found.findings[0]?.says ?? '', /from entry 10 of the log to 14/)
    })

    it('names leaves in another order, and entries in another order', async () => {
      const log = await filled()
      await log.tamper(
        'create temp table swap as select * from journal_leaf where index in (6, 8)',
        'update journal_leaf l set entry = s.entry, at = s.at, leaf = s.leaf from swap s where l.index + s.index = 14 and l.index in (6, 8)',
        'drop table swap',
      )
      assert.deepEqual(await log.kinds(), ['reordered'])
      const other = await filled()
      const [early, late] = [await other.at(3), await other.at(11)]
      await other.tamper(`update journal set xid = '${late.xid}' where id = '${early.id}'`)
      const moved = await other.verify()
      assert.ok(moved.findings.every(({ kind }) => kind === 'reordered'))
      assert.ok(moved.findings.some(({ where }) => where.entry === early.id && where.index === 3))
    })

    it('names an entry put in with an old time: waiting, sealed, and slipped in behind the seal', async () => {
      const log = await filled()
      const old = entry(actor, '2026-03-15T08:00:02.500Z', {
        record: 'incident',
        recordId: 1,
        action: 'change',
        changes: { status: ['assigned', 'closed'] },
      })
      await run(log.db, journalInsert([old]))
      assert.deepEqual(await log.kinds(), ['backdated'])
      await log.sealAll()
      const sealed = await log.verify()
      assert.deepEqual(
        sealed.findings.map(({ kind, where }) => [kind, where.entry, where.index]),
        [['backdated', old.id, 15]],
      )
      const behind = await filled()
      await run(behind.db, journalInsert([old]))
      await behind.tamper(`update journal set xid = '${(await behind.at(2)).xid}' where id = '${old.id}'`)
      await behind.sealAll()
      assert.deepEqual(await behind.kinds(), ['backdated'])
    })

    it('names an entry with a fresh time that was slipped in behind the seal', async () => {
      const log = await filled()
      const fresh = entry(actor, log.now(), { record: 'incident', recordId: 1, action: 'change', changes: {} })
      await run(log.db, journalInsert([fresh]))
      await log.tamper(`update journal set xid = '${(await log.at(2)).xid}' where id = '${fresh.id}'`)
      assert.deepEqual(await log.kinds(), ['unsealed'])
    })

    it('names a log rewritten and signed with a new key', async () => {
      const log = await filled()
      const honest = log.key
      await rewriteEntry(log, (await log.at(0)).id)
      await forgetSeal(log)
      const outside = log.sink
      log.key = readSealingKey(newSealingKeyPem())
      log.sink = { append: async () => {}, last: async () => null, all: () => outside.all() }
      await log.sealAll()
      const withNewKey = await log.verify()
      assert.deepEqual(
        withNewKey.findings.map(({ kind }) => kind),
        ['rewritten'],
      )
      assert.match(withNewKey.findings[0]?.says ?? '', /the whole log was written anew/)
      const withOldKey = await log.verify({}, [honest])
      assert.match(withOldKey.findings[0]?.says ?? '', /signed with another key/)
      log.sink = { ...log.sink, all: async function* () {} }
      assert.ok((await log.verify()).ok, 'the stated limit: database and key in one hand, and nothing kept outside')
    })

    it('names a database older than the checkpoints outside, and takes a declared loss', async () => {
      const log = await filled()
      await rollBackTo(log, 10)
      const found = await log.verify()
      assert.deepEqual(
        found.findings.map(({ kind, where }) => [kind, where.index]),
        [['rolledBack', 10]],
      )
      assert.match(
        found.findings[0]?.says ?? '',
        /15 entries were sealed on .* there are 10.*declare the loss from 10 to 15/,
      )
      await log.write(9)
      await log.sealAll()
      assert.deepEqual(await log.kinds(), ['rewritten'], 'work went on undeclared')
      await declareLoss(log.db, actor, log.now(), { from: 10, to: 15, reason: 'Backup of the night restored.' })
      await log.sealAll()
      const declared = await log.verify()
      assert.deepEqual(declared.findings, [])
      assert.equal(declared.losses[0]?.to, 15)
    })

    it('takes a clock that was set forward and back for what it is, and says so', async () => {
      const log = await filled()
      log.ms += 4 * 3_600_000
      await log.write(3)
      await log.sealAll()
      log.ms -= 4 * 3_600_000
      await log.write(3)
      await log.sealAll()
      const found = await log.verify()
      assert.deepEqual(found.findings, [])
      assert.equal(found.clock.length, 1)
      assert.equal(
        Math.round((Date.parse(found.clock[0]?.from ?? '') - Date.parse(found.clock[0]?.to ?? '')) / 3_600_000),
        4,
      )
      const old = entry(actor, '2026-03-15T08:00:02.500Z', {
        record: 'incident',
        recordId: 1,
        action: 'change',
        changes: {},
      })
      await run(log.db, journalInsert([old]))
      assert.deepEqual(await log.kinds(), ['backdated'], 'older than what the clock was set back to')
    })

    it('names a line outside that nobody can read, a checkpoint row changed, and a guard switched off', async () => {
      const log = await filled()
      const outside = log.sink
      log.sink = {
        ...outside,
        all: async function* () {
          yield* outside.all()
          yield { unreadable: 'x.log, line 4' }
        },
      }
      assert.deepEqual(await log.kinds(), ['unreadable'])
      log.sink = outside
      await log.db.query('alter table journal_2026_03 disable trigger journal_append_only')
      assert.deepEqual(await log.kinds(), ['unprotected'])
      await log.db.query('alter table journal_2026_03 enable trigger journal_append_only')
      await log.db.query('update journal_checkpoint set root = sha256(root) where size = 5')
      assert.ok((await log.kinds()).includes('changed'))
    })

    it('looks only at the newest when asked, from a checkpoint on, and stops when it is enough', async () => {
      const log = await filled()
      const newest = await log.verify({ newest: 4 })
      assert.deepEqual([newest.ok, newest.entries], [true, 5])
      await log.tamper(`update journal set actor = 9 where id = '${(await log.at(12)).id}'`)
      assert.equal((await log.verify({ newest: 4 })).findings[0]?.kind, 'changed')
      const stopped = await log.verify({ isEnough: () => true })
      assert.deepEqual([stopped.ok, stopped.isComplete, stopped.entries], [false, false, 0])
    })

    it('stays in step over many entries in many transactions when a stretch is gone', async () => {
      const log = await made()
      if (stretch !== null) log.stretch = 1024
      await log.db.copyFrom('journal', JOURNAL_COLUMNS, many(log, 45_000))
      await log.sealAll()
      await log.tamper(
        'delete from journal where id in (select entry from journal_leaf where index between 15000 and 24999)',
        `update journal set actor = 3 where id = (select entry from journal_leaf where index = 44000)`,
      )
      const found = await log.verify()
      assert.deepEqual(
        found.findings.map(({ kind, where }) => [kind, where.index]),
        [
          ['changed', 44_000],
          ['missing', 15_000],
        ],
      )
      assert.equal(found.entries, 35_000)
    })
  })
}

function* many(log: Log, count: number): Generator<readonly unknown[]> {
  for (let n = 0; n < count; n++)
    yield journalValues(
      entry(actor, log.now(), {
        record: 'incident',
        recordId: n,
        action: 'create',
        changes: { status: [null, 'new'] },
      }),
    )
}
