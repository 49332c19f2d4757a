// Pictures of every screen, light and dark, wide and narrow, with the small demonstration company: `npm run pictures [-- part of a name …] [--german] [--whole]`; those of the guide: `npm run pictures -- guide`.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { readConfig } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { openSession } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { now } from '#platform/clock.ts'
import { loadDemo } from '#demo'
import { openInstallation, ROOT } from '../src/main/installation.ts'
import { startServer } from '../src/main/server.ts'
import { findChromium } from '../test/setup/chromium.ts'
import { allPages } from '../test/setup/pages.ts'
import { takeGuidePictures } from './guide-pictures.ts'
import { furtherPictures, type Picture } from './picture-places.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  // whole: as high as what the page scrolls through
  options: { german: { type: 'boolean', default: false }, whole: { type: 'boolean', default: false } },
})
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
const themes = ['light', 'dark'] as const
const folder = path.join(ROOT, 'pictures')
const say = (sentence: string): void => console.log(sentence)

await withDemo(async (url, session) => {
  if (positionals.length === 1 && positionals[0] === 'guide') return takeGuide(url, session)
  const pages = await allPages({ url }, session)
  const incident = pages.find(({ name }) => name === 'incidents-record')?.path ?? '/desk/incidents/INC-1'
  const all: Picture[] = [...pages, ...furtherPictures(incident)]
  const wanted = all.filter(
    (place) => positionals.length === 0 || positionals.some((part) => place.name.includes(part)),
  )
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: await findChromium(say), args: ['--no-sandbox'] })
  await Promise.all(sizes.map((size) => takeAll(browser, wanted, { url, session, size })))
  await browser.close()
})

/** Those of the guide, which are part of the repository: `npm run pictures -- guide`. */
async function takeGuide(url: string, session: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await findChromium(say), args: ['--no-sandbox'] })
  await takeGuidePictures(browser, { url, session, root: ROOT, say })
  await browser.close()
}

/** The product with a company of 600 incidents in a folder that is removed afterwards. */
async function withDemo(fn: (url: string, session: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), 'pilothouse-pictures-'))
  const installation = await openInstallation({ ...readConfig({ PILOTHOUSE_DATA: data }), port: 0 }, () => {})
  const { db, catalogue } = installation
  await loadDemo({ db, catalogue, now, log: () => {} }, { scale: { incidents: 600, persons: 160 } })
  const web = await buildWebIfStale(ROOT, say)
  const running = await startServer(installation, openLog({ level: 'error' }), web)
  const [who] = await run<{ org: number; person: number }>(
    db,
    sql`select org, person from role_grant where role = 'manager' order by person limit 1`,
  )
  try {
    if (who) await fn(running.address, (await openSession(db, who)).key)
  } finally {
    await running.close()
    await installation.close()
    await rm(data, { recursive: true, force: true })
  }
}

interface Taking {
  url: string
  session: string
  size: (typeof sizes)[number]
}

async function takeAll(browser: Browser, places: readonly Picture[], { url, session, size }: Taking): Promise<void> {
  const language = values.german ? 'de-DE' : 'en-GB'
  const context = await browser.newContext({
    baseURL: url,
    serviceWorkers: 'block',
    viewport: size,
    reducedMotion: 'reduce',
    locale: language,
    timezoneId: 'Europe/Berlin',
  })
  for (const place of places) {
    await context.clearCookies()
    if (!place.isOutside) await context.addCookies([{ name: 'pilothouse', value: session, url, httpOnly: true }])
    await take(context, place, size)
  }
  await context.close()
}

async function take(context: BrowserContext, place: Picture, size: Taking['size']): Promise<void> {
  const page = await context.newPage()
  await page.goto(place.path)
  await page
    .getByRole('heading')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => say(`${place.path} shows no heading`))
  await page.waitForTimeout(500) // lists, clocks and charts come a moment after the heading
  await place.open?.(page, size.width < 500).catch(() => say(`${place.name} does not open at ${size.width}`))
  if (place.isPrinted) await page.emulateMedia({ media: 'print' })
  else if (values.whole) await page.setViewportSize({ ...size, height: await wholeHeight(page, size.height) })
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForTimeout(300)
    const name = [place.name, ...(values.german ? ['german'] : []), theme, size.width].join('-')
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: place.isPrinted ?? false })
    say(name)
  }
  await page.close()
}

/** How high the window has to be to show all of the page; very long ones are cut. */
async function wholeHeight(page: Page, height: number): Promise<number> {
  const hidden = await page.evaluate(() => {
    const main = document.querySelector('.shell-main')
    return main ? main.scrollHeight - main.clientHeight : 0
  })
  return Math.min(height + hidden, 2600)
}
