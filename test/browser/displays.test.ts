// Lists as boards, calendars, timelines and maps: by keyboard and by drag, with undo, with refusals, with a hundred thousand in a month.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { run, sql } from '#kit/sql.ts'
import { violations } from '../setup/axe.ts'
import { chooseFromMenu, hasFocus, openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { pressBoth } from '../setup/keys.ts'
import { callAs } from '../setup/call.ts'

interface Made {
  id: number
  number: string
}
/** Far from everything that the demonstration company has. */
const month = '2031-05'
const many = 100_000
let demo: Demo
let session: string
let page: Page
let troubles: string[]
let task: Made
let absence: Made

describe('other ways to show a list', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    const me = (await call('GET', '/me')) as { person: Made }
    task = await made('/tasks', { subject: 'Winter tyres', dueOn: `${month}-14`, assignee: me.person.id })
    absence = await made('/absences', { person: me.person.id, firstDay: `${month}-12`, lastDay: `${month}-16` })
    // Moves and changes that are refused are part of what is tried.
    const opened = await openPage(await openContext(demo.url, session), ['412 (', '409 (', '422 ('])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('offers the displays for which a kind has the fields, by menu and key, and keeps the filter', async () => {
    await page.goto('/desk/tasks?filter=status:open&sort=-dueOn')
    await page.getByRole('grid', { name: 'Tasks' }).waitFor()
    await page.getByRole('button', { name: 'Show as: List' }).press('Enter')
    await hasFocus(page, 'menu')
    const offered = await page.getByRole('menuitem').allInnerTexts()
    assert.deepEqual(
      offered.map((text) => text.trim()),
      ['List', 'Board', 'Calendar', 'Timeline', 'Map'],
    )
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    for (const [key, display] of [
      ['c', 'calendar'],
      ['t', 'timeline'],
      ['b', 'board'],
    ] as const) {
      await pressBoth(
        page,
        ['v', key],
        (url) => url.searchParams.get('display') === display && url.searchParams.get('filter') === 'status:open',
      )
    }
    await page.goto('/desk/calendars')
    await page.getByRole('grid', { name: 'Calendars' }).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Show as/ }).count(), 0)
  })

  it('keeps the display in a saved view', async () => {
    await page.goto(`/desk/tasks?display=calendar&filter=status:open&mode=week&at=${month}-14`)
    await cell(14).waitFor()
    await page.getByRole('button', { name: /Save view/ }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('My weeks')
    await dialog.getByRole('button', { name: /Save/ }).press('Enter')
    const pinned = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'My weeks' })
    const address = new URL((await pinned.getAttribute('href')) ?? '', demo.url)
    assert.deepEqual(
      ['display', 'mode', 'filter', 'at'].map((name) => address.searchParams.get(name)),
      ['calendar', 'week', 'status:open', null],
    )
  })

  it('moves an entry by keys from day to day, and takes it back', async () => {
    await openCalendar()
    await cell(14).focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/at=2031-05-15/)
    await isFocused(cell(15))
    await page.keyboard.press('ArrowLeft')
    await isFocused(cell(14))
    await page.keyboard.press('Enter')
    await isFocused(entryOn(14))
    await page.keyboard.press('Alt+ArrowRight')
    await entryOn(15).waitFor()
    await isFocused(entryOn(15))
    await undo()
    await entryOn(14).waitFor()
    assert.equal(await dueOn(), `${month}-14`)
  })

  it('moves an entry once while it is on its way, whatever is pressed meanwhile', async () => {
    await openCalendar()
    let release = (): void => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    let moves = 0
    const address = new RegExp(`/tasks/${task.id}$`)
    await page.route(address, async (route) => {
      if (route.request().method() === 'PATCH') {
        moves++
        await held
      }
      await route.continue()
    })
    await entryOn(14).focus()
    for (let nth = 0; nth < 3; nth++) await page.keyboard.press('Alt+ArrowRight')
    release()
    await entryOn(15).waitFor()
    assert.equal(moves, 1)
    await isFocused(entryOn(15))
    await page.keyboard.press('Alt+ArrowLeft')
    await entryOn(14).waitFor()
    assert.equal(moves, 2)
    assert.equal(await dueOn(), `${month}-14`)
    await page.unroute(address)
  })

  it('moves an entry by its dates, opened with M', async () => {
    await openCalendar()
    await entryOn(14).focus()
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Winter tyres' })
    await dialog.getByLabel('Due').fill(`${month}-20`)
    await dialog.getByRole('button', { name: 'Move' }).press('Enter')
    await entryOn(20).waitFor()
    await undo()
    await entryOn(14).waitFor()
  })

  it('moves an entry by dragging it, and shows what another has moved', async () => {
    await openCalendar()
    await entryOn(14).dragTo(cell(22))
    await entryOn(22).waitFor()
    await undo()
    await entryOn(14).waitFor()
    const { rev } = (await call('GET', `/tasks/${task.id}`)) as { rev: number }
    await call('PATCH', `/tasks/${task.id}`, { dueOn: `${month}-08` }, rev)
    await entryOn(8).waitFor()
    const again = (await call('GET', `/tasks/${task.id}`)) as { rev: number }
    await call('PATCH', `/tasks/${task.id}`, { dueOn: `${month}-14` }, again.rev)
    await entryOn(14).waitFor()
  })

  it('says why what Pilothouse sets itself cannot be moved', async () => {
    // Of its own: how much the company has open depends on the hour it is told of.
    const { items } = (await call('GET', '/incidents?filter=dueAt:any service:any&limit=1&fields=service,requester')) as { items: { service: { number: string }; requester: { number: string } }[] } // oxfmt-ignore
    const [like] = items
    const made = (await call('POST', '/incidents', { subject: 'Due when the promise says', service: like?.service.number, requester: like?.requester.number })) as Made // oxfmt-ignore
    const dueAt = await dueOf(made)
    await page.goto(`/desk/incidents?display=calendar&mode=week&at=${dueAt.slice(0, 10)}`)
    const entry = page.getByRole('link', { name: new RegExp(`^${made.number},`) })
    await entry.focus()
    assert.equal(await entry.getAttribute('draggable'), 'false')
    await page.keyboard.press('Alt+ArrowRight')
    await page.getByRole('alert').filter({ hasText: 'is set by Pilothouse' }).waitFor()
  })

  it('lays other kinds above each other, and a span over its days', async () => {
    await openCalendar()
    await page.getByRole('button', { name: 'Layers' }).press('Enter')
    await chooseFromMenu(page, 'Absences')
    await page.waitForURL(/layers=absence/)
    const away = cell(12).getByRole('link', { name: new RegExp(`^${absence.number},`) })
    await away.waitFor()
    const [span, day] = [await away.boundingBox(), await cell(12).boundingBox()]
    assert.ok(span && day && span.width > day.width * 4.5 && span.width < day.width * 5.1)
    await entryOn(14).waitFor()
  })

  it('is an agenda on a phone', async () => {
    const phone = await openPage(await openContext(demo.url, session, { width: 390 }))
    await phone.page.goto(`/desk/tasks?display=calendar&at=${month}-14`)
    await phone.page.getByRole('heading', { name: /14 May 2031/ }).waitFor({ timeout: 20_000 })
    await phone.page.getByRole('link', { name: new RegExp(`^${task.number},`) }).waitFor()
    assert.equal(await phone.page.getByRole('grid').count(), 0)
    assert.deepEqual(phone.troubles, [])
    await phone.page.close()
  })

  it('moves and lengthens a bar by keys, and takes it back', async () => {
    await openTimeline()
    await bar().focus()
    await page.keyboard.press('Alt+ArrowRight')
    await barSays('13 May 2031 to 17 May 2031')
    await isFocused(bar())
    await undo()
    await barSays('12 May 2031 to 16 May 2031')
    await bar().focus()
    await page.keyboard.press('Alt+Shift+ArrowLeft')
    await barSays('12 May 2031 to 15 May 2031')
    await undo()
    await barSays('12 May 2031 to 16 May 2031')
  })

  it('moves and lengthens a bar by dragging', async () => {
    await openTimeline()
    await drag(0.5, 61)
    await barSays('14 May 2031 to 18 May 2031')
    await undo()
    await barSays('12 May 2031 to 16 May 2031')
    await drag(1, 31)
    await barSays('12 May 2031 to 17 May 2031')
    await undo()
    await barSays('12 May 2031 to 16 May 2031')
  })

  it('draws what blocks what, and says it', async () => {
    const later = await made('/tasks', { subject: 'Fit the tyres', dueOn: `${month}-21` })
    await call('POST', '/links', { type: 'blocks', on: { record: 'task', id: task.id }, to: { record: 'task', id: later.id } }) // oxfmt-ignore
    await page.goto(`/desk/tasks?display=timeline&zoom=day&at=${month}-14`)
    await page.getByRole('button', { name: new RegExp(`${task.number} blocks ${later.number}`) }).waitFor()
    await page.locator('.tl-lines > path').waitFor({ state: 'attached' })
  })

  it('moves a card by menu, keys and drag: a move of the workflow that asks what it needs, with undo', async () => {
    await page.goto('/desk/tasks?display=board&q=winter tyres')
    const ways = [
      async () => {
        await card('open').getByRole('link').focus()
        await page.keyboard.press('m')
        await chooseFromMenu(page, 'In work')
      },
      async () => {
        await card('open').getByRole('link').focus()
        await page.keyboard.press('Alt+ArrowRight')
      },
      () => card('open').dragTo(column('doing')),
    ]
    for (const move of ways) {
      await card('open').waitFor()
      await move()
      await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).press('Enter')
      await card('doing').waitFor()
      await undo()
    }
    await card('open').waitFor()
  })

  it('says which move there is not', async () => {
    await page.goto('/desk/tasks?display=board&q=winter tyres')
    await card('open').dragTo(column('done'))
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Finish' }).press('Enter')
    await card('done').waitFor()
    await card('done').dragTo(column('doing'))
    await page.getByRole('alert').filter({ hasText: 'Cannot be moved there' }).waitFor()
    await card('done').dragTo(column('open'))
    await card('open').waitFor()
  })

  it('has columns of choices and people, folds them, and refuses what Pilothouse sets', async () => {
    await page.goto('/desk/incidents?display=board&group=impact&filter=id:240')
    const chosen = page.locator('.board-card')
    await chosen.waitFor()
    const from = await chosen.locator('xpath=ancestor::section').getAttribute('data-column')
    const to = from === 'team' ? 'site' : 'team'
    await chosen.dragTo(column(to))
    await column(to).locator('.board-card').waitFor()
    await undo()
    await column(from ?? '')
      .locator('.board-card')
      .waitFor()
    await page.getByRole('button', { name: 'Fold Everyone' }).press('Enter')
    await page.waitForURL(/folded=everyone/)
    await page.getByRole('button', { name: 'Unfold Everyone' }).waitFor()
    await page.goto('/desk/incidents?display=board&group=priority')
    await page.getByText('cards cannot be moved by hand').waitFor()
    await page.goto('/desk/tasks?display=board&group=assignee')
    await page.getByRole('region', { name: 'None', exact: true }).waitFor()
  })

  it('shows what is related to a record, step by step, with a list beside it', async () => {
    await page.goto('/estate/services?display=map&start=SVC-1')
    await page
      .getByRole('region', { name: /^Relations of/ })
      .getByRole('button', { pressed: false })
      .first()
      .waitFor()
    const boxes = page.locator('.map-box')
    const near = await boxes.count()
    assert.ok(near > 1)
    await page.getByRole('button', { name: 'More steps' }).press('Enter')
    await page.waitForURL(/hops=2/)
    await page.waitForFunction((before) => document.querySelectorAll('.map-box').length > before, near)
    await page.getByText('All of it as a list').click()
    assert.equal(await page.getByRole('table').getByRole('row').count(), (await boxes.count()) + 1)
  })

  it('stays quick with a hundred thousand in a month: bounded requests, counts, none of the rows', async () => {
    await fillMonth('2032-02')
    await page.goto('/desk/tasks?display=calendar&at=2032-02-10')
    await page.getByRole('button', { name: /^9\d\d\+ more on 10 Feb/ }).waitFor({ timeout: 60_000 })
    await settled(page)
    const asked = await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/v1/tasks')).length) // oxfmt-ignore
    assert.ok(asked <= 45, `${asked} requests for tasks`)
    assert.ok((await page.locator('.cal-chip').count()) <= 42 * 6)
    await page.getByRole('button', { name: /more on 10 Feb/ }).press('Enter')
    await page
      .getByRole('link', { name: /^All tasks of this day/ })
      .first()
      .waitFor()
  })

  it('has no axe violation in any of them, while something is open too', async () => {
    await page.goto(`/desk/tasks?display=calendar&at=${month}-14&layers=absence`)
    await entryOn(14).press('Enter')
    await page.getByRole('dialog', { name: 'Winter tyres' }).waitFor()
    assert.deepEqual(await violations(page), [])
  })

  it('has written no error into the console', () => assert.deepEqual(troubles, []))
})

