// Whether a page is fit to be seen: nothing that axe finds, nothing wider than the window, and a picture where pictures are wanted.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { violations } from './axe.ts'
import { settled } from './browser.ts'

const pictures = process.env['PILOTHOUSE_PICTURES']

/** @param name of the page in what is said, and of its picture */
export async function assertFits(page: Page, name: string): Promise<void> {
  await settled(page)
  assert.deepEqual(await violations(page), [], name)
  const isWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
  assert.equal(isWide, false, `${name} is wider than the window`)
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
