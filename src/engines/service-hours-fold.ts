/** The steps of a long explanation while it is being made: the beginning and the end are kept, the middle only counted. */

import { say } from './say.ts'
import { durationInWords, momentInWords } from './in-words.ts'

/** 'shift' is work in the special hours of a date; `workedSeconds` is of this step, `leftSeconds` after it. */
export interface ExplainedStep {
  kind: 'start' | 'closed' | 'holiday' | 'shift' | 'worked' | 'due'
  fromMs: number
  toMs: number
  workedSeconds: number
  leftSeconds: number
  text: string
}

/** A step that is put into words only when it is told. */
export type Line = Omit<ExplainedStep, 'text'> & { say: () => string }

/** More steps than this and the middle is told in one. */
const mostSteps = 60
const keptEachSide = 25

export class FoldedSteps {
  readonly #zone: string
  readonly #first: Line[] = []
  readonly #last: Line[] = []
  readonly #middle = { fromMs: 0, toMs: 0, leftSeconds: 0, workedSeconds: 0, steps: 0, openings: 0, holidays: 0 }

  constructor(zone: string) {
    this.#zone = zone
  }

  add(line: Line): void {
    if (this.#first.length < keptEachSide) this.#first.push(line)
    else this.#last.push(line)
    if (this.#first.length + this.#last.length > mostSteps) this.#drop()
  }

  /** In time order; at most 60. */
  told(): ExplainedStep[] {
    if (this.#middle.steps === 0) return [...this.#first, ...this.#last].map(inWords)
    while (this.#last.length > keptEachSide) this.#drop()
    const { fromMs, toMs, workedSeconds, leftSeconds, openings, holidays } = this.#middle
    const text =
      say`${openings} more openings and ${holidays} holidays until ${momentInWords(this.#zone, toMs)}: ` +
      say`${durationInWords(workedSeconds)}, ${durationInWords(leftSeconds)} left.`
    const fold: ExplainedStep = { kind: 'worked', fromMs, toMs, workedSeconds, leftSeconds, text }
    return [...this.#first.map(inWords), fold, ...this.#last.map(inWords)]
  }

  #drop(): void {
    const dropped = this.#last.shift()
    if (dropped === undefined) return
    const middle = this.#middle
    if (middle.steps++ === 0) middle.fromMs = dropped.fromMs
    middle.toMs = dropped.toMs
    middle.leftSeconds = dropped.leftSeconds
    middle.workedSeconds += dropped.workedSeconds
    if (dropped.workedSeconds > 0) middle.openings++
    if (dropped.kind === 'holiday') middle.holidays++
  }
}

function inWords({ say, ...step }: Line): ExplainedStep {
  return { ...step, text: say() }
}
