// A mistyped word in a list and in the palette: what was probably meant is one Enter away.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { system } from '#kit/actor.ts'
import { run, sql } from '#kit/sql.ts'
import { keepVocabulary } from '#kit/vocabulary.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const SUBJECT = 'The gyroscope of the crane drifts'
let demo: Demo
let session: string

describe('a mistyped word', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    const [somebody] = await run<{ id: number }>(demo.db, sql`select id from person where org = 1 order by id limit 1`)
    await demo.store.create(
      system(1, 'meant', 'setup'),
      demo.store.catalogue.get('incident'),
      { subject: SUBJECT, requester: somebody?.id },
      { trusted: true },
    )
    // The background job may have counted just before the incident was there: this is as if the hour had passed.
    const later = new Date(Date.parse(demo.store.now()) + 2 * 3_600_000).toISOString()
    await keepVocabulary(demo.db, demo.store.catalogue.records, later)
  })
  async function open(route: string, width?: number): Promise<{ page: Page; close: () => Promise<void> }> {
    const context = await openContext(demo.url, session, width === undefined ? {} : { width })
    const { page, troubles } = await openPage(context)
    page.setDefaultTimeout(30_000)
    await page.goto(route)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    return {
      page,
      close: async () => {
        assert.deepEqual(troubles, [])
        await context.close()
      },
    }
  }

  for (const width of [1440, 390])
    it(`is proposed in a list ${width} pixels wide, and Enter takes it`, async () => {
      const { page, close } = await open('/desk/incidents', width)
      const words = page
        .getByRole('textbox', { name: 'Filter by words' })
        .or(page.getByRole('searchbox', { name: 'Filter by words' }))
      await words.fill('gyrosocpe crane')
      await page.getByRole('heading', { name: 'Nothing has “gyrosocpe crane”.' }).waitFor()
      await page.getByRole('button', { name: 'Did you mean “gyroscope crane”?' }).waitFor()
      await settled(page)
      assert.deepEqual(await violations(page), [])
      await words.press('Enter')
      await page.getByText(SUBJECT).first().waitFor()
      assert.equal(await words.inputValue(), 'gyroscope crane')
      await close()
    })
  it('is taken by a click as well, and a word that nothing is like gets no proposal', async () => {
    const { page, close } = await open('/desk/incidents?q=gyrosocpe')
    await page.getByRole('button', { name: 'Did you mean “gyroscope”?' }).click()
    await page.getByText(SUBJECT).first().waitFor()
    await page.goto('/desk/incidents?q=quittenmarmelade')
    await page.getByRole('heading', { name: 'No incidents match this view.' }).waitFor()
    assert.equal(await page.getByRole('button', { name: /Did you mean/ }).count(), 0)
    await close()
  })
  it('is proposed in the palette, and Enter searches for it there', async () => {
    const { page, close } = await open('/desk/incidents')
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('combobox', { name: 'Search or do anything' })
    await palette.fill('gyrosocpe')
    const option = page.getByRole('option', { name: 'Did you mean “gyroscope”?' })
    await option.and(page.locator('[aria-selected=true]')).waitFor()
    await settled(page)
    assert.deepEqual(await violations(page), [])
    await palette.press('Enter')
    await page.getByRole('option', { name: SUBJECT }).and(page.locator('[aria-selected=true]')).waitFor()
    assert.equal(await palette.inputValue(), 'gyroscope')
    await palette.press('Enter')
    await page.getByRole('heading', { name: SUBJECT }).waitFor()
    await close()
  })
})
