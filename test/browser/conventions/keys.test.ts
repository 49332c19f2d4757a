// The rows of the conventions that speak of the keyboard: palette, keys, the sheet, switching single keys off.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { violations } from '../../setup/axe.ts'
import { hasFocus } from '../../setup/browser.ts'
import { openDesk, openList, report, type Desk } from '../../setup/convention.ts'
import { pressBoth } from '../../setup/keys.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or do anything' })

describe('Global search + palette', () => {
  it('opens from inside a text box, and finds records, people, places, views and commands', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents/new')
    await page.getByRole('textbox', { name: 'Subject' }).focus()
    const { items } = (await desk.call('manager', 'GET', '/persons?limit=1&sort=-id')) as unknown as { items: { name: string }[] } // oxfmt-ignore
    const person = items[0]?.name ?? ''
    const wanted: [typed: string, option: RegExp][] = [
      ['INC-200', /INC-200/],
      [person, new RegExp(person)],
      ['services', /Go to Services/],
      ['new incident', /New incident/],
      ['all keys', /All keys/],
    ]
    await page.keyboard.press('Control+k')
    for (const [typed, option] of wanted) {
      await palette(page).fill(typed)
      await page.getByRole('option', { name: option }).first().waitFor()
    }
    await page.keyboard.press('Escape')
    await palette(page).waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'subject')
    await page.context().close()
  })

  it('jumps by #123 to the kind that is looked at', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('Control+k')
    await palette(page).fill('#201')
    await page.getByRole('option', { name: /INC-201/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/desk\/incidents\/INC-201$/)
    await page.context().close()
  })
})

