// Whoever leaves has open work: the panel names all of it, hands over what is ticked, and new work goes to nobody who has left.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { violations } from '../setup/axe.ts'
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
  const busy = await demo.db.query<{ id: number; name: string; open: number }>(
    `select p.id, p.name, count(*)::int as open from incident i join person p on p.org = i.org and p.id = i.assignee
     where i.binned_at is null and i.status in ${OPEN} and not exists (select 1 from role_grant g where g.person = p.id and g.role = 'manager')
     group by 1, 2 order by 3 desc, 1 limit 2`,
  )
  assert.ok(busy[0] !== undefined && busy[1] !== undefined, 'the demonstration has two who work')
  ;[leaver, heir] = [busy[0], busy[1]]
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
})
