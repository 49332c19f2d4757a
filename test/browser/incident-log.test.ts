// The figures of an imported log on screen, reached from the import's result and from the reports; each opens the incidents behind it.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { violations } from '../setup/axe.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo } from '../setup/demo.ts'

const log = path.join(import.meta.dirname, '../fixtures/incident-log.csv')
let page: Page
let troubles: string[]
let counted: ReturnType<typeof figuresOf>

describe('the figures of an imported log', () => {
  before(async () => {
    counted = figuresOf(await readFile(log, 'utf8'))
    const demo = await startDemo()
    const opened = await openPage(await openContext(demo.url, await demo.session('manager')))
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('say that nothing was imported before something was, from the reports', async () => {
    await page.goto('/reports/start')
    await page.getByRole('link', { name: 'Imported incidents' }).press('Enter')
    await page.getByText('No incident has a number of another system.').waitFor()
  })

  it('are a step away from the result of the import, and are those of the file', async () => {
    await page.goto('/desk/incidents/import')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).press('Enter')
    await (await chooser).setFiles(log)
    await page.getByRole('button', { name: 'Next' }).press('Enter')
    await page.getByRole('button', { name: 'Check without writing' }).press('Enter')
    await page.getByRole('button', { name: /^Import \d+ rows$/ }).press('Enter')
    await page.getByRole('link', { name: 'Imported incidents' }).press('Enter')
    await page.getByRole('link', { name: `Incidents: ${counted.incidents}` }).waitFor()
    await page.getByRole('link', { name: `Reassigned: ${counted.reassigned}` }).waitFor()
    await page.getByRole('link', { name: `Reopened: ${counted.reopened}` }).waitFor()
    await page.getByRole('link', { name: `Service level kept: ${counted.levelMet}` }).waitFor()
    for (const [label, n] of [['Updates', counted.updates], ['Most updates of one', counted.most]] as const) // oxfmt-ignore
      await page.getByRole('listitem').filter({ has: page.getByText(label, { exact: true }), hasText: String(n) }).waitFor() // oxfmt-ignore
    assert.deepEqual(await violations(page), [])
  })

  it('open the incidents that were counted', async () => {
    const links = await page.locator('.report-figures a, .report-grid a').evaluateAll((found) =>
      found.map((link) => ({
        href: link.getAttribute('href') ?? '',
        // A bar's label and its figure follow each other without a blank.
        count: Number(
          link.querySelector('.bar-count')?.textContent ?? /(\d+)$/.exec(link.getAttribute('aria-label') ?? '')?.[1],
        ),
      })),
    )
    assert.ok(links.length > 6, `${links.length} figures`)
    for (const { href, count } of links) {
      assert.ok(Number.isInteger(count), href)
      await page.goto(href)
      // A list without rows has no grid.
      if (count === 0)
        await page.getByText(/No incidents/).first().waitFor() // oxfmt-ignore
      else await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor()
    }
    assert.deepEqual(troubles, [])
  })
})

/** Counted from the file itself: the last row of each incident is what it is now. */
function figuresOf(text: string) {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const names = header.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
  const byNumber = [...Map.groupBy(rows, (row) => row['number']).values()]
  const last = byNumber.map((updates) => updates.at(-1) ?? {})
  return {
    incidents: byNumber.length,
    updates: rows.length,
    levelMet: last.filter((row) => row['made_sla']?.toLowerCase() === 'true').length,
    reassigned: last.filter((row) => Number(row['reassignment_count']) > 0).length,
    reopened: last.filter((row) => Number(row['reopen_count']) > 0).length,
    most: Math.max(...byNumber.map((updates) => updates.length)),
  }
}
