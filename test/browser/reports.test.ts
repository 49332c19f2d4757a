// Reports on the screen: one is built by keyboard, explained, released, printed and taken along.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { assertFits } from '../setup/fits.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface Kept {
  kind: string
  title?: string
  items?: { label: string; threshold: number | null }[]
}
let server: TestServer
let session = ''
before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  server = await startTestServer({ isWorker: true, web })
  session = (await openSession(server.db, { org: 1, person: server.people.manager.id })).key
  for (let nth = 0; nth < 4; nth++)
    await server.call('POST', '/incidents', {
      token: server.people.manager.token,
      body: { subject: `Printer ${nth} jams` },
    })
})
async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' })
  await target.waitFor()
  await target.focus()
  await page.keyboard.press('Enter')
}
/** As a person chooses by keyboard: goes on once the wanted option is marked, and until the list has closed over it. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.focus()
  await page.keyboard.press('ArrowDown')
  const wanted = page.getByRole('option', { name: option, exact: true })
  await wanted.waitFor()
  const marked = page.locator('[role=option][data-combobox-selected]')
  for (let step = 0; step < 40 && (await wanted.and(marked).count()) === 0; step++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await wanted.waitFor({ state: 'hidden' })
}
/** Until the server keeps what the screen shows: "Saved" stands there before a change as well. */
async function kept(isSo: (blocks: Kept[]) => boolean): Promise<Kept[]> {
  const giveUp = Date.now() + 60_000
  for (;;) {
    const { body } = await server.call('GET', '/reports/1', { token: server.people.manager.token })
    const { blocks } = body as { blocks: Kept[] }
    if (isSo(blocks) || Date.now() > giveUp) return blocks
    await sleep(100)
  }
}

describe('a report', () => {
  // Each works with what the one before has built.
  it('is built by keyboard, kept, explained, released and taken along', async (t) => {
    await t.test('is built by keyboard, and every change is kept', builds)
    await t.test(
      'keeps what was typed last before one leaves, and takes a removed block back without what was changed since',
      keeps,
    )
    await t.test('asks which blocks to keep where somebody else has changed them, and goes on', asks)
    await t.test('is released after the commentary, prints without the navigation and is taken along', releases)
  })
  describe('of its own', () => {
    let addresses: readonly string[] = []
    before(async () => (addresses = await addressesOfOne()))
    for (const width of widths)
      for (const theme of ['light', 'dark'] as const satisfies readonly Theme[])
        it(`is whole at ${width} px, ${theme}`, async () => {
          const { page, troubles } = await openPage(await openContext(server.url, session, { width, theme }))
          for (const address of addresses) {
            await page.goto(address)
            await page.getByRole('heading').first().waitFor({ timeout: 60_000 })
            if (address !== '/reports/start')
              await page.getByRole('article', { name: 'Our month' }).waitFor({ timeout: 60_000 })
            await assertFits(page, `${address.slice(1).replaceAll('/', '-')}-${width}-${theme}`)
          }
          assert.deepEqual(troubles, [])
        })
  })
})

async function builds(): Promise<void> {
  const { page, troubles } = await openPage(await openContext(server.url, session))
  await page.goto('/reports/start')
  await press(page, 'link', 'Build one of your own')
  await page.getByLabel('Name').first().fill('Our month')
  await press(page, 'button', /^Create/)
  await press(page, 'link', 'Build')
  await page.getByText('This report has no blocks yet.').waitFor()
  await choose(page, 'Add a block', 'Figures')
  await page.getByRole('group', { name: 'Figure 1' }).waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Incidents opened')
  await page.getByLabel('Explain a change from (percent)').fill('5')
  await choose(page, 'Add a block', 'Counts by group')
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor()
  await press(page, 'button', /^Figures/)
  await press(page, 'button', 'Move down')
  await page.getByText('Saved', { exact: true }).waitFor()
  const blocks = await kept((now) => now.length === 2 && now[1]?.kind === 'figures')
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    ['groups', 'figures'],
  )
  assert.deepEqual(
    blocks[1]?.items?.map(({ label, threshold }) => ({ label, threshold })),
    [{ label: 'Incidents opened', threshold: 5 }],
  )
  await page.getByText('Saved', { exact: true }).waitFor()
  assert.deepEqual(troubles, [])
}

async function keeps(): Promise<void> {
  const { page, troubles } = await openPage(await openContext(server.url, session))
  await page.goto('/reports/build/REP-1')
  await press(page, 'button', /^Counts by group/)
  await page.getByLabel('Title', { exact: true }).fill('Typed last')
  await press(page, 'link', 'To the report')
  await page.waitForURL('**/reports/reports/REP-1')
  await kept((now) => now[0]?.title === 'Typed last').then(([first]) => assert.equal(first?.title, 'Typed last'))
  await press(page, 'link', 'Build')
  await press(page, 'button', /^Figures/)
  await press(page, 'button', 'Remove')
  const removed = page.getByRole('status').filter({ hasText: 'The block was removed.' })
  await removed.hover() // it stays for as long as the pointer is on it
  await page.getByRole('button', { name: /^Figures/ }).waitFor({ state: 'detached' })
  await press(page, 'button', /^Counts by group/)
  await page.getByLabel('Title', { exact: true }).fill('Incidents')
  await removed.getByRole('button', { name: 'Undo' }).press('Enter')
  const blocks = await kept((now) => now.length === 2 && now[0]?.title === 'Incidents')
  assert.deepEqual(blocks.map(({ kind, title }) => [kind, title]), [['groups', 'Incidents'], ['figures', '']]) // oxfmt-ignore
  await undoneAfterLeaving(page)
  assert.deepEqual(troubles, [])
}

