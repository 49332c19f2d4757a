/** Days off from an iCalendar text (RFC 5545): events of whole days, each occurrence of those that come back. */
import ICAL from 'ical.js'
import { counted, say } from '#engines/say.ts'
import { nextDays, RecurrenceRefused } from '#engines/recurrence.ts'
import { unfit } from '#kit/problem.ts'

export interface FeedDay {
  /** YYYY-MM-DD. */
  readonly on: string
  readonly name: string
}
export interface Feed {
  readonly name: string | null
  readonly days: readonly FeedDay[]
  /** What was left out, in sentences. */
  readonly leftOut: readonly string[]
}
const MOST_CHARACTERS = 500_000
const MOST_EVENTS = 5000
const MOST_DAYS = 3000
const MOST_DAYS_OF_ONE = 366
/** A rule that never happens costs some hundredths of a second to find out. */
const MOST_BROKEN_RULES = 5

interface Reading {
  readonly span: { readonly first: string; readonly last: string }
  readonly days: Map<string, string>
  timed: number
  unreadable: number
  brokenRules: number
}

/** The days between two days, both included. @throws a refusal (422) for a text that is no calendar. */
export function readFeed(text: string, span: { readonly first: string; readonly last: string }): Feed {
  if (text.length > MOST_CHARACTERS)
    throw refused(say`The feed has more than ${MOST_CHARACTERS / 1000} kB. Give a feed of holidays only.`)
  const calendars = parsed(text)
  const events = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
  if (events.length === 0)
    throw refused(say`The feed holds no events. Give the address of an iCalendar feed (.ics) with days off.`)
  if (events.length > MOST_EVENTS)
    throw refused(say`The feed has more than ${MOST_EVENTS} events. Give a feed of holidays only.`)
  const reading: Reading = { span, days: new Map(), timed: 0, unreadable: 0, brokenRules: 0 }
  for (const event of events) readEvent(event, reading)
  const days = [...reading.days].map(([on, name]) => ({ on, name })).sort((a, b) => (a.on < b.on ? -1 : 1))
  const name = calendars[0]?.getFirstPropertyValue('x-wr-calname')
  return { name: typeof name === 'string' ? name.slice(0, 200) : null, days, leftOut: sentences(reading) }
}
function parsed(text: string): ICAL.Component[] {
  if (!/BEGIN:VCALENDAR/i.test(text))
    throw refused(
      say`This is no iCalendar text: it does not begin with BEGIN:VCALENDAR. Open the address in a browser; it may be a web page.`,
    )
  try {
    const made: unknown = ICAL.parse(text)
    // One calendar comes as ["vcalendar", …], several as a list of those.
    const jcal = Array.isArray(made) && typeof made[0] === 'string' ? [made] : Array.isArray(made) ? made : []
    return jcal.map((one) => new ICAL.Component(one))
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
    throw refused(say`The iCalendar text cannot be read: ${why}. Ask its publisher, or add the days by hand.`)
  }
}

function readEvent(event: ICAL.Component, reading: Reading): void {
  try {
    const start: unknown = event.getFirstPropertyValue('dtstart')
    if (!(start instanceof ICAL.Time)) return void reading.unreadable++
    if (!start.isDate) return void reading.timed++
    const length = lengthInDays(event, start)
    const name = nameOf(event)
    const but = new Set(
      event.getAllProperties('exdate').flatMap((property) => property.getValues().map((value) => dayOf(String(value)))),
    )
    for (const first of occurrences(event, dayOf(start.toString()), reading)) {
      if (!but.has(first)) addDays(reading, { first, length, name })
    }
  } catch (error) {
    if (error instanceof RecurrenceRefused && ++reading.brokenRules <= MOST_BROKEN_RULES) return
    if (error instanceof RecurrenceRefused)
      throw refused(say`Too many events of this feed come back by rules that cannot be used. Give another feed.`)
    // The library throws its own errors for values that it cannot read; the event is counted as left out.
    if (error instanceof Error && error.name !== 'Refusal' && !('status' in error)) return void reading.unreadable++
    throw error
  }
}
/** DTEND of whole days is the day after the last one; without it the event is one day. */
function lengthInDays(event: ICAL.Component, start: ICAL.Time): number {
  const end: unknown = event.getFirstPropertyValue('dtend')
  const duration: unknown = event.getFirstPropertyValue('duration')
  const days =
    end instanceof ICAL.Time
      ? (end.toJSDate().getTime() - start.toJSDate().getTime()) / 86_400_000
      : duration instanceof ICAL.Duration
        ? duration.toSeconds() / 86_400
        : 1
  return Math.min(Math.max(Math.round(days), 1), MOST_DAYS_OF_ONE)
}
function occurrences(event: ICAL.Component, startOn: string, reading: Reading): string[] {
  const rule: unknown = event.getFirstPropertyValue('rrule')
  if (rule === null || rule === undefined || event.getFirstPropertyValue('recurrence-id') !== null) return [startOn]
  const from = startOn > reading.span.first ? startOn : reading.span.first
  return nextDays({ rule: String(rule), startOn, timezone: 'UTC' }, from, MOST_DAYS_OF_ONE)
}
function addDays(reading: Reading, { first, length, name }: { first: string; length: number; name: string }): void {
  for (let at = 0, day = Temporal.PlainDate.from(first); at < length; at++, day = day.add({ days: 1 })) {
    const on = day.toString()
    if (on < reading.span.first || on > reading.span.last) continue
    if (!reading.days.has(on) && reading.days.size >= MOST_DAYS)
      throw refused(
        say`The feed has more than ${MOST_DAYS} days off between ${reading.span.first} and ${reading.span.last}. Give a feed of holidays only.`,
      )
    if (!reading.days.has(on)) reading.days.set(on, name)
  }
}

function nameOf(event: ICAL.Component): string {
  const summary = event.getFirstPropertyValue('summary')
  return typeof summary === 'string' && summary.trim() !== '' ? summary.trim().slice(0, 200) : say`Without a name`
}
function dayOf(text: string): string {
  return text.slice(0, 10)
}
function sentences({ timed, unreadable, brokenRules }: Reading): string[] {
  return [
    timed > 0
      ? timed === 1
        ? '1 event has times of day and is no day off.'
        : say`${timed} events have times of day and are no days off.`
      : '',
    unreadable > 0
      ? counted(unreadable, say`${unreadable} event could not be read.`, say`${unreadable} events could not be read.`)
      : '',
    brokenRules > 0
      ? counted(
          brokenRules,
          say`${brokenRules} event comes back by a rule that cannot be used.`,
          say`${brokenRules} events come back by a rule that cannot be used.`,
        )
      : '',
  ].filter((sentence) => sentence !== '')
}
function refused(detail: string): Error {
  return unfit([{ pointer: '/text', detail }])
}
