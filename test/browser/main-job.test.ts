// The main job, by keyboard alone: sign in, take a report, hand it on, answer, wait, resume, resolve, undo; find it again; import a log and take it back.
import assert from 'node:assert/strict'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { chooseFromMenu, openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { pressBoth } from '../setup/keys.ts'

const subject = 'Label printer in hall 2 prints blank labels'
const log = path.join(import.meta.dirname, '../fixtures/incident-log.csv')
let demo: Demo
let page: Page
let troubles: string[]
let number = ''

describe('the main job by keyboard', () => {
  before(async () => {
    demo = await startDemo()
    const context = await openContext(demo.url, null)
    // The first question who one is, before the sign-in, is answered 401.
    const opened = await openPage(context, ['401 (Unauthorized)'])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('signs in, and lands where one wanted to go', async () => {
    const { email, password } = await demo.login('manager')
    await page.goto('/desk/incidents')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor()
  })

  it('takes a report; the like was solved before', async () => {
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('c')
    await chooseFromMenu(page, 'Incident')
    await page.getByRole('heading', { name: 'New incident' }).waitFor()
    await focused('Subject')
    await page.keyboard.type(subject)
    await page.getByRole('region', { name: 'This was solved before' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: subject }).waitFor()
    number = /INC-\d+/.exec(page.url())?.[0] ?? ''
    assert.match(number, /^INC-\d+$/)
    await state('New')
  })

  it('hands it to a team and starts', async () => {
    await move('Assign', [['Team', 'Service desk']])
    await state('Assigned')
    await move('Start work', [['Assignee', 'Svenja Lange']])
    await state('In work')
  })

  it('answers with a comment', async () => {
    await page.keyboard.press('r')
    await page.keyboard.type('We look at it **now**.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'We look at it now.' }).waitFor()
    await page.getByRole('strong').filter({ hasText: 'now' }).waitFor()
  })

  it('writes down the time', async () => {
    await page.getByRole('textbox', { name: 'How long' }).focus()
    await page.keyboard.type('1h 15m')
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'Together' }).filter({ hasText: '1 h 15 min' }).waitFor()
  })

  it('waits and resumes', async () => {
    await move('Wait', [['Waiting for', 'The requester']])
    await state('Waiting')
    await move('Resume')
    await state('In work')
  })

  it('resolves; undo takes it back', async () => {
    await move('Resolve', [
      ['Resolution', 'Label roll turned round.'],
      ['Closure code', 'Fixed'],
    ])
    await state('Resolved')
    await page
      .getByRole('status')
      .filter({ hasText: 'Moved to Resolved' })
      .getByRole('button', { name: 'Undo' })
      .press('Enter')
    await state('In work')
  })

  it('changes a field in its place', async () => {
    await page.getByRole('button', { name: 'Change Urgency' }).press('Enter')
    await page.getByRole('option', { name: 'High' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Urgency saved' }).waitFor()
  })

  it('finds it in the list by words and by state, and opens it', async () => {
    await pressBoth(page, ['g', 'd'], ({ pathname }) => /^\/desk(\/incidents)?$/.test(pathname))
    await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('label hall blank')
    await rows(1)
    await page.getByRole('button', { name: 'Status' }).press('Enter')
    await page.getByRole('checkbox', { name: 'In work' }).press('Space')
    await page.keyboard.press('Escape')
    await page.waitForURL(/filter=status:working/)
    await rows(1)
    await page.getByRole('grid').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: subject }).waitFor()
  })

  it('jumps by number from the palette, also out of a text box', async () => {
    await page.goto('/desk/incidents')
    await page.getByRole('searchbox').first().focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type(number)
    await page.getByRole('option').filter({ hasText: number }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: subject }).waitFor()
  })

  it('imports a log by its ready mapping, and takes the whole back', async () => {
    await page.goto('/desk/incidents/import')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
    await (await chooser).setFiles(log)
    const encoding = page
      .getByRole('combobox', { name: 'Encoding' })
      .or(page.getByRole('textbox', { name: 'Encoding' }))
    assert.match(await encoding.inputValue(), /utf-?8|windows-1252/i)
    await page.getByRole('button', { name: 'Next' }).press('Enter')
    await choose('Ready mapping', 'ServiceNow')
    await page.getByRole('button', { name: 'Check without writing' }).press('Enter')
    const run = page.getByRole('button', { name: /^Import \d+ rows?$/ })
    await run.waitFor({ timeout: 30_000 })
    await run.press('Enter')
    await page.getByText('The import is done.').waitFor({ timeout: 30_000 })
    const [before] = await demo.db.query<{ n: number }>(
      'select count(*)::int as n from incident where binned_at is null and former_number is not null',
    )
    assert.ok((before?.n ?? 0) > 5, `${before?.n} were imported`)
    await page.getByRole('button', { name: 'Undo the whole import' }).press('Enter')
    await page.getByText('The import has been undone.').waitFor({ timeout: 30_000 })
    const [left] = await demo.db.query<{ n: number }>(
      'select count(*)::int as n from incident where binned_at is null and former_number is not null',
    )
    assert.equal(left?.n, 0)
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})

async function focused(label: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const at = document.activeElement
    return at instanceof HTMLInputElement && (at.labels?.[0]?.textContent ?? '').startsWith(wanted)
  }, label)
}

async function state(label: string): Promise<void> {
  await page.getByRole('group', { name: 'At a glance' }).filter({ hasText: label }).waitFor()
}

/** Makes a move by its button, answering what it asks. */
async function move(label: string, answers: readonly (readonly [string, string])[] = []): Promise<void> {
  const group = page.getByRole('group', { name: 'Move' })
  await group.getByRole('button', { name: label, exact: true }).press('Enter')
  if (answers.length === 0) return
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${label}`) })
  await dialog.waitFor()
  for (const [name, answer] of answers) await choose(name, answer)
  await dialog.getByRole('button', { name: label, exact: true }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

/** Types into a text box, or picks the first option that the typed words leave. */
async function choose(label: string, answer: string): Promise<void> {
  const field = page
    .getByRole('textbox', { name: label })
    .or(page.getByRole('combobox', { name: label }))
    .first()
  await field.focus()
  const isList = (await field.getAttribute('aria-haspopup')) === 'listbox'
  if (!isList) return page.keyboard.type(answer)
  await page.keyboard.press('ArrowDown')
  const isOpenToTyping = (await field.getAttribute('readonly')) === null
  if (isOpenToTyping) await page.keyboard.type(answer)
  const option = page.getByRole('option', { name: answer }).first()
  await option.waitFor()
  for (let step = 0; step < 12 && (await option.getAttribute('data-combobox-selected')) === null; step++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

async function rows(count: number): Promise<void> {
  const grid = page.getByRole('grid')
  await page.waitForFunction(
    (wanted) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(wanted + 1),
    count,
  )
  assert.equal(await grid.getByRole('row').count(), count + 1)
}
