// The rows of the conventions that speak of lists: saved views, deep links, inline edit, bulk actions, export, grid semantics, empty
// states, columns and completion.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { run, sql } from '#kit/sql.ts'
import { violations } from '../../setup/axe.ts'
import { chooseFromMenu, hasFocus } from '../../setup/browser.ts'
import { openDesk, openList, report, type Desk } from '../../setup/convention.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})

describe('Saved views', () => {
  it('have a name, stand in the navigation when pinned, are shared or not, and say when they were changed', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents?filter=priority:P1,P2&columns=number,subject:300,priority')
    await page.getByRole('button', { name: /Save view/ }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Urgent ones')
    await readBy(page, 'Everybody who may see these records')
    await dialog.getByRole('button', { name: /Save/ }).press('Enter')
    const pinned = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Urgent ones' })
    await pinned.waitFor()
    // Changed: what is on screen is not what is kept under the name.
    await page.getByRole('searchbox').first().fill('printer')
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByText('View changed').waitFor()
    for (const name of ['Save', 'Save as new']) await views.getByRole('button', { name, exact: true }).waitFor()
    await views.getByRole('button', { name: 'Save as new' }).press('Enter')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Urgent printers')
    await page.getByRole('dialog').getByRole('button', { name: /Save/ }).press('Enter')
    await views.getByRole('link', { name: 'Urgent printers' }).waitFor()
    await views.getByRole('link', { name: 'Urgent ones' }).press('Enter')
    await page.getByRole('searchbox').first().fill('mill')
    await views.getByRole('link', { name: 'Reset' }).press('Enter')
    await page.waitForURL((url) => !url.searchParams.has('q') && url.searchParams.get('filter') === 'priority:P1,P2')
    // A colleague finds it, with its filters applied by the address alone.
    const other = await desk.open('agent')
    await other.goto('/desk/incidents')
    await other.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Urgent ones' }).press('Enter')
    await other.waitForURL((url) => url.searchParams.get('filter') === 'priority:P1,P2')
    for (const one of [page, other]) await one.context().close()
  })

  it('belong to a team: its members see it and pin it for themselves; who may not change it is offered no Save', async () => {
    const { teams, person } = (await desk.call('agent', 'GET', '/me')) as unknown as { teams: { id: number; title: string }[]; person: { id: number } } // oxfmt-ignore
    const [mine] = teams
    assert.ok(mine, 'the agent is in a team')
    // A colleague with no role beyond reporting becomes a member like any other.
    const colleague = (await desk.call('requester', 'GET', '/me')) as unknown as { person: { id: number } }
    const team = await desk.call('administrator', 'GET', `/teams/${mine.id}`)
    const members = [...(team['members'] as { id: number }[]).map(({ id }) => id), colleague.person.id]
    await desk.call('administrator', 'PATCH', `/teams/${mine.id}`, { members, lead: person.id }, team.rev)
    const page = await desk.open('agent')
    await page.goto('/desk/incidents?filter=priority:P1,P2')
    await page.getByRole('button', { name: /Save view/ }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Team board')
    await readBy(page, `Team ${mine.title}`)
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Save view', exact: true }).press('Enter')
    const tab = (of: Page) => of.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Team board$/ })
    await tab(page).waitFor()
    // Its maker may save it.
    await page.getByRole('searchbox').first().fill('printer')
    const save = (of: Page) => of.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Save', exact: true }) // oxfmt-ignore
    await save(page).waitFor()

    const other = await desk.open('requester')
    await other.goto('/desk/incidents')
    await tab(other).press('Enter')
    await other.waitForURL((url) => url.searchParams.get('filter') === 'priority:P1,P2')
    assert.match(await tab(other).innerText(), new RegExp(`team ${mine.title}`, 'i'))
    await other.getByRole('searchbox').first().fill('mill')
    const views = other.getByRole('navigation', { name: 'Views' })
    await views.getByText('View changed').waitFor()
    await views.getByRole('button', { name: 'Save as new' }).waitFor()
    await views.getByRole('link', { name: 'Reset' }).waitFor()
    assert.equal(await save(other).count(), 0)
    const options = views.getByRole('button', { name: /What to do with the view Team board/ })
    await options.press('Enter')
    await other.getByRole('menuitem', { name: 'Pin it to my navigation' }).waitFor()
    assert.equal(await other.getByRole('menuitem', { name: /Delete|Change name/ }).count(), 0)
    assert.deepEqual(await violations(other), [])
    await chooseFromMenu(other, 'Pin it to my navigation')
    const pinned = other.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Team board' })
    await pinned.waitFor()
    // The agent takes it out again, for nobody but themselves.
    await page.getByRole('button', { name: /What to do with the view Team board/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Take it out of my navigation' }).waitFor()
    await chooseFromMenu(page, 'Take it out of my navigation')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Team board' }).waitFor({ state: 'detached' }) // oxfmt-ignore
    await other.reload()
    await pinned.waitFor()
    for (const one of [page, other]) await one.context().close()
  })
})

describe('Deep links', () => {
  it('hold filter, sort and columns with their widths, and pass over what cannot be read', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents?filter=priority:P1&sort=-openedAt&columns=number,subject:333,priority')
    assert.deepEqual(await headsOf(page), ['Ref', 'Subject', 'Priority'])
    const width = await page
      .getByRole('columnheader')
      .nth(2)
      .evaluate((head) => (head as HTMLElement).offsetWidth)
    assert.equal(width, 333)
    await openList(page, '/desk/incidents?sort=sideways&columns=moon,subject:wide,%3Cb%3E&group=nothing')
    await openList(page, '/desk/incidents')
    await page.context().close()
  })
})

