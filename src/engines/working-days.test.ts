/** Working days keep the wall clock; the first cases are those of a published business-hours library. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { compileCalendar } from './service-hours.ts'
import { addWorkingDays } from './working-days.ts'

const calendar = compileCalendar({
  timezone: 'Etc/UTC',
  hours: {
    mon: [['09:00', '17:00']],
    tue: [['10:00', '16:00']],
    wed: [['09:00', '17:00']],
    thu: [['10:00', '16:00']],
    fri: [['09:00', '17:00']],
    sat: [['11:00', '14:30']],
  },
})

describe('adding working days', () => {
  const cases: [start: string, days: number, endOfDay: boolean, due: string][] = [
    ['2006-01-06T12:00:00Z', 2, false, '2006-01-09T12:00:00Z'],
    ['2006-01-03T08:00:00Z', 2, false, '2006-01-05T10:00:00Z'],
    ['2006-01-03T18:00:00Z', 2, false, '2006-01-06T09:00:00Z'],
    ['2006-01-06T12:30:52Z', 2, false, '2006-01-09T12:30:52Z'],
    ['2006-01-09T12:00:00Z', -2, false, '2006-01-06T12:00:00Z'],
    ['2006-01-05T08:00:00Z', -2, false, '2006-01-02T17:00:00Z'],
    ['2006-01-05T18:00:00Z', -2, false, '2006-01-03T16:00:00Z'],
    ['2006-01-02T13:00:00Z', 0, false, '2006-01-02T13:00:00Z'],
    ['2006-01-02T17:00:00Z', 2, false, '2006-01-04T17:00:00Z'],
    ['2006-01-03T18:00:00Z', 2, true, '2006-01-05T16:00:00Z'],
    ['2006-01-03T12:00:00Z', 0, true, '2006-01-03T16:00:00Z'],
    ['2006-01-03T16:00:01Z', 0, true, '2006-01-04T17:00:00Z'],
    ['2006-01-08T10:00:00Z', 0, true, '2006-01-09T17:00:00Z'],
    ['2006-01-08T10:00:00Z', 1, true, '2006-01-09T17:00:00Z'],
  ]
  for (const [start, days, endOfDay, due] of cases) {
    it(`${start} + ${days} days${endOfDay ? ', end of day' : ''} is ${due}`, () => {
      const reached = addWorkingDays(calendar, Temporal.Instant.from(start).epochMilliseconds, days, { endOfDay })
      assert.equal(Temporal.Instant.fromEpochMilliseconds(reached).toString(), due)
    })
  }
  it('keeps the wall time over a clock change', () => {
    const paris = compileCalendar({
      timezone: 'Europe/Paris',
      hours: { fri: [['09:00', '17:00']], mon: [['09:00', '17:00']] },
    })
    const due = addWorkingDays(paris, Temporal.Instant.from('2026-03-27T10:00:00Z').epochMilliseconds, 1)
    assert.equal(Temporal.Instant.fromEpochMilliseconds(due).toString(), '2026-03-30T09:00:00Z')
  })
  it('refuses half a day', () => assert.throws(() => addWorkingDays(calendar, 0, 0.5), RangeError))
})
