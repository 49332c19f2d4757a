// Which texts of a page are words of the English catalogue: what a screen in another language must not show.
import type { Page } from 'playwright-core'
import { catalogues, type Group } from '../../src/web/messages/catalogues.ts'

const groups = Object.keys(catalogues.en) as Group[]

function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : []
}

async function texts(language: 'en' | 'de'): Promise<Set<string>> {
  const all = await Promise.all(groups.map((group) => catalogues[language][group]()))
  return new Set(all.flatMap(textsIn).map((text) => text.trim()))
}

/** Texts of at least three letters that English says, and that German does not say as well, such as "Name". */
export async function onlyEnglish(): Promise<string[]> {
  const [english, german] = await Promise.all([texts('en'), texts('de')])
  return [...english].filter((text) => /\p{L}{3,}/u.test(text) && !german.has(text))
}

/** Every text of the page, also those that are only read out: each text by itself, each label, placeholder and tooltip. */
export async function textsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>([document.title.replace(/ · .*$/, '')])
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) found.add(node.textContent?.trim() ?? '')
    for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[aria-description]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description'])
        found.add(element.getAttribute(name)?.trim() ?? '')
    return [...found].filter((text) => text !== '')
  })
}