describe('Keys', () => {
  it('speak of all selected rows while some are selected', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    const bar = page.getByRole('region', { name: '2 selected' })
    await bar.waitFor()
    await page.keyboard.press('s')
    const moves = page.getByRole('menu')
    await moves.waitFor()
    assert.equal(await bar.getByRole('button', { name: 'Move' }).getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('Escape')
    await moves.waitFor({ state: 'detached' })
    for (const [key, field] of [
      ['a', 'Assignee'],
      ['p', 'Impact'],
    ] as const) {
      // oxfmt-ignore
      await page.keyboard.press(key)
      const dialog = page.getByRole('dialog', { name: /2 selected/ })
      await dialog.waitFor()
      assert.equal(await dialog.getByRole('combobox', { name: 'Field' }).inputValue(), field)
      const value = dialog.getByRole('combobox', { name: field })
      await page.waitForFunction(
        (label) => document.activeElement?.closest('.mantine-InputWrapper-root')?.textContent?.startsWith(label),
        field,
      )
      await value.waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  it('keep the row in hand whole in sight, down, up and at both ends', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    for (const key of [
      ...Array<string>(40).fill('j'),
      ...Array<string>(35).fill('k'),
      'End',
      ...Array<string>(30).fill('k'),
      'Home',
    ]) {
      await page.keyboard.press(key)
      const until = await page.waitForFunction(isInSight, undefined, { timeout: 5000 }).catch(() => null)
      assert.ok(until, `after ${key} the row in hand is cut off`)
    }
    await page.context().close()
  })

  it('move, select, open, edit, filter and go by one letter or two', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    const active = () => page.locator('.grid-row[data-active]')
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    const second = await active().getAttribute('aria-rowindex')
    assert.equal(second, '3')
    await page.keyboard.press('k')
    assert.equal(await active().getAttribute('aria-rowindex'), '2')
    await page.keyboard.press('x')
    await page.getByRole('region', { name: '1 selected' }).waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('region', { name: '1 selected' }).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.waitForFunction(() => document.activeElement?.id === 'list-words')
    await page.keyboard.press('Escape')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/desk\/incidents\/INC-\d+$/)
    await page.getByRole('textbox', { name: 'Comment or note' }).waitFor()
    await page.keyboard.press('r')
    await page.waitForFunction(() => document.activeElement?.id === 'composer')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await pressBoth(page, ['g', 'p'], ({ pathname }) => pathname.startsWith('/people'))
    await page.context().close()
  })

  it('keep what is chosen in their form, whatever comes in meanwhile', async () => {
    const { id, number, rev } = await report(desk, 'Asked from the list')
    const page = await desk.open('manager', ['412 (Precondition Failed)'])
    await openList(page, `/desk/incidents?filter=id:${id}&columns=number,subject,status,priority`)
    await page.keyboard.press('j')
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: `Impact, Urgency: ${number}` })
    await hasFocus(page, 'dialog')
    const impact = dialog.getByRole('combobox', { name: 'Impact' })
    await impact.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: /^Everyone/ }).first().click() // oxfmt-ignore
    const again = page.waitForResponse((answer) => answer.url().endsWith(`/incidents/${number}`))
    await desk.call('agent', 'PATCH', `/incidents/${id}`, { subject: 'Renamed meanwhile' }, rev)
    await again
    await page.locator(`#row-${id}`).filter({ hasText: 'Renamed meanwhile' }).waitFor()
    assert.match(await impact.inputValue(), /^Everyone/)
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    assert.equal((await desk.call('manager', 'GET', `/incidents/${id}`))['impact'], 'everyone')
    await page.context().close()
  })

  it('change the state by its moves, and what the priority follows from, where the list stands', async () => {
    const { id, number } = await report(desk, 'Seen from the list')
    const page = await desk.open()
    await openList(page, `/desk/incidents?filter=id:${id}&columns=number,subject,status,priority`)
    await page.keyboard.press('j')
    await page.keyboard.press('s')
    const menu = page.getByRole('menu')
    await menu.getByText(`Change the state: ${number}`).waitFor()
    await hasFocus(page, 'menu')
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.id === 'grid')
    // A move that asks for something opens its form, by keys alone.
    await page.keyboard.press('s')
    await menu.getByRole('menuitem', { name: 'Assign' }).press('Enter')
    await page.getByRole('dialog', { name: `Assign: ${number}` }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const before = (await desk.call('manager', 'GET', `/incidents/${id}`))['priority']
    await page.getByRole('grid').focus()
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: `Impact, Urgency: ${number}` })
    await hasFocus(page, 'dialog')
    assert.deepEqual(await violations(page), [])
    for (const [field, answer] of [
      ['Impact', 'Everyone'],
      ['Urgency', 'High'],
    ] as const) {
      // oxfmt-ignore
      await dialog.getByRole('combobox', { name: field }).focus()
      await page.keyboard.press('ArrowDown')
      await page
        .getByRole('option', { name: new RegExp(`^${answer}`) })
        .first()
        .click()
    }
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('grid').getByText('P1', { exact: true }).waitFor()
    assert.notEqual(before, 'P1')
    await page.waitForFunction(() => document.activeElement?.id === 'grid')
    await page.keyboard.press('s')
    await menu.getByRole('menuitem', { name: 'Withdraw' }).press('Enter')
    await page.getByRole('grid').getByText('Cancelled').waitFor()
    assert.equal((await desk.call('manager', 'GET', `/incidents/${id}`))['status'], 'cancelled')
    await page.context().close()
  })

  it('stand on the sheet exactly as they work, made from the same list', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents/INC-200')
    await page.getByRole('tabpanel').waitFor()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    for (const [what, key] of [
      ['Change Assignee', 'A'],
      ['Change Impact', 'P'],
      ['Comment', 'R'],
      ['Create a record', 'C'],
      ['Go to Desk', 'G'],
      ['Search or do anything', 'Ctrl'],
    ] as const) {
      const line = sheet.locator('dl > div').filter({ has: page.getByText(what, { exact: true }) })
      assert.equal((await line.locator('kbd').first().innerText()).trim(), key, what)
    }
    await page.context().close()
  })

  it('of one letter can be switched off; those with Ctrl and the arrows stay', async () => {
    const page = await desk.open('agent')
    await page.goto('/settings/preferences')
    const box = page.getByRole('checkbox', { name: /^J, K, X/ })
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/preferences'))
    await box.uncheck()
    await kept
    await openList(page, '/desk/incidents')
    await page.keyboard.press('ArrowDown')
    for (const key of ['j', 'j', 'c', '?']) await page.keyboard.press(key)
    assert.equal(await page.locator('.grid-row[data-active]').getAttribute('aria-rowindex'), '2')
    assert.equal(await page.getByRole('menu').or(page.getByRole('dialog')).count(), 0)
    await page.keyboard.press('Control+k')
    await palette(page).waitFor()
    await page.context().close()
  })

  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})

/** The row in hand is drawn whole where rows are seen: below the head, down to the edge of the grid. */
function isInSight(): boolean {
  const row = document.querySelector('.grid-row[data-active]')?.getBoundingClientRect()
  const head = document.querySelector('.grid-head')?.getBoundingClientRect()
  const grid = document.querySelector('.grid-scroll')
  if (!row || !head || !grid) return false
  return row.top >= head.bottom - 1 && row.bottom <= grid.getBoundingClientRect().top + grid.clientHeight + 1
}
