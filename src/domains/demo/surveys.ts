/** One question to the requester after the resolution; three in ten answer. */
import { survey } from '#desk'
import type { Book } from './book.ts'
import type { Employee } from './cast.ts'
import { desk } from './desk-parts.ts'
import type { Dice } from './dice.ts'
import { Urn } from './dice.ts'
import type { Story } from './story.ts'

export interface Answer {
  readonly atMs: number
  readonly score: number
}
const SCORES = [1, 2, 3, 4, 5] as const
const pleased = new Urn(SCORES, (score) => [2, 3, 9, 31, 55][score - 1] ?? 0)
const annoyed = new Urn(SCORES, (score) => [9, 15, 28, 30, 18][score - 1] ?? 0)

/** @returns the answer, or null when there is none (yet) */
export function tellSurvey({
  book,
  dice,
  nowMs,
  story,
  requester,
  isLate,
}: {
  book: Book
  dice: Dice
  nowMs: number
  story: Story
  requester: Employee
  isLate: boolean
}): Answer | null {
  const resolved = story.row['resolvedAt']
  if (typeof resolved !== 'string') return null
  const asked = book.begin(
    survey,
    { incident: story.ref, person: requester.ref },
    { at: Math.min(nowMs, Date.parse(resolved) + 300_000), by: null, origin: 'rule' },
  )
  const atMs = Math.round(Date.parse(resolved) + 300_000 + dice.logNormal(5, 1.1) * 3_600_000)
  if (!dice.isLucky(0.3) || atMs > nowMs) return null
  const score = (isLate ? annoyed : pleased).draw(dice)
  const comment =
    score === 5 && dice.isLucky(0.22)
      ? dice.pick(desk.praises)
      : score <= 2 && dice.isLucky(0.6)
        ? dice.pick(desk.complaints)
        : null
  asked.move('answer', { score, ...(comment === null ? {} : { comment }) }, { at: atMs, by: requester.ref })
  return { atMs, score }
}
