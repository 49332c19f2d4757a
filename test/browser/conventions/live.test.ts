// Row "Concurrency" of the conventions, and what live screens stand on: one connection a browser, presence, drafts kept on the
// server, a merge field by field, and a note in place of rows that move.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openDesk, openList, report, type Desk } from '../../setup/convention.ts'

const tabs = 8
let desk: Desk
before(async () => {
  desk = await openDesk()
})

describe('Concurrency', () => {
  it(`listens once for ${tabs} tabs; each hears, also when the one that listens is closed`, async () => {
    const { id, number } = await report(desk, 'Before it changed')
    const first = await desk.open()
    let streams = 0
    first.context().on('request', (request) => {
      if (request.url().endsWith('/api/v1/events')) streams++
    })
    const all = [first]
    for (let n = 1; n < tabs; n++) all.push(await desk.tab(first))
    for (const page of all) {
      await page.goto(`/desk/incidents/${number}`)
      await page.getByRole('heading', { name: 'Before it changed' }).waitFor()
    }
    assert.equal(streams, 1, 'one connection for all of them')
    await rename(id, 'Changed for all')
    await Promise.all(all.map((page) => page.getByRole('heading', { name: 'Changed for all' }).waitFor()))
    const [leader, ...rest] = all
    await leader?.close()
    await rename(id, 'Changed while nobody listened')
    await Promise.all(
      rest.map((page) => page.getByRole('heading', { name: 'Changed while nobody listened' }).waitFor()),
    )
    assert.equal(streams, 2, 'another tab has taken over')
    await rename(id, 'Changed after that')
    await Promise.all(rest.map((page) => page.getByRole('heading', { name: 'Changed after that' }).waitFor()))
    await first.context().close()
  })

  it('reads again every minute where the browser has no event streams', async () => {
    const { id, number } = await report(desk, 'Before the minute')
    const page = await desk.open()
    await page.addInitScript('delete globalThis.EventSource')
    await page.clock.install()
    let streams = 0
    page.on('request', (request) => void (request.url().endsWith('/api/v1/events') && streams++))
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('heading', { name: 'Before the minute' }).waitFor()
    assert.equal(await page.evaluate('typeof EventSource'), 'undefined')
    await rename(id, 'After the minute')
    await page.clock.fastForward(61_000)
    await page.getByRole('heading', { name: 'After the minute' }).waitFor()
    assert.equal(streams, 0)
    await page.context().close()
  })

  it('says who is here now and who writes', async () => {
    const { number } = await report(desk, 'Two look at this')
    const [manager, agent] = [await desk.open('manager'), await desk.open('agent')]
    for (const page of [manager, agent]) await page.goto(`/desk/incidents/${number}`)
    const here = (page: Page) => page.locator('.presence-person')
    await Promise.all([here(manager).waitFor(), here(agent).waitFor()])
    const name = ((await desk.call('agent', 'GET', '/me'))['person'] as { title: string }).title
    await here(manager).filter({ hasText: name }).waitFor()
    await agent.getByRole('textbox', { name: 'Comment or note' }).pressSequentially('I call them')
    await here(manager)
      .filter({ hasText: `${name} is writing` })
      .waitFor()
    await agent
      .getByRole('navigation', { name: 'Where you are' })
      .getByRole('link', { name: 'Incidents' })
      .press('Enter')
    await here(manager).waitFor({ state: 'detached' })
    for (const page of [manager, agent]) await page.context().close()
  })

  it('says of nobody that they are here who looks at something else, whatever their page hears', async () => {
    const { id, number } = await report(desk, 'Not looked at')
    const [manager, agent] = [await desk.open('manager'), await desk.open('agent')]
    for (const page of [manager, agent]) await page.goto(`/desk/incidents/${number}`)
    const here = manager.locator('.presence-person')
    await here.waitFor()
    const told: string[] = []
    agent.on('request', (request) => {
      if (request.url().endsWith('/presence')) told.push((request.postDataJSON() as { stay: string }).stay)
    })
    const look = (state: 'hidden' | 'visible') =>
      agent.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { value: now, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await look('hidden')
    await here.waitFor({ state: 'detached' })
    // It has heard of its own leaving by the time at which it shows what was changed after that.
    await rename(id, 'Changed behind its back')
    await agent.getByRole('heading', { name: 'Changed behind its back' }).waitFor()
    assert.deepEqual(told.slice(told.indexOf('gone')), ['gone'])
    await look('visible')
    await here.waitFor()
    for (const page of [manager, agent]) await page.context().close()
  })

  it('keeps a comment that was not sent on the server, and lets it go when it was', async () => {
    const { number } = await report(desk, 'Typed on one device')
    const address = `/desk/incidents/${number}`
    const one = await desk.open()
    await one.goto(address)
    const kept = one.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
    await one.getByRole('textbox', { name: 'Comment or note' }).fill('Half a sentence')
    await kept
    const other = await desk.open()
    await other.goto(address)
    const box = other.getByRole('textbox', { name: 'Comment or note' })
    await other.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#composer')?.value === 'Half a sentence',
    )
    const gone = other.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.request().method() === 'PUT') // oxfmt-ignore
    await box.press('Control+Enter')
    await gone
    await other.getByRole('listitem').filter({ hasText: 'Half a sentence' }).waitFor()
    await desk.call('manager', 'GET', `/me/unsent?on=${number}`).then((left) => assert.deepEqual(left['items'], []))
    for (const page of [one, other]) await page.context().close()
  })

  it('lets a comment go also when the next one is begun before the first has gone', async () => {
    const { number } = await report(desk, 'One comment after the other')
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    const box = page.getByRole('textbox', { name: 'Comment or note' })
    const left = async () => (await desk.call('manager', 'GET', `/me/unsent?on=${number}`))['items'] as unknown[]
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
    await box.fill('The first one')
    await kept
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route('**/me/unsent', async (route) => {
      if ((route.request().postData() ?? '').includes('"value":null')) await held
      await route.continue()
    })
    const begun = page.waitForRequest((request) => (request.postData() ?? '').includes('"value":null'))
    await box.press('Control+Enter')
    await begun
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#composer')?.value === '')
    await box.fill('The second one')
    // What is typed is kept after a pause; on leaving the page for another window, at once.
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    const second = page.waitForResponse((answer) => (answer.request().postData() ?? '').includes('The second one'))
    release()
    await second
    await box.press('Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'The second one' }).waitFor()
    await until('nothing is kept', async () => (await left()).length === 0)
    await page.context().close()
  })

  it('keeps also a long text, and offers to go on with a field that was left', async () => {
    const { number } = await report(desk, 'A long story', { description: 'It began on Monday.' })
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('button', { name: 'Change Description' }).press('Enter')
    const field = page.getByRole('textbox', { name: 'Description' })
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
    // Longer than what browsers let go out after a page.
    await field.fill('It went on and on. '.repeat(4_000))
    await kept
    await field.fill('It ended on Friday.')
    await page.getByRole('button', { name: /^Change the title/ }).press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).press('Escape')
    await page.getByRole('button', { name: 'Go on' }).press('Enter')
    assert.equal(await field.inputValue(), 'It ended on Friday.')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByRole('tabpanel').getByText('It ended on Friday.').first().waitFor()
    assert.equal(await page.getByRole('button', { name: 'Go on' }).count(), 0)
    await page.context().close()
  })

  it('goes on with a field on another device, and merges it with what came between', async () => {
    const { id, number } = await report(desk, 'As it was')
    const one = await desk.open()
    await one.goto(`/desk/incidents/${number}`)
    await one.getByRole('button', { name: /^Change the title/ }).press('Enter')
    const kept = one.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
    await one.getByRole('textbox', { name: 'Subject' }).fill('Mine')
    await kept
    // A field that is left is saved: the device is cut off before its window closes.
    await one.route(`**/api/v1/incidents/${id}`, (route) =>
      route.request().method() === 'PATCH' ? new Promise<void>(() => {}) : route.continue(),
    )
    await one.context().close()
    await rename(id, 'Theirs')
    const other = await desk.open('manager', ['412 (Precondition Failed)'])
    await other.goto(`/desk/incidents/${number}`)
    await other.getByRole('button', { name: 'Go on' }).press('Enter')
    const field = other.getByRole('textbox', { name: 'Subject' })
    assert.equal(await field.inputValue(), 'Mine')
    await other.getByText(/changed this while you were writing/).waitFor()
    await field.press('Enter')
    const dialog = other.getByRole('dialog', { name: 'Somebody else changed this meanwhile' })
    for (const value of ['As it was', 'Mine', 'Theirs']) await dialog.getByText(value, { exact: true }).last().waitFor()
    await dialog.getByRole('button', { name: 'Save my choice' }).press('Enter')
    await other.getByRole('heading', { name: 'Mine' }).waitFor()
    await other.context().close()
  })

  it('never touches what is under edit, and never writes over what came between', async () => {
    const { id, number } = await report(desk, 'As it was')
    const page = await desk.open('manager', ['412 (Precondition Failed)'])
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('button', { name: /^Change the title/ }).press('Enter')
    const field = page.getByRole('textbox', { name: 'Subject' })
    await field.fill('Mine')
    await rename(id, 'Theirs')
    // The change has arrived: a form that followed it would save over it without a question.
    await page.getByText(/changed this while you were writing/).waitFor()
    assert.equal(await field.inputValue(), 'Mine')
    await field.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' })
    await dialog.waitFor()
    assert.equal((await desk.call('manager', 'GET', `/incidents/${id}`))['subject'], 'Theirs')
    // Whoever does not choose goes on typing.
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await field.inputValue(), 'Mine')
    const kept = (await desk.call('manager', 'GET', `/me/unsent?on=${number}`))['items'] as {
      value: { mine: string }
    }[]
    assert.deepEqual(kept.map(({ value }) => value.mine), ['Mine']) // oxfmt-ignore
    await page.context().close()
  })

  it('notes in a list who changed a row, and moves no row', async () => {
    const rows = [await report(desk, 'First of three'), await report(desk, 'Second of three'), await report(desk, 'Third of three')] // oxfmt-ignore
    const page = await desk.open('agent')
    await openList(page, `/desk/incidents?filter=id:${rows.map(({ id }) => id).join(',')}&sort=-updatedAt`)
    const order = (): Promise<string[]> => page.locator('.grid-row').evaluateAll((all) => all.map((row) => row.id))
    const was = await order()
    const [first] = rows
    assert.ok(first)
    await rename(first.id, 'Zebra crossing')
    const row = page.locator(`#row-${first.id}`)
    await row
      .filter({ hasText: 'Zebra crossing' })
      .filter({ hasText: /Updated by .+, just now/ })
      .waitFor()
    assert.deepEqual(await order(), was)
    await page.getByRole('button', { name: /The list has changed/ }).click()
    await page.waitForFunction(
      (last) => [...document.querySelectorAll('.grid-row')].at(0)?.id === last,
      `row-${first.id}`,
    )
    await page.context().close()
  })

  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) if (await is()) return
  assert.fail(`It never came to this: ${what}`)
}

/** As somebody else would, at whatever revision it has. */
async function rename(id: number, subject: string): Promise<void> {
  const { rev } = await desk.call('manager', 'GET', `/incidents/${id}`)
  await desk.call('manager', 'PATCH', `/incidents/${id}`, { subject }, rev)
}
