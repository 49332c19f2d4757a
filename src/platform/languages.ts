/** In which language a request is answered: the first of its Accept-Language that is known here, else English. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Language } from '#engines/say.ts'
import { speakThrough } from '#engines/say.ts'
import { pseudoLanguage } from '#engines/pseudo-language.ts'
import { german } from '#messages/german.ts'

/** English is not among them: it is what the program itself says. */
const KNOWN: readonly Language[] = [german, pseudoLanguage]
/** More is not read: nobody speaks so many, and the header is whoever asks to fill. */
const MOST_RANGES = 20

const spoken = new AsyncLocalStorage<Language | null>()
speakThrough({ known: KNOWN, current: () => spoken.getStore() ?? null, within: inLanguage })

/** Of an Accept-Language header (RFC 9110, 12.5.4); null is English. */
export function languageOf(header: string | undefined): Language | null {
  if (header === undefined) return null
  const ranges = header.split(',', MOST_RANGES).map((range) => {
    const [tag = '', quality = ''] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/)
    return { tag, quality: quality === '' ? 1 : Number(quality) }
  })
  // Of equal ones the first counts: sorting is stable.
  for (const { tag } of ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)) {
    const exact = KNOWN.find((one) => one.tag.toLowerCase() === tag)
    if (exact !== undefined) return exact
    const [primary] = tag.split('-')
    if (primary === 'en') return null
    const near = KNOWN.find((one) => one.tag.split('-')[0] === primary)
    if (near !== undefined) return near
  }
  return null
}

/** A link that the browser follows by itself, to a file: no page says for it in which language (Fetch Metadata). */
export function isFollowedLink(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['sec-fetch-mode'] === 'navigate'
}
/** Does the work in the language of this tag, and has the answer say so; as it would be without, where the tag is null or of none that is known. */
export async function inLanguageNamed<T extends { readonly headers?: Readonly<Record<string, string>> }>(
  tag: string | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const language = tag === 'en' ? null : KNOWN.find((one) => one.tag === tag)
  if (language === undefined || tag === undefined || tag === null) return work()
  const answer = await inLanguage(language, work)
  return { ...answer, headers: { ...answer.headers, 'Content-Language': tag } }
}

/** What an answer says about its language; caches keep one answer for each. */
export function languageHeaders(header: string | undefined): Readonly<Record<string, string>> {
  return { 'Content-Language': languageOf(header)?.tag ?? 'en', Vary: 'Accept-Language' }
}

/** Whatever is said within the work, and within what it waits for, is said in this language. */
export function inLanguage<T>(language: Language | null, work: () => T): T {
  return language === (spoken.getStore() ?? null) ? work() : spoken.run(language, work)
}