/** Once on the report's page, and once in the builder that was opened again. */
async function undoneAfterLeaving(page: Page): Promise<void> {
  for (const isBack of [false, true]) {
    await page.goto('/reports/build/REP-1')
    await press(page, 'button', /^Figures/)
    await press(page, 'button', 'Remove')
    const removed = page.getByRole('status').filter({ hasText: 'The block was removed.' })
    await removed.hover() // it stays for as long as the pointer is on it
    await kept((now) => now.length === 1)
    await press(page, 'link', 'To the report')
    await page.waitForURL('**/reports/reports/REP-1')
    if (isBack) {
      await press(page, 'link', 'Build')
      await page.getByRole('button', { name: /^Counts by group/ }).waitFor()
    }
    await removed.getByRole('button', { name: 'Undo' }).press('Enter')
    await kept((now) => now[1]?.kind === 'figures').then((now) => assert.equal(now.length, 2))
    if (isBack) await page.getByRole('button', { name: /^Figures/ }).waitFor()
  }
}

async function asks(): Promise<void> {
  const { page, troubles } = await openPage(await openContext(server.url, session), ['412 (Precondition Failed)'])
  await page.goto('/reports/build/REP-1')
  await press(page, 'button', /^Counts by group/)
  const title = page.getByLabel('Title', { exact: true })
  await title.waitFor()
  const token = server.people.manager.token
  const now = (await server.call('GET', '/reports/1', { token })).body as { rev: number; blocks: Kept[] }
  const theirs = now.blocks.map((block) => (block.kind === 'groups' ? { ...block, title: 'Theirs' } : block))
  const changed = await server.call('PATCH', '/reports/1', { token, body: { blocks: theirs }, headers: { 'if-match': `"${now.rev}"` } }) // oxfmt-ignore
  assert.equal(changed.status, 200, changed.text)
  await title.fill('Mine')
  await page.getByText('Somebody else changed this meanwhile').waitFor()
  await press(page, 'button', 'Keep mine')
  await kept((all) => all[0]?.title === 'Mine').then(([first]) => assert.equal(first?.title, 'Mine'))
  await title.fill('Incidents')
  await kept((all) => all[0]?.title === 'Incidents').then(([first]) => assert.equal(first?.title, 'Incidents'))
  await page.getByText('Saved', { exact: true }).waitFor()
  assert.deepEqual(troubles, [])
}

async function releases(): Promise<void> {
  const token = server.people.manager.token
  const now = await server.call('GET', '/reports/1', { token })
  const changed = await server.call('PATCH', '/reports/1', { token, body: { period: 'last30' }, headers: { 'if-match': `"${(now.body as { rev: number }).rev}"` } }) // oxfmt-ignore
  assert.equal(changed.status, 200, changed.text)
  const { page, troubles } = await openPage(await openContext(server.url, session))
  await page.goto('/reports/reports/REP-1')
  await press(page, 'button', 'Make an issue')
  await page.getByRole('heading', { name: 'Commentary' }).waitFor()
  const release = page.getByRole('button', { name: 'Release', exact: true })
  assert.equal(await release.getAttribute('aria-disabled'), 'true')
  await page.getByLabel('Why Incidents opened changed').fill('A new site came.')
  await press(page, 'button', 'Save the commentary')
  await page.locator('[id=moves] button[aria-disabled=false]', { hasText: 'Release' }).waitFor()
  await press(page, 'button', 'Release')
  await page.getByRole('dialog').getByLabel('Why').fill('End of the month')
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
  await page.getByText('It was sent to nobody.').waitFor()
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('navigation').first().isVisible(), false)
  assert.equal(await page.getByText(page.url()).isVisible(), true)
  await page.emulateMedia({ media: 'screen' })
  for (const format of [
    'XLSX',
    'CSV',
    ...((await page.getByRole('link', { name: 'Download as PDF' }).count()) > 0 ? ['PDF'] : []),
  ]) {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), press(page, 'link', `Download as ${format}`)]) // oxfmt-ignore
    // Paper names the last checkpoint on itself; what a program reads says it by its name.
    assert.match(download.suggestedFilename(), new RegExp(`^RI-1(?:_checkpoint-[\\w-]+)?\\.${format.toLowerCase()}$`))
  }
  assert.deepEqual(troubles, [])
}

/** The pages of a report and an issue that nobody else works with. */
async function addressesOfOne(): Promise<string[]> {
  const { token } = server.people.manager
  const source = { record: 'incident', filter: '', when: 'openedAt' }
  const count = {
    id: 'n',
    label: 'Incidents opened',
    source,
    measure: { kind: 'count' },
    better: 'lower',
    threshold: 5,
  }
  const blocks = [
    { kind: 'figures', id: 'f', title: '', items: [count] },
    { kind: 'groups', id: 'g', title: 'By priority', source, by: 'priority', split: null, as: 'bars' },
  ]
  const report = await server.call('POST', '/reports', { token, body: { name: 'Our month', period: 'last30', blocks } })
  assert.equal(report.status, 201, report.text)
  const { id, number } = report.body as { id: number; number: string }
  const issue = await server.call('POST', `/reports/${id}/issues`, { token, body: {} })
  assert.equal(issue.status, 201, issue.text)
  const made = issue.body as { number: string }
  return ['/reports/start', `/reports/reports/${number}`, `/reports/reportissues/${made.number}`, `/reports/build/${number}`] // oxfmt-ignore
}
