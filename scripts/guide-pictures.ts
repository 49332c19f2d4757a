/** The pictures of the guide: one of each chapter and language, in the light theme, of the demonstration company. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { smallPng } from './small-png.ts'

/** Largest that a picture may be, in bytes; `test/docs` holds them to it. */
export const MOST_BYTES = 60_000
const WIDE = { width: 1100, height: 640 }
const PHONE = { width: 390, height: 700 }

/** What each chapter shows; the file is called after the chapter. */
export const GUIDE_PICTURES: readonly {
  readonly chapter: string
  readonly path: string
  readonly size: typeof WIDE
}[] = [
  { chapter: 'begin', path: '/first-steps/people', size: WIDE },
  { chapter: 'people', path: '/people/persons', size: WIDE },
  { chapter: 'desk', path: '/desk/incidents', size: WIDE },
  { chapter: 'services', path: '/estate/map/SVC-1', size: WIDE },
  { chapter: 'safeguards', path: '/settings/journal', size: WIDE },
  { chapter: 'improvement', path: '/improvement/measures', size: WIDE },
  { chapter: 'advice', path: '/bridge', size: WIDE },
  { chapter: 'phone', path: '/desk/incidents', size: PHONE },
]
const LANGUAGES = ['en', 'de'] as const

/** @param session of somebody who sees all of it */
export async function takeGuidePictures(
  browser: Browser,
  { url, session, root, say }: { url: string; session: string; root: string; say: (line: string) => void },
): Promise<void> {
  for (const language of LANGUAGES) {
    const folder = path.join(root, 'docs/guide', language === 'en' ? '' : language, 'pictures')
    await mkdir(folder, { recursive: true })
    for (const { chapter, path: address, size } of GUIDE_PICTURES) {
      const context = await browser.newContext({
        baseURL: url,
        serviceWorkers: 'block',
        colorScheme: 'light',
        viewport: size,
        reducedMotion: 'reduce',
        locale: language === 'en' ? 'en-GB' : 'de-DE',
        timezoneId: 'Europe/Berlin',
        extraHTTPHeaders: { 'accept-language': language },
      })
      await context.addCookies([{ name: 'pilothouse', value: session, url, httpOnly: true }])
      const page = await context.newPage()
      await page.goto(address)
      await page.getByRole('heading').first().waitFor({ timeout: 30_000 })
      await page.waitForLoadState('networkidle').catch(() => {}) // live changes may keep it busy
      await page.waitForTimeout(1500) // lists and charts come a moment after the heading
      const small = smallPng(await page.screenshot())
      await context.close()
      const file = path.join(folder, `${chapter}.png`)
      await writeFile(file, small)
      say(
        `${path.relative(root, file)}: ${small.length} bytes${small.length > MOST_BYTES ? ', which is too much' : ''}`,
      )
    }
  }
}
