/**
 * Days on which an obligation comes back, from an RFC 5545 rule. Days are worked out as days, in UTC, so that no clock
 * change of a zone can drop one; the zone only says which day it is now and when a day begins.
 * A rule that lands on days that do not exist (31 April, 29 February) leaves those out, as RFC 5545 says;
 * "RSCALE=GREGORIAN;…;SKIP=BACKWARD" (RFC 7529) takes the last day before instead, and BYMONTHDAY=-1 is the month's end.
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
  return wrong === undefined ? null : say`"${wrong}" is no day of a month. Use 1 to 31, or -1 for the last day.`
}

/**
 * The first `count` days at or after `fromDay` (YYYY-MM-DD), soonest first; fewer when the rule ends.
 * @throws RecurrenceRefused for a rule that cannot be read or never happens
 */
export function nextDays(recurrence: Recurrence, fromDay: string, count: number): string[] {
  const days: string[] = []
  const start = utcDay(recurrence.startOn)
  let after = utcDay(fromDay)
  try {
    const rule = new RRuleTemporal({ rruleString: recurrence.rule, dtstart: start })
    while (days.length < count) {
      const next = rule.next(after, days.length === 0)
      if (next === null) break
      days.push(next.toPlainDate().toString())
      after = next
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new RecurrenceRefused(say`The rule "${recurrence.rule}" cannot be used: ${why}.`, { cause: error })
  }
  return days
}

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
