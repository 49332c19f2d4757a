// The archive of the log: what reaches it, what happens when it cannot be written, what is kept, and what a crash leaves.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { baseDue } from '#main/archive/base.ts'
import { archiveItem } from '#main/archive/health.ts'
import { keepArchive, shipAll } from '#main/archive/keeper.ts'
import { bringFiles, forgetFiles } from '#platform/archive/attachments.ts'
import { basesOf, lineOf, segmentsOf, walFolder } from '#platform/archive/place.ts'
import { giveUpOldest, waiting } from '#platform/archive/ship.ts'
import { pruneArchive, reaches, windows } from '#platform/archive/window.ts'
import { openFiles } from '#platform/files.ts'
import { now } from '#platform/clock.ts'
import { settingsFile } from '#platform/postgres/settings.ts'
import { ROOT } from '#main/root.ts'
import { Archived } from '../setup/archive.ts'
import { ownFolder } from '../setup/backup.ts'

const one = new Archived()
const line = async (): Promise<string> => (await lineOf(one.archive.cluster)) ?? ''
const wal = async (): Promise<string> => walFolder(one.root, await line())
/** An instant that is a day later than every rest after a failure. */
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString()
const inAnHour = (): string => new Date(Date.now() + 2 * 3_600_000).toISOString()

before(() => one.open())

describe('the archive', () => {
  it('wants a base backup first, and says so', async () => {
    assert.equal(await baseDue(one.archive, now()), 'there is none of this database yet')
    const item = await archiveItem(one.of)
    assert.equal(item.state, 'warn')
    assert.match(item.todo, /pilothouse archive base/)
    await one.base()
    assert.equal(await baseDue(one.archive, now()), null)
  })
  it('takes each segment once, small, and the server needs it no more', async () => {
    await one.person('Ada')
    const name = await one.handOver()
    assert.ok((await waiting(one.archive.spool)).some((file) => file.name === name))
    await Promise.all([shipAll(one.archive), shipAll(one.archive)])
    assert.deepEqual(await waiting(one.archive.spool), [])
    const bytes = readFileSync(path.join(await wal(), name)).length
    assert.ok(bytes < 2_000_000, `${bytes} bytes of a segment that is nearly empty`)
    const item = await archiveItem(one.of)
    assert.equal(item.state, 'good', item.todo)
    assert.match(item.value, /^any moment from 20.* to 20.*, last archived 0 min ago, \d+ MB$/)
  })
  it('ends a segment after a while although it is not full', async () => {
    const keeper = keepArchive(one.archive, { everyMs: 3_600_000, cutMs: 0 })
    const count = async (): Promise<number> => (await segmentsOf(one.root, await line())).length
    await one.person('Bob')
    const had = await count()
    await keeper.tick()
    await one.handOver()
    await keeper.tick()
    assert.ok((await count()) > had)
    await keeper.stop()
  })
  it('begins a new line when the server writes another history under a name that is there', async () => {
    const [before, name] = [await line(), (await segmentsOf(one.root, await line())).at(-1) ?? '']
    const kept = readFileSync(path.join(await wal(), name))
    writeFileSync(path.join(one.archive.spool, name), Buffer.alloc(16 * 1024 * 1024, 7))
    await shipAll(one.archive)
    assert.notEqual(await line(), before)
    assert.deepEqual(readFileSync(path.join(walFolder(one.root, before), name)), kept)
    assert.equal(await baseDue(one.archive, now()), 'there is none of this database yet')
    rmSync(path.join(await wal(), name))
    await one.base()
    assert.equal(await baseDue(one.archive, now()), null)
  })
})

