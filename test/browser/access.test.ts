// Roles granted and taken away on screen, one of the organisation's own made, and Pilothouse seen as somebody else sees it.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let page: Page
let troubles: string[]
let requester: { id: number; name: string }

// Whoever is no longer of the staff is refused the bridge's figures: the browser tells of it.
describe('access on screen', () => {
  before(async () => {
    demo = await startDemo()
    const session = await demo.session('manager')
    const rows = await demo.db.query<{ id: number; name: string }>(
      "select p.id, p.name from role_grant g join person p on p.org = g.org and p.id = g.person where g.role = 'requester' limit 1",
    )
    requester = rows[0] ?? assert.fail('nobody asks for anything')
    const opened = await openPage(await openContext(demo.url, session), ['status of 403'])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('makes a role of its own with boxes in place of JSON', async () => {
    await page.goto('/settings/access')
    await page.getByRole('link', { name: 'New role' }).press('Enter')
    await page.getByRole('textbox', { name: 'Name' }).fill('Desk helper')
    await page.getByRole('checkbox', { name: 'Change: Incidents' }).press('Space')
    assert.equal(await page.getByRole('checkbox', { name: 'See: Incidents' }).isChecked(), true)
    await page.getByRole('button', { name: /^Create (R|r)ole$/ }).press('Enter')
    await page.getByRole('heading', { name: 'Desk helper' }).waitFor()
  })

  it('grants a role for a team to a person, and takes it away', async () => {
    await page.goto(`/people/persons/P-${requester.id}`)
    await page.getByRole('tab', { name: 'Access' }).press('Enter')
    await choose('Role', 'Desk helper')
    await choose('Where', 'A team')
    await page.getByRole('combobox', { name: 'Team' }).fill('Service')
    await page.getByRole('option').first().click()
    await page.getByRole('button', { name: 'Grant', exact: true }).press('Enter')
    const row = page.getByRole('row').filter({ hasText: 'Desk helper' }).first()
    await row.waitFor()
    await page
      .getByRole('cell', { name: /By the role Desk helper in the team/ })
      .first()
      .waitFor()
    page.once('dialog', (dialog) => void dialog.accept())
    await row.getByRole('button', { name: /Take away/ }).press('Enter')
    await row.waitFor({ state: 'hidden' })
  })

  it('tells who can see a record', async () => {
    await page.goto('/desk/incidents/INC-1')
    await page.getByRole('tab', { name: 'Audit' }).press('Enter')
    await page.getByRole('button', { name: 'Show who can see this' }).press('Enter')
    await page
      .getByRole('cell', { name: /By the role Agent in the whole organisation/ })
      .first()
      .waitFor()
  })

  it('sees as a requester does, under a banner, until stopped', async () => {
    await page.goto(`/people/persons/P-${requester.id}`)
    await page.getByRole('tab', { name: 'Access' }).press('Enter')
    await page.getByRole('button', { name: 'See as this person' }).press('Enter')
    await page.getByRole('textbox', { name: 'Why' }).fill('They cannot find their request')
    await page.getByRole('dialog').getByRole('button', { name: 'See as they do' }).press('Enter')
    const banner = page.getByRole('status').filter({ hasText: `as ${requester.name} does` })
    await banner.waitFor()
    await banner.getByRole('button', { name: 'Stop' }).press('Enter')
    await banner.waitFor({ state: 'hidden' })
    assert.deepEqual(troubles, [])
  })
})

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
