// Settings, Mail and a forgotten password on the screen, with a real mail server behind them.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { assertFits } from '../setup/fits.ts'
import { settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const pictures = process.env.PILOTHOUSE_PICTURES
let server: TestServer
let smtp: Smtp
let session = ''
before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  server = await startTestServer({ isWorker: true, web })
  smtp = await startSmtp()
  session = (await openSession(server.db, { org: 1, person: server.people.administrator.id })).key
})

describe('Settings, Mail', () => {
  it('says at the field what is refused, keeps the server, and shows what it answers', async () => {
    const { page, troubles } = await openPage(await openContext(server.url, session), ['422'])
    await page.goto('/settings/mail')
    await page.getByText('No mail is sent.').waitFor()
    const { port, authority, user } = settingsOf(smtp)
    await page.getByLabel('Name of the server').fill('localhost')
    await page.getByLabel('Port').fill(String(port))
    await page.getByLabel('Address of the sender').fill('desk@harbour.test')
    await page.getByLabel('User').fill(user)
    await page.getByLabel('Password', { exact: true }).fill(SMTP_PASSWORD)
    await page.getByLabel('Certificate of its authority').fill(authority)
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.click()
    await page.getByText('localhost is inside our own network').waitFor()
    await page.getByLabel('The server stands inside our own network').check()
    await save.click()
    await page.getByText('One is kept. Leave this empty to keep it.').waitFor()
    await page.getByRole('button', { name: 'Send a test message to me' }).click()
    await page.getByText(/Sent to ada@harbour.test. The server says: 250/).waitFor()
    assert.equal(smtp.received.length, 1)
    assert.deepEqual(troubles, [])
  })
  it('shows a refused mail with the sentence, and sends it again', async () => {
    smtp.does = { recipient: 550 }
    await server.db.query("insert into mail (org, person, kind, name, address, subject, content, because, message_id, state) values (1, null, 'notice', 'Ann', 'ann@harbour.test', 'INC-7 is due', '{\"paragraphs\":[\"Look at it.\"],\"why\":\"A test.\"}', 'a rule', '<one@harbour.test>', 'queued')") // oxfmt-ignore
    const { page, troubles } = await openPage(await openContext(server.url, session))
    await page.goto('/settings/mail')
    const row = page.getByRole('row').filter({ hasText: 'INC-7 is due' })
    await row.getByText(/refuses it for good and says: 550/).waitFor({ timeout: 60_000 })
    smtp.does = {}
    await row.getByRole('button', { name: /^Send/ }).click()
    await row.getByText('250 2.0.0 Taken').waitFor({ timeout: 60_000 })
    assert.deepEqual(troubles, [])
  })
  for (const width of widths)
    for (const theme of ['light', 'dark'] as const satisfies readonly Theme[])
      it(`is whole at ${width} px, ${theme}`, async () => {
        const { page, troubles } = await openPage(await openContext(server.url, session, { width, theme }))
        await page.goto('/settings/mail')
        await page.getByText('INC-7 is due').waitFor()
        await assertFits(page, `mail-${width}-${theme}`)
        assert.deepEqual(troubles, [])
      })
})

describe('a forgotten password', () => {
  it('is asked for on the sign-in page, and set by the link in the mail', async () => {
    const { page, troubles } = await openPage(await openContext(server.url, null), ['401'])
    await page.goto('/login')
    await page.getByText('Forgot your password?').click()
    await page.getByRole('button', { name: 'Send me a link' }).waitFor()
    assert.deepEqual(await violations(page), [])
    if (pictures) await page.screenshot({ path: `${pictures}/forgot.png`, fullPage: true })
    await page.locator('details').getByLabel('E-mail').fill('ada@harbour.test')
    const before = smtp.received.length
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText('If there is an account with this address').waitFor()
    const link = await mailedLink(before)
    await page.goto(`/password#${link}`)
    await page.getByLabel('New password').fill('nine quiet lighthouses')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('Your password is set.').waitFor()
    assert.deepEqual(troubles, [])
  })
})
/** The key in the mail that comes after so many. */
async function mailedLink(before: number): Promise<string> {
  const began = performance.now()
  while (smtp.received.length <= before) {
    assert.ok(performance.now() - began < 60_000, 'no mail within a minute')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return /\/password#([\w-]+)/.exec((await smtp.read()).text ?? '')?.[1] ?? ''
}
