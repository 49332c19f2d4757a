/**
 * Sentences for people. The English text is the key of its translations, with {0}, {1} where something is filled in, as
 * gettext has it: no key is invented, none goes stale unseen, and what has no translation yet is said in English.
 */

export interface Language {
  /** BCP 47, such as de or en-XA. */
  readonly tag: string
  /** The text in this language, with the same {0}, {1}; undefined where there is none. */
  phrase(key: string): string | undefined
}

let current: () => Language | null = () => null

/** Whoever answers people says here in which language they are spoken to; null is English. */
export function speakThrough(language: () => Language | null): void {
  current = language
}

/** The language at this moment; null is English. */
export function speaks(): Language | null {
  return current()
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
export function said(text: string): string {
  return current()?.phrase(text) ?? text
}

export function keyOf(parts: readonly string[]): string {
  return parts.reduce((key, part, nth) => `${key}{${nth - 1}}${part}`)
}