describe('Columns', () => {
  it('move and change their width by key, by menu and by pointer, and the address keeps it', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents?columns=number,subject,priority')
    const head = page.getByRole('columnheader', { name: /^Priority/ })
    await head.getByRole('button').first().focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.waitForURL(/columns=number,priority,subject(&|$)/)
    const width = await head.evaluate((element) => (element as HTMLElement).offsetWidth)
    await head.getByRole('button').first().focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.waitForURL(new RegExp(`columns=number,priority:${width + 16},subject`))
    await head.getByRole('button', { name: 'Arrange this column' }).press('Enter')
    await chooseFromMenu(page, 'Move behind the next one')
    await page.waitForURL(/columns=number,subject,priority:/)
    const box = await head.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x + box.width - 2, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width + 38, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(new RegExp(`priority:${width + 56}`))
    await head.dragTo(page.getByRole('columnheader', { name: /^Ref/ }))
    await page.waitForURL(/columns=priority:\d+,number,subject/)
    await head.getByRole('button', { name: 'Arrange this column' }).press('Enter')
    await chooseFromMenu(page, 'Hide this column')
    await page.waitForURL(/columns=number,subject(&|$)/)
    await page.context().close()
  })
})

describe('Inline edit', () => {
  it('begins by E, by Enter in a cell and by the pointer; Escape takes back; the checks are those of the form', async () => {
    const { id } = await report(desk, 'Named wrongly')
    const page = await desk.open('manager', ['422'])
    await openList(page, `/desk/incidents?filter=id:${id}&columns=number,subject,description`)
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    const box = page.getByRole('grid').getByRole('textbox', { name: 'Subject' })
    await box.fill('Not kept')
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    await page.getByRole('grid').getByText('Named wrongly').waitFor()
    await page.waitForFunction(() => document.activeElement?.id === 'grid')
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
    await box.fill('')
    await page.keyboard.press('Enter')
    await page.locator('.cell-editor [class*=-error]').filter({ hasText: /\w/ }).first().waitFor()
    await box.fill('Named rightly')
    await page.keyboard.press('Enter')
    await page.getByRole('grid').getByText('Named rightly').waitFor()
    const row = page.locator(`#row-${id}`)
    const pencil = row.getByRole('button', { name: 'Change Subject' })
    // A hand goes on moving; a row that moves under it while the list is read again would else not know of it.
    for (let x = 200; x < 260 && !(await pencil.isVisible()); x++) {
      await row.hover({ position: { x, y: 12 } })
      await page.waitForTimeout(100)
    }
    await pencil.click()
    await box.waitFor()
    await page.context().close()
  })
})

