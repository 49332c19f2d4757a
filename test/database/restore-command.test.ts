// `restore` and `move` as somebody types them: to PostgreSQL 15 and back, out of S3 storage, over what is there; refused and broken off as well.
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#kit/database.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder, passphrase, smallInstallation } from '../setup/backup.ts'
import { caller } from '../setup/call.ts'
import { atEnd } from '../setup/database.ts'
import { type External, postgres15Missing, startExternal } from '../setup/external.ts'
import { freePort } from '../setup/port.ts'
import { unlessMissing } from '../setup/peers.ts'
import { Product, type Ran } from '../setup/product.ts'
import { startS3 } from '../setup/s3.ts'

const missing = unlessMissing(await postgres15Missing())
const folder = ownFolder()
let port = 0
let token = ''
let external: External
/** Rows by table, of what is worth comparing. */
type Counts = Record<string, number>
let counts: Counts = {}

const here = (more: Record<string, string> = {}): Product => new Product(folder, port, more)
before(async () => {
  port = await freePort()
  assert.equal(here().command(['demo', 'load', '--scale', '100']).code, 0)
  token = here().setUp()
  counts = await countedIn(folder)
  assert.ok((counts['incident'] ?? 0) > 80 && (counts['person'] ?? 0) > 500, JSON.stringify(counts))
  if (missing === false) external = await startExternal()
  atEnd(async () => (await startEmbedded(folder)).stop())
})

