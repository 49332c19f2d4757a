/**
 * Service hours against answers worked out by others: a table copied here, and all of the shared files when they are there.
 * The full files: 330 spans computed twice by independent programs, and the published specs of a business-hours library.
 */

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

import { checkCalendar } from './service-calendar.ts'
import type { ServiceCalendar } from './service-calendar.ts'
import {
  addWorking,
  BeyondCalendar,
  compileCalendar,
  isWorking,
  NoServiceHours,
  subtractWorking,
  workingSecondsBetween,
} from './service-hours.ts'
import type { Calendar } from './service-hours.ts'
import { wallToInstant } from './wall-clock.ts'
import { addWorkingDays } from './working-days.ts'

const vectors = new URL('../../../shared/vectors/', import.meta.url)
const absent = existsSync(vectors) ? false : 'the shared known answers (../shared/vectors) are not here'

const office: ServiceCalendar['hours'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
)
const always: ServiceCalendar['hours'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
)
const paris: ServiceCalendar = {
  timezone: 'Europe/Paris',
  hours: office,
  holidays: [
    '2025-12-25',
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
  ],
}
const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
const iso = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString()

interface HoursCase {
  id: string
  calendar: string
  start: string
  end?: string
  add_seconds?: number
  expect?: string
  expect_seconds?: number
  boundary?: boolean
  next_opening?: string
}
interface SpecCase {
  id: string
  calendar: string
  kind?: string
  unit?: 'second' | 'minute' | 'hour' | 'day'
  amount?: number
  direction?: string
  start?: string
  end?: string
  at?: string
  timezone?: string
  date?: string
  wall?: string
  expect?: string | boolean
  expect_seconds?: number
}
interface KnownAnswers<Case> {
  calendars: Record<string, ServiceCalendar>
  cases: Case[]
}

/** The files are trusted test material of the shape above. */
function read<Case>(name: string): KnownAnswers<Case> {
  return JSON.parse(readFileSync(new URL(name, vectors), 'utf8')) as KnownAnswers<Case>
}

function compiled(calendars: Record<string, ServiceCalendar>): (name: string) => Calendar {
  const known = new Map(Object.entries(calendars).map(([name, calendar]) => [name, compileCalendar(calendar)]))
  return (name) => {
    const calendar = known.get(name)
    assert.ok(calendar, `no calendar ${name}`)
    return calendar
  }
}

