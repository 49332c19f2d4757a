/** The arithmetic of a service-level clock in sentences: start, each run and pause, what is left, due, and the outcome. */

import { counted, say } from './say.ts'
import { durationInWords, momentInWords, spanInWords } from './in-words.ts'
import type { ClosedPause } from './pauses.ts'
import { workingSecondsBetween } from './service-hours.ts'
import { explain } from './service-hours-explain.ts'
import type { ClockFacts, ClockFigures } from './service-level.ts'

interface Sentence {
  text: string
  atMs: number
}

interface Account {
  facts: ClockFacts
  figures: ClockFigures
  pauses: readonly ClosedPause[]
  end: number
}

/** Every sentence in time order; the stretch that leads to the due instant is told opening by opening. */
export function clockArithmetic(account: Account): Sentence[] {
  const { facts, figures } = account
  const { calendar, startedAt } = facts
  const zone = calendar.timezone
  const sentences = [
    {
      text: say`Started ${momentInWords(zone, startedAt)} (${zone}). Target: ${targetInWords(account)}.`,
      atMs: startedAt,
    },
  ]
  let [at, left] = [startedAt, figures.targetSeconds]
  for (const pause of account.pauses) {
    if (pause.fromMs >= figures.dueMs) break
    const ran = workingSecondsBetween(calendar, at, pause.fromMs)
    left -= ran
    if (ran > 0) sentences.push(ranSentence(account, { fromMs: at, toMs: pause.fromMs, left }))
    sentences.push(pausedSentence(account, pause))
    at = pause.toMs
  }
  return [...sentences, ...lastStretch(account, at, left), outcome(account)]
}

function targetInWords({ facts: { target }, figures }: Account): string {
  if ('workingSeconds' in target) return say`${durationInWords(target.workingSeconds)} of service hours`
  const days = counted(
    target.workingDays,
    say`${target.workingDays} working day`,
    say`${target.workingDays} working days`,
  )
  const hours = durationInWords(figures.targetSeconds)
  return target.endOfDay === true
    ? say`${days}, to the end of the day (${hours} of service hours)`
    : say`${days}, at the same time of day (${hours} of service hours)`
}

function ranSentence({ facts: { calendar } }: Account, run: { fromMs: number; toMs: number; left: number }): Sentence {
  const ran = durationInWords(workingSecondsBetween(calendar, run.fromMs, run.toMs))
  return {
    text: say`Ran ${spanInWords(calendar.timezone, run.fromMs, run.toMs)}: ${ran}, ${durationInWords(run.left)} left.`,
    atMs: run.fromMs,
  }
}

function pausedSentence({ facts: { calendar } }: Account, pause: ClosedPause): Sentence {
  const hours = durationInWords(workingSecondsBetween(calendar, pause.fromMs, pause.toMs))
  const span = pause.isOpen
    ? say`since ${momentInWords(calendar.timezone, pause.fromMs)}`
    : spanInWords(calendar.timezone, pause.fromMs, pause.toMs)
  return { text: say`Paused ${span} (${pause.reason}): ${hours} of service hours do not count.`, atMs: pause.fromMs }
}

/** From the last resumption to the due instant; a target in days is moved by pauses, so only its due is told. */
function lastStretch({ facts, figures }: Account, at: number, left: number): Sentence[] {
  const zone = facts.calendar.timezone
  const when = momentInWords(zone, figures.dueMs)
  const text = figures.state === 'paused' ? say`If it resumed now, it would be due ${when}.` : say`Due ${when}.`
  const due = { text, atMs: figures.dueMs }
  if (!('workingSeconds' in facts.target)) return [due]
  const steps = explain(facts.calendar, at, left).steps.slice(1, -1)
  return [...steps.map((step) => ({ text: step.text, atMs: step.fromMs })), due]
}

function outcome({ facts, figures, end }: Account): Sentence {
  const when = momentInWords(facts.calendar.timezone, end)
  const used = say`${durationInWords(figures.usedSeconds)} used`
  const margin = durationInWords(Math.abs(figures.marginSeconds))
  const texts = {
    running: say`At ${when}: ${used}, ${margin} left.`,
    paused: say`At ${when}: paused with ${used}, ${margin} left.`,
    met: say`Met ${when}: ${used}, ${margin} to spare.`,
    stopped: say`Cancelled ${when}: ${used}, ${margin} to spare.`,
    breached:
      facts.stop === null
        ? say`Overdue at ${when}: ${used}, ${margin} over.`
        : say`Stopped too late at ${when}: ${used}, ${margin} over.`,
  }
  return { text: texts[figures.state], atMs: end }
}
