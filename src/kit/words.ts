/** Search by words: accents folded, any language, compounds joined and split, the last word also as a beginning. */
import type { AnyRow, RecordType } from './record.ts'

/** What is searched for: each word with what else may stand in its place, such as wi (or wifi) and fi (or wifi). */
export interface Slot {
  readonly word: string
  readonly joined: readonly string[]
  /** Still being typed: it may go on. */
  readonly isBeginning: boolean
}

/**
 * Raised when the words of a text change, so that those of older rows are made anew (words-again.ts).
 * 1: letters and digits · 2: joined forms of compounds; ß, ı, ø and the like as people type them.
 */
export const WORDS_FORM = 2

/** Letters that have no accent to take away and are typed as others all the same (Unicode has no mapping for them). */
const LIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ς: 'σ',
}
/** Between the parts of a compound: hyphens, dashes, apostrophes, dots, slash, underscore. */
const COMPOUND = /[\p{L}\p{N}]+(?:[-\u2010-\u2013'\u2018\u2019.\u00B7/_][\p{L}\p{N}]+)*/gu
/** Longer ones are addresses and paths, whose parts are found one by one. */
const MOST_PARTS = 4
const LONGEST = 60
const MOST_WORDS = 12

/** Letters and digits only, without accents, in lower case. */
export function fold(text: string): string {
  return bare(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
/** Without accents and invisible joiners, in lower case; what stands between words is kept. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|\u00AD|\p{Join_Control}|\u2060|\uFEFF/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħŧıς]/g, (letter) => LIKE[letter] ?? letter)
    .replaceAll('\u02BC', "'") // an apostrophe that Unicode counts as a letter
}
function compoundsIn(text: string): string[][] {
  return (bare(text).match(COMPOUND) ?? []).map(partsOf)
}
function partsOf(compound: string): string[] {
  return compound.match(/[\p{L}\p{N}]+/gu) ?? []
}
/** sap gui client → sapgui, guiclient, sapguiclient. Digits alone are not joined: 7.4.2 is not 742. */
function runsOf(parts: readonly string[]): { from: number; to: number; word: string }[] {
  if (parts.length > MOST_PARTS) return []
  const made = parts.flatMap((_, from) =>
    parts.slice(from + 1).map((__, more) => {
      const to = from + more + 1
      return { from, to, word: parts.slice(from, to + 1).join('') }
    }),
  )
  return made.filter(({ word }) => word.length <= LONGEST && /\p{L}/u.test(word))
}
/** The joined forms of what is written with a hyphen, an apostrophe, a dot or a slash, each once. */
export function joinedForms(text: string): string[] {
  const compounds = (bare(text).match(COMPOUND) ?? []).filter((one) => /[^\p{L}\p{N}]/u.test(one))
  return [...new Set(compounds.flatMap((one) => runsOf(partsOf(one)).map(({ word }) => word)))]
}

/** The words of a query, at most twelve; neighbours are joined as well, for "wi fi" may be written "wifi". */
export function slotsOf(q: string): Slot[] {
  const compounds = compoundsIn(q)
  const words = compounds.flat().slice(0, MOST_WORDS)
  const joined = words.map((): string[] => [])
  const add = (from: number, to: number, word: string): void => {
    for (const list of joined.slice(from, to + 1)) if (!list.includes(word)) list.push(word)
  }
  let at = 0
  for (const parts of compounds) {
    for (const { from, to, word } of runsOf(parts)) if (at + to < words.length) add(at + from, at + to, word)
    at += parts.length
  }
  words.forEach((word, index) => {
    for (const run of runsOf([word, words[index + 1] ?? ''])) if (run.word !== word) add(index, index + 1, run.word)
  })
  const isTyping = !/[\s.,;!?]$/.test(q)
  return words.map((word, index) => ({
    word: word.slice(0, LONGEST),
    joined: joined[index] ?? [],
    isBeginning: isTyping && index === words.length - 1 && word.length > 1,
  }))
}

/**
 * 'Café print' → '(cafe | cafeprint:*) & (print:* | cafeprint:*)'; null when nothing can be searched for.
 * Each joined form stands at every one of its words: (wi | wifi) & (fi | wifi) is wi & fi | wifi.
 */
export function wordsQuery(q: string): string | null {
  const slots = slotsOf(q)
  const last = slots.at(-1)
  const isOpen = (word: string): boolean => last?.isBeginning === true && last.joined.includes(word)
  return slots.length === 0
    ? null
    : slots
        .map(({ word, joined, isBeginning }) =>
          anyWord([isBeginning ? `${word}:*` : word, ...joined.map((one) => (isOpen(one) ? `${one}:*` : one))]),
        )
        .join(' & ')
}
function anyWord(words: readonly string[]): string {
  return words.length === 1 ? words.join('') : `(${words.join(' | ')})`
}

/** Everything of a row that its record declares searchable, folded, with joined forms, at most 200,000 characters. */
export function searchText(record: RecordType, row: Partial<AnyRow>): string {
  return searchable(textOf(record, row))
}
/** A text as it is kept for searching. */
export function searchable(text: string): string {
  return `${fold(text)} ${joinedForms(text).join(' ')}`.trim().slice(0, 200_000).trim()
}
/** The texts of a row that its record declares searchable, as they were written. */
export function textOf(record: RecordType, row: Partial<AnyRow>): string {
  const parts = Object.entries(record.fields).flatMap(([name, field]) =>
    field.searchable === true ? wordsOf(row[name]) : [],
  )
  return [...parts, ...(row.tags ?? [])].join(' ')
}
/** A text, or what a file is called. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
    ? [value.title]
    : []
}
