// Every page in both themes and both widths: no axe violation, no sideways scrolling, nothing in the console, no link that leads nowhere.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled, widths } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { allPages, type Place } from '../setup/pages.ts'

const themes = ['light', 'dark'] as const
/** Pages side by side: two cores. */
const atOnce = 2
const troubles = new Map<string, string[]>()
/** By kind: an address and the page it stands on. */
const links = new Map<string, readonly [address: string, from: string]>()
let demo: Demo
let session: string
let places: Place[] = []
let visited = 0

function tell(kind: string, sentence: string): void {
  troubles.set(kind, [...(troubles.get(kind) ?? []), sentence])
}
function none(kind: string): void {
  const found = troubles.get(kind) ?? []
  assert.equal(found.length, 0, `${found.length} on ${visited} pages:\n${[...new Set(found)].slice(0, 60).join('\n')}`)
}

describe('every page', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    places = await allPages(demo, session)
    const queue = places.toReversed()
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const context = await openContext(demo.url, session)
        for (let place = queue.pop(); place; place = queue.pop()) await visit(context, place)
        await context.close()
      }),
    )
  })
  after(() => console.log(`${visited} pages, ${links.size} links`))

  it('is there: lists, forms, records, screens, settings', () =>
    assert.ok(places.length > 80, `${places.length} pages`))
  it('has no axe violation', () => none('axe'))
  it('does not scroll sideways at 390 px', () => none('scroll'))
  it('writes no error into the console and breaks no content policy', () => none('console'))
  it('has a heading and a title', () => none('heading'))
  it('links only to what answers', async () => {
    const context = await openContext(demo.url, session)
    const visitedKinds = new Set(places.map((place) => kindOf(new URL(place.path, demo.url))))
    const queue = [...links].filter(([kind]) => !visitedKinds.has(kind))
    const work = async (): Promise<void> => {
      for (let next = queue.pop(); next; next = queue.pop()) await follow(context, ...next[1])
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    await context.close()
    none('link')
  })
})

async function visit(context: BrowserContext, place: Place): Promise<void> {
  const { page, troubles: heard } = await openPage(context)
  const at = (theme: string, width: number): string => `${place.path} (${theme}, ${width})`
  await page.goto(place.path)
  await page
    .getByRole('heading', { level: 1 })
    .first()
    .waitFor({ timeout: 60_000 })
    .catch(() => tell('heading', `${place.path} shows no heading`))
  await settled(page)
  if (!/\S+ · Pilothouse$/.test(await page.title())) tell('heading', `${place.path} is called "${await page.title()}"`)
  await gatherLinks(page, place)
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
    await settled(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) tell('scroll', `${at('light', width)} is ${wide} px too wide`)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      // Only colours differ between the themes; everything else is judged once per width.
      const found = await violations(page, theme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined)
      for (const sentence of found) tell('axe', `${at(theme, width)} ${sentence}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  for (const sentence of heard) tell('console', `${place.path} ${sentence}`)
  visited++
  await page.close()
}

function kindOf(url: URL): string {
  return `${url.pathname.replace(/[A-Z]+-\d+/, 'N')}?${[...url.searchParams.keys()].join()}`
}

/** Addresses of records differ only in their numbers: one of each kind is followed. */
async function gatherLinks(page: Page, place: Place): Promise<void> {
  const found = (await page.evaluate(() => Array.from(document.links, (link) => link.href))) as string[]
  for (const address of found) {
    const url = new URL(address)
    if (url.origin !== demo.url) continue
    const kind = kindOf(url)
    if (!links.has(kind)) links.set(kind, [url.pathname + url.search, place.path])
  }
}

async function follow(context: BrowserContext, address: string, from: string): Promise<void> {
  if (/^\/(api|files)\//.test(address)) {
    const response = await context.request.get(address)
    if (!response.ok()) tell('link', `${address} (on ${from}) answers ${response.status()}`)
    return
  }
  const { page, troubles: heard } = await openPage(context)
  await page.goto(address)
  await page
    .getByRole('heading')
    .first()
    .waitFor({ timeout: 60_000 })
    .catch(() => tell('link', `${address} (on ${from}) shows nothing`))
  await settled(page)
  if (await page.getByText('There is no such page').count()) tell('link', `${address} (on ${from}) is nowhere`)
  const alerts = await page.getByRole('alert').allInnerTexts()
  for (const alert of alerts) tell('link', `${address} (on ${from}) says: ${alert}`)
  for (const sentence of heard) tell('link', `${address} (on ${from}) ${sentence}`)
  await page.close()
}
