/**
 * Days on which an obligation comes back, from an RFC 5545 rule. Days are worked out as days, in UTC, so that no clock
 * change of a zone can drop one; the zone only says which day it is now and when a day begins.
 * What comes back on a day that a month has not (31 April, 29 February) comes on the month's last day, the BACKWARD of
 * RFC 7529: RFC 5545 leaves it out, and a duty would be missed in silence. "RSCALE=GREGORIAN;…;SKIP=OMIT" leaves it out.
 */

import { RRuleTemporal } from 'rrule-temporal'
import { say } from './say.ts'

import { dayAt, dayOf, instantOn, isTimeZone } from './wall-clock.ts'

/** `rule` is the text after "RRULE:"; `startOn` is the first day (YYYY-MM-DD) and counts only when the rule meets it. */
export interface Recurrence {
  rule: string
  startOn: string
  timezone: string
}

/** Where the mistake is and what to do about it. */
export interface RecurrenceProblem {
  pointer: '/rule' | '/startOn' | '/timezone'
  detail: string
}

/** A recurrence that cannot be computed with. */
export class RecurrenceRefused extends Error {
  override name = 'RecurrenceRefused'
}

const parts =
  /^(FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|BYYEARDAY|BYWEEKNO|BYSETPOS|WKST|RSCALE|SKIP)=[^=;]+$/

/** Every mistake of a recurrence; empty when it may be used. A rule that never happens is a mistake too. */
export function checkRecurrence({ rule, startOn, timezone }: Recurrence): RecurrenceProblem[] {
  const problems: RecurrenceProblem[] = []
  if (!isTimeZone(timezone)) {
    problems.push({
      pointer: '/timezone',
      detail: say`"${timezone}" is no known time zone. Choose one such as Europe/Paris.`,
    })
  }
  if (dayOf(startOn) === null) {
    problems.push({
      pointer: '/startOn',
      detail: say`"${startOn}" is no calendar day. Write an existing day as 2026-04-03.`,
    })
  }
  const mistake = ruleMistake(rule)
  if (mistake !== null) problems.push({ pointer: '/rule', detail: mistake })
  if (problems.length > 0) return problems
  try {
    if (nextDays({ rule, startOn, timezone }, startOn, 1).length > 0) return []
    return [{ pointer: '/rule', detail: say`The rule ends before it happens once. Move its end, or its first day.` }]
  } catch (error) {
    if (!(error instanceof RecurrenceRefused)) throw error
    return [{ pointer: '/rule', detail: error.message }]
  }
}

function ruleMistake(rule: string): string | null {
  const unknown = rule.split(';').find((part) => !parts.test(part))
  if (unknown !== undefined)
    return say`"${unknown}" is not part of a rule for days. Write it like FREQ=MONTHLY;BYMONTHDAY=15.`
  if (/FREQ=(SECOND|MINUTE|HOUR)LY/.test(rule))
    return say`An obligation comes back daily at most. Use FREQ=DAILY or slower.`
  const days = /BYMONTHDAY=([^;]+)/.exec(rule)?.[1]?.split(',') ?? []
  const wrong = days.find((day) => !/^-?([1-9]|[12]\d|3[01])$/.test(day))
  if (wrong !== undefined) return say`"${wrong}" is no day of a month. Use 1 to 31, or -1 for the last day.`
  const months = /BYMONTH=([^;]+)/.exec(rule)?.[1]?.split(',') ?? []
  const none = months.find((month) => !/^([1-9]|1[0-2])$/.test(month))
  return none === undefined ? null : say`"${none}" is no month. Use 1 to 12.`
}

/**
 * The first `count` days at or after `fromDay` (YYYY-MM-DD), soonest first; fewer when the rule ends.
 * @throws RecurrenceRefused for a rule that cannot be read or never happens
 */
export function nextDays(recurrence: Recurrence, fromDay: string, count: number): string[] {
  try {
    return soonest(recurrence, utcDay(fromDay), count)
  } catch (error) {
    if (error instanceof RecurrenceRefused) throw error
    const why = error instanceof Error ? error.message : String(error)
    if (why.startsWith('Maximum iterations'))
      throw new RecurrenceRefused(say`The rule "${recurrence.rule}" never happens. Name days that exist.`, {
        cause: error,
      })
    throw new RecurrenceRefused(say`The rule "${recurrence.rule}" cannot be used: ${why}.`, { cause: error })
  }
}

