// The rows of the conventions that speak of a record's page and of pages as such: undo, breadcrumbs and title, the activity timeline,
// attachments, printing, figures that open their lists.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openDesk, report, type Desk } from '../../setup/convention.ts'
import { givePicture } from '../../setup/give-picture.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})

describe('Undo', () => {
  it('is offered with what was done, for a change and for the bin, and takes it back', async () => {
    const { id, number } = await report(desk, 'To be changed')
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('button', { name: /^Change the title/ }).press('Enter')
    await page.getByRole('textbox', { name: 'Subject' }).fill('Changed by mistake')
    await page.keyboard.press('Enter')
    const said = page.getByRole('status').filter({ hasText: 'Subject saved' })
    await said.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByRole('heading', { name: 'To be changed' }).waitFor()
    const { rev } = await desk.call('manager', 'GET', `/incidents/${id}`)
    await desk.call('manager', 'DELETE', `/incidents/${id}`, undefined, rev)
    await page.getByText(/It can be restored for 30 days/).waitFor()
    await page.getByRole('button', { name: 'Restore' }).press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: `${number} restored` })
      .waitFor()
    await page.context().close()
  })
})

describe('Breadcrumbs, title', () => {
  it('lead back to the list with its filters kept; the title names the record', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents?filter=priority:P1,P2&sort=openedAt')
    await page.locator('.grid-row').first().click()
    await page.waitForURL(/\/INC-\d+$/)
    const number = /INC-\d+/.exec(page.url())?.[0] ?? ''
    const heading = page.getByRole('heading', { level: 1 })
    await page.waitForFunction((said) => document.title.startsWith(said), number)
    assert.ok((await page.title()).startsWith(`${number} ${(await heading.innerText()).trim()}`))
    const crumbs = page.getByRole('navigation', { name: 'Where you are' })
    assert.deepEqual(await crumbs.getByRole('listitem').allInnerTexts(), ['Desk', 'Incidents', number])
    await crumbs.getByRole('link', { name: 'Incidents' }).press('Enter')
    await page.waitForURL((url) => url.searchParams.get('filter') === 'priority:P1,P2' && url.searchParams.get('sort') === 'openedAt') // oxfmt-ignore
    await page.context().close()
  })
})

describe('Activity timeline', () => {
  it('is one stream with filters; what is long comes page by page, none of it lost', async () => {
    const many = 65
    const { id, number } = await report(desk, 'Much was said')
    for (let n = 1; n <= many; n++)
      await desk.call('manager', 'POST', `/incidents/${id}/comments`, { body: `Said ${n}.` })
    await desk.call('manager', 'POST', '/tasks', { subject: 'Look at the belt', on: { record: 'incident', id } })
    const { rev } = await desk.call('manager', 'GET', `/incidents/${id}`)
    await desk.call('manager', 'PATCH', `/incidents/${id}`, { urgency: 'high' }, rev)
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    const stream = page.getByRole('region', { name: 'Activity' })
    await stream.getByText(/changed Urgency from/).waitFor()
    const only = stream.getByRole('group', { name: 'Show' })
    await only.getByRole('button', { name: 'Tasks' }).press('Enter')
    await stream.getByText('Look at the belt').waitFor()
    await stream.getByText('Said 65.').waitFor({ state: 'detached' })
    await only.getByRole('button', { name: 'Moves' }).press('Enter')
    await stream.getByText('Nothing of this kind yet.').waitFor()
    await only.getByRole('button', { name: 'Comments' }).press('Enter')
    await stream.getByText('Said 65.').waitFor()
    const entries = stream.locator('.entry[data-kind=comment]')
    const older = stream.getByRole('button', { name: 'Show older' })
    for (let shown = 30; shown < many; shown += 30) {
      await page.waitForFunction((count) => document.querySelectorAll('.entry[data-kind=comment]').length === count, shown) // oxfmt-ignore
      await older.press('Enter')
    }
    await stream.getByText('Said 1.').waitFor()
    assert.equal(await entries.count(), many)
    assert.equal(await older.count(), 0)
    await page.context().close()
  })
})

