// Faults as whoever sits at the browser meets them: the disk is full or slow, too much is asked, mail cannot be sent, the
// clock is set. Each is brought about for real; the page says what is wrong, what still works, and lets go by itself.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import type { Database } from '#kit/database.ts'
import { openSession } from '#kit/sign-in.ts'
import { MOST_AT_ONCE } from '#platform/overload.ts'
import { openDatabase } from '#platform/database.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { violations } from '../setup/axe.ts'
import { ownFolder } from '../setup/backup.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { caller, type Call } from '../setup/call.ts'
import { atEnd } from '../setup/database.ts'
import { clockFrom, findFaketime } from '../setup/faketime.ts'
import { unlessMissing } from '../setup/peers.ts'
import { fillDisk, makeRoom, MEGABYTE } from '../setup/ballast.ts'
import { freePort } from '../setup/port.ts'
import { Product } from '../setup/product.ts'
import { settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { Traffic } from '../setup/traffic.ts'

/** The bar looks every ten seconds while it is there; a loaded machine takes its time. */
const PATIENCE = { timeout: 60_000 }
/** What the faults themselves bring into the console of the browser. */
const EXPECTED = ['503', '507', 'Failed to load resource']

const folder = ownFolder()
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=711', 'tmpfs', folder], { encoding: 'utf8' })
const noDisk = mounted.status === 0 ? false : `a disk cannot be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}` // oxfmt-ignore
const library = await findFaketime(console.log)
const noClock = unlessMissing(
  library === null ? 'needs libfaketime, which is not installed: apt-get install faketime' : null,
)
const clock = path.join(folder, 'clock')

let product: Product
let token = ''
let db: Database
let call: Call
let smtp: Smtp
const sessions = { administrator: '', requester: '' }

before(async () => {
  writeFileSync(clock, '+0')
  const embedded = await startEmbedded(folder) // by us, so that its clock is the true one
  product = new Product(folder, await freePort(), library === null ? {} : clockFrom(library, clock))
  product.hasScreens = true
  atEnd(async () => {
    makeRoom(folder)
    await product.kill()
    await db.close()
    await embedded.stop()
    // Whoever was on the way out of the database may still be there for a moment.
    for (let nth = 0; noDisk === false && nth < 40 && spawnSync('umount', [folder]).status !== 0; nth++)
      await sleep(250)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  token = product.setUp()
  await product.start()
  call = caller(product.url)
  await ask('POST', '/incidents', { subject: 'Before any fault', impact: 'person', urgency: 'low', requester: 1 })
  await ask('POST', '/persons', { name: 'Rosa', email: 'rosa@harbour.test' })
  db = openDatabase({ connection: embedded.superuserConnection })
  await db.query("insert into role_grant (org, person, role) values (1, 2, 'requester')")
  sessions.administrator = (await openSession(db, { org: 1, person: 1 })).key
  sessions.requester = (await openSession(db, { org: 1, person: 2 })).key
  smtp = await startSmtp()
})

async function ask(method: string, address: string, body?: object): Promise<unknown> {
  const answer = await call(method, address, { token, body })
  assert.ok(answer.status < 300, answer.text)
  return answer.body
}
async function open(address: string, who: keyof typeof sessions = 'administrator'): Promise<Page> {
  const { page } = await openPage(await openContext(product.url, sessions[who]), EXPECTED)
  page.setDefaultTimeout(PATIENCE.timeout)
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}
const bar = (page: Page, said: string | RegExp): Locator => page.getByRole('status').filter({ hasText: said })
const gone = { state: 'detached', ...PATIENCE } as const
const readyz = async (): Promise<{ ready: boolean; reasons?: string[]; warning?: string }> =>
  (await (await fetch(`${product.url}/readyz`)).json()) as { ready: boolean }

describe('on the screen', () => {
  it(
    'a full disk: nothing can be written, everything be read, and what was typed is saved once there is room',
    { skip: noDisk },
    async () => {
      const said = /disk of the database is full. You can read everything/
      const form = await open('/desk/incidents/new', 'requester')
      const subject = form.getByRole('textbox', { name: 'Subject' })
      await subject.fill('Typed while the disk was full')
      fillDisk(folder, 40 * MEGABYTE)
      await sleep(1_100) // it looks once a second
      const reading = await open('/desk/incidents')
      await reading.getByText('Before any fault').first().waitFor()
      await bar(reading, said).waitFor() // before anybody wrote in vain
      await subject.press('Control+Enter')
      await bar(form, said).waitFor()
      assert.equal(await subject.inputValue(), 'Typed while the disk was full')
      assert.deepEqual(await violations(form), [])
      assert.deepEqual((await readyz()).reasons, ['no-room'])

      makeRoom(folder)
      for (const page of [form, reading]) await bar(page, said).waitFor(gone)
      await subject.press('Control+Enter')
      await form.waitForURL(/\/INC-\d+$/)
    },
  )

  it('too much is asked: it says so, and what could not be shown is shown when that is over', async () => {
    const traffic = new Traffic(product, token, 10 * MOST_AT_ONCE)
    let isOver = false
    const one = async (nth: number): Promise<void> => {
      while (!isOver)
        if ((await traffic.ask({ path: '/incidents?limit=50', from: `127.0.0.${2 + (nth % 4)}` })).status !== 200) await sleep(300) // oxfmt-ignore
    }
    const page = await open('/desk/incidents')
    const crowd = Array.from({ length: 2 * MOST_AT_ONCE }, (_, nth) => one(nth))
    await until(async () => (await readyz()).reasons?.includes('overloaded') === true)
    await page.goto('/desk/incidents/INC-1')
    const said = 'asked more than it can answer'
    // In the frame, or in its place where not even that could be read.
    await bar(page, said)
      .or(page.getByRole('alert').filter({ hasText: 'Too much is asked of Pilothouse' }))
      .first()
      .waitFor()
    isOver = true
    await Promise.all(crowd)
    traffic.close()
    await page.getByRole('heading', { name: 'Before any fault' }).waitFor()
    await bar(page, said).waitFor(gone)
    assert.deepEqual(await readyz(), { ready: true })
  })

  it('mail that cannot be sent: administrators are told on every page, a requester is not', async () => {
    await ask('PUT', '/admin/mail', { settings: settingsOf(smtp), password: SMTP_PASSWORD })
    await smtp.close()
    const said = /No mail leaves since .* refuses the connection.* nothing is lost/
    await queue('one')
    const [page, requester] = [await open('/desk/incidents'), await open('/desk/incidents', 'requester')]
    await bar(page, said).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual((await readyz()).reasons, ['mail'])
    await bar(page, said).getByRole('button', { name: 'Open Health' }).click()
    await page.getByRole('row').filter({ hasText: 'Act now' }).filter({ hasText: 'No mail leaves' }).waitFor()
    assert.equal(await requester.getByRole('status').filter({ hasText: 'mail' }).count(), 0)

    await bar(page, said).getByRole('button', { name: 'Hide' }).click()
    await bar(page, said).waitFor(gone)

    const told = page.waitForResponse(
      async (answer) => answer.url().endsWith('/health/urgent') && !(await answer.text()).includes('No mail leaves'),
    )
    await smtp.listen()
    await db.query('update mail_server set next_at = now()')
    await told
    assert.equal(smtp.received.length, 1)
    await smtp.close()
    await queue('two')
    await bar(page, said).waitFor() // hidden was the trouble that is over
    await smtp.listen()
    await db.query('update mail_server set next_at = now()')
    await bar(page, said).waitFor(gone)
    assert.equal(smtp.received.length, 2)
  })

  it('a slow disk: administrators are told what it means for everybody, and when it is over', async () => {
    const page = await open('/desk/incidents')
    let isOver = false
    const slow = slowDisk(() => isOver)
    const said = /Writing: The disk of the database is slow.*nothing is lost/
    try {
      await bar(page, said).waitFor()
      assert.deepEqual((await readyz()).reasons, ['slow'])
    } finally {
      isOver = true
      await slow
    }
    await bar(page, said).waitFor(gone)
  })

  it(
    'a clock that is set by hours: administrators are told for an hour, in their language',
    { skip: noClock },
    async () => {
      const page = await open('/desk/incidents')
      writeFileSync(clock, '+4h')
      const said = /Clock: Let both machines take the time/
      await bar(page, said).waitFor()
      assert.deepEqual((await readyz()).reasons, ['clock'])
      writeFileSync(clock, '+0')
      const set = /Clock: See why the clock of this machine was set/
      await bar(page, set).waitFor()
      await bar(page, set).getByRole('button', { name: 'Hide' }).click()
      await bar(page, set).waitFor(gone)
      const german = (await openPage(await openContext(product.url, sessions.administrator, { locale: 'de-DE' }))).page
      await german.goto('/settings/health')
      await german
        .getByRole('row')
        .filter({ hasText: /Uhr/ })
        .filter({ hasText: /um 240 Min\. zurückgestellt/ })
        .waitFor(PATIENCE)
      await bar(german, /Sehen Sie nach, warum die Uhr/).waitFor(PATIENCE)
    },
  )
})

/** The processes of the database stand still for most of the time, as they do where a disk does not answer. */
async function slowDisk(isOver: () => boolean): Promise<void> {
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const pid of product.backends) {
      try {
        process.kill(pid, name)
      } catch {
        // it has just ended
      }
    }
  }
  while (!isOver()) {
    signal('SIGSTOP')
    await sleep(4_500) // six seconds would be a database that is away
    signal('SIGCONT')
    await sleep(100)
  }
}
const queue = (id: string): Promise<unknown> =>
  db.query(`insert into mail (org, person, kind, name, address, subject, content, because, message_id, state) values (1, null, 'notice', 'Ann', 'ann@harbour.test', 'INC-7 is due', '{"paragraphs":["Look at it."],"why":"A test."}', 'a rule', '<${id}@harbour.test>', 'queued')`) // oxfmt-ignore
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE.timeout; performance.now() < end; await sleep(100))
    if (await isSo()) return
  assert.fail(`Not within ${PATIENCE.timeout} ms`)
}
