/** Who of the teams was away when, with a deputy; and who else is away these days. */
import { absence } from '#people'
import type { Book } from './book.ts'
import type { Cast, Employee } from './cast.ts'
import type { Dice } from './dice.ts'
import { fluWeeks } from './season.ts'
import { instantOf } from './story.ts'

const DAY = 86_400_000
export interface Away {
  isAway(person: Employee, atMs: number): boolean
}

export function makeAbsences(parts: {
  readonly book: Book
  readonly cast: Cast
  readonly dice: Dice
  readonly startMs: number
  readonly nowMs: number
}): Away {
  const { book, cast, dice, startMs, nowMs } = parts
  const spans = new Map<number, [number, number][]>()
  const away = (person: Employee, firstMs: number, days: number, deputy: Employee | null): void => {
    const first = Math.floor(firstMs / DAY) * DAY
    const known = spans.get(person.ref.id) ?? []
    const told = Math.max(startMs - 10 * DAY, Math.min(nowMs - dice.next() * DAY, first - dice.int(3, 60) * DAY))
    // Nobody is away twice at a time.
    if (known.some(([from, to]) => first < to && first + days * DAY > from)) return
    spans.set(person.ref.id, [...known, [first, first + days * DAY]])
    const isThere =
      deputy !== null &&
      deputy !== person &&
      !(spans.get(deputy.ref.id) ?? []).some(([from, to]) => from <= first && to >= first + days * DAY)
    book.begin(
      absence,
      {
        person: person.ref,
        firstDay: instantOf(first).slice(0, 10),
        lastDay: instantOf(first + (days - 1) * DAY).slice(0, 10),
        deputy: isThere ? deputy.ref : null,
      },
      { at: told, by: person.ref },
    )
  }
  for (const crew of cast.crews.values()) {
    crew.members.forEach((member, index) => {
      const deputy = crew.members.length > 1 ? (crew.members[(index + 1) % crew.members.length] ?? null) : cast.manager
      for (let from = startMs + dice.int(5, 60) * DAY; from < nowMs + 45 * DAY; from += dice.int(50, 110) * DAY)
        away(member, from, dice.pick([3, 5, 7, 12, 14, 19]), deputy)
    })
  }
  const staff = [...cast.crews.values()].flatMap((crew) => crew.members)
  for (const monday of fluWeeks(parts)) {
    for (const member of staff.filter(() => dice.isLucky(0.28)))
      away(member, monday + dice.int(0, 2) * DAY, dice.int(3, 7), null)
  }
  awayToday(parts, { spans, away })
  const sample = cast.everybody.filter(
    (one) => one.audience !== 'it' && one.untilMs === Infinity && one.fromMs < nowMs && dice.isLucky(0.09),
  )
  for (const one of sample.slice(0, 2000)) away(one, nowMs - dice.int(0, 9) * DAY, dice.int(3, 14), null)
  return {
    isAway: (person, atMs) => spans.get(person.ref.id)?.some(([from, to]) => atMs >= from && atMs < to) ?? false,
  }
}
/** Two of the teams are away today, and their lead stands in. */
function awayToday(
  { cast, nowMs }: { readonly cast: Cast; readonly nowMs: number },
  {
    spans,
    away,
  }: {
    readonly spans: ReadonlyMap<number, readonly [number, number][]>
    readonly away: (person: Employee, firstMs: number, days: number, deputy: Employee | null) => void
  },
): void {
  const isFree = (one: Employee): boolean =>
    !(spans.get(one.ref.id) ?? []).some(([from, to]) => from < nowMs + 5 * DAY && to > nowMs - 3 * DAY)
  const crews = [...cast.crews.values()].filter(({ lead }) => isFree(lead))
  for (const { lead, members } of crews.slice(0, 2)) {
    const one = members.find((member) => member !== lead && isFree(member))
    if (one !== undefined) away(one, nowMs - DAY, 4, lead)
  }
}
