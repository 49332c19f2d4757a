/** What hangs on an incident: comments, internal notes, time worked. */
import { timeEntry } from '#desk'
import { comment } from '#kit/records/about.ts'
import type { Book } from './book.ts'
import type { Employee } from './cast.ts'
import { desk } from './desk-parts.ts'
import type { Dice } from './dice.ts'
import type { Trail } from './life.ts'
import type { Story } from './story.ts'
import { instantOf } from './story.ts'

export interface BesideParts {
  readonly book: Book
  readonly dice: Dice
  readonly nowMs: number
  readonly story: Story
  readonly requester: Employee | null
  readonly trail: Trail
  readonly minutes: number
}

export function tellBeside(parts: BesideParts): void {
  if (parts.dice.isLucky(0.2)) tellComments(parts)
  if (parts.trail.agents.length > 0 && parts.dice.isLucky(0.62)) tellTime(parts)
}

function tellComments({ book, dice, nowMs, story, requester, trail }: BesideParts): void {
  const [fromMs, untilMs] = spanOf(story, nowMs)
  const count = dice.int(1, 3)
  for (let index = 0; index < count; index++) {
    const at = Math.round(fromMs + ((untilMs - fromMs) * (index + 0.2 + 0.6 * dice.next())) / count)
    const agent = trail.agents.at(0) ?? null
    const isTheirs = requester !== null && (index % 2 === 1 || agent === null)
    const isLast = index === count - 1 && story.row['resolvedAt'] !== null
    const internal = !isTheirs && dice.isLucky(0.45)
    const body = isTheirs
      ? dice.pick(isLast ? desk.thanks : desk.answers)
      : dice.pick(internal ? desk.internals : desk.questions)
    const by = isTheirs ? requester.ref : (agent?.ref ?? null)
    if (by !== null && at < nowMs) book.begin(comment, { body, on: story.any, internal }, { at, by })
  }
}

/** Each entry adds to the incident's sum, as the store would. */
function tellTime({ book, dice, nowMs, story, trail, minutes }: BesideParts): void {
  const began = Date.parse(String(story.row['respondedAt'] ?? story.row.updatedAt))
  const over = Math.max(began, spanOf(story, nowMs)[1])
  let sum = 0
  for (const agent of new Set(trail.agents)) {
    const worked = Math.max(3, Math.round(dice.logNormal(minutes * 0.7, 0.5)))
    const at = Math.min(began + (sum + worked) * 60_000, over)
    if (at > nowMs) continue
    book.begin(
      timeEntry,
      {
        on: story.any,
        person: agent.ref,
        minutes: worked,
        day: instantOf(at).slice(0, 10),
        note: dice.pick(desk.works),
      },
      { at, by: agent.ref },
    )
    sum += worked
    story.recall({ workedMinutes: sum }, { at, by: agent.ref })
  }
}

function spanOf(story: Story, nowMs: number): [number, number] {
  const from = Date.parse(story.row.createdAt)
  const resolved = story.row['resolvedAt']
  return [from, typeof resolved === 'string' ? Date.parse(resolved) : nowMs]
}
