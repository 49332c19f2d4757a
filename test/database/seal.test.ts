// Sealing on a real database: writers at work, two sealers, deaths between the steps, and the files that checkpoints go to.
import assert from 'node:assert/strict'
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { rootOfHashes } from '#engines/merkle.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { readNote, isSignedBy } from '#kit/seal/checkpoint.ts'
import { auditVerify } from '#kit/seal/commands.ts'
import { sealHealth } from '#kit/seal/health.ts'
import type { Verification } from '#kit/seal/verification.ts'
import { verificationProblem } from '#kit/seal/verification.ts'
import { newSealingKeyPem, readPublicKey, readSealingKey } from '#kit/seal/key.ts'
import { seal } from '#kit/seal/sealer.ts'
import { rootAt } from '#kit/seal/tree.ts'
import { run } from '#kit/sql.ts'
import { openCheckpointFiles, openSealingKey } from '#platform/checkpoint-sink.ts'
import { openDatabase } from '#platform/database.ts'
import { ownCluster } from '../setup/alone.ts'
import { actor, newLog, type Log } from './seal-log.ts'

ownCluster()

async function leaves(log: Log): Promise<Buffer[]> {
  return (await log.db.query<{ leaf: Buffer }>('select leaf from journal_leaf order by index')).map(({ leaf }) => leaf)
}
async function counts(log: Log): Promise<{ journal: number; leaf: number; checkpoint: number }> {
  const rows = await log.db.query<{ journal: number; leaf: number; checkpoint: number }>(
    'select (select count(*) from journal) as journal, (select count(*) from journal_leaf) as leaf, (select count(*) from journal_checkpoint) as checkpoint',
  )
  return rows[0] ?? { journal: 0, leaf: 0, checkpoint: 0 }
}

