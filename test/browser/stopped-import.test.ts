// An import that the database stopped half way: on screen it says so, and is taken back or goes on to the end.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { fillDisk, mendDisk } from '../setup/full-disk.ts'

const rows = 1200
const poison = 'Crew 900'
let demo: Demo
let page: Page
let troubles: string[]

describe('an import that stopped half way', () => {
  before(async () => {
    demo = await startDemo()
    const opened = await openPage(await openContext(demo.url, await demo.session('manager')))
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
    await fillDisk(demo.db, poison)
  })

  it('says what it has written, and takes it back from its result', async () => {
    await startImport()
    const stopped = page.getByRole('region', { name: 'The import stopped.' })
    await stopped.getByRole('alert').filter({ hasText: 'because of a fault in Pilothouse' }).waitFor()
    const written = await crews()
    assert.ok(written > 0 && written < rows, `${written} were written`)
    await stopped.getByText(`${written.toLocaleString('en-GB')} records were written before it stopped.`).waitFor()
    await stopped.getByRole('button', { name: 'Undo the whole import' }).press('Enter')
    await page.getByText('The import has been undone.').waitFor()
    assert.equal(await crews(), 0)
  })

  it('goes on to the end from its own page once the cause is gone, and writes nothing twice', async () => {
    await startImport()
    await page.getByRole('region', { name: 'The import stopped.' }).waitFor()
    assert.ok((await crews()) > 0)
    const [last] = await demo.db.query<{ id: number }>('select max(id)::int as id from import_batch')
    await mendDisk(demo.db)
    await page.goto(`/all/imports/IMP-${last?.id}`)
    await page.getByRole('region', { name: 'The import stopped.' }).waitFor()
    await page.getByRole('button', { name: 'Go on with the import' }).press('Enter')
    await page.getByText('The import stopped.').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo the whole import' }).waitFor()
    assert.equal(await crews(), rows)
    assert.deepEqual(troubles, [])
  })
})

async function crews(): Promise<number> {
  const [found] = await demo.db.query<{ n: number }>(
    "select count(*)::int as n from team where name like 'Crew %' and binned_at is null",
  )
  return found?.n ?? 0
}

async function startImport(): Promise<void> {
  await page.goto('/people/teams/import')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
  const names = Array.from({ length: rows }, (_, at) => `Crew ${at + 1}`)
  const buffer = Buffer.from(`name\n${names.join('\n')}\n`)
  await (await chooser).setFiles({ name: 'crews.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: 'Next' }).press('Enter')
  await page.getByRole('button', { name: 'Check without writing' }).press('Enter')
  await page.getByRole('button', { name: /^Import 1,200 rows$/ }).press('Enter')
}
