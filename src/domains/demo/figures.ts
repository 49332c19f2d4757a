/** What the incidents add up to, day by day, so that the measures of past months are computed and not invented. */
import type { AnyRow } from '#kit/record.ts'
import type { Kept } from './clocks.ts'
import type { Family } from './service-plan.ts'
import { ZONE } from './site-plan.ts'
import type { Answer } from './surveys.ts'

export interface Sum {
  readonly value: number
  readonly evidence: number
}
type Counter =
  | 'opened'
  | 'solved'
  | 'reopened'
  | 'resolutionMet'
  | 'resolutionEnded'
  | 'firstMet'
  | 'firstEnded'
  | 'answers'
  | 'scores'
  | 'wifi'
const DAY = 86_400_000
const days = new Map<string, string>()

/** The day of the company on which an instant falls. Remembered by the hour: the offsets of its zone are whole hours. */
function dayOf(instant: string): string {
  const hour = instant.slice(0, 13)
  const known = days.get(hour)
  if (known !== undefined) return known
  const day = Temporal.Instant.from(`${hour}:00:00Z`).toZonedDateTimeISO(ZONE).toPlainDate().toString()
  days.set(hour, day)
  return day
}

export class Figures {
  readonly #counts = new Map<string, number>()

  add({ row, family, kept }: { row: AnyRow; family: Family; kept: Kept }): void {
    const opened = row['openedAt']
    this.#count('opened', opened)
    if (family === 'wifi') this.#count('wifi', opened)
    if (row['status'] === 'resolved' || row['status'] === 'closed') this.#count('solved', opened)
    if (Number(row['reopenCount']) > 0) this.#count('reopened', opened)
    this.#ended('resolution', kept.resolution, row['resolvedAt'])
    this.#ended('first', kept.firstResponse, row['respondedAt'])
  }
  addSurvey(answer: Answer | null): void {
    if (answer === null) return
    const at = new Date(answer.atMs).toISOString()
    this.#count('answers', at)
    this.#count('scores', at, answer.score)
  }
  #ended(clock: 'resolution' | 'first', state: string | null, at: unknown): void {
    if (typeof at !== 'string' || (state !== 'met' && state !== 'breached')) return
    this.#count(`${clock}Ended`, at)
    if (state === 'met') this.#count(`${clock}Met`, at)
  }
  #count(name: Counter, at: unknown, by = 1): void {
    if (typeof at !== 'string') return
    const key = `${name}/${dayOf(at)}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by)
  }

  /** The sum over `days` up to and with a day. */
  sum(name: Counter, day: string, days: number): number {
    const end = Date.parse(`${day}T00:00:00Z`)
    let sum = 0
    for (let back = 0; back < days; back++)
      sum += this.#counts.get(`${name}/${new Date(end - back * DAY).toISOString().slice(0, 10)}`) ?? 0
    return sum
  }
  /** Percent, with how many it was computed from; null when there were none. */
  share(good: Counter, all: Counter, day: string): Sum | null {
    const evidence = this.sum(all, day, 30)
    return evidence === 0 ? null : { value: (100 * this.sum(good, day, 30)) / evidence, evidence }
  }
}