describe('adding service hours', () => {
  const calendar = compileCalendar(paris)
  const cases: [start: string, seconds: number, due: string, why: string][] = [
    ['2026-03-30T13:45:46Z', 3617, '2026-03-30T14:46:03Z', 'inside one day, to the second'],
    ['2025-12-21T23:52:00Z', 14_400, '2025-12-22T12:00:00Z', 'from a Sunday night'],
    ['2026-03-13T18:30:00Z', 3600, '2026-03-16T09:00:00Z', 'over a weekend'],
    ['2026-03-22T01:04:00Z', 14_400, '2026-03-23T12:00:00Z', 'from a Sunday before the clocks change'],
    ['2025-12-25T22:36:00Z', 28_800, '2025-12-26T16:00:00Z', 'a whole day is due at closing, not at the next opening'],
    ['2026-03-27T18:14:57Z', 1800, '2026-03-30T07:30:00Z', 'over the change to summer time'],
    ['2026-04-03T22:26:00Z', 3600, '2026-04-07T08:00:00Z', 'over Easter Monday'],
    ['2026-01-06T06:09:00Z', 86_400, '2026-01-08T16:00:00Z', 'three whole days end at closing'],
    ['2026-03-23T16:12:44Z', 28_800, '2026-03-24T16:00:00Z', 'after closing, one day'],
    ['2025-12-31T03:32:00Z', 28_800, '2025-12-31T16:00:00Z', 'the last day of the year, at closing'],
    ['2025-12-31T08:35:20Z', 288_000, '2026-01-15T08:35:20Z', 'ten days over New Year'],
    ['2026-03-22T14:05:07Z', 288_000, '2026-04-03T15:00:00Z', 'ten days over the clock change, at closing'],
    ['2026-04-06T10:00:00Z', 0, '2026-04-07T07:00:00Z', 'nothing to use on a holiday: next opening'],
    ['2026-04-07T10:00:00Z', 0, '2026-04-07T10:00:00Z', 'nothing to use while open: at once'],
    ['2026-04-07T15:00:00Z', 0, '2026-04-08T07:00:00Z', 'nothing to use at closing time: next opening'],
  ]
  for (const [start, seconds, due, why] of cases) {
    it(`${why}: ${start} + ${seconds} s`, () => assert.equal(iso(addWorking(calendar, ms(start), seconds)), due))
  }

  it('counts elapsed time when it is always open, through the hour that comes twice', () => {
    const berlin = compileCalendar({ timezone: 'Europe/Berlin', hours: always })
    assert.equal(iso(addWorking(berlin, ms('2026-10-24T22:00:00Z'), 25 * 3600)), '2026-10-25T23:00:00Z')
    assert.equal(workingSecondsBetween(berlin, ms('2026-03-28T23:00:00Z'), ms('2026-03-29T22:00:00Z')), 23 * 3600)
  })

  it('opens on 29 February', () => {
    assert.equal(iso(addWorking(calendar, ms('2028-02-28T16:00:00Z'), 3600)), '2028-02-29T09:00:00Z')
  })

  it('goes back to where it came from, and to the opening when used up exactly there', () => {
    assert.equal(iso(subtractWorking(calendar, ms('2026-04-07T08:00:00Z'), 3600)), '2026-04-07T07:00:00Z')
    assert.equal(iso(subtractWorking(calendar, ms('2026-04-07T08:00:00Z'), 7200)), '2026-04-03T14:00:00Z')
    assert.equal(iso(subtractWorking(calendar, ms('2026-04-06T08:00:00Z'), 0)), '2026-04-03T15:00:00Z')
  })

  it('answers with a named error when it never opens again, and for years out of reach', () => {
    const past = compileCalendar({ timezone: 'UTC', hours: {}, shifts: { '2020-05-04': [['09:00', '12:00']] } })
    assert.throws(() => addWorking(past, ms('2026-01-01T00:00:00Z'), 60), NoServiceHours)
    assert.throws(() => addWorking(past, ms('2026-01-01T00:00:00Z'), 0), NoServiceHours)
    assert.throws(() => addWorkingDays(past, ms('2026-01-01T00:00:00Z'), 1), NoServiceHours)
    assert.throws(() => addWorkingDays(past, ms('2026-01-01T00:00:00Z'), 0, { endOfDay: true }), NoServiceHours)
    assert.throws(() => addWorking(calendar, ms('2026-01-01T00:00:00Z'), 1e12), BeyondCalendar)
    assert.throws(() => addWorking(calendar, Number.NaN, 60), BeyondCalendar)
    assert.throws(() => addWorking(calendar, ms('2026-01-01T00:00:00Z'), -1), RangeError)
    assert.throws(() => addWorking(calendar, ms('2026-01-01T00:00:00Z'), Number.NaN), RangeError)
  })

  it('agrees with counting minute by minute around both clock changes', () => {
    const night = compileCalendar({
      timezone: 'Europe/Paris',
      hours: {
        sat: [['22:00', '24:00']],
        sun: [
          ['00:00', '02:15'],
          ['02:30', '02:45'],
          ['03:00', '06:00'],
        ],
      },
      breaks: { '2026-03-29': [['04:00', '04:30']] },
    })
    for (const [from, hours] of [
      ['2026-03-28T20:00:00Z', 10],
      ['2026-10-24T19:00:00Z', 12],
    ] as const) {
      let counted = 0
      for (let at = ms(from); at < ms(from) + hours * 3_600_000; at += 60_000) counted += isWorking(night, at) ? 60 : 0
      assert.equal(workingSecondsBetween(night, ms(from), ms(from) + hours * 3_600_000), counted)
      for (let seconds = 60; seconds <= counted; seconds += 60) {
        const due = addWorking(night, ms(from), seconds)
        assert.equal(workingSecondsBetween(night, ms(from), due), seconds)
        assert.equal(workingSecondsBetween(night, ms(from), due - 1000), seconds - 1)
        assert.equal(workingSecondsBetween(night, subtractWorking(night, due, seconds), due), seconds)
      }
    }
  })
})

describe('all shared spans', { skip: absent }, () => {
  if (absent !== false) return
  const { calendars, cases } = read<HoursCase>('service-hours.json')
  const calendar = compiled(calendars)
  for (const one of cases) {
    it(one.id, () => {
      if (one.end !== undefined) {
        assert.equal(workingSecondsBetween(calendar(one.calendar), ms(one.start), ms(one.end)), one.expect_seconds)
        return
      }
      const due = addWorking(calendar(one.calendar), ms(one.start), one.add_seconds ?? 0)
      assert.equal(due, ms(one.expect ?? ''))
      // Where the library of the specs says "next opening", our due instant is the closing before it.
      if (one.boundary === true) assert.equal(addWorking(calendar(one.calendar), due, 0), ms(one.next_opening ?? ''))
    })
  }
})

const secondsOf = { second: 1, minute: 60, hour: 3600 }

