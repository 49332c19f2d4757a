// Backups by the clock, in the running product: one appears by itself and is proven, what fails is shown and told, the next run mends it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HealthItem } from '#kit/routes/admin.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { ownFolder } from '../setup/backup.ts'
import { caller } from '../setup/call.ts'
import { atEnd } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'
import { startS3 } from '../setup/s3.ts'
import { settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'

interface Backup {
  state: string
  name: string
  proof: string | null
  because: string | null
}
/** The schedule looks once a minute; then a copy and a whole restore, on a loaded machine. */
const PATIENCE_MS = 240_000
const folder = ownFolder()
const place = path.join(folder, 'kept')
let product: Product
let smtp: Smtp
let token = ''

before(async () => {
  smtp = await startSmtp()
  // Due since a minute ago: so the first look finds it.
  const at = new Date(Date.now() - 60_000).toISOString().slice(11, 16)
  product = new Product(folder, await freePort(), { PILOTHOUSE_BACKUP_TO: place, PILOTHOUSE_BACKUP_AT: at })
  atEnd(async () => {
    await product.kill('SIGTERM')
    await (await startEmbedded(folder)).stop()
  })
  token = product.setUp()
  await product.start()
  await ask('PUT', '/admin/mail', { settings: settingsOf(smtp), password: SMTP_PASSWORD })
})

async function ask<T>(method: string, address: string, body?: unknown): Promise<T> {
  const answer = await caller(product.url)(method, address, { token, body })
  assert.ok(answer.status < 300, answer.text)
  return answer.body as T
}
const backups = async (): Promise<Backup[]> => (await ask<{ items: Backup[] }>('GET', '/admin/backups')).items
async function line(): Promise<HealthItem> {
  const found = (await ask<{ items: HealthItem[] }>('GET', '/admin/health')).items.find(({ name }) => name === 'Backup')
  assert.ok(found !== undefined)
  return found
}
async function until<T>(what: string, look: () => Promise<T | false | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    const found = await look().catch((error: unknown) => {
      throw new Error(`${what}: ${product.exitCode === null ? '' : `the product has ended:\n${product.said.slice(-3000)}`}`, { cause: error }) // oxfmt-ignore
    })
    if (found !== false && found !== undefined) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS} ms. ${JSON.stringify(await backups())}`)
  }
}
/** As if a day had passed since all that stands in the book, and in what was told. */
async function aDayLater(): Promise<void> {
  const server = await startEmbedded(folder)
  const db = openDatabase({ connection: server.superuserConnection })
  await db.query(
    `update backup set started_at = started_at - interval '1 day', ended_at = ended_at - interval '1 day', proven_at = proven_at - interval '1 day'`,
  )
  await db.close()
}
const mails = async (): Promise<string[]> => Promise.all(smtp.received.map(async (_, nth) => (await smtp.read(nth)).subject ?? '')) // oxfmt-ignore
/** What the clock starts, and then what the doctor says, with no server running. */
async function dueThere(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const there = new Product(folder, product.port, { PILOTHOUSE_BACKUP_TO: place, ...environment })
  const { code } = await there.run(['backup', 'due'])
  const { text } = await there.run(['doctor'])
  return { code, said: text.slice(text.indexOf('Backup: '), text.indexOf('Point in time')) }
}

describe('backups by the clock', () => {
  it('appear by themselves, are restored into a scratch server, and their age stands on the health page and in doctor', async () => {
    const [made] = await until('a proven backup', async () => {
      const found = await backups()
      return found[0]?.proof === 'good' && found
    })
    assert.deepEqual([made?.state, (await backups()).length], ['done', 1])
    assert.deepEqual(readdirSync(place), [made?.name])
    assert.match((await line()).value, /^last \d min ago, last proven \d min ago$/)
    assert.match(product.command(['doctor']).text, /Backup: last \d min ago, last proven \d min ago/)
    assert.deepEqual(await mails(), [])
  })

  it('say on the health page, in doctor and by mail that the folder cannot be written to, once, and go on when it can', async () => {
    await aDayLater()
    renameSync(place, `${place}.aside`)
    writeFileSync(place, 'in the way')
    const bad = await until('the failure', async () => {
      const found = await line()
      return found.state === 'bad' && found
    })
    assert.match(bad.todo, /^The last backup failed: .*(ENOTDIR|EEXIST).*kept/)
    assert.match(product.command(['doctor']).text, /The last backup failed: /)
    assert.deepEqual(await until('a mail', async () => smtp.received.length > 0 && mails()), ['Backups need you'])
    assert.match((await smtp.read(0)).text ?? '', /The last backup failed: .*(ENOTDIR|EEXIST)/)
    rmSync(place)
    renameSync(`${place}.aside`, place)
    await aDayLater()
    const told = await until('the good news', async () => smtp.received.length > 1 && mails())
    assert.deepEqual(told, ['Backups need you', 'Backups work again'])
    assert.notEqual((await line()).state, 'bad')
  })
})

describe('what the clock starts', () => {
  before(() => product.kill('SIGTERM'))

  it('rests for an hour after a failure, so that the book does not fill', async () => {
    await aDayLater()
    const wrong = { PILOTHOUSE_BACKUP_TO: path.join(folder, 'secret/backups') }
    const failed = await dueThere(wrong)
    assert.equal(failed.code, 1)
    assert.match(failed.said, /The last backup failed: .*ENOTDIR/)
    assert.equal((await dueThere(wrong)).code, 0)
    const { text } = await new Product(folder, product.port, wrong).run(['backup', 'list'])
    assert.match(text, /ENOTDIR/)
  })
  it('says that storage refuses its key, or is not there, and works once it takes it', async () => {
    const s3 = { ...(await startS3('safe')), PILOTHOUSE_BACKUP_TO: 's3://safe/harbour' }
    const says = async (environment: Record<string, string>, because: RegExp): Promise<void> => {
      const { code, said } = await dueThere({ ...s3, ...environment })
      assert.equal(code, 1, said)
      assert.match(said, because)
      await aDayLater()
    }
    await says({ AWS_ACCESS_KEY_ID: 'OTHER' }, /The last backup failed: .*refused GET/)
    await says({ PILOTHOUSE_S3_ENDPOINT: 'http://127.0.0.1:1' }, /The last backup failed: .*cannot be reached/)
    await says({ AWS_ACCESS_KEY_ID: '' }, /The last backup failed: .*AWS_ACCESS_KEY_ID/)
    const well = await dueThere(s3)
    assert.equal(well.code, 0, well.said)
    assert.match(well.said, /^Backup: last \d min ago, last proven \d min ago/)
  })
  it('says that a proof failed because its file was damaged between, and proves the next one', async () => {
    assert.equal((await dueThere({ PILOTHOUSE_BACKUP_PROVE_DAYS: '0' })).code, 0)
    const file = path.join(place, readdirSync(place).at(-1) ?? '')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const failed = await dueThere({})
    assert.equal(failed.code, 1, failed.said)
    assert.match(failed.said, new RegExp(`The proof of ${path.basename(file)} failed: .*damaged`))
    await aDayLater()
    const well = await dueThere({})
    assert.equal(well.code, 0)
    assert.match(well.said, /^Backup: last \d min ago, last proven \d min ago/)
    assert.doesNotMatch(well.said, /failed/)
  })
  it('says that the file of the passphrase is gone', async () => {
    await aDayLater()
    const { code, said } = await dueThere({ PILOTHOUSE_BACKUP_PASSPHRASE_FILE: path.join(folder, 'gone') })
    assert.equal(code, 1)
    assert.match(said, /The last backup failed: PILOTHOUSE_BACKUP_PASSPHRASE_FILE: there is no file/)
  })
  it('finds again what it made in a folder with a relative name', async () => {
    const near = path.join(folder, 'near')
    const words = { PILOTHOUSE_BACKUP_TO: path.relative(process.cwd(), near) }
    assert.match((await dueThere(words)).said, /^Backup: last \d min ago, last proven \d min ago/)
    await dueThere(words)
    assert.equal(readdirSync(near).length, 1)
  })
})
