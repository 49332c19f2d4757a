// The database goes away under open pages and comes back: they say so, keep what was typed, and go on without a reload.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openDatabase } from '#platform/database.ts'
import { openSession } from '#kit/sign-in.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { postgres15Missing } from '../setup/external.ts'
import { openOutage, type Outage } from '../setup/outage.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await postgres15Missing())
const SAID = 'The database cannot be reached.'
/** Two seconds between two looks of the page; a loaded machine takes its time. */
const PATIENCE = { timeout: 60_000 }
let outage: Outage
let session = ''

/** What the outage itself brings into the console of the browser. */
const EXPECTED = ['503', 'Failed to load resource', 'ERR_', '/readyz', '/api/v1/']
async function open(): Promise<Page> {
  const { page } = await openPage(await openContext(outage.product.url, session), EXPECTED)
  page.setDefaultTimeout(PATIENCE.timeout)
  return page
}
const banner = (page: Page) => page.getByRole('status').filter({ hasText: SAID })

describe('open pages while the database is away', { skip: missing }, () => {
  before(async () => {
    outage = await openOutage(true)
    const db = openDatabase({ connection: { connectionString: outage.external.url } })
    session = (await openSession(db, { org: 1, person: 1 })).key
    await db.close()
    await report('Before the outage')
  })

  it('say so by themselves, keep what was typed, and go on when it is back', async () => {
    const [list, form] = [await open(), await open()]
    await list.goto('/desk/incidents')
    await list.getByText('Before the outage').first().waitFor()
    await form.goto('/desk/incidents/new')
    await form.getByRole('textbox', { name: 'Subject' }).fill('Typed before the outage')
    for (const page of [list, form]) await page.evaluate(() => Object.assign(window, { isSamePage: true }))

    await outage.external.stop()
    for (const page of [list, form]) await banner(page).waitFor(PATIENCE)
    assert.deepEqual(await violations(list), [])
    await form.getByRole('textbox', { name: 'Subject' }).press('Control+Enter')
    await form.getByText(`${SAID} Nothing was lost; try again in a moment.`).first().waitFor(PATIENCE)
    const late = await open()
    await late.goto('/desk/incidents')
    await late.getByRole('alert').waitFor(PATIENCE)

    await outage.external.start()
    for (const page of [list, form]) await banner(page).waitFor({ state: 'detached', ...PATIENCE })
    await late.getByText('Before the outage').first().waitFor(PATIENCE)
    assert.equal(await form.getByRole('textbox', { name: 'Subject' }).inputValue(), 'Typed before the outage')
    await form.getByRole('textbox', { name: 'Subject' }).press('Control+Enter')
    await form.waitForURL(/\/INC-\d+$/, PATIENCE)
    await list.getByText('Before the outage').first().click()
    await list.waitForURL(/\/INC-\d+$/, PATIENCE)
    for (const page of [list, form])
      assert.equal(await page.evaluate(() => 'isSamePage' in window), true, 'nobody had to reload')
  })

  it('hear of changes again', async () => {
    const page = await open()
    await page.goto('/desk/incidents/INC-1')
    await page.getByText('Before the outage').first().waitFor()
    // A browser never asks again for a stream that was refused: the page has to.
    const refused = page.waitForResponse((one) => one.url().endsWith('/events') && one.status() === 503, PATIENCE)
    await outage.external.stop()
    await banner(page).waitFor(PATIENCE)
    await refused
    await outage.external.start()
    await banner(page).waitFor({ state: 'detached', ...PATIENCE })
    // The first may be read because everything is read again; the second is heard.
    await patch('After the outage', 1)
    await page.getByText('After the outage').first().waitFor(PATIENCE)
    await patch('Long after the outage', 2)
    await page.getByText('Long after the outage').first().waitFor(PATIENCE)
  })
})

async function report(subject: string): Promise<void> {
  await send('POST', '/incidents', { subject, impact: 'person', urgency: 'low', requester: 1 }, {})
}
async function patch(subject: string, rev: number): Promise<void> {
  await send('PATCH', '/incidents/1', { subject }, { 'if-match': `"${rev}"` })
}
async function send(method: string, path: string, body: object, more: Record<string, string>): Promise<void> {
  const headers = { authorization: `Bearer ${outage.token}`, 'content-type': 'application/json', ...more }
  const answer = await fetch(`${outage.product.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
  assert.ok(answer.ok, await answer.text())
}
