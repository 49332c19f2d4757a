// A new kind of record has its screens from its declaration alone: list, form, page, moves, import.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo } from '../setup/demo.ts'
import { loan } from '../setup/loan.ts'

let page: Page
let troubles: string[]

describe('a new kind of record on screen', () => {
  before(async () => {
    const demo = await startDemo({ records: [loan] })
    ;({ page, troubles } = await openPage(await openContext(demo.url, await demo.session('manager'))))
    page.setDefaultTimeout(30_000)
  })

  it('stands in the navigation, with a list that teaches', async () => {
    await page.goto('/estate')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Loans' }).press('Enter')
    await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor()
    await page.getByText('No loans yet').waitFor()
  })
  it('is created by a form that has each of its fields', async () => {
    await page.goto('/estate/loans/new')
    await page.getByRole('textbox', { name: 'Item' }).fill('Ladder')
    for (const field of Object.values(loan.fields).filter(({ stamped, kind }) => !stamped && kind !== 'states')) {
      const { label } = field
      if (label !== undefined) assert.ok((await page.getByText(label, { exact: true }).count()) > 0, label)
    }
    await page.getByRole('textbox', { name: 'Weight' }).fill('12.5')
    await page.getByRole('textbox', { name: 'Contact' }).fill('store@example.org')
    await page.getByRole('button', { name: 'Create loan' }).press('Enter')
    await page.getByRole('heading', { name: 'Ladder', level: 1 }).waitFor()
    await page.getByRole('definition').getByText('12.5 kg').waitFor()
  })
  it('says in the form what the clocks do at a time that they leave out or show twice', async () => {
    await page.goto('/estate/loans/new')
    const seen = page.getByLabel('Seen at')
    const said = page.getByText(/The clocks go/)
    await seen.fill('2027-03-28T02:30')
    await page.getByText('leave out the time you typed').waitFor()
    assert.equal(await seen.inputValue(), '2027-03-28T03:30')
    await seen.fill('2026-10-25T02:30')
    await page.getByText('this time comes twice: the first is taken').waitFor()
    await seen.fill('2026-10-25T12:30')
    await said.waitFor({ state: 'detached' })
    await seen.fill('')
  })
  it('makes its moves, and asks for what they need', async () => {
    await page.goto('/estate/loans?q=ladder')
    await page.getByRole('grid').getByRole('link', { name: 'Ladder' }).click()
    await page.getByRole('heading', { name: 'Ladder', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Lend', exact: true }).press('Enter')
    const dialog = page.getByRole('dialog')
    const borrower = dialog
      .getByRole('combobox', { name: 'Borrower' })
      .or(dialog.getByRole('textbox', { name: 'Borrower' }))
    await borrower.first().fill('Ines')
    await page.getByRole('option').first().click()
    await dialog.getByLabel('Due').fill('2027-01-31')
    await dialog.getByRole('button', { name: 'Lend', exact: true }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Lent out').first().waitFor()
  })
  it('is in its list and its view', async () => {
    await page.goto('/estate/loans')
    await page.getByRole('grid').getByRole('row').filter({ hasText: 'Ladder' }).getByText('Lent out').waitFor()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Lent out' }).press('Enter')
    await page.waitForURL(/status/)
  })
  it('is imported by the wizard, found by its words and taken back', async () => {
    await page.goto('/estate/loans/import')
    await page.getByRole('heading', { name: 'Import loans' }).waitFor()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
    const text = 'Item;Condition;Weight;Due\nTheodolite;new;4.5;2027-03-01\nChain hoist;worn;31;\nHoist;broken;;\n'
    await (await chooser).setFiles({ name: 'loans.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Next' }).press('Enter')
    await page.getByRole('button', { name: 'Check without writing' }).press('Enter')
    await page.getByRole('button', { name: 'Import 2 rows' }).press('Enter', { timeout: 30_000 })
    await page.getByText('The import is done.').waitFor({ timeout: 30_000 })
    const row = page.getByRole('grid').getByRole('row').filter({ hasText: 'Theodolite' })
    await page.goto('/estate/loans?q=theodolite')
    await row.getByText('Mar').waitFor()
    await page.goto('/estate/loans/import')
    await page.getByRole('link', { name: 'Earlier imports' }).press('Enter')
    await page.getByRole('grid').getByRole('row').filter({ hasText: 'loans.csv' }).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Undo the whole import' }).press('Enter')
    await page.getByText('The import has been undone.').waitFor({ timeout: 30_000 })
    await page.goto('/estate/loans?q=theodolite')
    await page
      .getByText(/No loans|Nothing/)
      .first()
      .waitFor()
    assert.equal(await row.count(), 0)
    assert.deepEqual(troubles, [])
  })
})
