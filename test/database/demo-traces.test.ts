// After `demo remove` no file of the data folder holds anything of the demonstration: not the database's pages, its log or its samples, no archive, no file.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { incident } from '#desk'
import { Archived } from '../setup/archive.ts'

/** Random, and in many rows, so that no compression hides it. */
const CANARY = 'zqKv7RtW9pXb'
const one = new Archived()

/** Files that hold the canary. */
function holding(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(folder, name)
    return statSync(file).isFile() && readFileSync(file).includes(CANARY)
  })
}
/** The files of the log, by what stays when they are renamed. */
function segments(): string[] {
  const folder = path.join(one.folder, 'postgres/pg_wal')
  return readdirSync(folder).flatMap((name) => (name.length === 24 ? [fileOf(statSync(path.join(folder, name)))] : []))
}
const fileOf = ({ ino, birthtimeMs }: { ino: number; birthtimeMs: number }): string => `${ino} ${birthtimeMs}`
async function live(): Promise<void> {
  const { db, files, store } = one.of
  const actor = system(1, 'cli-test')
  for (let nth = 0; nth < 300; nth++)
    await store.create(actor, store.catalogue.get(incident.name), { subject: `${nth} ${CANARY} is broken`, impact: 'person', urgency: 'high', requester: 1, description: `${CANARY}${nth}`.repeat(3) }) // oxfmt-ignore
  const { sha256 } = await files.put(Buffer.from(`a picture of ${CANARY}`), { maxBytes: 1000 })
  await db.query(
    "insert into file (org, id, created_at, updated_at, name, sha256, size) values (1, 900001, now(), now(), 'fault.txt', $1, 22)",
    [sha256],
  )
  await db.query(`update organisation set name = $1 where id = 1`, [`${CANARY} works`])
  await db.query('analyze incident') // the planner keeps samples
  await assert.rejects(db.query(`insert into organisation (id, name) values (1, '${CANARY}')`), /duplicate/) // the server writes it into its own log
  await one.sealAll()
  await one.base()
  await one.ship()
}

describe('the data folder after demo remove', () => {
  it('holds the demonstration in no file', async (test) => {
    assert.equal(one.command('demo', 'load', '--scale', '100').code, 0)
    await one.open({ isEmpty: true })
    await live()
    assert.equal(one.command('backup', '--quiet').code, 0)
    await one.close()
    const before = holding(one.folder)
    const places = new Set(before.map((name) => name.split('/').slice(0, 2).join('/')))
    for (const place of ['postgres/base', 'postgres-logs']) assert.ok([...places].some((name) => name.startsWith(place)), `${place} is not among ${[...places].join(', ')}`) // oxfmt-ignore
    assert.ok(before.some((name) => name.startsWith('files/')))
    const lines = readdirSync(path.join(one.folder, 'archive'))
    const log = segments()
    assert.ok(lines.length > 1 && existsSync(path.join(one.folder, 'checkpoints')))

    const began = performance.now()
    const removed = one.command('demo', 'remove', '--yes')
    test.diagnostic(`removed in ${Math.round(performance.now() - began)} ms`)
    assert.equal(removed.code, 0, removed.text)
    assert.match(removed.text, /archive of the log was emptied/)
    assert.deepEqual(holding(one.folder), [])
    // Most of the log is compressed: each of its files is another one now, also under another name.
    assert.deepEqual(
      segments().filter((file) => log.includes(file)),
      [],
    )
    assert.deepEqual(
      readdirSync(path.join(one.folder, 'archive')).filter((name) => lines.includes(name)),
      [],
    )
    assert.deepEqual(
      readdirSync(one.folder).filter((name) => name.startsWith('checkpoints')),
      [],
    )
    assert.deepEqual(readdirSync(path.join(one.folder, 'files')), [])
    assert.deepEqual(readdirSync(path.join(one.folder, 'backups')), [])
  })
  it('is one in which somebody can begin, with a log that is archived anew', async () => {
    await one.open()
    await one.person('Ada')
    await one.sealAll()
    await one.base()
    const at = await one.moment()
    await one.ship()
    await one.close()
    assert.equal(one.command('audit', 'verify').code, 0)
    const trial = one.command('restore', '--to-time', at, '--trial')
    assert.equal(trial.code, 0, trial.text)
  })
})