/** The days of all the rules that a written one stands for, each once. A count counts them from the first on. */
function soonest(recurrence: Recurrence, from: Temporal.ZonedDateTime, count: number): string[] {
  const start = utcDay(recurrence.startOn)
  const { rules, most } = withShortMonths(recurrence)
  const begin = most === null ? from : start
  const ahead = rules.map((text) => {
    const rule = new RRuleTemporal({ rruleString: text, dtstart: start })
    return { rule, next: rule.next(begin, true) }
  })
  const days: string[] = []
  for (let counted = 0; days.length < count && counted < (most ?? Infinity); counted++) {
    const soon = ahead.flatMap(({ next }) => (next === null ? [] : [next])).sort(Temporal.ZonedDateTime.compare)[0]
    if (soon === undefined) break
    if (Temporal.ZonedDateTime.compare(soon, from) >= 0) days.push(soon.toPlainDate().toString())
    for (const one of ahead) if (one.next?.equals(soon)) one.next = one.rule.next(soon, false)
  }
  return days
}

/**
 * Of a month or a year, on days that not every month has: each such day, or the last one before it. Several of them, or
 * several months of a year, are a rule each (BYSETPOS chooses one day of a period), and `most` days of all are left of a
 * COUNT. Rules that choose otherwise stay, and so do those that name only days that no month of theirs ever has.
 */
function withShortMonths({ rule, startOn }: Recurrence): { rules: string[]; most: number | null } {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]))
  const asItIs = { rules: [rule], most: null }
  const start = Temporal.PlainDate.from(startOn)
  const days = listOf(parts.get('BYMONTHDAY') ?? String(start.day))
  if (CHOOSING.some((name) => parts.has(name)) || !days.some(isLate)) return asItIs
  const isYearly = parts.get('FREQ') === 'YEARLY'
  if (!isYearly && parts.get('FREQ') !== 'MONTHLY') return asItIs
  const months = monthsOf(parts, start)
  if (isYearly && !days.some((day) => months.some((month) => Number(day) <= (MOST_DAYS[Number(month) - 1] ?? 0))))
    return asItIs
  const early = days.filter((day) => !isLate(day)).join(',')
  const rules = [
    ...(early === '' ? [] : [{ BYMONTHDAY: early, ...(isYearly ? { BYMONTH: months.join(',') } : {}) }]),
    ...days.filter(isLate).flatMap((day) => {
      const last = { BYMONTHDAY: LATE.slice(0, Number(day) - 27).join(','), BYSETPOS: '-1' }
      return isYearly ? months.map((month) => ({ ...last, BYMONTH: month })) : [last]
    }),
  ]
  const counted = parts.get('COUNT')
  if (rules.length > 1) parts.delete('COUNT')
  return {
    rules: rules.map((own) => [...new Map([...parts, ...Object.entries(own)])].map((part) => part.join('=')).join(';')),
    most: rules.length > 1 && counted !== undefined ? Number(counted) : null,
  }
}
/** Of a rule by the year: without a month, the days it names are those of every month (RFC 5545, 3.3.10). */
function monthsOf(parts: ReadonlyMap<string, string>, start: Temporal.PlainDate): string[] {
  const named = parts.get('BYMONTH')
  if (named !== undefined) return listOf(named)
  return parts.has('BYMONTHDAY') ? MOST_DAYS.map((_, at) => String(at + 1)) : [String(start.month)]
}
function listOf(text: string): string[] {
  return [...new Set(text.split(','))]
}
function isLate(day: string): boolean {
  return LATE.includes(day) && day !== '28'
}
const LATE = ['28', '29', '30', '31']
const CHOOSING = ['SKIP', 'BYSETPOS', 'BYDAY', 'BYWEEKNO', 'BYYEARDAY']
const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The first day after `day`, or null when the rule has ended. @throws as `nextDays` */
export function dayAfter(recurrence: Recurrence, day: string): string | null {
  return nextDays(recurrence, utcDay(day).add({ days: 1 }).toPlainDate().toString(), 1)[0] ?? null
}

/** The next `count` days from the day it is at `nowMs` in the zone, each with the instant it begins there. @throws as `nextDays` */
export function upcoming(recurrence: Recurrence, nowMs: number, count: number): { on: string; beginsMs: number }[] {
  const { timezone } = recurrence
  return nextDays(recurrence, dayAt(timezone, nowMs).toString(), count).map((on) => {
    return { on, beginsMs: instantOn(timezone, Temporal.PlainDate.from(on), 0) }
  })
}

function utcDay(day: string): Temporal.ZonedDateTime {
  const found = dayOf(day)
  if (found === null)
    throw new RecurrenceRefused(say`"${day}" is no calendar day. Write an existing day as 2026-04-03.`)
  return found.toZonedDateTime('UTC')
}
