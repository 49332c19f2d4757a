// Settings, Webhooks on the screen: made, tried, seen in the log; the secret is shown once.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { assertFits } from '../setup/fits.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const PATIENCE_MS = 60_000
/** No name ends in this (RFC 2606, 2). */
const NOWHERE = 'https://hooks.invalid/hook'
const NOT_THERE = /There is no server called hooks\.invalid|hooks\.invalid (cannot be reached|did not answer)/
let server: TestServer
let session = ''
before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  server = await startTestServer({ isWorker: true, web })
  session = (await openSession(server.db, { org: 1, person: server.people.administrator.id })).key
})

describe('Settings, Webhooks', () => {
  it('makes one, tries it, and says in the log what became of the message', async () => {
    const { page, troubles } = await openPage(await openContext(server.url, session), ['422'])
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto('/settings/webhooks')
    await page.getByText('No webhooks yet.').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Receiver')
    const address = page.getByRole('textbox', { name: 'Address' })
    await address.fill('http://127.0.0.1:7300/hook')
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    // What is wrong stands at its field, and what was written stays.
    await page.getByText(/127\.0\.0\.1 is an address inside the own network/).waitFor()
    assert.equal(await address.getAttribute('aria-invalid'), 'true')
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Receiver')
    await address.fill(NOWHERE)
    await page.getByRole('button', { name: 'Make the webhook' }).click()
    await page.getByText(/^whsec_/).waitFor()
    await page.getByRole('button', { name: 'Test: Receiver' }).click()
    await page.getByRole('button', { name: 'Log: Receiver' }).click()
    await page.getByText(NOT_THERE).first().waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Test: Receiver' }).waitFor()
    assert.equal(await page.getByText(/^whsec_/).count(), 0)
    assert.deepEqual(troubles, [])
  })
  for (const width of widths)
    for (const theme of ['light', 'dark'] as const satisfies readonly Theme[])
      it(`is whole at ${width} px, ${theme}`, async () => {
        const { page, troubles } = await openPage(await openContext(server.url, session, { width, theme }))
        page.setDefaultTimeout(PATIENCE_MS)
        await page.goto('/settings/webhooks')
        await page.getByRole('button', { name: 'Log: Receiver' }).click()
        await page.getByText(NOT_THERE).first().waitFor()
        await assertFits(page, `webhooks-${width}-${theme}`)
        assert.deepEqual(troubles, [])
      })
})