async function countedIn(place: string): Promise<Counts> {
  const server = await startEmbedded(place)
  const db = openDatabase({ connection: server.superuserConnection })
  return counted(db).finally(async () => {
    await db.close()
    await server.stop()
  })
}
async function counted(db: Database): Promise<Counts> {
  const tables = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname !~ '^(installation_setting|backup|session|idempotency|journal_(verification|checkpoint|leaf|tile))$'`,
  )
  const found: Counts = {}
  for (const { name } of tables)
    found[name] = (await db.query<{ n: number }>(`select count(*)::int as n from "${name}"`))[0]?.n ?? -1
  return found
}
async function countedAt(url: string): Promise<Counts> {
  const db = openDatabase({ connection: { connectionString: url } })
  return counted(db).finally(() => db.close())
}
const verified = (product: Product): void => {
  const { code, text } = product.command(['audit', 'verify'])
  assert.equal(code, 0, text)
  assert.match(text, /The journal is whole/)
}
/** Ends it, as a power cut does, as soon as it has said so. */
function killedAt(words: RegExp): (child: ChildProcess) => void {
  return (child) => child.stderr?.on('data', (chunk: Buffer) => words.test(chunk.toString()) && child.kill('SIGKILL'))
}
const refused = (ran: Ran, because: RegExp): void => {
  assert.equal(ran.code, 1, ran.text)
  assert.match(ran.text, because)
}

describe('pilothouse move', { skip: missing }, () => {
  it('that is ended in the middle leaves the old database in use, and can be made again', async () => {
    for (const moment of [/reading/, /loading the rows/, /making the indexes/, /verifying the seal/]) {
      const ran = await here({ PILOTHOUSE_MOVE_TO: external.url }).run(['move'], killedAt(moment))
      assert.equal(ran.code, null, `${moment}: ${ran.text}`)
      verified(here())
    }
    assert.deepEqual(await countedIn(folder), counts)
  })
  it('goes to PostgreSQL 15 with every row and the seal, and the old database refuses to be worked in', async () => {
    const ran = here({ PILOTHOUSE_MOVE_TO: external.url }).command(['move'])
    assert.equal(ran.code, 0, ran.text)
    assert.match(
      ran.text,
      /Moved from the embedded database .*every count equal, the seal over [\d,]+ entries verified/s,
    )
    assert.deepEqual(await countedAt(external.url), counts)
    verified(here({ DATABASE_URL: external.url }))
    refused(here().command(['backup', 'list']), /This database was moved to .*127\.0\.0\.1/)
    const moved = here({ DATABASE_URL: external.url })
    await moved.start()
    const answer = await caller(moved.url)('GET', '/incidents?limit=1', { token })
    await moved.kill('SIGTERM')
    assert.equal(answer.status, 200, answer.text)
  })
  it('refuses a database that is not empty, and changes nothing', async () => {
    const other = await startExternal()
    const db = openDatabase({ connection: { connectionString: other.url } })
    await db.query('create table letters (text text)')
    await db.query("insert into letters values ('mine')")
    await db.close()
    refused(here({ DATABASE_URL: external.url, PILOTHOUSE_MOVE_TO: other.url }).command(['move']), /is not empty/)
    assert.deepEqual(await countedAt(other.url), { letters: 1 })
    verified(here({ DATABASE_URL: external.url }))
    await other.stop()
  })
  it('comes back into the data folder, and the external one refuses', async () => {
    const ran = here({ DATABASE_URL: external.url }).command(['move', '--to', 'embedded'])
    assert.equal(ran.code, 0, ran.text)
    const back = await countedIn(folder)
    assert.deepEqual(back, counts)
    verified(here())
    refused(here({ DATABASE_URL: external.url }).command(['backup', 'list']), /This database was moved to/)
  })
})

describe('pilothouse restore', () => {
  const secret = { PILOTHOUSE_BACKUP_PASSPHRASE: passphrase }
  it('brings an installation back from S3 storage on another machine, with its keys, and it starts', async () => {
    const s3 = { ...(await startS3('safe')), ...secret }
    const made = await here(s3).run(['backup', '--to', 's3://safe/harbour', '--json', '--quiet'])
    assert.equal(made.code, 0, made.text)
    const { name } = JSON.parse(made.text) as { name: string }
    const away = new Product(ownFolder(), await freePort(), s3)
    atEnd(async () => (await startEmbedded(away.folder)).stop())
    const restored = await away.run(['restore', `s3://safe/harbour/${name}`, '--into-empty'])
    assert.equal(restored.code, 0, restored.text)
    assert.match(restored.text, /every count as in the backup, the seal over [\d,]+ entries verified/)
    assert.deepEqual(await countedIn(away.folder), counts)
    await away.start()
    const answer = await caller(away.url)('GET', '/incidents?limit=1', { token })
    await away.kill('SIGTERM')
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(readFileSync(path.join(away.folder, 'secret')), readFileSync(path.join(folder, 'secret')))
    refused(await away.run(['restore', 's3://safe/harbour/pilothouse-20200101T000000Z.backup', '--replace']), /There is no pilothouse-2020/) // oxfmt-ignore
  })
  it('refuses a file that is damaged, cut off, of a newer program, or put where something is, and changes nothing', async () => {
    const place = path.join(folder, 'kept')
    assert.equal(here().command(['backup', '--to', place, '--quiet']).code, 0)
    const good = path.join(place, readdirSync(place)[0] ?? '')
    const [damaged, cut, newer] = ['damaged', 'cut', 'newer'].map((name) => path.join(place, `${name}.backup`)) as [string, string, string] // oxfmt-ignore
    const bytes = readFileSync(good)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4
    writeFileSync(damaged, bytes)
    copyFileSync(good, cut)
    truncateSync(cut, bytes.length - 700)
    const small = await smallInstallation()
    await small.report(1)
    await small.sealAll()
    await small.db.query("insert into schema_migration (name, checksum) values ('kit/29990101-0001-future', 'x')")
    await small.backUp(newer)
    const tries: [string, RegExp][] = [
      [damaged, /damaged/],
      [cut, /cut off/],
      [newer, /made by a newer Pilothouse .*kit\/29990101-0001-future/],
    ]
    const empty = new Product(ownFolder(), port)
    atEnd(async () => (await startEmbedded(empty.folder)).stop())
    for (const [file, because] of tries) {
      refused(here().command(['restore', file, '--replace']), because)
      refused(empty.command(['restore', file, '--into-empty']), because)
    }
    refused(here().command(['restore', good, '--into-empty']), /is not empty.*--replace/)
    assert.deepEqual(await countedIn(folder), counts)
    verified(here())
    assert.equal(empty.command(['restore', good, '--into-empty']).code, 0)
  })
  it('that is ended in the middle leaves what was there', async () => {
    const good = path.join(folder, 'kept', readdirSync(path.join(folder, 'kept')).find((name) => name.startsWith('pilothouse')) ?? '') // oxfmt-ignore
    for (const moment of [/loading the rows/, /making the indexes/, /verifying the seal/, /exchanging/]) {
      const ran = await here().run(['restore', good, '--replace'], killedAt(moment))
      assert.equal(ran.code, null, ran.text)
      verified(here())
      assert.deepEqual(await countedIn(folder), counts)
    }
  })
  it('declares what is lost in the journal, which verifies, and the product goes on', async () => {
    const sealed = (): { name: string; entries: number } => {
      const { code, text } = here().command(['backup', '--to', path.join(folder, 'fork'), '--json', '--quiet'])
      assert.equal(code, 0, text)
      return JSON.parse(text) as { name: string; entries: number }
    }
    const first = sealed()
    assert.equal(here().command(['user', 'add', '--email', 'bob@harbour.test', '--name', 'Bob', '--role', 'agent', '--password-stdin'], 'seven sailors mend eleven nets\n').code, 0) // oxfmt-ignore
    // Checkpoints are ten seconds apart at least.
    for (const until = Date.now() + 60_000; sealed().entries === first.entries; await sleep(2_000))
      assert.ok(Date.now() < until, 'the new entries were never sealed')
    const ran = here().command(['restore', path.join(folder, 'fork', first.name), '--replace', '--reason', 'a bad day'])
    assert.equal(ran.code, 0, ran.text)
    assert.match(
      ran.text,
      new RegExp(`entries ${first.entries} to \\d+ of the journal. This is declared in the journal`),
    )
    assert.match(ran.text, /kept as the database "pilothouse_before_/)
    const { code, text } = here().command(['audit', 'verify'])
    assert.equal(code, 0, text)
    assert.match(text, /a bad day/)
    const product = here()
    await product.start()
    const people = await caller(product.url)('GET', '/persons?filter=name:Bob', { token })
    await product.kill('SIGTERM')
    assert.equal(people.status, 200, people.text)
    assert.match(here().command(['restore', '--drop-previous']).text, /Dropped: .*pilothouse_before_/)
  })
})