describe('sealing', () => {
  it('gives every entry a place and signs the root of RFC 9162 over them', async () => {
    const log = await newLog()
    await log.write(700)
    await log.sealAll()
    const [checkpoint] = await log.db.query<{ size: number; root: Buffer; note: string; sent_at: string }>(
      'select size, root, note, sent_at from journal_checkpoint order by size desc',
    )
    assert.ok(checkpoint)
    assert.equal(checkpoint.size, 700)
    assert.ok(checkpoint.root.equals(rootOfHashes(await leaves(log))))
    assert.match(
      checkpoint.note,
      /^pilothouse-[0-9a-f]{12}\n700\n[A-Za-z0-9+/]{43}=\n\n— pilothouse-[0-9a-f]{12} [A-Za-z0-9+/=]+\n$/,
    )
    assert.ok(isSignedBy(checkpoint.note, [readPublicKey(log.key.text)]))
    assert.ok(!isSignedBy(checkpoint.note.replace('\n700\n', '\n701\n'), [log.key]))
    assert.ok(!isSignedBy(checkpoint.note, [readSealingKey(newSealingKeyPem())]))
    assert.notEqual(checkpoint.sent_at, null)
  })

  it('keeps tiles of every level, so that any root is read from a few hashes', async () => {
    const log = await newLog()
    await run(
      log.db,
      journalInsert([entry(actor, log.now(), { record: 'incident', recordId: 1, action: 'change', changes: {} })]),
    )
    const copies = 66_000
    await log.db.query(
      `insert into journal (id, org, at, occurred_at, request, record, record_id, action, changes, origin, leaf) select gen_random_uuid(), 1, at, at, 'r', 'x', n, 'a', '{}', 'web', sha256(n::text::bytea) from journal, generate_series(1, ${copies - 1}) n`,
    )
    await log.sealAll()
    const all = await leaves(log)
    for (const size of [1, 255, 256, 257, 50_000, 65_535, 65_536, 65_537, copies])
      assert.ok(Buffer.from(await rootAt(log.db, size)).equals(rootOfHashes(all.slice(0, size))), String(size))
    const tiles = await log.db.query<{ n: number }>('select count(*) as n from journal_tile')
    assert.equal(tiles[0]?.n, 257 + 1)
  })

  it('signs when there is something new, and enough of it or enough time', async () => {
    const log = await newLog()
    const at = (seconds: number): string => new Date(log.ms + seconds * 1000).toISOString()
    await log.sealAll()
    assert.equal((await counts(log)).checkpoint, 0, 'an empty journal has nothing to sign')
    await log.write(1)
    await log.sealAll()
    const signedAt = log.ms
    await log.write(3)
    await settled(log, () => seal(log.db, log.key, new Date(signedAt + 5000).toISOString(), log.sink))
    assert.deepEqual([(await counts(log)).leaf, (await counts(log)).checkpoint], [4, 1], 'too soon')
    await seal(log.db, log.key, new Date(signedAt + 10_000).toISOString(), log.sink)
    assert.equal((await counts(log)).checkpoint, 2)
    await seal(log.db, log.key, at(100), log.sink)
    assert.equal((await counts(log)).checkpoint, 2, 'nothing new')
  })

  it('loses nothing of many writers, some of them slow, while it runs all the time', async () => {
    const log = await newLog()
    const over = new AbortController()
    const writers = Array.from({ length: 8 }, async (_, nth) => {
      for (let round = 0; round < 15; round++)
        await log.db.transaction(async (tx) => {
          await log.write(1, tx)
          if (round % 5 === nth % 5) await tx.query('select pg_sleep(0.05)')
          await log.write(2, tx)
        })
    })
    const sealing = (async () => {
      while (!over.signal.aborted) await log.seal()
    })()
    await Promise.all(writers)
    over.abort()
    await sealing
    await log.sealAll()
    assert.deepEqual([(await counts(log)).journal, (await counts(log)).leaf], [360, 360])
    assert.deepEqual((await log.verify()).findings, [])
  })

  it('waits for a transaction that is still open, and takes its entries when it commits', async () => {
    const log = await newLog()
    await log.db.transaction(async (tx) => {
      await log.write(2, tx)
      await log.write(3)
      assert.equal((await log.seal()).sealed, 0)
    })
    await log.sealAll()
    assert.equal((await counts(log)).leaf, 5)
  })

  it('is done by one of two sealers at once', async () => {
    const log = await newLog()
    const second = openDatabase({ connection: log.connection })
    await log.write(900)
    for (let round = 0; round < 5; round++)
      await Promise.all([
        log.seal(),
        seal(second, log.key, log.now(), log.sink),
        seal(second, log.key, log.now(), log.sink),
      ])
    await log.sealAll()
    await second.close()
    assert.equal((await counts(log)).leaf, 900)
    assert.deepEqual((await log.verify()).findings, [])
    const held = log.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(730073008)')
      return log.seal()
    })
    assert.equal((await held).isBusy, true)
  })

  it('goes on after a death between any two steps', async () => {
    const log = await newLog()
    await log.write(300)
    await log.sealAll()
    // One, or two where a transaction elsewhere on the server has split the round.
    const signed = (await counts(log)).checkpoint
    await log.write(300)
    // Died after the leaves: no checkpoint. Died after the checkpoint: not sent. Died after sending: not noted.
    await settled(log, () => seal(log.db, { ...log.key, sign: die }, log.now(), log.sink).catch(ignoreDeath))
    assert.deepEqual([(await counts(log)).leaf, (await counts(log)).checkpoint], [600, signed])
    log.ms += 60_000
    await assert.rejects(seal(log.db, log.key, log.now(), { ...log.sink, append: async () => die() }), /died/)
    assert.equal((await counts(log)).checkpoint, signed + 1)
    await assert.rejects(
      seal(log.db, log.key, log.now(), {
        ...log.sink,
        append: async (origin, checkpoint) => {
          await log.sink.append(origin, checkpoint)
          die()
        },
      }),
      /died/,
    )
    await log.sealAll()
    const unsent = await log.db.query<{ n: number }>(
      'select count(*) as n from journal_checkpoint where sent_at is null',
    )
    assert.equal(unsent[0]?.n, 0)
    const found = await log.verify()
    assert.deepEqual([found.ok, found.checkpoints, found.outside], [true, signed + 1, signed + 1])
  })

  it('signs nothing over a log whose signed part has changed', async () => {
    const log = await (await newLog()).filled()
    await log.db.query("update journal_leaf set leaf = sha256('x') where index = 3")
    await log.write(1)
    await assert.rejects(log.sealAll(), /no longer have the root that was signed.*audit verify/)
  })
})

describe('the health of the seal', () => {
  it('is good after sealing, warns when it falls behind, and is bad when the outside knows more', async () => {
    const log = await (await newLog()).filled()
    const health = (): ReturnType<typeof sealHealth> => sealHealth(log.db, log.key, log.now(), log.sink)
    const good = await health()
    assert.deepEqual(
      [good.state, good.entries, good.sealed, good.checkpoints, good.ageSeconds],
      ['good', 15, 15, 3, 3600],
    )
    await log.write(1)
    log.ms += 3 * 60_000
    assert.equal((await health()).state, 'warn')
    log.ms += 30 * 60_000
    assert.match((await health()).todo, /not sealed/)
    await log.db.query('delete from journal_leaf where index >= 12')
    const bad = await health()
    assert.equal(bad.state, 'bad')
    assert.match(bad.todo, /covers 15 entries.*12/)
  })
})

