/** The explanation of a due instant says what a person would say, and its numbers add up. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { addWorking, compileCalendar, subtractWorking, TooFar } from './service-hours.ts'
import { checkCalendar } from './service-calendar.ts'
import { explain } from './service-hours-explain.ts'
import { addWorkingDays } from './working-days.ts'

const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]))
const calendar = compileCalendar({
  timezone: 'Europe/Paris',
  hours,
  holidays: ['2026-04-03', '2026-04-05', '2026-04-06'],
  shifts: { '2026-04-04': [['10:00', '12:00']] },
})
const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

describe('explaining a due instant', () => {
  it('tells each opening, holiday and special day', () => {
    const { dueMs, steps } = explain(calendar, ms('2026-04-02T13:45:00Z'), 4 * 3600)
    assert.equal(dueMs, ms('2026-04-07T07:45:00Z'))
    assert.deepEqual(
      steps.map((step) => `${step.kind}: ${step.text}`),
      [
        'start: Starts Thu 2 Apr 2026 15:45 (Europe/Paris) with 4 h to use.',
        'worked: Thu 2 Apr 2026 15:45–17:00: 1 h 15 min, 2 h 45 min left.',
        'holiday: Fri 3 Apr 2026 is a holiday: skipped.',
        'closed: Closed until Sat 4 Apr 2026 10:00.',
        'shift: Sat 4 Apr 2026 10:00–12:00 in the special hours of that day: 2 h, 45 min left.',
        'holiday: Mon 6 Apr 2026 is a holiday: skipped.',
        'closed: Closed until Tue 7 Apr 2026 09:00.',
        'worked: Tue 7 Apr 2026 09:00–09:45: 45 min, all used.',
        'due: Due Tue 7 Apr 2026 09:45 (Europe/Paris).',
      ],
    )
    assert.equal(
      steps.reduce((sum, step) => sum + step.workedSeconds, 0),
      4 * 3600,
    )
  })

  it('starts closed with nothing to use at the next opening', () => {
    const { steps } = explain(calendar, ms('2026-04-04T20:00:00Z'), 0)
    assert.deepEqual(
      steps.map((step) => step.kind),
      ['start', 'holiday', 'closed', 'due'],
    )
  })

  it('folds the middle of a long answer and still adds up', () => {
    const { steps } = explain(calendar, ms('2026-04-07T07:00:00Z'), 800 * 3600)
    assert.equal(steps.length, 51)
    assert.match(steps[25]?.text ?? '', /^76 more openings and 0 holidays until /)
    assert.equal(
      steps.reduce((sum, step) => sum + step.workedSeconds, 0),
      800 * 3600,
    )
    assert.equal(steps.at(-1)?.leftSeconds, 0)
  })

  it('joins days that are open around the clock', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const always = compileCalendar({
      timezone: 'UTC',
      hours: Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]])),
    })
    const { steps } = explain(always, ms('2026-04-02T13:45:00Z'), 72 * 3600)
    assert.deepEqual(
      steps.map((step) => step.kind),
      ['start', 'worked', 'due'],
    )
    assert.equal(steps[1]?.text, 'Thu 2 Apr 2026 13:45 to Sun 5 Apr 2026 13:45: 72 h, all used.')
  })
})

describe('a calendar that is meant to keep us busy', () => {
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const minutes = (many: number): [string, string][] =>
    Array.from({ length: many }, (_, n) => {
      const hour = String(Math.floor(n / 30)).padStart(2, '0')
      const minute = (n % 30) * 2
      return [`${hour}:${String(minute).padStart(2, '0')}`, `${hour}:${String(minute + 1).padStart(2, '0')}`]
    })
  const busy = (many: number): Parameters<typeof compileCalendar>[0] => ({
    timezone: 'Europe/Berlin',
    hours: Object.fromEntries(everyDay.map((day) => [day, minutes(many)])),
  })
  it('is told that no day has so many openings, in one sentence a day', () => {
    for (const many of [25, 100, 700]) {
      const problems = checkCalendar(busy(many))
      assert.equal(problems.length, 7)
      assert.match(problems[0]?.detail ?? '', new RegExp(`^${many} openings are too many for one day: give up to 24`))
    }
    assert.deepEqual(checkCalendar(busy(24)), [])
    const holidays = Array.from({ length: 5001 }, () => '2026-01-01')
    assert.match(checkCalendar({ ...busy(1), holidays })[0]?.detail ?? '', /5001 days are too many/)
  })
  it('is answered for decades without keeping what is not told', () => {
    const full = compileCalendar(busy(24))
    const from = ms('2026-01-01T00:00:00Z')
    const { dueMs, steps } = explain(full, from, 24 * 60 * 365 * 38)
    assert.equal(steps.length, 51)
    assert.equal(new Date(dueMs).getUTCFullYear(), 2063)
    assert.equal(
      steps.reduce((sum, step) => sum + step.workedSeconds, 0),
      24 * 60 * 365 * 38,
    )
  })
  it('is refused what lies beyond forty years, forwards and backwards, in seconds and in days', () => {
    const from = ms('2026-01-01T00:00:00Z')
    const rare = compileCalendar({ timezone: 'UTC', hours: { mon: [['00:00', '00:01']] } })
    assert.throws(() => addWorking(rare, from, 1e9), TooFar)
    assert.throws(() => subtractWorking(rare, from, 1e9), TooFar)
    assert.throws(() => addWorkingDays(rare, from, 3660), TooFar)
    assert.throws(() => addWorkingDays(rare, from, -3660), TooFar)
    const always = compileCalendar({
      timezone: 'UTC',
      hours: Object.fromEntries(everyDay.map((day) => [day, [['00:00', '24:00']]])),
    })
    assert.equal(new Date(addWorking(always, from, 1e9)).getUTCFullYear(), 2057)
  })
})
