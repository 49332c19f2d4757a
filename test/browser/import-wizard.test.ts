// The wizard with files that are not what they seem: wrong letters, separators and sheets are corrected on the screen; many problems are taken away.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { before, describe, it } from 'node:test'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { workbookWriter } from '#platform/transfer/write.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo } from '../setup/demo.ts'

let page: Page
let troubles: string[]

describe('the import wizard', () => {
  before(async () => {
    const demo = await startDemo()
    const opened = await openPage(await openContext(demo.url, await demo.session('manager')), ['status of 422'])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('reads letters and cells anew as the person says, and shows them anew', async () => {
    // Croatian in windows-1250 looks like any other language of the west, and every cell has a comma.
    await choose('crews.csv', iconv.encode('name|mailbox\nŠibenik, Đakovo|\nČakovec, Žminj|\n', 'windows-1250'))
    const preview = page.getByRole('table')
    await preview.waitFor()
    await correct('Encoding', 'windows-1252')
    await preview.getByText('Èakovec').waitFor()
    await correct('Encoding', 'windows-1250')
    await preview.getByText('Čakovec, Žminj').waitFor()
    await correct('Separator', ',')
    await preview.getByRole('rowheader', { name: 'name|mailbox' }).waitFor()
    await correct('Separator', '|')
    await preview.getByRole('rowheader', { name: 'mailbox', exact: true }).waitFor()
    await preview.getByText('Šibenik, Đakovo').waitFor()
    assert.deepEqual(await violations(page), [])
    await check()
    await page.getByRole('button', { name: 'Import 2 rows' }).waitFor()
  })

  it('takes the second sheet of a workbook, with its columns and rows', async () => {
    await choose('crews.xlsx', await workbook(['The list is on the other sheet.'], 'Crew of the second sheet'))
    await page.getByRole('rowheader', { name: 'Read me' }).waitFor()
    await correct('Sheet', 'Crews')
    await page.getByText('Crew of the second sheet').waitFor()
    await check()
    await page.getByRole('button', { name: 'Import 1 row' }).waitFor()
  })

  it('asks for the sheet when the first one cannot be read', async () => {
    await choose('crews.xlsx', await workbook([], 'Crew behind an empty sheet'))
    await page.getByRole('alert').waitFor()
    await page.getByRole('textbox', { name: 'Sheet' }).fill('Crews')
    await page.getByRole('button', { name: 'Read it so' }).press('Enter')
    await page.getByText('Crew behind an empty sheet').waitFor()
  })

  it('says how many problems there are beyond those shown, and hands out the rows that were left out', async () => {
    const rows = Array.from({ length: 1100 }, (_, at) => `C${at},Moon base`)
    await choose('crews.csv', Buffer.from(`name,unit\n${rows.join('\n')}\nOne good crew,\n`))
    await check()
    await page.getByText('The first 1,000 of 1,100 problems.').waitFor()
    const problems = await download('Problems as a table (CSV)')
    assert.match(problems, /^\ufeff?Row,Column,Value,What is wrong,What to do\r\n2,unit,Moon base,/)
    const rejected = (await download('Rows left out (CSV)')).trim().split('\r\n')
    assert.equal(rejected.length, 1 + 1100)
    assert.match(rejected[1] ?? '', /^C0,Moon base,2,/)
    assert.deepEqual(troubles, [])
  })
})

async function choose(name: string, content: Uint8Array): Promise<void> {
  await page.goto('/people/teams/import')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
}
async function correct(field: string, answer: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: answer, exact: true }).click()
}
async function check(): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).press('Enter')
  await page.getByRole('button', { name: 'Check without writing' }).press('Enter')
}
async function download(name: string): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name }).click()
  return readFile(await (await coming).path(), 'utf8')
}
/** Two sheets: notes, and the crews. */
function workbook(notes: readonly string[], crew: string): Promise<Buffer> {
  const column = (name: string) => ({ name, label: name, kind: 'text' })
  return buffer(
    workbookWriter([
      { title: 'Notes', columns: [column('Read me')], rows: each(notes.map((note) => ({ 'Read me': note }))) },
      { title: 'Crews', columns: [column('name')], rows: each([{ name: crew }]) },
    ]),
  )
}
async function* each<T>(rows: readonly T[]): AsyncGenerator<T, void> {
  yield* rows
}
