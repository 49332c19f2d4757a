/** "If it came in then, when would it be due, and why": the calculator behind the calendar's page and POST /calendars/preview. */
import { counted, say } from '#engines/say.ts'
import { dayInWords, momentInWords } from '#engines/in-words.ts'
import { opensOn, plannedOn } from '#engines/opening-hours.ts'
import { BeyondCalendar, NoServiceHours, TooFar } from '#engines/service-hours.ts'
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
    if (error instanceof TooFar)
      throw unfit([{ pointer: 'workingSeconds' in amount ? '/workingSeconds' : '/workingDays', detail: error.message }])
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
  const start = dayStep(
    'start',
    [fromMs, fromMs],
    startsInWords(momentInWords(zone, fromMs), zone, { workingDays, endOfDay }),
  )
  const days: PassedDay[] = []
  let nth = 0
  const last = dayAt(zone, dueMs)
  for (
    let day = dayAt(zone, fromMs).add({ days: 1 });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    if (opensOn(calendar, day).length > 0) days.push({ day, kind: 'worked', nth: ++nth })
    else days.push({ day, kind: plannedOn(calendar, day).length > 0 ? 'holiday' : 'closed', nth })
  }
  const due = dayStep('due', [dueMs, dueMs], say`Due ${momentInWords(zone, dueMs)} (${zone}).`)
  return { due: iso(dueMs), steps: [start, ...toldDays(days, zone, workingDays), due] }
}
function startsInWords(at: string, zone: string, of: { workingDays: number; endOfDay: boolean }): string {
  const days = counted(of.workingDays, say`${of.workingDays} working day`, say`${of.workingDays} working days`)
  return of.endOfDay
    ? say`Starts ${at} (${zone}) with ${days}, to the end of the day.`
    : say`Starts ${at} (${zone}) with ${days}, at the same time of day.`
}
interface PassedDay {
  readonly day: Temporal.PlainDate
  readonly kind: 'worked' | 'holiday' | 'closed'
  /** Working days up to and with this one. */
  readonly nth: number
}
/** Only what is told is put into words: years may have passed. */
function toldDays(days: readonly PassedDay[], zone: string, workingDays: number): PreviewStep[] {
  const told = (some: readonly PassedDay[]): PreviewStep[] => some.map((day) => toldDay(day, zone, workingDays))
  if (days.length < MOST_STEPS) return told(days)
  const middle = days.slice(24, -25)
  const [first, last] = [middle.at(0), middle.at(-1)]
  if (first === undefined || last === undefined) return told(days)
  const worked = middle.filter((day) => day.kind === 'worked').length
  const fold = dayStep(
    'worked',
    [instantOn(zone, first.day, 0), instantOn(zone, last.day, 86_400)],
    say`${worked} more working days among ${middle.length} days.`,
  )
  return [...told(days.slice(0, 24)), fold, ...told(days.slice(-25))]
}
function toldDay({ day, kind, nth }: PassedDay, zone: string, workingDays: number): PreviewStep {
  const on = dayInWords(day)
  const texts = {
    worked: nth <= workingDays ? say`${on} is working day ${nth} of ${workingDays}.` : say`${on} opens next.`,
    holiday: say`${on} is a holiday: skipped.`,
    closed: say`${on} is closed: skipped.`,
  }
  const span: [number, number] = [instantOn(zone, day, 0), instantOn(zone, day, 86_400)]
  return dayStep(kind, span, texts[kind])
}
/** A day counts as a whole: its steps carry no seconds. */
function dayStep(kind: PreviewStep['kind'], [from, to]: readonly [number, number], text: string): PreviewStep {
  return { kind, from: iso(from), to: iso(to), workedSeconds: 0, leftSeconds: 0, text }
}
function iso(ms: number): string {
  return new Date(ms).toISOString()
}
