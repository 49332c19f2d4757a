// Bringing back a moment: exactly what was there then, what is in the way named, and nothing changed unless all is well.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { declaredLosses } from '#kit/seal/fork.ts'
import { verify } from '#kit/seal/verify.ts'
import { momentOf } from '#main/archive/to-time-command.ts'
import { sendRestored } from '#main/backup/restored-jobs.ts'
import { portsOf } from '#main/parts.ts'
import { basesOf, lineOf, walFolder } from '#platform/archive/place.ts'
import { unseal } from '#platform/archive/sealed.ts'
import { reaches } from '#platform/archive/window.ts'
import { now } from '#platform/clock.ts'
import { openJobs } from '#platform/jobs.ts'
import { Archived } from '../setup/archive.ts'
import { ownFolder } from '../setup/backup.ts'

interface BroughtBack {
  rows: number
  entries: number
  fork: { from: number; to: number } | null
  before: string | null
  missingFiles: string[]
  strangeCounts: string[]
}
const one = new Archived()
/** Moments, by what had just happened. */
const at: Record<string, string> = {}
const segments: Record<string, string> = {}
let file = ''

const jobs = () => openJobs({ connection: one.of.door, db: one.of.db })
async function presentLine(): Promise<string> {
  return (await reaches(one.root))[0]?.base.line ?? ''
}
/** Some of the log's segments lie elsewhere while `work` runs. */
async function without(names: readonly string[], work: () => void): Promise<void> {
  const line = await presentLine()
  const moved = names.map((name) => [path.join(walFolder(one.root, line), name), path.join(one.folder, name)] as const)
  for (const [from, to] of moved) renameSync(from, to)
  try {
    work()
  } finally {
    for (const [from, to] of moved) renameSync(to, from)
  }
}

before(async () => {
  await one.open()
  at['start'] = await one.moment()
  await one.base()
  const { sha256 } = await one.of.files.put(Buffer.from('a picture of the fault'), { maxBytes: 1000 })
  file = sha256
  await one.of.db.query(
    "insert into file (org, id, created_at, updated_at, name, sha256, size) values (1, 1, now(), now(), 'fault.txt', $1, 22)",
    [sha256],
  )
  await one.of.db.query(
    "insert into session (key, org, person, expires_at) values ('\\x01', 1, 1, now() + interval '1 day')",
  )
  for (const name of ['Ada', 'Bob', 'Cid']) await one.person(name)
  const queue = jobs()
  queue.define('archive-test', {}, async () => {})
  await queue.start(false)
  await one.of.db.transaction((tx) => queue.send(tx, 'archive-test', { n: 1 }, { startAfter: '2099-01-01T00:00:00Z' }))
  await queue.stop()
  await one.sealAll()
  at['three'] = await one.moment()
  segments['three'] = await one.ship()
  await one.person('Dan')
  await one.sealAll()
  at['four'] = await one.moment()
  segments['four'] = await one.ship()
  await one.of.db.query('delete from file')
  await one.base()
  await one.person('Eve')
  await one.sealAll()
  segments['five'] = await one.ship()
  await one.person('Fay') // in no segment that was ended
  await one.of.files.remove(file)
  await one.close()
})

