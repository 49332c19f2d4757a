// A rule of retention is looked at before it is kept, and a legal hold shows on the record that it keeps.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo } from '../setup/demo.ts'

let page: Page
let troubles: string[]

// The browser tells of the refusal that the bin answers.
describe('retention on screen', () => {
  before(async () => {
    const demo = await startDemo()
    const opened = await openPage(await openContext(demo.url, await demo.session('manager')), ['status of 409'])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('says what a rule would remove, keeps it, and goes back to the usual one', async () => {
    await page.goto('/settings/retention')
    const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'Incidents', exact: true }) })
    await row.getByText('kept for good').waitFor()
    await page.getByRole('button', { name: 'Change the rule for Incidents' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Keep for' }).selectOption('Y')
    await dialog.getByRole('group', { name: 'Keep for' }).getByRole('spinbutton', { name: 'How many' }).fill('5')
    await dialog.getByRole('button', { name: 'Look what it would remove' }).press('Enter')
    await dialog.getByText(/It would remove nothing today|Today it would remove/).waitFor()
    await dialog.getByRole('button', { name: 'Save rule' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await row.getByText('kept 5 years after').waitFor()
    await row.getByText('own rule').waitFor()
    await page.getByRole('button', { name: 'Change the rule for Incidents' }).press('Enter')
    await page.getByRole('button', { name: 'Back to the usual rule' }).press('Enter')
    await row.getByText('kept for good').waitFor()
  })

  it('places a hold, shows it on the record, and refuses the bin until it is released', async () => {
    await page.goto('/settings/retention')
    await page.getByRole('link', { name: 'New legal hold' }).press('Enter')
    await page.getByRole('textbox', { name: 'Name' }).fill('Dispute with the carrier')
    await page.getByRole('textbox', { name: 'Reason' }).fill('The court of Bremen asks for it')
    await page.getByRole('textbox', { name: 'Ordered by' }).fill('Counsel')
    await page.getByRole('textbox', { name: 'These records' }).fill('INC-1')
    await page.getByRole('button', { name: /^Create legal hold$/i }).press('Enter')
    await page.getByRole('heading', { name: 'Dispute with the carrier' }).waitFor()
    await page.goto('/desk/incidents/INC-1')
    const note = page.getByRole('note').filter({ hasText: 'On legal hold' })
    await note.getByText('The court of Bremen asks for it').waitFor()
    await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: /bin/i }).click()
    await page.getByText(/INC-1 is on legal hold \(HOLD-\d+ Dispute with the carrier/).waitFor()
    assert.deepEqual(troubles, [])
  })

  it('puts together what is kept about a person, for the one who asked', async () => {
    await page.goto('/people/persons/P-2')
    await page.getByRole('tab', { name: 'Privacy' }).press('Enter')
    await page.getByRole('button', { name: 'Put one together' }).press('Enter')
    await page.getByRole('cell', { name: /Being made|Made/ }).waitFor()
    await page.getByRole('heading', { name: 'Erase this person' }).waitFor()
    assert.deepEqual(troubles, [])
  })
})
