/** The line-by-line answer to "why is it due then?": each opening worked and each closed stretch skipped, in words. */

import { said, say } from './say.ts'
import { dayInWords, durationInWords, momentInWords, spanInWords } from './in-words.ts'
import { openingsBetween, plannedOn } from './opening-hours.ts'
import { addWorking } from './service-hours.ts'
import type { Calendar } from './service-hours.ts'
import { FoldedSteps } from './service-hours-fold.ts'
import type { ExplainedStep, Line } from './service-hours-fold.ts'
import { dayAt, instantOn } from './wall-clock.ts'

export type { ExplainedStep } from './service-hours-fold.ts'

/** A closed stretch that is shorter holds no whole day, and so no holiday. */
const shortestDayMs = 20 * 3_600_000

/**
 * The due instant of `addWorking` with its steps in time order. A holiday is named only when it would have been open;
 * it comes before the closed stretch that it is part of. Openings that touch are one step. Beyond 60 steps the middle
 * is folded into one 'worked' step; it is passed without being kept.
 * @throws as `addWorking`
 */
export function explain(
  calendar: Calendar,
  fromMs: number,
  workingSeconds: number,
): { dueMs: number; steps: ExplainedStep[] } {
  const zone = calendar.timezone
  const dueMs = addWorking(calendar, fromMs, workingSeconds)
  const steps = new FoldedSteps(zone)
  const start = (): string =>
    say`Starts ${momentInWords(zone, fromMs)} (${zone}) with ${durationInWords(workingSeconds)} to use.`
  steps.add(line('start', { fromMs, toMs: fromMs }, workingSeconds, start))
  let at = fromMs
  let leftSeconds = workingSeconds
  for (const opening of wholeOpenings(calendar, fromMs, dueMs)) {
    if (opening.fromMs > at)
      addClosed(steps, calendar, { fromMs: at, toMs: opening.fromMs, fromStart: at === fromMs }, leftSeconds)
    const worked = workedLine(zone, opening, leftSeconds)
    steps.add(worked)
    at = worked.toMs
    leftSeconds = worked.leftSeconds
  }
  if (at < dueMs) addClosed(steps, calendar, { fromMs: at, toMs: dueMs, fromStart: at === fromMs }, leftSeconds)
  steps.add(line('due', { fromMs: dueMs, toMs: dueMs }, 0, () => say`Due ${momentInWords(zone, dueMs)} (${zone}).`))
  return { dueMs, steps: steps.told() }
}

interface Opening {
  fromMs: number
  toMs: number
  isShift: boolean
}

/** Openings from one instant to another; those of one kind that touch are one. */
function* wholeOpenings(calendar: Calendar, fromMs: number, toMs: number): Generator<Opening> {
  const isShift = shiftAt(calendar, fromMs, toMs)
  let open: Opening | null = null
  for (const [start, end] of openingsBetween(calendar, fromMs, toMs)) {
    const kind = isShift(start)
    if (open !== null && open.toMs === start && open.isShift === kind) {
      open.toMs = end
      continue
    }
    if (open !== null) yield open
    open = { fromMs: start, toMs: end, isShift: kind }
  }
  if (open !== null) yield open
}

/** Whether an instant lies in a day with special hours; asked in time order, between the two. */
function shiftAt(calendar: Calendar, fromMs: number, toMs: number): (ms: number) => boolean {
  if (calendar.shifts.size === 0) return () => false
  const zone = calendar.timezone
  const [first, last] = [dayAt(zone, fromMs).toString(), dayAt(zone, toMs).toString()]
  const days = [...calendar.shifts.keys()].filter((on) => on >= first && on <= last).toSorted()
  const spans = days.map((on) => {
    const day = Temporal.PlainDate.from(on)
    return { fromMs: instantOn(zone, day, 0), toMs: instantOn(zone, day, 86_400) }
  })
  let next = 0
  return (ms) => {
    while ((spans[next]?.toMs ?? Infinity) <= ms) next++
    return (spans[next]?.fromMs ?? Infinity) <= ms
  }
}

function line(
  kind: ExplainedStep['kind'],
  span: { fromMs: number; toMs: number },
  leftSeconds: number,
  say: () => string,
): Line {
  return { kind, fromMs: span.fromMs, toMs: span.toMs, workedSeconds: 0, leftSeconds, say }
}

/** One step per holiday in a closed stretch that would have been open, then the stretch itself. */
function addClosed(
  steps: FoldedSteps,
  calendar: Calendar,
  { fromMs, toMs, fromStart }: { fromMs: number; toMs: number; fromStart: boolean },
  leftSeconds: number,
): void {
  const zone = calendar.timezone
  if (fromStart || toMs - fromMs >= shortestDayMs) {
    const last = dayAt(zone, toMs)
    for (let day = dayAt(zone, fromMs); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
      if (!calendar.holidays.has(day.toString()) || plannedOn(calendar, day).length === 0) continue
      const span = {
        fromMs: Math.max(fromMs, instantOn(zone, day, 0)),
        toMs: Math.min(toMs, instantOn(zone, day, 86_400)),
      }
      const on = day
      if (span.fromMs < span.toMs)
        steps.add(line('holiday', span, leftSeconds, () => say`${dayInWords(on)} is a holiday: skipped.`))
    }
  }
  steps.add(line('closed', { fromMs, toMs }, leftSeconds, () => say`Closed until ${momentInWords(zone, toMs)}.`))
}

function workedLine(zone: string, { fromMs, toMs, isShift }: Opening, leftSeconds: number): Line {
  const workedSeconds = (toMs - fromMs) / 1000
  const left = leftSeconds - workedSeconds
  const inWords = (): string => {
    const tail = left > 0 ? say`${durationInWords(left)} left` : said('all used')
    const [span, worked] = [spanInWords(zone, fromMs, toMs), durationInWords(workedSeconds)]
    return isShift
      ? say`${span} in the special hours of that day: ${worked}, ${tail}.`
      : say`${span}: ${worked}, ${tail}.`
  }
  return { kind: isShift ? 'shift' : 'worked', fromMs, toMs, workedSeconds, leftSeconds: left, say: inWords }
}
