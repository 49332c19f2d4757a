// One Chromium for a test file, and pages in it that remember whatever went wrong: console errors, refused content, faults of the server.
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from './chromium.ts'

export type Theme = 'light' | 'dark'
export interface Look {
  theme?: Theme
  width?: number
  /** Of the browser; British English when absent. */
  locale?: string
  /** With the service worker; without it every file comes from the server, as tests of single pages expect. */
  isInstalled?: true
}
export interface Watched {
  page: Page
  /** Sentences about what went wrong so far on this page. */
  troubles: string[]
}

export const widths = [1440, 390] as const
const heights: Record<number, number> = { 1440: 900, 390: 844 }
let opened: Promise<Browser> | null = null

export function openBrowser(): Promise<Browser> {
  opened ??= findChromium(console.log).then((executablePath) =>
    chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
    }),
  )
  return opened
}

/** A browser of its own storage; signed in when a session is given. */
export async function openContext(url: string, session: string | null, look: Look = {}): Promise<BrowserContext> {
  const { theme = 'light', width = 1440, locale = 'en-GB', isInstalled = false } = look
  const browser = await openBrowser()
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: theme,
    viewport: { width, height: heights[width] ?? 900 },
    reducedMotion: 'reduce',
    locale,
    serviceWorkers: isInstalled ? 'allow' : 'block',
    timezoneId: 'Europe/Berlin',
  })
  if (session !== null) await context.addCookies([{ name: 'pilothouse', value: session, url, httpOnly: true }])
  return context
}

/** @param expected parts of console messages that the test brings about on purpose, such as a refused write */
export async function openPage(context: BrowserContext, expected: readonly string[] = []): Promise<Watched> {
  const page = await context.newPage()
  const troubles: string[] = []
  const tell = (sentence: string): void => {
    if (!expected.some((part) => sentence.includes(part))) troubles.push(sentence)
  }
  page.on('console', (message) => {
    if (message.type() === 'error') tell(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => tell(`fault: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) tell(`${response.status()} ${response.url()}`)
  })
  return { page, troubles }
}

/** Chooses from the open menu by keyboard, once the menu has taken the focus: before that, the key would go to another item. */
export async function chooseFromMenu(page: Page, name: string): Promise<void> {
  await hasFocus(page, 'menu')
  await page.getByRole('menuitem', { name, exact: true }).press('Enter')
}

/** Until the open menu or dialog holds the focus, as whoever works by keyboard waits for it. */
export async function hasFocus(page: Page, role: 'menu' | 'dialog'): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll(`[role=${wanted}]`)].some((element) => element.contains(document.activeElement)),
    role,
  )
}

/** Until nothing is asked of the server any more and the page has stood still for a moment; the event stream stays open. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const began = performance.now()
        let last = began
        let count = 0
        const look = (): void => {
          const all = performance.getEntriesByType('resource').length
          // A page has a heading; until its words and its script are there, it is empty. One without a heading is not waited for.
          const isEmpty = document.querySelector('h1') === null && performance.now() - began < 10_000
          const busy = isEmpty || document.querySelector('progress, .mantine-Loader-root') !== null
          if (all !== count || busy) {
            count = all
            last = performance.now()
          }
          if (performance.now() - last > 160) resolve()
          else setTimeout(look, 20)
        }
        look()
      }),
  )
}

// A browser that does not end must not keep the file from ending: it goes with its process.
after(async () => {
  if (opened) await Promise.race([(await opened).close(), sleep(10_000, undefined, { ref: false })])
})