describe('a moment', () => {
  it('is read with any offset, and anything else is refused with how to write it', () => {
    assert.equal(momentOf('2026-11-22T02:23:45+01:00'), '2026-11-22T01:23:45.000000Z')
    assert.equal(momentOf('2026-11-22 01:23:45.5Z'), '2026-11-22T01:23:45.500000Z')
    for (const text of ['2026-11-22T01:23:45', 'yesterday', '2026-13-01T00:00:00Z', ''])
      assert.throws(() => momentOf(text), /is no moment\. Write it as/)
  })
  it('outside of what the archive reaches is refused, with what can be reached', () => {
    const early = one.command('restore', '--to-time', at['start'] ?? '', '--replace')
    assert.equal(early.code, 1)
    assert.match(early.text, /cannot be reached\. What can be: 20\S+Z to 20\S+Z\. Nothing was changed/)
    const late = one.command('restore', '--to-time', '2099-01-01T00:00:00Z', '--replace')
    assert.equal(late.code, 1)
    assert.match(late.text, /still to come/)
    const unclear = one.command('restore', '--to-time', at['four'] ?? '')
    assert.equal(unclear.code, 2)
    assert.match(unclear.text, /--replace.*--into-empty.*--trial/)
  })
  it('is not put into a database in which something is, unless it is told to', async () => {
    const { code, text } = one.command('restore', '--to-time', at['four'] ?? '', '--into-empty')
    assert.equal(code, 1)
    assert.match(text, /is not empty.*--replace/)
  })
  it('is refused while somebody works in the database', async () => {
    await one.open()
    const { code, text } = one.command('restore', '--to-time', at['four'] ?? '', '--replace')
    await one.close()
    assert.equal(code, 1)
    assert.match(text, /is in use \(pilothouse/)
  })
})

describe('what is in the way of a moment', () => {
  it('is named: a segment that is missing', async () => {
    await without([segments['three'] ?? ''], () => {
      const { code, text } = one.command('restore', '--to-time', at['four'] ?? '', '--replace')
      assert.equal(code, 1)
      assert.match(text, new RegExp(`segment ${segments['three']} of the log is missing.*Nothing was changed`, 's'))
    })
  })
  it('is named: a segment that is damaged', async () => {
    const place = path.join(walFolder(one.root, await presentLine()), segments['three'] ?? '')
    const sound = readFileSync(place)
    const flipped = Buffer.from(sound)
    flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1
    writeFileSync(place, flipped)
    const { code, text } = one.command('restore', '--to-time', at['four'] ?? '', '--replace')
    writeFileSync(place, sound)
    assert.equal(code, 1, text)
    assert.match(text, new RegExp(`The segment ${segments['three']} of the log .*damaged at byte`, 's'))
  })
  it('is told of a segment that is cut off, or another one under its name', async () => {
    const place = path.join(walFolder(one.root, await presentLine()), segments['three'] ?? '')
    const sound = readFileSync(place)
    const read = (name: string) => unseal(place, { name, passphrase: null }, async () => {})
    await assert.rejects(read(segments['four'] ?? ''), /It holds "0000/)
    writeFileSync(place, sound.subarray(0, sound.length - 40))
    await assert.rejects(read(segments['three'] ?? ''), /cut off/)
    writeFileSync(place, sound)
    assert.equal((await read(segments['three'] ?? '')).bytes, 16 * 1024 * 1024)
  })
  it('leaves the database as it is, and nothing beside it', async () => {
    assert.deepEqual(
      readdirSync(one.folder).filter((name) => /^recover-|^postgres-before|^exchange/.test(name)),
      [],
    )
    await one.open()
    assert.deepEqual(await one.people(), ['Ada', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'])
    await one.close()
  })
  it('is passed by when it is the newest base backup alone: the one before does as well', async () => {
    const line = await presentLine()
    const newest = (await basesOf(one.root, line)).at(-1)?.name ?? ''
    const place = path.join(one.root, line, 'base', `${newest}.base`)
    const sound = readFileSync(place)
    await one.open()
    const moment = await one.moment()
    await one.close()
    writeFileSync(place, sound.subarray(0, sound.length >> 1))
    const tried = one.command('restore', '--to-time', moment, '--trial')
    writeFileSync(place, sound)
    assert.equal(tried.code, 0, tried.text)
    assert.match(tried.text, /cut off.*An earlier base backup is tried/s)
    assert.match(tried.text, /can be brought back/)
  })
})

describe('bringing back a moment', () => {
  it('can be tried without changing anything', async () => {
    const tried = one.told<BroughtBack>('restore', '--to-time', at['three'] ?? '', '--trial')
    assert.deepEqual([tried.fork, tried.before], [{ from: 3, to: 5 }, null])
    await one.open()
    assert.equal((await one.people()).length, 6)
    assert.deepEqual(await declaredLosses(one.of.db), [])
    await one.close()
  })
  it('shows exactly what was there then, declares what is lost, and keeps what was there beside', async () => {
    const back = one.told<BroughtBack>('restore', '--to-time', at['three'] ?? '', '--replace')
    assert.deepEqual(back.fork, { from: 3, to: 5 })
    assert.ok(back.before !== null && existsSync(path.join(one.folder, back.before, 'PG_VERSION')))
    assert.equal(back.entries, 3)
    await one.open()
    assert.deepEqual(await one.people(), ['Ada', 'Bob', 'Cid'])
    assert.deepEqual(await one.of.db.query('select 1 from session'), [], 'everybody signs in again')
    const { key, sink } = portsOf(one.of)
    assert.deepEqual(
      (await declaredLosses(one.of.db)).map(({ from, to }) => [from, to]),
      [[3, 5]],
    )
    await one.sealAll()
    const found = await verify(one.of.db, { keys: [key], outside: sink.all() }, { now })
    assert.deepEqual(found.findings, [])
  })
  it('brings back attachments that were removed since', async () => {
    const opened = await one.of.files.open(file)
    opened?.stream.destroy()
    assert.equal(opened?.size, 22)
  })
  it('sends a job that waited then once again, and no other', async () => {
    const queue = jobs()
    queue.define('archive-test', {}, async () => {})
    await queue.start(false)
    const known = new Set(['archive-test'])
    assert.deepEqual([await sendRestored(one.of.db, queue, known), await sendRestored(one.of.db, queue, known)], [1, 0])
    assert.equal((await queue.queues())[0]?.waiting, 1)
    await queue.stop()
  })
  it('begins a line of its own, from which the next moment is brought back', async () => {
    await one.base()
    await one.person('Gil')
    at['gil'] = await one.moment()
    await one.person('Hal')
    const line = await lineOf(one.archive.cluster)
    await one.close()
    const all = await reaches(one.root)
    assert.equal(all[0]?.base.line, line)
    assert.ok(all.some((reach) => reach.base.line !== line))
    one.told('restore', '--to-time', at['gil'], '--replace')
    await one.open()
    assert.deepEqual(await one.people(), ['Ada', 'Bob', 'Cid', 'Gil'])
    await one.close()
  })
  it('reaches into the line of before, what was undone included', async () => {
    one.told('restore', '--to-time', at['four'] ?? '', '--replace')
    await one.open()
    assert.deepEqual(await one.people(), ['Ada', 'Bob', 'Cid', 'Dan'])
    await one.close()
    const { dropped } = one.told<{ dropped: string[] }>('restore', '--drop-previous')
    assert.equal(dropped.length, 3)
    assert.deepEqual(
      readdirSync(one.folder).filter((name) => name.startsWith('postgres-before')),
      [],
    )
  })
})

describe('a new machine', () => {
  it('needs the archive and the passphrase alone; nothing in the archive can be read without', async () => {
    const [place, passphrase] = [path.join(ownFolder(), 'vault'), 'five random words are good']
    process.env['PILOTHOUSE_BACKUP_PASSPHRASE'] = passphrase
    try {
      const lost = new Archived({ PILOTHOUSE_ARCHIVE_TO: place })
      await lost.open()
      await lost.base()
      await lost.person('Zoe Lighthouse')
      await lost.sealAll()
      await lost.ship()
      const moment = await lost.moment()
      await lost.person('Later')
      await lost.ship()
      const secret = lost.of.secret
      await lost.close()
      for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' }))
        if (!name.endsWith('.json') && /\d{8}Z?$|\.base$/.test(name))
          assert.ok(!readFileSync(path.join(place, name)).includes('Lighthouse'), name)
      const fresh = new Archived({ PILOTHOUSE_ARCHIVE_TO: place })
      process.env['PILOTHOUSE_BACKUP_PASSPHRASE'] = 'another one that is wrong'
      const wrong = fresh.command('restore', '--to-time', moment, '--into-empty')
      assert.match(wrong.text, /passphrase is not the one/)
      process.env['PILOTHOUSE_BACKUP_PASSPHRASE'] = passphrase
      fresh.told('restore', '--to-time', moment, '--into-empty')
      await fresh.open()
      assert.deepEqual(await fresh.people(), ['Zoe Lighthouse'])
      await fresh.close()
      await fresh.open() // the keys came with the start before
      assert.deepEqual(fresh.of.secret, secret)
      await fresh.close()
    } finally {
      delete process.env['PILOTHOUSE_BACKUP_PASSPHRASE']
    }
  })
})