describe('Bulk actions', () => {
  it('say how many are selected, take all that match only when told so, and have one undo', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    const { total } = (await desk.call('manager', 'GET', '/incidents?limit=1&total=true')) as unknown as { total: { count: number } } // oxfmt-ignore
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
    const bar = page.getByRole('region', { name: /selected/ })
    const loaded = Number(/\d+/.exec(await bar.innerText())?.[0])
    assert.ok(loaded < total.count, `${loaded} of ${total.count} are loaded`)
    await bar.getByRole('button', { name: new RegExp(`Select all ${total.count} that match`) }).press('Enter')
    await bar.getByText(`All ${total.count} that match are selected`).waitFor()
    await bar.getByRole('button', { name: 'Clear' }).press('Enter')
    await bar.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('of many run on the server with progress, tell which were left as they were, and are undone at once', async () => {
    const page = await desk.open('manager', ['ERR_CONNECTION_RESET'])
    const count = async (filter: string): Promise<number> =>
      ((await desk.call('manager', 'GET', `/incidents?limit=1&total=true&filter=${filter}`)) as unknown as { total: { count: number } }).total.count // oxfmt-ignore
    const before = await count('channel:chat')
    await openList(page, '/desk/incidents?filter=-channel:chat')
    const all = await count('-channel:chat')
    assert.ok(all > 100, `${all} are enough for a run in the background`)
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
    const bar = page.getByRole('region', { name: /selected/ })
    await bar.getByRole('button', { name: /Select all/ }).press('Enter')
    await bar.getByRole('button', { name: 'Change' }).press('Enter')
    const dialog = page.getByRole('dialog')
    for (const [field, answer] of [
      ['Field', 'Channel'],
      ['Channel', 'Chat'],
    ] as const) {
      // oxfmt-ignore
      await dialog.getByRole('combobox', { name: field }).focus()
      await page.keyboard.press('ArrowDown')
      await page.getByRole('option', { name: answer, exact: true }).first().click()
    }
    // The connection is lost once while it works: that ends neither the progress nor the offer to undo.
    let lost = 0
    await page.route(/\/bulk-runs\/\d+$/, (route) => (lost++ === 0 ? route.abort('connectionreset') : route.continue()))
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/bulk-runs') && answer.request().method() === 'POST') // oxfmt-ignore
    await dialog.getByRole('button', { name: 'Apply' }).press('Enter')
    const begun = await answered
    assert.equal(begun.status(), 202)
    const { request } = (await begun.json()) as { request: string }
    await page
      .getByRole('status')
      .filter({ hasText: /records? changed/ })
      .getByRole('button', { name: 'Undo' })
      .waitFor()
    assert.ok(lost > 0, 'its progress was asked for')
    assert.ok((await count('channel:chat')) > before)
    // What the button sends; it stays for ten seconds only.
    await desk.call('manager', 'POST', '/undo', { request })
    assert.equal(await count('channel:chat'), before)
    await page.context().close()
  })

  it('that run already are shown again when the page is loaded anew, and end with their undo', async () => {
    const { person } = (await desk.call('manager', 'GET', '/me')) as unknown as { person: { id: number } }
    const { db } = desk.demo
    // One that stands still, so that nothing here hangs on how quick it is.
    const [made] = await run<{ id: number }>(
      db,
      sql`insert into bulk_run (org, person, record, deed, ids, request, total, position) values (1, ${person.id}, 'incident', '{"change": {"channel": "chat"}}'::jsonb, '{}', 'of-another-day', 500, 120) returning id`,
    )
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    const bar = page.getByRole('region', { name: '120 of 500' })
    await bar.waitFor()
    await page.reload()
    await bar.getByRole('button', { name: 'Cancel' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.goto('/desk/tasks')
    await page.getByRole('grid').getByRole('row').nth(1).waitFor()
    assert.equal(await bar.count(), 0)
    await openList(page, '/desk/incidents')
    await bar.waitFor()
    await run(db, sql`update bulk_run set state = 'done', position = 500 where id = ${made?.id}`)
    await page.getByRole('status').filter({ hasText: '500 records changed' }).getByRole('button', { name: 'Undo' }).waitFor() // oxfmt-ignore
    await bar.waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('Groups', () => {
  it('have a heading with their count where they begin, read once for the strip and for the grid', async () => {
    const { items } = (await desk.call('manager', 'GET', '/incidents/groups?by=priority')) as unknown as { items: { labels: string[]; count: number }[] } // oxfmt-ignore
    const page = await desk.open()
    let asked = 0
    page.on('request', (request) => void (/\/incidents\/groups/.test(request.url()) && asked++))
    await openList(page, '/desk/incidents?group=priority')
    const heading = page.locator('.grid-group').first()
    await heading.locator('b').waitFor()
    const said = (await heading.innerText()).replaceAll(/\s+/g, ' ')
    assert.ok(
      items.some(({ labels, count }) => said === `${labels[0]} ${count}`),
      `${said} is no group`,
    )
    await page.getByRole('navigation', { name: 'Groups by Priority' }).getByRole('link').first().waitFor()
    assert.equal(asked, 1)
    // It belongs to the row that it stands above, which keeps its number.
    const row = page.getByRole('grid').locator('[role=row][aria-rowindex="2"]')
    const id = await row.getAttribute('aria-describedby')
    assert.equal((await page.locator(`#${id}`).innerText()).replaceAll(/\s+/g, ' '), said)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.locator('.grid-row[data-active][aria-rowindex="3"]').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.context().close()
  })
})

describe('Export', () => {
  it('holds exactly the rows, columns and order of the view', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents?filter=priority:P1,P2&sort=-id&columns=number,priority,subject')
    await page.getByRole('button', { name: 'Export' }).press('Enter')
    await hasFocus(page, 'menu')
    const address = await page.getByRole('menuitem', { name: /^CSV/ }).getAttribute('href')
    const lines = (await (await page.request.get(address ?? '')).text())
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/)
    assert.match(lines[0] ?? '', /^Number[;,]Priority[;,]Subject$/)
    const { total } = (await desk.call('manager', 'GET', '/incidents?filter=priority:P1,P2&limit=1&total=true')) as unknown as { total: { count: number } } // oxfmt-ignore
    assert.equal(lines.length - 1, total.count)
    const ids = lines.slice(1).map((line) => Number(/^INC-(\d+)/.exec(line)?.[1]))
    assert.deepEqual(
      ids,
      ids.toSorted((one, other) => other - one),
    )
    await page.context().close()
  })
})

describe('Grid semantics', () => {
  it('tell a screen reader how many rows there are, which one this is, and where the keyboard is', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    const { total } = (await desk.call('manager', 'GET', '/incidents?limit=1&total=true')) as unknown as { total: { count: number } } // oxfmt-ignore
    const grid = page.getByRole('grid', { name: 'Incidents' })
    assert.equal(await grid.getAttribute('aria-rowcount'), String(total.count + 1))
    await page.keyboard.press('j')
    const first = (await grid.getAttribute('aria-activedescendant')) ?? ''
    assert.equal(await page.locator(`#${first}`).getAttribute('aria-rowindex'), '2')
    await page.keyboard.press('ArrowRight')
    const cell = (await grid.getAttribute('aria-activedescendant')) ?? ''
    assert.equal(await page.locator(`#${cell}`).getAttribute('role'), 'gridcell')
    await page.keyboard.press('End')
    await page.waitForFunction(
      (last) => document.querySelector('.grid-row[data-active]')?.getAttribute('aria-rowindex') === last,
      String(total.count + 1),
    )
    await page.context().close()
  })
})

describe('Filter', () => {
  it('completes fields and values where they are typed, by keyboard', async () => {
    const page = await desk.open()
    await openList(page, '/desk/incidents')
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    const box = page.getByRole('combobox', { name: 'Filter' })
    await box.pressSequentially('prio')
    await page.getByRole('option', { name: /^priority:/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /^priority:P1/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('filter') === 'priority:P1')
    await page.context().close()
  })
})

describe('Empty states', () => {
  it('say what belongs there and offer the next step', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents?filter=id:999999')
    await page.getByRole('heading', { name: /match this view/ }).waitFor()
    await page.getByRole('button', { name: 'Show all' }).press('Enter')
    await page.getByRole('grid').getByRole('row').nth(1).waitFor()
    await page.context().close()
  })
  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})

/** Chooses who sees the view that is being saved. */
async function readBy(page: Page, readers: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: 'Who sees it' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: readers, exact: true }).click()
}

async function headsOf(page: Awaited<ReturnType<Desk['open']>>): Promise<string[]> {
  const heads = await page.getByRole('columnheader').locator('.clip').allInnerTexts()
  return heads.map((text) => text.trim())
}
