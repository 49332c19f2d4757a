// Backups under fault and load: nothing acknowledged is missing, and nothing half-made is left, whenever it is ended.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '#main/root.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { storeOf } from '#platform/backup/store.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { atEnd } from '../setup/database.ts'
import { ownFolder, smallInstallation } from '../setup/backup.ts'

const ROUNDS = 20
let folder = ''
const environment = () => ({ ...process.env, PILOTHOUSE_DATA: folder, DATABASE_URL: '' })
const command = (...words: string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, 'src/main.ts'), ...words], { env: environment(), encoding: 'utf8' })
/** Ends the process, with everything it began itself, after so many milliseconds. */
async function killedAfter(ms: number, ...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), ...words], {
    env: environment(),
    stdio: 'ignore',
  })
  const over = new Promise((done) => child.once('exit', done))
  await Promise.race([sleep(ms), over])
  child.kill('SIGKILL')
  await over
}
/** Something to copy for a second or two. */
async function enlarge(): Promise<void> {
  const server = await startEmbedded(folder)
  const db = openDatabase({ connection: server.connection })
  await db.query(
    `insert into tally_delta select 1, 'person', repeat(md5(n::text), 20), n::text, 1 from generate_series(1, 200000) n`,
  )
  await db.close()
  await server.stop()
}

before(async () => {
  folder = ownFolder()
  const loaded = command('demo', 'load', '--scale', '1000')
  assert.equal(loaded.status, 0, loaded.stderr)
  await enlarge()
  atEnd(async () => {
    const server = await startEmbedded(folder)
    await server.stop()
  })
})

describe('a backup', () => {
  it(`that is killed at ${ROUNDS} moments leaves no file under its name, and the next one clears up`, async () => {
    const place = path.join(folder, 'killed')
    for (let round = 0; round < ROUNDS; round++) {
      await killedAfter(300 + round * 120, 'backup', '--to', place, '--quiet')
      const names = readdirSync(folder).includes('killed')
        ? readdirSync(place).filter((name) => !name.startsWith('.'))
        : []
      for (const name of names) {
        const { store } = storeOf(path.join(place, name), process.env)
        const none = async (): Promise<void> => {}
        await (await openBackup(store.open(name), () => null)).read({ begin: none, data: none, finish: none })
      }
    }
    const last = command('backup', '--to', place)
    assert.equal(last.status, 0, last.stderr)
    assert.deepEqual(
      readdirSync(place).filter((name) => name.startsWith('.')),
      [],
    )
  })
  it('that meets a full disk says so, leaves nothing, and the next one works', () => {
    const place = path.join(folder, 'small-disk')
    mkdirSync(place)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place])
    if (mounted.status !== 0) return assert.ok(process.getuid?.() !== 0, 'root can mount a small disk')
    try {
      const full = command('backup', '--to', place)
      assert.equal(full.status, 1)
      assert.match(full.stderr, /ENOSPC|no space/i)
      assert.deepEqual(readdirSync(place), [])
    } finally {
      spawnSync('umount', [place])
    }
    assert.equal(command('backup', '--to', path.join(folder, 'large-disk'), '--quiet').status, 0)
  })
  it('made under write load has every write that was acknowledged before it began, and its restore verifies', async () => {
    const small = await smallInstallation()
    let acknowledged = 0
    let isOver = false
    const writers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await small.report(1)
        acknowledged++
      }
    })
    await sleep(1500)
    const atLeast = acknowledged
    await small.sealAll()
    const file = path.join(small.folder, 'load.backup')
    const made = await small.backUp(file)
    isOver = true
    await Promise.all(writers)
    const persons = made.manifest.parts.find(({ name }) => name === 'person')?.items ?? 0
    const entries = made.manifest.parts
      .filter(({ name }) => name.startsWith('journal_2'))
      .reduce((sum, { items }) => sum + items, 0)
    assert.ok(persons >= atLeast && persons <= acknowledged, `${persons} of ${atLeast} to ${acknowledged}`)
    assert.equal(entries, persons) // no half transaction: a person and its entry are one commit
    const { prove } = await import('#main/backup/prove.ts')
    const { store, name } = storeOf(file, process.env)
    const proven = await prove({
      store,
      name,
      passphrase: null,
      folder: small.folder,
      binaries: null,
      seal: { keys: [small.key], sink: small.sink, now: () => new Date().toISOString() },
      say: () => {},
    })
    assert.equal(proven.entries, made.header.seal.size)
  })
})

describe('a restore', () => {
  it(`that is killed at ${ROUNDS / 2} moments changes nothing, and the next one drops what it left`, async () => {
    const place = path.join(folder, 'good')
    assert.equal(command('backup', '--to', place, '--quiet').status, 0)
    const file = path.join(place, readdirSync(place)[0] ?? '')
    for (let round = 0; round < ROUNDS / 2; round++) {
      await killedAfter(400 + round * 250, 'restore', file, '--replace', '--quiet')
      const verified = command('audit', 'verify')
      assert.equal(verified.status, 0, verified.stdout + verified.stderr)
    }
    const restored = command('restore', file, '--replace', '--quiet')
    assert.equal(restored.status, 0, restored.stderr)
    const server = await startEmbedded(folder)
    const db = openDatabase({ connection: server.superuserConnection })
    const names = await db.query<{ datname: string }>(
      `select datname from pg_database where datname like '%restoring%'`,
    )
    await db.close()
    await server.stop()
    assert.deepEqual(names, [])
  })
})
