/**
 * Sentences for people. The English text is the key of its translations, with {0}, {1} where something is filled in, as
 * gettext has it: no key is invented, none goes stale unseen, and what has no translation yet is said in English.
 */

/** Where a text stands, for languages that say it otherwise there: "Requester" is a field and a role, "Open" a state and a deed. */
export type Place = 'move' | 'option' | 'role'

export interface Language {
  /** BCP 47, such as de or en-XA. */
  readonly tag: string
  /** The text in this language, with the same {0}, {1}; undefined where there is none. */
  phrase(key: string, place?: Place): string | undefined
  /** Labels keep their capital letters within a sentence, as German nouns do. */
  readonly keepsCapitals?: boolean
}

/** Whoever answers people knows in which language that is at this moment (null is English), and which others there are. */
export interface Speech {
  readonly known: readonly Language[]
  current(): Language | null
  within<T>(language: Language | null, work: () => T): T
}
let speech: Speech = { known: [], current: () => null, within: (_, work) => work() }
const current = (): Language | null => speech.current()

export function speakThrough(of: Speech): void {
  speech = of
}

/** The language at this moment; null is English. */
export function speaks(): Language | null {
  return current()
}

/** Work for somebody who does not ask at this moment: a job for whoever sent it. @param tag null, or one that is not known, is English */
export function speaking<T>(tag: string | null | undefined, work: () => T): T {
  return speech.within(speech.known.find((language) => language.tag === tag) ?? null, work)
}

/** say`${name} has left.` — what is filled in stays as it is: a name, a number, a sentence that was said already. */
export function say(parts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const language = current()
  const phrase = language?.phrase(keyOf(parts))
  if (phrase === undefined) return parts.reduce((text, part, nth) => text + String(values[nth - 1]) + part)
  return phrase.replaceAll(/\{(\d+)\}/g, (place, nth: string) =>
    Number(nth) < values.length ? String(values[Number(nth)]) : place,
  )
}

/** A text that is said as it stands: a label, a help, a sentence with nothing to fill in. */
export function said(text: string, place?: Place): string {
  return current()?.phrase(text, place) ?? text
}

/** Marks a text that is said later, where it is read: here it stays as it is. Declared labels and helps need no mark. */
export function toSay(text: string): string {
  return text
}

/** A label within a sentence: in small letters, where the language has its nouns so. */
export function amid(label: string, place?: Place): string {
  const text = said(label, place)
  return current()?.keepsCapitals === true ? text : text.toLowerCase()
}

/**
 * A sentence that counts, in the form that the language has for this number: counted(n, say`${n} row`, say`${n} rows`).
 * The second is for every number that has no form of its own.
 */
export function counted(n: number, one: string, more: string): string {
  return rulesOf(current()?.tag ?? 'en').select(n) === 'one' ? one : more
}

/** A number in the language of this moment: 1,5 in German. */
export function decimal(n: number, digits = 1): string {
  return n.toLocaleString(current()?.tag ?? 'en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
}
/** A whole number in groups, as the language of this moment writes it. */
export function whole(n: number): string {
  return n.toLocaleString(current()?.tag ?? 'en', { maximumFractionDigits: 0 })
}

/** The text in every language, English first: what people may have written where a label is looked for. */
export function everyWording(text: string, place?: Place): string[] {
  return [text, ...speech.known.flatMap((language) => language.phrase(text, place) ?? [])]
}

export function keyOf(parts: readonly string[]): string {
  return parts.reduce((key, part, nth) => `${key}{${nth - 1}}${part}`)
}

const rules = new Map<string, Intl.PluralRules>()
function rulesOf(tag: string): Intl.PluralRules {
  const found = rules.get(tag) ?? new Intl.PluralRules(tag)
  rules.set(tag, found)
  return found
}
