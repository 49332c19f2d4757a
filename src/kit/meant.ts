/**
 * What mistyped words most likely meant: "pritner" → "printer". Asked only where the words themselves find nothing. A
 * word is proposed when a row that the asker may read holds it, with the other words, in a text that they may read: what
 * is hidden from them is neither shown nor confirmed, and the answer does not depend on it but for which like words are
 * tried.
 */
import { writtenText } from './added-words.ts'
import { clearFields } from './clearance.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import { findQuery, someHits } from './find.ts'
import type { ListQuery } from './list.ts'
import { list } from './list.ts'
import { stepsBetween } from './nearest.ts'
import type { RecordType } from './record.ts'
import { run, sql } from './sql.ts'
import type { Slot } from './words.ts'
import { fold, searchable, slotsOf } from './words.ts'

/** Like words fetched for each word, and how many of them are tried. */
const FETCHED = 200
const TRIED = 6
/** More words than these are no mistyped word but a sentence. */
const MOST_WORDS = 6
/** Shorter words are like too many. */
const SHORTEST = 4
/** Hits that are asked for, and how many of them, within reach, the likeliest is chosen from. */
const LOOKED_AT = 200
const HITS = 40

/** A word in place of another; steps are letters added, dropped, changed or swapped. */
interface Choice {
  readonly word: string
  readonly steps: number
  readonly often: number
}
export interface Guess {
  readonly slot: Slot
  readonly choices: readonly Choice[]
}
interface Meant {
  readonly text: string
  readonly steps: number
  readonly often: number
}

/** What each word may have meant; null when there is nothing to try. */
export async function guesses(on: Sql, org: number, q: string): Promise<Guess[] | null> {
  const slots = slotsOf(q)
  const asked = [...new Set(slots.map(({ word }) => word).filter(isGuessable))]
  if (asked.length === 0 || slots.length > MOST_WORDS) return null
  const rows = await run<{ asked_for: string; word: string; often: number }>(
    on,
    sql`select asked_for, word, often from like_words(${org}, ${asked}::text[], ${FETCHED})`,
  )
  const made = slots.map((slot) => ({
    slot,
    choices: rows
      .filter((row) => row.asked_for === slot.word)
      .map(({ word, often }) => ({ word, often, steps: stepsBetween(slot.word, word) }))
      .filter(({ steps }) => steps <= mostSteps(slot.word))
      .sort((a, b) => a.steps - b.steps || b.often - a.often || (a.word < b.word ? -1 : 1))
      .slice(0, TRIED),
  }))
  return made.some(({ choices }) => choices.length > 0) ? made : null
}
function isGuessable(word: string): boolean {
  return word.length >= SHORTEST && !/\p{N}/u.test(word)
}
function mostSteps(word: string): number {
  return word.length < 6 ? 1 : 2
}

/** The likeliest words that find one of these kinds within the reach of the asker and the rest of the view; null for none. */
export async function meantBy(
  on: Sql,
  context: FilterContext,
  records: readonly RecordType[],
  { guessed, query }: { guessed: readonly Guess[]; query: ListQuery },
): Promise<string | null> {
  const words = anyOf(guessed)
  const some = await someHits(on, context.actor.org, records, { query: words, most: LOOKED_AT })
  const made = await Promise.all(
    some.map(async ({ record, found, isAll }) => {
      const first = await among(on, context, record, { guessed, query: { ...query, found } })
      if (first.length > 0 || isAll) return first
      // None of some hits is within the reach or the view: then all are asked for, as the list itself does.
      const every = await findQuery(on, context.actor.org, record, words)
      return among(on, context, record, { guessed, query: { ...query, found: every } })
    }),
  )
  return made.flat().sort((a, b) => a.steps - b.steps || b.often - a.often)[0]?.text ?? null
}
async function among(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  { guessed, query }: { guessed: readonly Guess[]; query: ListQuery },
): Promise<Meant[]> {
  const readable = Object.entries(clearFields(context.actor, record))
  const fields = readable.flatMap(([name, field]) => (field.searchable === true ? [name] : []))
  const { filter, binned, found } = query
  const added = context.catalogue.customFields(context.actor.org, record.name)
  const page = await list(on, context, record, { filter, binned, found, sort: '-id', limit: HITS, fields })
  return page.items.flatMap((row) => inRow(writtenText(record, row, added), guessed) ?? [])
}
/** (hp | hq) & (pritner | printer | painter) */
function anyOf(guessed: readonly Guess[]): string {
  return guessed
    .map(({ slot, choices }) => {
      const own = slot.isBeginning ? `${slot.word}:*` : slot.word
      return `(${[own, ...slot.joined, ...choices.map(({ word }) => word)].join(' | ')})`
    })
    .join(' & ')
}
/** The words as this row has them, spelled as it spells them; null when a word of them stands in what may not be read. */
function inRow(text: string, guessed: readonly Guess[]): Meant | null {
  const words = new Set(searchable(text).split(' '))
  const chosen = guessed.map(({ slot, choices }) => {
    const isThere = [slot.word, ...slot.joined].some((word) => words.has(word)) || isBegun(slot, words)
    return isThere ? { word: slot.word, steps: 0, often: 0 } : (choices.find(({ word }) => words.has(word)) ?? null)
  })
  const sure = chosen.flatMap((one) => one ?? [])
  const steps = sure.reduce((sum, one) => sum + one.steps, 0)
  if (sure.length < chosen.length || steps === 0) return null
  const spelled = new Map((text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((one) => [fold(one), one]))
  const said = sure.map(({ word }) => spelled.get(word)?.toLowerCase().normalize('NFC') ?? word).join(' ')
  return { text: said, steps, often: sure.reduce((sum, one) => sum + one.often, 0) }
}
function isBegun({ word, isBeginning }: Slot, words: ReadonlySet<string>): boolean {
  return isBeginning && [...words].some((one) => one.startsWith(word))
}
