/** The days that a report is about, and the days before that they are compared with. */
import { toSay } from '#engines/say.ts'

/** First and last day, both included. */
export interface Span {
  readonly from: string
  readonly to: string
}
export const PERIODS = [
  { value: 'lastWeek', label: toSay('Last week') },
  { value: 'lastMonth', label: toSay('Last month') },
  { value: 'lastQuarter', label: toSay('Last quarter') },
  { value: 'lastYear', label: toSay('Last year') },
  { value: 'thisMonth', label: toSay('This month so far') },
  { value: 'thisYear', label: toSay('This year so far') },
  { value: 'last30', label: toSay('Last 30 days') },
  { value: 'last90', label: toSay('Last 90 days') },
  { value: 'lastFinancialYear', label: toSay('Last financial year') },
  { value: 'thisFinancialYear', label: toSay('This financial year so far') },
] as const
export type PeriodName = (typeof PERIODS)[number]['value']

/**
 * The days of a period seen from `today`, and the period before: the month before a month, as many days of the month
 * before one that is not over yet.
 * @param yearBegins the month on whose first day the financial year begins: 1 to 12
 */
export function spansOf(
  period: PeriodName,
  today: string,
  yearBegins = 1,
): { readonly span: Span; readonly before: Span } {
  const day = Temporal.PlainDate.from(today)
  const begun = beginning(period, day, yearBegins)
  if (begun === null) {
    const days = period === 'last90' ? 90 : 30
    const from = day.subtract({ days: days - 1 })
    return { span: spanned(from, day), before: spanned(from.subtract({ days }), from.subtract({ days: 1 })) }
  }
  const { start, step } = begun
  if (period.startsWith('this'))
    return { span: spanned(start, day), before: spanned(start.subtract(step), day.subtract(step)) }
  const from = start.subtract(step)
  return {
    span: spanned(from, start.subtract({ days: 1 })),
    before: spanned(from.subtract(step), from.subtract({ days: 1 })),
  }
}
/** Where the present week, month, quarter or year begins; null for so many days back from today. */
function beginning(
  period: PeriodName,
  day: Temporal.PlainDate,
  yearBegins: number,
): { start: Temporal.PlainDate; step: Temporal.DurationLike } | null {
  switch (period) {
    case 'lastWeek':
      return { start: day.subtract({ days: day.dayOfWeek - 1 }), step: { days: 7 } }
    case 'lastQuarter':
      return { start: day.with({ day: 1, month: day.month - ((day.month - 1) % 3) }), step: { months: 3 } }
    case 'lastYear':
    case 'thisYear':
      return { start: day.with({ day: 1, month: 1 }), step: { years: 1 } }
    case 'lastFinancialYear':
    case 'thisFinancialYear':
      return { start: lastFirst(yearBegins, day), step: { years: 1 } }
    case 'lastMonth':
    case 'thisMonth':
      return { start: day.with({ day: 1 }), step: { months: 1 } }
    default:
      return null
  }
}
/** The first of this month, today or the last time that it was. */
function lastFirst(month: number, day: Temporal.PlainDate): Temporal.PlainDate {
  const first = day.with({ day: 1, month })
  return Temporal.PlainDate.compare(first, day) > 0 ? first.subtract({ years: 1 }) : first
}
function spanned(from: Temporal.PlainDate, to: Temporal.PlainDate): Span {
  return { from: from.toString(), to: to.toString() }
}
/** The part of a filter that means these days. */
export function within(field: string, { from, to }: Span): string {
  return `${field}>=${from} ${field}<${Temporal.PlainDate.from(to).add({ days: 1 }).toString()}`
}

const STEPS = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const
export type Step = keyof typeof STEPS
export const STEP_NAMES = Object.keys(STEPS) as readonly Step[]
export const MOST_STEPS = 400

/** The first days of every week, month … that the days touch, at most 400: also of those in which nothing happened. */
export function stepsOf(step: Step, { from, to }: Span): string[] {
  const last = Temporal.PlainDate.from(to)
  const starts: string[] = []
  let at = startOf(step, Temporal.PlainDate.from(from))
  while (Temporal.PlainDate.compare(at, last) <= 0 && starts.length < MOST_STEPS) {
    starts.push(at.toString())
    at = at.add(STEPS[step])
  }
  return starts
}
/** The days of one step that lie within the span. */
export function stepWithin(step: Step, start: string, span: Span): Span {
  const end = Temporal.PlainDate.from(start).add(STEPS[step]).subtract({ days: 1 }).toString()
  return { from: start < span.from ? span.from : start, to: end > span.to ? span.to : end }
}
function startOf(step: Step, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (step) {
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 })
    case 'month':
      return day.with({ day: 1 })
    case 'quarter':
      return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) })
    case 'year':
      return day.with({ day: 1, month: 1 })
    default:
      return day
  }
}
