// From the set-up link to a filled bridge by keyboard alone, each step doing its part.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { newSetupLink } from '#kit/sign-in.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let page: Page
let troubles: string[]
const PATIENCE = 120_000

before(async () => {
  demo = await startDemo({ empty: true })
  ;({ page, troubles } = await openPage(await openContext(demo.url, null), ['401 (Unauthorized)', '422 (']))
  page.setDefaultTimeout(PATIENCE)
})

const press = (name: string | RegExp) => page.getByRole('button', { name }).press('Enter')

describe('the first steps', () => {
  before(async () => {
    await page.goto(`/setup/${await newSetupLink(demo.db)}`)
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ines Marques')
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ines@harbour.test')
    await page.getByRole('textbox', { name: 'Password' }).fill('four quiet winter lanterns')
    await page.getByRole('textbox', { name: 'Organisation' }).fill('Bay Shipping')
    await press('Create the administrator')
  })

  it('lead from the set-up link to a filled bridge by keyboard', async () => {
    await page.getByRole('heading', { name: 'Step 1 of 6: Organisation' }).waitFor()
    await page.getByRole('textbox', { name: 'Name of the organisation' }).fill('Bay Shipping Lines')
    await press('Save the organisation')
    await page.getByText('Organisation saved').waitFor()
    await press('Go on: People')

    await page.getByRole('heading', { name: 'Step 2 of 6: People' }).waitFor()
    await page
      .getByRole('textbox', { name: 'People, one a line' })
      .fill('Ana Ferreira; ana@harbour.test; Service desk\nBen Wolff; not an address')
    await press('Add these people')
    await page.getByText('1 line written').waitFor()
    // What was refused stays, with its reason.
    await page.getByRole('alert').filter({ hasText: 'Ben Wolff' }).waitFor()
    await page.getByRole('textbox', { name: 'People, one a line' }).fill('Ben Wolff; ben@harbour.test')
    await press('Add these people')
    await page.getByRole('link', { name: '3 persons' }).waitFor()
    await press('Go on: Services')

    await page.getByRole('textbox', { name: 'Services, one a line' }).fill('E-mail; Mailboxes\nPayroll')
    await press('Add these services')
    await page.getByRole('link', { name: '2 services' }).waitFor()
    await press('Go on: Money')

    await page.getByRole('textbox', { name: 'Costs, one service a line' }).fill('E-mail\t12,500.50\nNo such service; 5')
    const written = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().includes('/services/')) // oxfmt-ignore
    await press('Write these costs')
    assert.equal((await written).status(), 200)
    await page.getByRole('alert').filter({ hasText: 'There is no service “No such service”' }).waitFor()
    await press('Skip this step')

    await page.getByRole('heading', { name: 'Step 5 of 6: Safeguards' }).waitFor()
    await page.reload() // goes on where it was, by its address
    await page.getByRole('heading', { name: 'Step 5 of 6: Safeguards' }).waitFor()
    await page.getByRole('button', { name: 'Skip this step' }).press('Enter')
    await page.getByRole('heading', { name: 'Step 6 of 6: Connections' }).waitFor()
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/first-steps/connect'))
    await press('Finish, to the bridge')
    await kept // the bridge does not wait for it
    await page.waitForURL('**/bridge')
    await page.getByRole('link', { name: /E-mail/ }).first().waitFor() // oxfmt-ignore
  })

  it('wrote what they said they would', async () => {
    const [org] = await demo.db.query<{ name: string; marks: object }>(
      "select name, settings->'firstSteps' as marks from organisation",
    )
    assert.deepEqual(org, {
      name: 'Bay Shipping Lines',
      marks: {
        organisation: 'done',
        people: 'done',
        services: 'done',
        money: 'skipped',
        safeguards: 'skipped',
        connect: 'done',
      },
    })
    const services = await demo.db.query<{ name: string; status: string; cost: object | null }>(
      "select name, status, custom->'yearlyCost' as cost from service order by name",
    )
    assert.deepEqual(services, [
      { name: 'E-mail', status: 'live', cost: { minor: 1_250_050, currency: 'EUR' } },
      { name: 'Payroll', status: 'live', cost: null },
    ])
  })

  it('are found again through help, which stands on every page', async () => {
    await page.goto('/desk/incidents')
    await press('Help')
    const help = page.getByRole('dialog', { name: 'Help: Incidents' })
    await help.getByRole('link', { name: 'The first steps of this installation' }).press('Enter')
    await page.getByRole('heading', { name: /^Step \d of 6/ }).waitFor()
  })

  it('leave empty lists that teach, and lead to the same list filled and back', async () => {
    await page.goto('/desk/incidents')
    await page.getByRole('heading', { name: 'No incidents yet' }).waitFor()
    await page.getByRole('link', { name: 'Create the first incident' }).waitFor()
    await page.getByRole('link', { name: /^Read on in the guide: / }).waitFor()
    await press('Look at it filled')
    await page.waitForURL('**/settings/demo')
    // It is brought in by a job; whoever waits for it sees it as soon as it is there.
    await page.waitForURL('**/desk/incidents')
    await page.getByText('You are looking at the demonstration').waitFor()
    await page.getByRole('grid').getByRole('row').nth(5).waitFor()
    await press('Back to your own data')
    await page.waitForURL('**/settings/demo')
    await press('Take the demonstration away')
    await page.getByRole('dialog').getByText(/^Harbour Works goes, with all of its/).waitFor() // oxfmt-ignore
    await press('Take all of this away')
    await page.getByRole('button', { name: 'Bring in the demonstration' }).waitFor()
    const orgs = await demo.db.query<{ name: string }>('select name from organisation')
    assert.deepEqual(orgs, [{ name: 'Bay Shipping Lines' }])
    await page.goto('/desk/incidents')
    await page.getByRole('heading', { name: 'No incidents yet' }).waitFor()
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})