describe('Attachments', () => {
  it('come by paste and by drop, show how far they are, and pictures are shown', async () => {
    const { number } = await report(desk, 'With pictures')
    const page = await desk.open()
    // Held back until its progress was seen.
    let release = (): void => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route(/\/attachments$/, async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`/desk/incidents/${number}`)
    const composer = page.getByRole('group', { name: 'Comment or note' })
    await composer.waitFor()
    for (const kind of ['drop', 'paste'] as const) await givePicture(composer, kind)
    await composer.getByRole('button', { name: 'Comment' }).press('Enter')
    await composer.getByRole('progressbar', { name: /Uploading/ }).waitFor()
    release()
    for (const kind of ['drop', 'paste'])
      await page
        .getByRole('img', { name: `dot-${kind}.png` })
        .first()
        .waitFor()
    await composer.getByRole('progressbar').waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('A comment with files', () => {
  it('attaches each file once although one is refused, and leaves what is typed while it goes out', async () => {
    const { number } = await report(desk, 'Typed on')
    const page = await desk.open('manager', ['status of 413'])
    let seen = 0
    const refusal = { type: 'about:blank', title: 'Too large', status: 413, detail: 'Not today.' }
    await page.route(/\/attachments$/, (route) =>
      route.request().method() === 'POST' && ++seen === 2
        ? route.fulfill({ status: 413, contentType: 'application/problem+json', body: JSON.stringify(refusal) })
        : route.continue(),
    )
    await page.goto(`/desk/incidents/${number}`)
    const composer = page.getByRole('group', { name: 'Comment or note' })
    const box = composer.getByRole('textbox', { name: 'Comment or note' })
    await composer.waitFor()
    for (const kind of ['drop', 'paste'] as const) await givePicture(composer, kind)
    await box.fill('On my way.')
    await box.press('Control+Enter')
    await page.getByText('Not today.').waitFor()
    await composer.getByRole('button', { name: 'Take away dot-drop.png' }).waitFor({ state: 'detached' })
    assert.equal(await composer.getByRole('button', { name: 'Take away dot-paste.png' }).count(), 1)
    assert.equal(await box.inputValue(), 'On my way.')
    let release = (): void => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route(/\/comments$/, async (route) => {
      if (route.request().method() === 'POST') await held
      await route.continue()
    })
    const begun = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/comments'))
    await box.press('Control+Enter')
    await begun
    await box.fill('On my way. There now')
    release()
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#composer')?.value === 'There now')
    const files = (await desk.call('manager', 'GET', `/attachments?filter=on:${number}`))['items'] as { name: string }[]
    assert.deepEqual(files.map(({ name }) => name).toSorted(), ['dot-drop.png', 'dot-paste.png'])
    await page.context().close()
  })
})

describe('Links', () => {
  it('stand in a table and in a small picture, from both ends', async () => {
    const [one, other] = [await report(desk, 'The cause'), await report(desk, 'The effect')]
    const page = await desk.open()
    const types = (await desk.call('manager', 'GET', '/records'))['records'] as { name: string; fields: { name: string; options?: { value: string }[] }[] }[] // oxfmt-ignore
    const type = types.find(({ name }) => name === 'link')?.fields.find(({ name }) => name === 'type')
      ?.options?.[0]?.value
    await desk.call('manager', 'POST', '/links', { type, on: { record: 'incident', id: one.id }, to: { record: 'incident', id: other.id } }) // oxfmt-ignore
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      // oxfmt-ignore
      await page.goto(`/desk/incidents/${from.number}?tab=links`)
      const graph = page.getByRole('region', { name: 'How this hangs together' })
      await graph.getByRole('link').waitFor()
      assert.equal(await graph.getByRole('link').count(), 1)
      assert.ok((await graph.getByRole('link').getAttribute('href'))?.endsWith(to.number))
    }
    await page.context().close()
  })
})

describe('Print', () => {
  it('leaves navigation out and says the whole address and the time', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents/INC-200')
    await page.getByRole('tabpanel').waitFor()
    await page.emulateMedia({ media: 'print' })
    for (const hidden of ['.shell-header', '.shell-nav']) assert.equal(await page.locator(hidden).isVisible(), false)
    const foot = page.locator('.print-foot')
    assert.ok((await foot.innerText()).includes(page.url()))
    assert.match(await foot.locator('time').innerText(), /\d{4}/)
    await page.context().close()
  })
})

describe('Honesty', () => {
  it('a figure on the bridge opens the list behind it, which has as many', async () => {
    const page = await desk.open()
    await page.goto('/bridge')
    const line = page.locator('a.bridge-line', { has: page.locator('.open-grade') }).first()
    await line.waitFor()
    const count = Number((await line.locator('.number').innerText()).replaceAll(/\D/g, ''))
    await line.press('Enter')
    await page.waitForURL(/\/desk\/incidents\?/)
    if (count === 0) await page.getByRole('heading', { name: /match this view/ }).waitFor()
    else
      await page.waitForFunction(
        (wanted) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === wanted,
        String(count + 1),
      )
    await page.context().close()
  })
  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})