describe('what the last verification found', () => {
  it('stays on the health page until one finds the journal whole again', async () => {
    const log = await (await newLog()).filled()
    const health = (): ReturnType<typeof sealHealth> => sealHealth(log.db, log.key, log.now(), log.sink)
    const verified = (): ReturnType<typeof auditVerify> =>
      auditVerify({ db: log.db, key: log.key, sink: log.sink, now: () => log.now() }, { json: false })
    assert.equal((await health()).verifiedAt, null)
    const [row] = await log.db.query<{ id: string; reason: string | null }>(
      'select id::text, reason from journal limit 1',
    )
    const alter = (reason: string | null): Promise<unknown> =>
      log.tamper(`update journal set reason = ${reason === null ? 'null' : `'${reason}'`} where id = '${row?.id}'`)
    await alter('another')
    assert.equal((await verified()).code, 1)
    const bad = await health()
    assert.deepEqual([bad.state, bad.verifiedAt], ['bad', log.now()])
    assert.match(bad.todo, /not as it was sealed.*audit verify/)
    await alter(row?.reason ?? null)
    assert.equal((await health()).state, 'bad')
    assert.equal((await verified()).code, 0)
    assert.equal((await health()).state, 'good')
  })
  it('counts for three days', () => {
    const at = '2026-03-01T00:00:00.000Z'
    const problem = (last: Verification | null, since: string | null, now: string): string | undefined =>
      verificationProblem(last, since, now)?.state
    const whole = { at, ok: true, entries: 3, says: [] }
    assert.equal(problem(whole, at, '2026-03-03T23:00:00.000Z'), undefined)
    assert.equal(problem(whole, at, '2026-03-04T01:00:00.000Z'), 'warn')
    assert.equal(problem(null, at, '2026-03-02T00:00:00.000Z'), undefined)
    assert.equal(problem(null, at, '2026-03-05T00:00:00.000Z'), 'warn')
    assert.equal(problem(null, null, '2026-03-05T00:00:00.000Z'), undefined)
    assert.equal(problem({ ...whole, ok: false }, at, at), 'bad')
  })
})

describe('checkpoint files and key', () => {
  it('grow by whole lines, also after half a line of a crash', async () => {
    const log = await (await newLog()).filled(1)
    const place = path.join(log.folder, 'checkpoints', `${log.key.origin}.log`)
    assert.equal((await stat(place)).mode & 0o777, 0o600)
    await appendFile(place, '{"at":"2026')
    await log.write(1)
    await log.sealAll()
    const lines = (await readFile(place, 'utf8')).trimEnd().split('\n')
    assert.equal(lines.length, 3)
    assert.equal(readNote((JSON.parse(lines[2] ?? '') as { note: string }).note)?.size, 6)
    assert.equal(readNote((await log.sink.last(log.key.origin))?.note ?? '')?.size, 6)
    assert.deepEqual(await log.kinds(), ['unreadable'])
    assert.equal(await openCheckpointFiles(path.join(log.folder, 'none')).last('x'), null)
  })

  it('make a key once, for this account only, and take another place by name', async () => {
    const { folder } = await newLog()
    const data = path.join(folder, 'data')
    const key = openSealingKey(data, undefined)
    assert.equal(openSealingKey(data, ' ').text, key.text)
    assert.equal((await stat(path.join(data, 'seal-key.pem'))).mode & 0o777, 0o600)
    const other = path.join(folder, 'other.pem')
    assert.throws(() => openSealingKey(data, other), /PILOTHOUSE_SEAL_KEY: there is no file/)
    await writeFile(other, newSealingKeyPem())
    assert.notEqual(openSealingKey(data, other).text, key.text)
    await writeFile(other, 'nonsense')
    assert.throws(() => openSealingKey(data, other), /not an Ed25519 private key/)
    assert.throws(() => readPublicKey('x+00000000+AQ'), /not the public key/)
    assert.throws(() => readPublicKey(key.text.replace(/\+[0-9a-f]{8}\+/, '+00000000+')), /not the public key/)
  })
})

/** Repeats a step until nothing waits: other databases of the server may hold entries back for a moment. */
async function settled(log: Log, step: () => Promise<unknown>): Promise<void> {
  for (;;) {
    await step()
    const { journal, leaf } = await counts(log)
    if (journal === leaf) return
    await new Promise((done) => setTimeout(done, 20))
  }
}
function die(): never {
  throw new Error('died')
}
function ignoreDeath(error: unknown): void {
  assert.match(String(error), /died/)
}
