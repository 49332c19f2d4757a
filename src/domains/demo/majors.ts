/** Major incidents: an outage is recognised, a crew is named, people hear news, and a review says what changes. */
import type { Ref } from '#kit/field.ts'
import { action } from '#kit/records/steering.ts'
import { majorIncident, news } from '#desk'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'
import type { Dice } from './dice.ts'
import type { Disaster, Seed } from './seeds.ts'
import type { Story } from './story.ts'
import { instantOf } from './story.ts'

const MINUTE = 60_000
const DAY = 86_400_000

interface MajorParts {
  readonly book: Book
  readonly cast: Cast
  readonly dice: Dice
  readonly nowMs: number
}

export class MajorTeller {
  readonly #parts: MajorParts
  readonly #first = new Map<Disaster, Ref>()
  constructor(parts: MajorParts) {
    this.#parts = parts
  }

  /** The first report becomes the major incident; every later one a part of it. Call right after the report was written. */
  attach(seed: Seed, story: Story): void {
    const disaster = seed.disaster?.of
    if (disaster === undefined) return
    const parent = this.#first.get(disaster)
    const by = this.#parts.cast.crews.get('Service desk')?.lead.ref ?? null
    if (parent !== undefined) return story.change({ parent }, { at: seed.atMs + 500, by })
    this.#first.set(disaster, story.ref)
    story.change({ major: true }, { at: seed.atMs + 900, by, reason: 'Declared a major incident.' }, 'declareMajor')
    this.#tellMajor(disaster, story)
  }

  #tellMajor({ outage, fromMs, untilMs }: Disaster, story: Story): void {
    const { book, cast, dice, nowMs } = this.#parts
    const lead = cast.crews.get('Service desk')?.lead.ref ?? cast.manager.ref
    const crew = {
      commander: cast.manager.ref,
      communicator: lead,
      scribe: dice.pick(cast.crews.get('Service desk')?.members ?? [cast.manager]).ref,
    }
    const major = book.begin(
      majorIncident,
      {
        subject: outage.subject,
        incident: story.ref,
        ...crew,
        bridge: 'https://meet.harbourworks.example/crew',
        newsEvery: 60,
      },
      { at: fromMs + 9 * MINUTE, by: lead },
    )
    this.#tellNews(major, outage.news, { fromMs: fromMs + 15 * MINUTE, untilMs, by: lead })
    major.move('mitigate', {}, { at: untilMs - 20 * MINUTE, by: cast.manager.ref })
    major.move('end', {}, { at: untilMs + 15 * MINUTE, by: cast.manager.ref })
    const reviewMs = untilMs + dice.int(5, 9) * DAY
    if (reviewMs > nowMs) return
    major.move(
      'review',
      { whatHappened: outage.what, causes: outage.causes, lessons: outage.lessons },
      { at: reviewMs, by: cast.manager.ref },
    )
    for (const subject of outage.actions)
      this.#tellAction(major, { subject, because: `${outage.causes} (${outage.what})`, reviewMs })
  }
  #tellNews(
    major: Story,
    messages: readonly string[],
    { fromMs, untilMs, by }: { fromMs: number; untilMs: number; by: Ref },
  ): void {
    messages.forEach((message, index) => {
      const isLast = index === messages.length - 1
      const at = Math.round(fromMs + ((untilMs - fromMs) * index) / Math.max(1, messages.length - 1))
      this.#parts.book.begin(
        news,
        {
          major: major.ref,
          message,
          audience: 'affected',
          nextAt: isLast ? null : instantOf(at + 60 * MINUTE),
          isLast,
        },
        { at, by },
      )
    })
  }
  /** Done within weeks, and checked by somebody else a month after that. */
  #tellAction(
    major: Story,
    { subject, because, reviewMs }: { subject: string; because: string; reviewMs: number },
  ): void {
    const { book, cast, dice, nowMs } = this.#parts
    const crew = dice.pick([...cast.crews.values()])
    const owner = crew.lead.ref
    const dueMs = reviewMs + dice.int(30, 80) * DAY
    const made = book.begin(
      action,
      { subject, because, on: major.any, duty: '7', owner, dueOn: instantOf(dueMs).slice(0, 10) },
      { at: reviewMs, by: cast.manager.ref },
    )
    const doneMs = dueMs + dice.int(-12, 9) * DAY
    if (doneMs > nowMs) return
    made.move('finish', { result: 'Done as planned and shown in the meeting of the teams.' }, { at: doneMs, by: owner })
    if (doneMs + 35 * DAY < nowMs)
      made.move(
        'confirm',
        { effect: 'No incident of the same cause since; looked at after five weeks.' },
        { at: doneMs + 35 * DAY, by: cast.manager.ref },
      )
  }
}
