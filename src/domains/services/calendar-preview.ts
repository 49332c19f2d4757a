/** "If it came in then, when would it be due, and why": the calculator behind the calendar's page and POST /calendars/preview. */
import { dayInWords, momentInWords } from '#engines/in-words.ts'
import { opensOn, plannedOn } from '#engines/opening-hours.ts'
import { BeyondCalendar, NoServiceHours } from '#engines/service-hours.ts'
import type { Calendar } from '#engines/service-hours.ts'
import { explain } from '#engines/service-hours-explain.ts'
import { dayAt, instantOn } from '#engines/wall-clock.ts'
import { addWorkingDays } from '#engines/working-days.ts'
import { unfit } from '#kit/problem.ts'

export interface PreviewStep {
  readonly kind: 'start' | 'closed' | 'holiday' | 'shift' | 'worked' | 'due'
  readonly from: string
  readonly to: string
  readonly workedSeconds: number
  readonly leftSeconds: number
  readonly text: string
}
export interface Preview {
  readonly due: string
  readonly steps: readonly PreviewStep[]
}
export type Amount = { readonly workingSeconds: number } | { readonly workingDays: number; readonly endOfDay: boolean }

/** @throws a refusal (422) when the calendar holds no answer: never open, or outside the years 1900 to 2200. */
export function preview(calendar: Calendar, fromMs: number, amount: Amount): Preview {
  try {
    return 'workingSeconds' in amount
      ? secondsPreview(calendar, fromMs, amount.workingSeconds)
      : daysPreview(calendar, fromMs, amount)
  } catch (error) {
    if (error instanceof NoServiceHours) throw unfit([{ pointer: '/calendar', detail: error.message }])
    if (error instanceof BeyondCalendar) throw unfit([{ pointer: '/from', detail: error.message }])
    throw error
  }
}

function secondsPreview(calendar: Calendar, fromMs: number, workingSeconds: number): Preview {
  const { dueMs, steps } = explain(calendar, fromMs, workingSeconds)
  return {
    due: iso(dueMs),
    steps: steps.map(({ kind, fromMs: from, toMs: to, workedSeconds, leftSeconds, text }) => ({
      kind,
      from: iso(from),
      to: iso(to),
      workedSeconds,
      leftSeconds,
      text,
    })),
  }
}

const MOST_STEPS = 60
/** Day by day: which ones count, which ones do not and why. Long stretches keep their beginning and their end. */
function daysPreview(
  calendar: Calendar,
  fromMs: number,
  { workingDays, endOfDay }: { workingDays: number; endOfDay: boolean },
): Preview {
  const zone = calendar.timezone
  const dueMs = addWorkingDays(calendar, fromMs, workingDays, { endOfDay })
  const end = endOfDay ? ', to the end of the day' : ', at the same time of day'
  const steps: PreviewStep[] = [
    dayStep(
      'start',
      [fromMs, fromMs],
      `Starts ${momentInWords(zone, fromMs)} (${zone}) with ${workingDays} working ${workingDays === 1 ? 'day' : 'days'}${end}.`,
    ),
  ]
  let counted = 0
  const last = dayAt(zone, dueMs)
  for (
    let day = dayAt(zone, fromMs).add({ days: 1 });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const span: [number, number] = [instantOn(zone, day, 0), instantOn(zone, day, 86_400)]
    if (opensOn(calendar, day).length > 0) {
      counted++
      steps.push(
        dayStep(
          'worked',
          span,
          counted <= workingDays
            ? `${dayInWords(day)} is working day ${counted} of ${workingDays}.`
            : `${dayInWords(day)} opens next.`,
        ),
      )
    } else if (plannedOn(calendar, day).length > 0)
      steps.push(dayStep('holiday', span, `${dayInWords(day)} is a holiday: skipped.`))
    else steps.push(dayStep('closed', span, `${dayInWords(day)} is closed: skipped.`))
  }
  const due = dayStep('due', [dueMs, dueMs], `Due ${momentInWords(zone, dueMs)} (${zone}).`)
  return { due: iso(dueMs), steps: [...folded(steps), due] }
}
function folded(steps: readonly PreviewStep[]): readonly PreviewStep[] {
  if (steps.length <= MOST_STEPS) return steps
  const middle = steps.slice(25, -25)
  const [first, last] = [middle.at(0), middle.at(-1)]
  if (first === undefined || last === undefined) return steps
  const worked = middle.filter((step) => step.kind === 'worked').length
  const fold: PreviewStep = {
    ...first,
    kind: 'worked',
    to: last.to,
    text: `${worked} more working days among ${middle.length} days.`,
  }
  return [...steps.slice(0, 25), fold, ...steps.slice(-25)]
}
/** A day counts as a whole: its steps carry no seconds. */
function dayStep(kind: PreviewStep['kind'], [from, to]: readonly [number, number], text: string): PreviewStep {
  return { kind, from: iso(from), to: iso(to), workedSeconds: 0, leftSeconds: 0, text }
}
function iso(ms: number): string {
  return new Date(ms).toISOString()
}