describe('an archive that cannot be written', () => {
  it('stops nothing, is told with the reason, and goes on by itself once it is mended', async () => {
    const folder = await wal()
    const keeper = keepArchive(one.archive, { everyMs: 3_600_000, cutMs: null })
    const aside = path.join(one.folder, 'aside')
    renameSync(folder, aside)
    writeFileSync(folder, 'in the way')
    await one.person('Cid')
    const name = await one.handOver()
    await keeper.tick()
    await keeper.tick()
    const item = await archiveItem(one.of)
    assert.equal(item.state, 'bad')
    assert.match(item.todo, /the log cannot be written to .*(ENOTDIR|EEXIST).*Pilothouse works on/s)
    assert.match(one.command('archive').text, /It does not work at present: E/)
    await one.person('Dan')
    assert.ok(
      (await waiting(one.archive.spool)).some((file) => file.name === name),
      'it waits',
    )
    rmSync(folder)
    renameSync(aside, folder)
    await keeper.tick()
    await keeper.stop()
    assert.equal((await archiveItem(one.of)).state, 'good')
    assert.ok(existsSync(path.join(folder, name)))
  })
  it('does not fill the disk of the data: the oldest is given up, the gap is named, a new base backup is due', async () => {
    await one.ship()
    const names: string[] = []
    for (let nth = 0; nth < 3; nth++) {
      await one.person(`Eve ${nth}`)
      names.push(await one.handOver())
    }
    const gone = await giveUpOldest(one.archive.spool, 2 * 16 * 1024 * 1024)
    assert.deepEqual(gone, [names[0]])
    await shipAll(one.archive)
    const item = await archiveItem(one.of)
    assert.equal(item.state, 'warn')
    assert.match(item.todo, new RegExp(`The segment ${names[0]} of the log is missing`))
    assert.match((await baseDue(one.archive, now())) ?? '', new RegExp(`${names[0]} of the log is missing`))
    await one.base()
    assert.equal(await baseDue(one.archive, now()), null)
    assert.equal((await archiveItem(one.of)).state, 'good')
    assert.equal(windows(await reaches(one.root)).length, 3) // before the gap, after it, and the line of before
  })
  it('is told when the server itself cannot hand over', async () => {
    const { spool } = one.archive
    renameSync(spool, `${spool}.aside`)
    writeFileSync(spool, '')
    try {
      await one.person('Fay')
      await assert.rejects(Promise.race([one.handOver(), failing()]), /it fails/)
      const item = await archiveItem(one.of)
      assert.equal(item.state, 'bad')
      assert.match(item.todo, /cannot hand over its log.*postgres-logs/)
    } finally {
      rmSync(spool)
      renameSync(`${spool}.aside`, spool)
    }
  })
})
/** Rejects as soon as the server says that it could not hand over a segment. */
async function failing(): Promise<never> {
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    const rows = await one.of.db.query<{ n: number }>(
      'select 1 as n from pg_stat_archiver where last_failed_time > coalesce(last_archived_time, $1)',
      [new Date(0).toISOString()],
    )
    if (rows.length > 0) throw new Error('it fails')
    await new Promise((go) => setTimeout(go, 100))
  }
  throw new Error('The server did not say that it fails.')
}

describe('a base backup', () => {
  it('that is killed at any moment counts as none, and the next one clears up', async () => {
    const had = (await basesOf(one.root, await line())).length
    const folder = path.join(one.root, await line(), 'base')
    for (const delayMs of [0, 60, 250]) {
      const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), 'archive', 'base'], {
        env: { ...process.env, PILOTHOUSE_DATA: one.folder, DATABASE_URL: '' },
        stdio: 'ignore',
      })
      const gone = once(child, 'exit')
      // From the moment on when it writes.
      for (const until = Date.now() + 60_000; !readdirSync(folder).some((name) => name.includes('.partial-'));) {
        if (Date.now() > until || child.exitCode !== null) break
        await new Promise((go) => setTimeout(go, 2))
      }
      await new Promise((go) => setTimeout(go, delayMs))
      child.kill('SIGKILL')
      await gone
    }
    const whole = (await basesOf(one.root, await line())).length
    assert.ok(whole - had <= 3)
    writeFileSync(path.join(folder, '20200101T000000Z.base'), 'half')
    await one.base()
    assert.equal((await basesOf(one.root, await line())).length, whole + 1)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('partial') || name.startsWith('2020')),
      [],
    )
    const left = await one.of.db.query(
      "select 1 from pg_stat_activity where application_name = 'pilothouse base backup'",
    )
    assert.deepEqual(left, [])
  })
  it('is due again after a third of the window', async () => {
    assert.equal(await baseDue(one.archive, tomorrow()), null)
    assert.equal(
      await baseDue(one.archive, new Date(Date.now() + 2.1 * 86_400_000).toISOString()),
      'the newest is old enough',
    )
  })
})

