// Whoever leaves has open work: the panel names all of it, hands over what is ticked, and new work goes to nobody who has left.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { system } from '#kit/actor.ts'
import { violations } from '../setup/axe.ts'
import { callAs } from '../setup/call.ts'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

/** States of an incident in which somebody has it in hand. */
const OPEN = "('new', 'assigned', 'working', 'waiting')"
let demo: Demo
let page: Page
let leaver: { id: number; name: string; open: number }
let heir: { id: number; name: string }

before(async () => {
  demo = await startDemo()
  // What the company has open depends on the hour it is told of: both get work here, the leaver more.
  const two = await demo.db.query<{ id: number; name: string }>(
    `select p.id, p.name from role_grant g join person p on p.org = g.org and p.id = g.person
     where g.org = 1 and g.role = 'agent' and p.left_on is null order by p.id limit 2`,
  )
  assert.ok(two[0] !== undefined && two[1] !== undefined, 'the demonstration has two agents')
  for (const [subject, who] of [['The dock door is stuck', two[0]], ['The crane counts wrong', two[0]], ['The scale drifts', two[1]]] as const) // oxfmt-ignore
    await demo.store.create(system(1, 'leaver', 'setup'), demo.store.catalogue.get('incident'), { subject, requester: two[1].id, assignee: who.id }, { trusted: true }) // oxfmt-ignore
  ;[leaver, heir] = [{ ...two[0], open: (await openOf(two[0].id)).length }, two[1]]
  ;({ page } = await openPage(await openContext(demo.url, await demo.session('manager'))))
  page.setDefaultTimeout(30_000)
})
const openOf = async (id: number): Promise<number[]> =>
  (await demo.db.query<{ id: number }>(`select id from incident where assignee = $1 and binned_at is null and status in ${OPEN} order by id`, [id])).map((row) => row.id) // oxfmt-ignore
async function openPanel(): Promise<void> {
  await page.goto(`/people/persons/P-${leaver.id}`)
  await page.getByRole('tab', { name: 'In hand' }).press('Enter')
  await settled(page)
}

describe('the work of somebody who leaves', () => {
  it('is told record by record, on a phone as well', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await openPanel()
    const [first] = await openOf(leaver.id)
    await page.getByRole('link', { name: `INC-${first}`, exact: true }).waitFor()
    await page.getByRole('checkbox', { name: `Incidents: Assignee (${leaver.open})` }).waitFor()
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(over <= 0, `${over} px past the edge`)
    assert.deepEqual(await violations(page), [])
  })

  it('is handed over as ticked, and is then in the hands of the other', async () => {
    const [mine, theirs] = [await openOf(leaver.id), await openOf(heir.id)]
    await page.setViewportSize({ width: 1440, height: 900 })
    await openPanel()
    const act = page.getByRole('button', { name: 'Hand over what is ticked' })
    assert.equal(await act.isDisabled(), true, 'nothing is ticked, nobody is chosen')
    await page.getByRole('checkbox', { name: /^Incidents: Assignee/ }).check()
    await page.getByRole('combobox', { name: 'Hand over to' }).fill(heir.name)
    await page.getByRole('option', { name: heir.name }).first().click()
    await act.click()
    await page.getByText(`${mine.length} ${mine.length === 1 ? 'record' : 'records'} handed over`).waitFor()
    await page.getByRole('checkbox', { name: /^Incidents: Assignee/ }).waitFor({ state: 'detached' })
    assert.deepEqual(await openOf(leaver.id), [])
    assert.deepEqual(
      await openOf(heir.id),
      [...mine, ...theirs].sort((a, b) => a - b),
    )
  })

  it('can be given to them no more once they have left, and whoever tries is told why', async () => {
    await page.goto(`/people/persons/P-${leaver.id}`)
    await page.getByRole('button', { name: 'Mark as left' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as left' }).press('Enter')
    await page.getByRole('button', { name: 'Returned' }).waitFor()
    const session = await demo.session('manager')
    const given = { subject: 'The winch slips', requester: `P-${heir.id}`, assignee: `P-${leaver.id}` }
    await assert.rejects(
      callAs({ url: demo.url, session }, 'POST', '/incidents', { body: given }),
      new RegExp(`answers 422: .*assignee: P-${leaver.id} is .*Left.*Choose another person`),
    )
  })
})
