// How the desk is arranged, set on its page of settings: what is wrong is said at its field, what is saved holds.
import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { Page } from 'playwright-core'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let page: Page
before(async () => {
  demo = await startDemo()
  const context = await openContext(demo.url, await demo.session('administrator'))
  ;({ page } = await openPage(context, ['422 (Unprocessable Entity)']))
  page.setDefaultTimeout(30_000)
})

it('the days until an incident closes and within which it reopens are set on a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/desk')
  await settled(page)
  const close = page.getByLabel('Close what is resolved after (days)')
  const save = page.locator('form').filter({ has: close }).getByRole('button', { name: 'Save' })
  assert.equal(await close.inputValue(), '7')
  await close.fill('1.5')
  await close.evaluate((input: HTMLInputElement) => input.form?.setAttribute('novalidate', '')) // as a program would send it
  await save.click()
  await page.getByText('Give whole days.').waitFor()
  await close.fill('10')
  await page.getByLabel('Reopen what is closed for (days)').fill('30')
  await save.click()
  await page.getByText('Closing and reopening saved').waitFor()
  await page.reload()
  await settled(page)
  assert.equal(await close.inputValue(), '10')
  const { closeAfterDays, reopenWithinDays } = demo.store.catalogue.settings(1)
  assert.deepEqual([closeAfterDays, reopenWithinDays], [10, 30])
  assert.deepEqual(await violations(page), [])
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(over <= 0, `${over} px past the edge`)
})
