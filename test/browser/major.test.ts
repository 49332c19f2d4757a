// Duplicates, families and major incidents; the reply that is used every week; the answer of whoever asked for help.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { chooseFromMenu, hasFocus, openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { callAs } from '../setup/call.ts'

let demo: Demo
let page: Page
let troubles: string[]
let session: string
const made: { id: number; number: string }[] = []

describe('duplicates, families, major incidents', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    const { items } = (await call('GET', '/persons?filter=status:active&limit=3&sort=-id')) as {
      items: { id: number }[]
    }
    for (const [at, subject] of ['Scanner at gate 4 is dead', 'Gate 4: no scanning', 'Gate 5: no scanning'].entries())
      made.push(
        (await call('POST', '/incidents', { subject, service: 'SVC-1', requester: items[at]?.id })) as {
          id: number
          number: string
        },
      )
    const opened = await openPage(await openContext(demo.url, session))
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('merges a duplicate found by words, and takes the merge apart', async () => {
    await open(1)
    await command('Merge into another incident…')
    const dialog = page.getByRole('dialog')
    await pick('Goes on as', 'Scanner at gate 4', numberOf(0))
    await dialog.getByRole('button', { name: 'Merge' }).press('Enter')
    await page.getByText('Merged into', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Take the merge apart' }).press('Enter')
    await page.getByRole('status').filter({ hasText: 'taken apart' }).waitFor()
    await page.getByRole('button', { name: 'Take the merge apart' }).waitFor({ state: 'hidden' })
  })

  it('makes families and resolves all of them at once', async () => {
    await open(0)
    await page.getByRole('tab', { name: 'Family' }).press('Enter')
    for (const at of [1, 2]) {
      await page.getByRole('button', { name: 'Add a child' }).press('Enter')
      await pick('Add a child', at === 1 ? 'Gate 4' : 'Gate 5', numberOf(at))
      await page.getByRole('button', { name: 'Make it a child' }).press('Enter')
      await page
        .getByRole('row')
        .filter({ hasText: numberOf(at) })
        .waitFor()
    }
    await page.getByRole('button', { name: 'Who reported it' }).press('Enter')
    await page
      .getByRole('list', { name: 'Who reported it' })
      .getByRole('link', { name: numberOf(2) })
      .waitFor()
    await page.getByRole('button', { name: 'Resolve the family (2 open)' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Resolution' }).fill('Access point replaced.')
    await pick('Closure code', '', 'Fixed')
    await dialog.getByRole('button', { name: 'Resolve all' }).press('Enter')
    const said = page.getByRole('status').filter({ hasText: '3 incidents resolved' })
    await said.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByRole('group', { name: 'At a glance' }).filter({ hasText: 'New' }).waitFor()
  })

  it('declares a major incident, tells those affected, ends it, and makes actions of its lessons', async () => {
    await open(0)
    await command('Declare a major incident…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Declare' }).press('Enter')
    await page.getByRole('tab', { name: 'Chronicle', selected: true }).waitFor()
    await page.getByRole('textbox', { name: 'Tell those affected' }).fill('Gates 4 and 5 book on paper.')
    await page.getByRole('button', { name: 'Send the news' }).press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'Gates 4 and 5 book on paper.' }).waitFor()
    await page.getByText(/^Next news in/).waitFor()
    const number = /MAJ-\d+/.exec(page.url())?.[0] ?? ''
    const { rev } = (await call('GET', `/majorincidents/${number}`)) as { rev: number }
    await call(
      'PATCH',
      `/majorincidents/${number}`,
      { lessons: '- Spare access point at each gate\n- Alarm when a gate is silent' },
      rev,
    )
    await page.getByRole('tab', { name: 'Review' }).press('Enter')
    await page.getByRole('checkbox', { name: 'Alarm when a gate is silent' }).press('Space')
    await page.getByRole('button', { name: 'Make 1 action' }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'Spare access point at each gate' }).waitFor()
    await page.getByRole('button', { name: 'Make 1 action' }).waitFor()
  })

  it('puts a canned reply, filled in, where one writes', async () => {
    await open(1)
    await page.getByRole('button', { name: 'Canned reply' }).press('Enter')
    await chooseFromMenu(page, 'Is it solved?')
    const box = page.getByRole('textbox', { name: 'Comment or note' })
    await page.waitForFunction(
      () => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value.length > 20,
    )
    assert.doesNotMatch(await box.inputValue(), /\{\{/)
  })

  it('suggests the team that restores the service', async () => {
    await open(2)
    await page.getByRole('group', { name: 'Move' }).getByRole('button', { name: 'Assign' }).press('Enter')
    const hint = page.getByRole('region', { name: 'Suggested' })
    await hint.getByRole('button').first().press('Enter')
    const dialog = page.getByRole('dialog')
    const team = dialog.getByRole('combobox', { name: 'Team' }).or(dialog.getByRole('textbox', { name: 'Team' }))
    await page.waitForFunction(
      (box) => box instanceof HTMLInputElement && box.value !== '',
      await team.first().elementHandle(),
    )
    await page.keyboard.press('Escape')
  })

  it('asks whoever needed help, who answers with a click and without signing in', async () => {
    const { items } = (await call('GET', '/surveys?filter=status:open&limit=1&sort=-id')) as {
      items: { incident: { number: string } }[]
    }
    const about = items[0]?.incident.number ?? ''
    const { survey } = (await call('GET', `/incidents/${about}`)) as { survey: { link: string } }
    const { page: guest, troubles: heard } = await openPage(await openContext(demo.url, null, { width: 390 }))
    await guest.goto(survey.link)
    await guest.getByRole('radio', { name: '4 of 5: Good' }).press('Space')
    await guest.getByRole('textbox').fill('Quick.')
    await guest.getByRole('button', { name: 'Send' }).press('Enter')
    await guest.getByText('Thank you.').waitFor()
    await guest.reload()
    await guest.getByText('answered already').waitFor()
    assert.deepEqual(heard, [])
    await page.goto(`/desk/incidents/${about}`)
    await page.getByText('The requester gave 4 of 5.').waitFor()
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})

function numberOf(at: number): string {
  return made[at]?.number ?? ''
}
async function open(at: number): Promise<void> {
  await page.goto(`/desk/incidents/${numberOf(at)}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
async function command(label: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).last().press('Enter')
  await chooseFromMenu(page, label)
  if (label.endsWith('…')) await hasFocus(page, 'dialog')
}
/** Types words into a chooser and takes the option that holds `answer`. */
async function pick(label: string, words: string, answer: string): Promise<void> {
  const field = page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .last()
  await field.focus()
  await page.keyboard.press('ArrowDown')
  if (words !== '') await page.keyboard.type(words)
  await page.getByRole('option').filter({ hasText: answer }).first().click()
}
const call = (method: string, address: string, body?: unknown, rev?: number): Promise<unknown> =>
  callAs({ url: demo.url, session }, method, address, { body, rev })