async function openCalendar(): Promise<void> {
  await page.goto(`/desk/tasks?display=calendar&at=${month}-14`)
  await entryOn(14).waitFor()
}
async function openTimeline(): Promise<void> {
  await page.goto(`/people/absences?display=timeline&zoom=day&at=${month}-14`)
  await bar().waitFor()
}
function cell(date: number): Locator {
  return page.locator(`[role=gridcell][data-day="${month}-${String(date).padStart(2, '0')}"]`)
}
function entryOn(date: number): Locator {
  return cell(date).getByRole('link', { name: new RegExp(`^${task.number},`) })
}
function bar(): Locator {
  return page.getByRole('button', { name: new RegExp(`^${absence.number},`) })
}
async function barSays(dates: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${absence.number}, .*${dates}`) }).waitFor()
}
/** By the mouse, from a place along the bar (1: its end) so many pixels to the right. */
async function drag(along: number, pixels: number): Promise<void> {
  const box = await bar().boundingBox()
  assert.ok(box)
  const x = box.x + box.width * along - (along === 1 ? 4 : 0)
  await page.mouse.move(x, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(x + pixels / 2, box.y + box.height / 2)
  await page.mouse.move(x + pixels, box.y + box.height / 2)
  await page.mouse.up()
}
function column(key: string): Locator {
  return page.locator(`.board-column[data-column="${key}"]`)
}
function card(key: string): Locator {
  return column(key).locator(`.board-card[data-number="${task.number}"]`)
}
/** Takes back what was done last, and waits until that is said. */
async function undo(): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByRole('status').filter({ hasText: 'Undone' }).last().waitFor()
}
async function isFocused(element: Locator): Promise<void> {
  await element.and(page.locator(':focus')).waitFor()
}
async function dueOn(): Promise<unknown> {
  return ((await call('GET', `/tasks/${task.id}`)) as { dueOn: unknown }).dueOn
}
async function fillMonth(wanted: string): Promise<void> {
  await run(
    demo.db,
    sql`insert into task (org, id, created_at, updated_at, subject, status, due_on)
      select t.org, 1000000 + n, now(), now(), 'Filler ' || n, 'open', ${`${wanted}-01`}::date + (n % 28)
      from (select org from task limit 1) t, generate_series(1, ${many}::integer) n`,
  )
  await run(demo.db, sql`analyze task`)
}
async function made(address: string, body: unknown): Promise<Made> {
  return (await call('POST', address, body)) as Made
}

/** Clocks start soon after the record is there. */
async function dueOf({ id }: Made): Promise<string> {
  for (let round = 0; round < 200; round++) {
    const { dueAt } = (await call('GET', `/incidents/${id}`)) as { dueAt: string | null }
    if (dueAt !== null) return dueAt
    await page.waitForTimeout(100)
  }
  throw new Error('No clock of the new incident has started.')
}
const call = (method: string, address: string, body?: unknown, rev?: number): Promise<unknown> =>
  callAs({ url: demo.url, session }, method, address, { body, rev })
