// What else people do all day: many at once, saved views, groups, files, two writers at one field, the bin, exports, own fields, the matrix, tokens.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { chooseFromMenu, hasFocus, openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { givePicture } from '../setup/give-picture.ts'
import { callAs } from '../setup/call.ts'

let demo: Demo
let page: Page
let troubles: string[]
let session: string

describe('a day at the desk', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    // A stale write is answered 412 on purpose, and a refused bulk move is counted in its answer.
    const opened = await openPage(await openContext(demo.url, session), ['412 (Precondition Failed)'])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('changes many at once, tells which failed and why, and takes it back', async () => {
    await page.goto('/desk/incidents?filter=status:new,assigned,working,closed&sort=-openedAt')
    await page.getByRole('grid').getByRole('row').nth(3).waitFor()
    await page.getByRole('grid').focus()
    for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key)
    const bar = page.getByRole('region', { name: '3 selected' })
    await bar.getByRole('button', { name: 'Change' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await pick(dialog.getByRole('combobox', { name: 'Field' }), 'Channel')
    await pick(dialog.getByRole('combobox', { name: 'Channel' }), 'Chat')
    await dialog.getByRole('button', { name: 'Apply' }).press('Enter')
    const said = page.getByRole('status').filter({ hasText: '3 ' })
    await said.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByRole('status').filter({ hasText: 'Undone' }).waitFor()
  })

  it('lists the failures of a move that some may not make', async () => {
    await page.goto('/desk/incidents?filter=status:closed&sort=openedAt')
    await page.getByRole('grid').getByRole('row').nth(2).waitFor()
    await page.getByRole('grid').focus()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await page.getByRole('region', { name: '2 selected' }).getByRole('button', { name: 'Move' }).press('Enter')
    await chooseFromMenu(page, 'Reopen')
    const failures = page.getByRole('dialog')
    await failures
      .getByText(/Closed \d+ days ago/)
      .first()
      .waitFor()
    // How many for which reason stands above, where there are several.
    assert.equal(await failures.getByRole('table').last().getByRole('row').count(), 3)
    await page.keyboard.press('Escape')
  })

  it('keeps a view under a name and shows when it was changed', async () => {
    await page.goto('/desk/incidents?filter=priority:P1,P2&sort=-openedAt')
    await page.getByRole('button', { name: /Save view/ }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Urgent ones')
    await dialog.getByRole('button', { name: /Save/ }).press('Enter')
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('link', { name: 'Urgent ones' }).waitFor()
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Urgent ones' }).waitFor()
    await page.getByRole('searchbox').first().fill('printer')
    await views.getByRole('link', { name: 'Reset' }).press('Enter')
    await page.waitForURL((url) => !url.searchParams.has('q'))
  })

  it('takes the marked option when an answer shortens the list under it', async () => {
    await page.goto('/desk/incidents/new')
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route(/\/teams\?.*q=/, async (route) => {
      await held
      await route.continue()
    })
    const field = page.getByRole('combobox', { name: 'Team' })
    await field.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('Service desk')
    const marked = page.locator('[role=option][data-combobox-selected]')
    const options = page.getByRole('option')
    await options.nth(1).waitFor()
    do await page.keyboard.press('ArrowDown')
    while ((await marked.innerText()) !== 'Service desk')
    assert.ok((await options.allInnerTexts()).indexOf('Service desk') > 0)
    release()
    await options.nth(1).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await options.first().waitFor({ state: 'hidden' })
    assert.equal(await field.inputValue(), 'Service desk')
    await page.unroute(/\/teams\?.*q=/)
  })

  it('says how often an obligation comes back by choosing, and shows it in words', async () => {
    await page.goto('/improvement/obligations/new')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Look through the alarms')
    await page.getByRole('spinbutton', { name: 'Every' }).fill('2')
    await pick(page.getByRole('combobox', { name: 'How often' }), 'weeks')
    await page.getByRole('checkbox', { name: 'Mon' }).press('Space')
    await page.getByRole('textbox', { name: 'First on' }).fill('2026-12-07')
    await page.getByRole('button', { name: 'Create obligation' }).press('Enter')
    await page.getByRole('heading', { name: 'Look through the alarms' }).waitFor()
    await page.getByRole('definition').getByText('every 2 weeks on Mon').waitFor()
  })

  it('groups with counts, each of which opens its list', async () => {
    await page.goto('/desk/incidents?group=priority')
    const groups = page.getByRole('navigation', { name: 'Groups by Priority' })
    const group = groups.getByRole('link').first()
    const count = Number(/(\d+)\s*$/.exec((await group.innerText()).replaceAll(',', ''))?.[1])
    await group.press('Enter')
    await page.waitForURL(/filter=priority:P\d/)
    await page.waitForFunction(
      (wanted) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(wanted + 1),
      count,
    )
  })

  it('stays live while it is grouped: a row changes where it stands, the counts with it', async () => {
    const { number, id, rev } = (await call('GET', '/incidents/INC-232')) as { number: string; id: number; rev: number }
    const loaded = page.waitForResponse(/\/incidents\/groups/)
    await page.goto(`/desk/incidents?filter=id:${id}&group=priority`)
    await page.locator(`#row-${id}`).waitFor()
    await loaded
    const groups = page.getByRole('navigation', { name: 'Groups by Priority' })
    await groups.getByRole('link').first().waitFor()
    const countsAgain = page.waitForResponse(/\/incidents\/groups/)
    await call('PATCH', `/incidents/${id}`, { subject: `${number} renamed elsewhere` }, rev)
    await page
      .locator(`#row-${id}`)
      .filter({ hasText: `${number} renamed elsewhere` })
      .waitFor()
    await countsAgain
    assert.deepEqual(troubles, [])
  })

  it('shows units as a tree that keys open and close, read level by level', async () => {
    await page.goto('/people/units')
    const tree = page.getByRole('tree', { name: 'Units' })
    const top = tree.getByRole('treeitem', { level: 1 }).first()
    const inside = tree.getByRole('treeitem', { level: 2 })
    // So few on top are open from the beginning.
    await top.and(page.locator('[aria-expanded=true]')).waitFor()
    await inside.first().waitFor()
    await top.focus()
    await page.keyboard.press('ArrowLeft')
    await inside.first().waitFor({ state: 'detached' })
    const second = tree.getByRole('treeitem', { level: 3 })
    await page.keyboard.press('ArrowRight')
    await inside.first().waitFor()
    const below = page.waitForResponse(/\/units\?filter=parent%3AUNIT/)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await below
    await second.first().waitFor()
    await page.keyboard.press('ArrowLeft')
    await second.first().waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowLeft')
    const said = Number(/(\d+)\s+below/.exec(await top.innerText())?.[1])
    assert.equal(await inside.count(), said)
    await page.keyboard.press('ArrowRight')
    const address = (await inside.first().getAttribute('data-address')) ?? ''
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === address)
    await page.goto('/people/units?display=table')
    await page.getByRole('grid', { name: 'Units' }).waitFor()
  })

  it('tells what refers to a record, each with the list behind its count', async () => {
    await page.goto('/people/units')
    const first = page.getByRole('treeitem', { level: 1 }).first()
    await first.waitFor()
    await page.goto(`${await first.getAttribute('data-address')}?tab=references`)
    const line = page.getByRole('tabpanel').getByRole('row').filter({ hasText: 'Parent' })
    const count = line.getByRole('link').first()
    const said = Number((await count.innerText()).replaceAll(',', ''))
    await count.press('Enter')
    await page.waitForURL(/filter=parent:UNIT-\d+/)
    await page.waitForFunction(
      (wanted) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(wanted + 1),
      said,
    )
  })

  it('takes a dropped file and a pasted picture, and shows the picture', async () => {
    await page.goto('/desk/incidents/INC-230')
    const composer = page.getByRole('group', { name: 'Comment or note' })
    await composer.waitFor()
    for (const kind of ['drop', 'paste'] as const) await givePicture(composer, kind)
    await composer.getByRole('button', { name: 'Comment' }).press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: /attached|added/ })
      .first()
      .waitFor()
    await page.getByRole('img', { name: 'dot-paste.png' }).first().waitFor()
    await page.getByRole('tab', { name: 'Files' }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'dot-drop.png' }).waitFor()
  })

  it('shows both when two changed the same field', async () => {
    await page.goto('/desk/incidents/INC-231')
    await page.getByRole('button', { name: /^Change the title/ }).press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).waitFor()
    const { rev } = (await call('GET', '/incidents/INC-231')) as { rev: number }
    await call('PATCH', '/incidents/231', { subject: 'Theirs' }, rev)
    await page.getByRole('textbox', { name: 'Subject' }).fill('Mine')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' })
    await dialog.getByText('Theirs', { exact: true }).last().waitFor()
    await dialog.getByRole('button', { name: 'Save my choice' }).press('Enter')
    await page.getByRole('heading', { name: 'Mine' }).waitFor()
  })

  it('bins and restores', async () => {
    await page.goto('/desk/incidents/INC-232')
    await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
    await chooseFromMenu(page, 'Move to the bin')
    await page.getByRole('button', { name: 'Restore' }).press('Enter')
    await page.getByRole('status').filter({ hasText: 'INC-232 restored' }).waitFor()
  })

  it('exports exactly the view in three forms', async () => {
    await page.goto('/desk/incidents?filter=priority:P1&columns=number,subject')
    await page.getByRole('button', { name: 'Export' }).press('Enter')
    await hasFocus(page, 'menu')
    const items = page.getByRole('menuitem')
    const addresses = (await Promise.all((await items.all()).map((item) => item.getAttribute('href')))).flatMap(
      (href) => href ?? [],
    )
    assert.equal(addresses.length, 3)
    const texts = await Promise.all(addresses.map(async (address) => (await page.request.get(address)).body()))
    const p1 = ((await call('GET', '/incidents?filter=priority:P1&total=true')) as { total: { count: number } }).total
      .count
    assert.equal(texts[0]?.toString().trim().split(/\r?\n/).length, p1 + 1)
    assert.equal(texts[1]?.subarray(0, 2).toString(), 'PK')
    assert.equal(texts[2]?.toString().trim().split('\n').length, p1)
    await page.keyboard.press('Escape')
  })

  it("adds a field of one's own: it stands in the form, on the page, in the list", async () => {
    await page.goto('/settings/custom-fields')
    await page.getByRole('link', { name: 'New added field' }).press('Enter')
    await page.getByRole('heading', { name: /^New/ }).waitFor()
    await pickOrType('Record', 'incident', 'Incident')
    await page.getByRole('textbox', { name: /^Name/ }).fill('deskPhone')
    await page.getByRole('textbox', { name: /^Label/ }).fill('Desk phone')
    await pickOrType('Kind', 'text', 'Text')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /Desk phone/i }).waitFor()
    await page.goto('/desk/incidents/new')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Phone rings twice')
    await page.getByRole('textbox', { name: 'Desk phone' }).fill('4711')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('definition').filter({ hasText: '4711' }).waitFor()
    await page.goto('/desk/incidents?columns=subject,deskPhone&filter=deskPhone:4711')
    await page.getByRole('gridcell', { name: '4711' }).waitFor()
  })

  it('adds a field whose choices are written a line each', async () => {
    await page.goto('/settings/customfields/new')
    await page.getByRole('heading', { name: /^New/ }).waitFor()
    await pickOrType('Record', 'incident', 'Incident')
    await page.getByRole('textbox', { name: /^Name/ }).fill('lamp')
    await page.getByRole('textbox', { name: /^Label/ }).fill('Lamp')
    await pickOrType('Kind', 'choice', 'Choice')
    await page.getByRole('textbox', { name: /^Options/ }).fill('Red\nGreen and steady')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Lamp' }).waitFor()
    await page.getByRole('definition').getByText('Red, Green and steady').waitFor()
    await page.goto('/desk/incidents/new')
    await page.getByRole('textbox', { name: 'Subject' }).fill('The lamp is on')
    await pick(page.getByRole('combobox', { name: 'Lamp' }), 'Green and steady')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'The lamp is on' }).waitFor()
    await page.getByRole('definition').getByText('Green and steady').waitFor()
  })

  it('adds a field that refers to a kind of record, and chooses by name in it', async () => {
    await page.goto('/settings/customfields/new')
    await page.getByRole('heading', { name: /^New/ }).waitFor()
    await pickOrType('Record', 'incident', 'Incident')
    await page.getByRole('textbox', { name: /^Name/ }).fill('blamedService')
    await page.getByRole('textbox', { name: /^Label/ }).fill('Blamed service')
    await pickOrType('Kind', 'ref', 'Reference to one kind of record')
    await pickOrType('Refers to', 'service', 'Service')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /Blamed service/i }).waitFor()
    await page.goto('/desk/incidents/new')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Stock figures are old')
    await page.getByRole('combobox', { name: 'Blamed service' }).focus()
    await page.keyboard.type('Identity')
    await page.getByRole('option', { name: 'Identity service', exact: true }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Stock figures are old' }).waitFor()
    await page.getByRole('definition').getByRole('link', { name: 'Identity service' }).waitFor()
  })

  it('changes the priority matrix, and refuses one that contradicts itself', async () => {
    await page.goto('/settings/desk')
    const cell = page.getByRole('combobox', { name: 'One person, Low' })
    await cell.selectOption('P3')
    await cell.press('Tab')
    await page.getByRole('combobox', { name: 'One person, Normal' }).selectOption('P3')
    await page.getByRole('combobox', { name: 'A team, Low' }).selectOption('P3')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByRole('status').filter({ hasText: 'Priority matrix saved' }).waitFor()
    const { priorityMatrix } = (await call('GET', '/settings')) as {
      priorityMatrix: { cells: Record<string, Record<string, string>> }
    }
    assert.equal(priorityMatrix.cells['person']?.['low'], 'P3')
  })

  it('makes a token that works once shown, and revokes it', async () => {
    await page.goto('/settings/tokens')
    await page.getByRole('textbox', { name: 'What is it for' }).fill('Monitoring')
    await page.getByRole('button', { name: 'Create token' }).press('Enter')
    await page.getByText('Copy it now').waitFor()
    await page.getByRole('row').filter({ hasText: 'Monitoring' }).waitFor()
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('row').filter({ hasText: 'Monitoring' }).getByRole('button', { name: 'Revoke' }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'Monitoring' }).waitFor({ state: 'hidden' })
  })

  it('makes a calendar feed that a program reads, and ends it', async () => {
    await page.goto('/settings/calendars')
    await page.getByRole('textbox', { name: 'Name' }).fill('On my phone')
    await page.getByRole('button', { name: 'Make the feed' }).press('Enter')
    const address = await page.getByLabel('Address of the feed').innerText()
    const local = `${demo.url}${new URL(address).pathname}`
    assert.match(await (await fetch(local)).text(), /^BEGIN:VCALENDAR\r\n/)
    const row = page.getByRole('row').filter({ hasText: 'On my phone' })
    await row.filter({ hasText: 'Tasks (Mine)' }).waitFor()
    page.once('dialog', (dialog) => void dialog.accept())
    await row.getByRole('button', { name: 'End' }).press('Enter')
    await row.waitFor({ state: 'hidden' })
    assert.equal((await fetch(local)).status, 404)
  })

  it('shows jobs and health', async () => {
    await page.goto('/settings/jobs')
    await page.getByRole('row').filter({ hasText: 'reaction: ' }).first().waitFor()
    await page.goto('/settings/health')
    await page.getByRole('row').nth(2).waitFor()
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})

const call = (method: string, address: string, body?: unknown, rev?: number): Promise<unknown> =>
  callAs({ url: demo.url, session }, method, address, { body, rev })

async function pick(list: Locator, answer: string): Promise<void> {
  await list.focus()
  await page.keyboard.press('ArrowDown')
  const option = page.getByRole('option', { name: answer, exact: true }).first()
  await option.waitFor()
  await option.click()
}
async function pickOrType(label: string, text: string, option: string): Promise<void> {
  const list = page.getByRole('combobox', { name: label }).first()
  const field = page.getByRole('textbox', { name: label }).or(list).first()
  if ((await field.getAttribute('aria-haspopup')) === 'listbox') return pick(field, option)
  await field.fill(text)
}