function calculated(calendar: Calendar, one: SpecCase): number {
  const [start, amount] = [ms(one.start ?? ''), one.amount ?? 0]
  const isBack = one.direction === 'before'
  if (one.unit === 'day') return addWorkingDays(calendar, start, isBack ? -amount : amount)
  const seconds = amount * secondsOf[one.unit ?? 'second']
  return isBack ? subtractWorking(calendar, start, seconds) : addWorking(calendar, start, seconds)
}

/**
 * None of the 32 cases uses an amount up exactly at closing, so the different boundary rule (theirs: next opening)
 * changes no answer here; the marked cases of the spans above are where it does.
 */
describe('all shared cases of the published specs', { skip: absent }, () => {
  if (absent !== false) return
  const { calendars, cases } = read<SpecCase>('service-hours-spec.json')
  const calendar = compiled(calendars)
  for (const one of cases) {
    it(one.id, () => {
      if (one.kind === 'wall_to_instant') {
        assert.equal(wallToInstant(one.timezone ?? '', one.date ?? '', one.wall ?? ''), ms(String(one.expect)))
      } else if (one.kind === 'is_working_time') {
        assert.equal(isWorking(calendar(one.calendar), ms(one.at ?? '')), one.expect)
      } else if (one.kind === 'working_seconds_between') {
        assert.equal(
          workingSecondsBetween(calendar(one.calendar), ms(one.start ?? ''), ms(one.end ?? '')),
          one.expect_seconds,
        )
      } else {
        assert.equal(iso(calculated(calendar(one.calendar), one)), one.expect)
      }
    })
  }
})

describe('wall time to instant', () => {
  it('moves a time that does not exist on by the gap, and takes the first of two', () => {
    assert.equal(iso(wallToInstant('America/Los_Angeles', '2014-03-09', '02:30')), '2014-03-09T10:30:00Z')
    assert.equal(iso(wallToInstant('America/Los_Angeles', '2014-11-02', '01:30')), '2014-11-02T08:30:00Z')
    assert.equal(iso(wallToInstant('America/Sao_Paulo', '2015-10-17', '24:00')), '2015-10-18T03:00:00Z')
    assert.equal(iso(wallToInstant('America/Los_Angeles', '2006-01-04', '12:30:09')), '2006-01-04T20:30:09Z')
  })
  it('refuses what is no day and no time', () => {
    assert.throws(() => wallToInstant('UTC', '2026-02-29', '09:00'), /2026-02-29/)
    assert.throws(() => wallToInstant('UTC', '2026-02-28', '24:01'), /24:01/)
  })
})

describe('the check of a calendar', () => {
  const refused: [what: string, change: object, pointer: string, says: RegExp][] = [
    ['an unknown zone', { timezone: 'Mars/Olympus' }, '/timezone', /Mars\/Olympus.*Europe\/Paris/],
    ['no zone', { timezone: undefined }, '/timezone', /Nothing/],
    ['an unknown weekday', { hours: { monday: [] } }, '/hours/monday', /mon, tue/],
    [
      'an end before its start',
      { hours: { fri: [['22:00', '06:00']] } },
      '/hours/fri/0',
      /Split a night at midnight: 22:00 to 24:00/,
    ],
    [
      'an overlap',
      {
        hours: {
          mon: [
            ['09:00', '13:00'],
            ['12:00', '17:00'],
          ],
        },
      },
      '/hours/mon',
      /09:00 to 13:00 overlaps 12:00 to 17:00/,
    ],
    ['a bad time', { hours: { mon: [['9', '17:00']] } }, '/hours/mon/0/0', /00:00 to 24:00/],
    ['a day that does not exist', { holidays: ['2026-02-29'] }, '/holidays/0', /2026-02-29/],
    ['a shift on no day', { shifts: { '24/12/2026': [['09:00', '12:00']] } }, '/shifts/24~112~12026', /2026-04-03/],
    ['breaks as a list', { breaks: [] }, '/breaks', /by day/],
    ['a calendar that never opens', { hours: { mon: [] } }, '/hours', /never opens/],
  ]
  for (const [what, change, pointer, says] of refused) {
    it(`explains ${what}`, () => {
      const [problem] = checkCalendar({ ...paris, ...change })
      assert.equal(problem?.pointer, pointer)
      assert.match(problem?.detail ?? '', says)
    })
  }
  it('lets a good calendar pass, and compiling refuses a bad one', () => {
    assert.deepEqual(checkCalendar(paris), [])
    assert.throws(() => compileCalendar({ ...paris, timezone: 'Nowhere' }), { name: 'CalendarRefused' })
  })
})