describe('what is kept', () => {
  it('is the window and what it needs: never less than one base backup with all of its log', async () => {
    await one.person('Gil')
    await one.ship()
    const moment = await one.moment()
    await one.person('Hal')
    await one.ship()
    const own = await line()
    const removed = await pruneArchive({ root: one.root, line: own, since: inAnHour() })
    const [base, ...more] = await basesOf(one.root, own)
    assert.deepEqual(more, [])
    assert.ok(removed.length > 0)
    const left = await segmentsOf(one.root, own)
    assert.equal(left[0], base?.first)
    assert.equal((await reaches(one.root)).length, 1, 'the line of before is gone as well')
    assert.deepEqual(await pruneArchive({ root: one.root, line: own, since: inAnHour() }), [])
    await one.close()
    const tried = one.command('restore', '--to-time', moment, '--trial')
    assert.equal(tried.code, 0, tried.text)
    await one.open()
  })
  it('keeps a removed attachment as long as a moment of the window may refer to it', async () => {
    const [root, from] = [ownFolder(), ownFolder()]
    const files = openFiles(from)
    const { sha256 } = await files.put(Buffer.from('a picture'), { maxBytes: 100 })
    const parts = { root, from, now, program: 'test', box: null }
    assert.equal(await bringFiles(parts, [sha256, sha256, 'no name']), 1)
    const day = 86_400_000
    const forget = (at: number) => forgetFiles({ root, from, now: new Date(at).toISOString(), keepMs: 7 * day })
    const begin = Date.now()
    assert.equal(await forget(begin + 30 * day), 0, 'it is still in use')
    await files.remove(sha256)
    assert.equal(await forget(begin + 31 * day), 0)
    assert.equal(await forget(begin + 38 * day - 1), 0)
    await files.put(Buffer.from('a picture'), { maxBytes: 100 })
    assert.equal(await forget(begin + 39 * day), 0, 'it is in use again')
    await files.remove(sha256)
    assert.equal(await forget(begin + 40 * day), 0)
    assert.equal(await forget(begin + 48 * day), 1)
  })
})

describe('a server without the module that archives', () => {
  it('does the same with the shell: whole, once, and never over something else', () => {
    const folder = path.join(ownFolder(), "it's 100%")
    mkdirSync(folder)
    const place = { socketFolder: '/s', logFolder: '/l', ownSettings: null, archive: { folder, hasModule: false } }
    const said = /^archive_command = '(.*)'$/m.exec(settingsFile(18, place))?.[1] ?? ''
    // As PostgreSQL reads it (manual, 19.1.2 and 25.3.1).
    const command = said.replaceAll("''", "'").replaceAll('\\\\', '\\')
    const run = (source: string): number | null => {
      const text = command.replaceAll(/%([%pf])/g, (_, letter: string) => ({ '%': '%', p: source, f: 'segment' })[letter] ?? '') // oxfmt-ignore
      return spawnSync('/bin/sh', ['-c', text], { cwd: path.dirname(folder) }).status
    }
    writeFileSync(path.join(path.dirname(folder), 'one'), 'first')
    writeFileSync(path.join(path.dirname(folder), 'two'), 'second')
    assert.equal(run('one'), 0)
    assert.equal(readFileSync(path.join(folder, 'segment'), 'utf8'), 'first')
    assert.deepEqual(readdirSync(folder), ['segment'])
    assert.equal(run('one'), 0, 'the same again')
    assert.notEqual(run('two'), 0, 'something else')
    assert.equal(readFileSync(path.join(folder, 'segment'), 'utf8'), 'first')
    assert.notEqual(run('none'), 0)
  })
})
