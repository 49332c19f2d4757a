/** The line-by-line answer to "why is it due then?": each opening worked and each closed stretch skipped, in words. */

import { dayInWords, durationInWords, momentInWords, spanInWords } from './in-words.ts'
import { plannedOn } from './opening-hours.ts'
import { addWorking, closingAfter, isWorking, nextOpening } from './service-hours.ts'
import type { Calendar } from './service-hours.ts'
import { dayAt, instantOn } from './wall-clock.ts'

/** 'shift' is work in the special hours of a date; `workedSeconds` is of this step, `leftSeconds` after it. */
export interface ExplainedStep {
  kind: 'start' | 'closed' | 'holiday' | 'shift' | 'worked' | 'due'
  fromMs: number
  toMs: number
  workedSeconds: number
  leftSeconds: number
  text: string
}

/** More steps than this and the middle is told in one. */
const mostSteps = 60
const keptEachSide = 25

/**
 * The due instant of `addWorking` with its steps in time order. A holiday is named only when it would have been open;
 * it comes before the closed stretch that it is part of. Openings that touch are one step. Beyond 60 steps the middle
 * is folded into one 'worked' step.
 * @throws as `addWorking`
 */
export function explain(
  calendar: Calendar,
  fromMs: number,
  workingSeconds: number,
): { dueMs: number; steps: ExplainedStep[] } {
  const zone = calendar.timezone
  const dueMs = addWorking(calendar, fromMs, workingSeconds)
  const start = `Starts ${momentInWords(zone, fromMs)} (${zone}) with ${durationInWords(workingSeconds)} to use.`
  const steps: ExplainedStep[] = [step('start', { fromMs, toMs: fromMs }, workingSeconds, start)]
  let at = fromMs
  let leftSeconds = workingSeconds
  while (at < dueMs) {
    const open = isWorking(calendar, at) ? at : nextOpening(calendar, at)
    if (open > at) steps.push(...closedSteps(calendar, at, Math.min(open, dueMs), leftSeconds))
    if (open >= dueMs) break
    const worked = workedStep(calendar, open, dueMs, leftSeconds)
    steps.push(worked)
    at = worked.toMs
    leftSeconds = worked.leftSeconds
  }
  steps.push(step('due', { fromMs: dueMs, toMs: dueMs }, 0, `Due ${momentInWords(zone, dueMs)} (${zone}).`))
  return { dueMs, steps: folded(zone, steps) }
}

function step(
  kind: ExplainedStep['kind'],
  span: { fromMs: number; toMs: number },
  leftSeconds: number,
  text: string,
): ExplainedStep {
  return { kind, ...span, workedSeconds: 0, leftSeconds, text }
}

/** One step per holiday in a closed stretch that would have been open, then the stretch itself. */
function closedSteps(calendar: Calendar, fromMs: number, toMs: number, leftSeconds: number): ExplainedStep[] {
  const zone = calendar.timezone
  const steps: ExplainedStep[] = []
  const last = dayAt(zone, toMs)
  for (let day = dayAt(zone, fromMs); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (!calendar.holidays.has(day.toString()) || plannedOn(calendar, day).length === 0) continue
    const span = {
      fromMs: Math.max(fromMs, instantOn(zone, day, 0)),
      toMs: Math.min(toMs, instantOn(zone, day, 86_400)),
    }
    if (span.fromMs < span.toMs)
      steps.push(step('holiday', span, leftSeconds, `${dayInWords(day)} is a holiday: skipped.`))
  }
  const text = `Closed until ${momentInWords(zone, toMs)}.`
  return [...steps, step('closed', { fromMs, toMs }, leftSeconds, text)]
}

/** Work from an instant in service hours to the due instant or to the end of the openings of one kind that touch. */
function workedStep(calendar: Calendar, fromMs: number, dueMs: number, leftSeconds: number): ExplainedStep {
  const isShift = isShiftAt(calendar, fromMs)
  let toMs = closingAfter(calendar, fromMs)
  while (toMs < dueMs && isWorking(calendar, toMs) && isShiftAt(calendar, toMs) === isShift)
    toMs = closingAfter(calendar, toMs)
  toMs = Math.min(toMs, dueMs)
  const workedSeconds = (toMs - fromMs) / 1000
  const left = leftSeconds - workedSeconds
  const hours = isShift ? ' in the special hours of that day' : ''
  const tail = left > 0 ? `${durationInWords(left)} left` : 'all used'
  const text = `${spanInWords(calendar.timezone, fromMs, toMs)}${hours}: ${durationInWords(workedSeconds)}, ${tail}.`
  return { kind: isShift ? 'shift' : 'worked', fromMs, toMs, workedSeconds, leftSeconds: left, text }
}

function isShiftAt(calendar: Calendar, ms: number): boolean {
  return calendar.shifts.size > 0 && calendar.shifts.has(dayAt(calendar.timezone, ms).toString())
}

function folded(zone: string, steps: readonly ExplainedStep[]): ExplainedStep[] {
  if (steps.length <= mostSteps) return [...steps]
  const middle = steps.slice(keptEachSide, -keptEachSide)
  const [first, last] = [middle.at(0), middle.at(-1)]
  if (first === undefined || last === undefined) return [...steps]
  const workedSeconds = middle.reduce((sum, one) => sum + one.workedSeconds, 0)
  const openings = middle.filter((one) => one.workedSeconds > 0).length
  const holidays = middle.filter((one) => one.kind === 'holiday').length
  const text =
    `${openings} more openings and ${holidays} holidays until ${momentInWords(zone, last.toMs)}: ` +
    `${durationInWords(workedSeconds)}, ${durationInWords(last.leftSeconds)} left.`
  const fold: ExplainedStep = {
    kind: 'worked',
    fromMs: first.fromMs,
    toMs: last.toMs,
    workedSeconds,
    leftSeconds: last.leftSeconds,
    text,
  }
  return [...steps.slice(0, keptEachSide), fold, ...steps.slice(-keptEachSide)]
}
