/** Obligations that come back: month ends, leap days, clock changes, ends, and rules that cannot be. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'

import { checkRecurrence, dayAfter, nextDays, RecurrenceRefused, upcoming } from './recurrence.ts'

const of = (rule: string, startOn: string, timezone = 'Europe/Paris') => ({ rule, startOn, timezone })

describe('the next days of a rule', () => {
  const cases: [what: string, rule: string, start: string, from: string, days: string][] = [
    ['the first day counts', 'FREQ=MONTHLY', '2026-01-15', '2026-01-15', '2026-01-15 2026-02-15 2026-03-15'],
    ['asked from before the start', 'FREQ=MONTHLY', '2026-01-15', '2020-06-01', '2026-01-15 2026-02-15 2026-03-15'],
    ['asked from between two', 'FREQ=MONTHLY', '2026-01-15', '2026-02-16', '2026-03-15 2026-04-15 2026-05-15'],
    [
      'the 31st is the last day of shorter months',
      'FREQ=MONTHLY',
      '2026-01-31',
      '2026-01-01',
      '2026-01-31 2026-02-28 2026-03-31',
    ],
    [
      'the 30th by name, each quarter',
      'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30',
      '2026-11-01',
      '2026-11-01',
      '2026-11-30 2027-02-28 2027-05-30',
    ],
    [
      'the 31st, and short months left out',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=OMIT',
      '2026-01-31',
      '2026-01-01',
      '2026-01-31 2026-03-31 2026-05-31',
    ],
    [
      'a count counts the short months',
      'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2',
      '2026-01-31',
      '2026-01-01',
      '2026-01-31 2026-02-28',
    ],
    [
      'the last day of the month',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      '2026-01-31',
      '2026-01-01',
      '2026-01-31 2026-02-28 2026-03-31',
    ],
    [
      'the 31st or the last day before',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD',
      '2028-01-31',
      '2028-01-01',
      '2028-01-31 2028-02-29 2028-03-31',
    ],
    [
      '29 February is the 28th in other years',
      'FREQ=YEARLY',
      '2024-02-29',
      '2024-03-01',
      '2025-02-28 2026-02-28 2027-02-28',
    ],
    [
      '29 February by name',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      '2027-01-01',
      '2027-01-01',
      '2027-02-28 2028-02-29 2029-02-28',
    ],
    [
      'every month of two a year',
      'FREQ=MONTHLY;BYMONTH=2,3;BYMONTHDAY=31',
      '2026-01-31',
      '2026-01-01',
      '2026-02-28 2026-03-31 2027-02-28',
    ],
    ['the 15th and the 31st', 'FREQ=MONTHLY;BYMONTHDAY=15,31', '2026-02-01', '2026-02-01', '2026-02-15 2026-02-28 2026-03-15'], // oxfmt-ignore
    ['the 30th and the 31st are one day of a shorter month', 'FREQ=MONTHLY;BYMONTHDAY=30,31', '2026-02-01', '2026-02-01', '2026-02-28 2026-03-30 2026-03-31'], // oxfmt-ignore
    ['the 31st and the last day are one', 'FREQ=MONTHLY;BYMONTHDAY=31,-1', '2026-01-01', '2026-01-01', '2026-01-31 2026-02-28 2026-03-31'], // oxfmt-ignore
    ['the 31st of several months of a year', 'FREQ=YEARLY;BYMONTH=1,4,6;BYMONTHDAY=31', '2026-01-01', '2026-01-01', '2026-01-31 2026-04-30 2026-06-30'], // oxfmt-ignore
    ['several months of a year, from a 31st', 'FREQ=YEARLY;BYMONTH=2,3,4', '2026-03-31', '2026-01-01', '2026-03-31 2026-04-30 2027-02-28'], // oxfmt-ignore
    ['the 31st by the year alone is that of every month', 'FREQ=YEARLY;BYMONTHDAY=31', '2026-01-01', '2026-01-01', '2026-01-31 2026-02-28 2026-03-31'], // oxfmt-ignore
    ['a count counts days, not lists of them', 'FREQ=MONTHLY;BYMONTHDAY=15,31;COUNT=4', '2026-01-01', '2026-02-16', '2026-02-28'], // oxfmt-ignore
    ['a list ends with the day it runs until', 'FREQ=MONTHLY;BYMONTHDAY=15,31;UNTIL=20260430', '2026-01-01', '2026-04-01', '2026-04-15 2026-04-30'], // oxfmt-ignore
    ['29 February and the 15th, every fourth year', 'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=15,29', '2026-01-01', '2026-02-16', '2026-02-28 2030-02-15 2030-02-28'], // oxfmt-ignore
    [
      '29 February or the day before',
      'RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD',
      '2024-02-29',
      '2026-03-01',
      '2027-02-28 2028-02-29 2029-02-28',
    ],
    [
      'the last working weekday',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2026-01-01',
      '2026-01-01',
      '2026-01-30 2026-02-27 2026-03-31',
    ],
    [
      'the first Monday of a quarter',
      'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO',
      '2026-01-01',
      '2026-02-01',
      '2026-04-06 2026-07-06 2026-10-05',
    ],
    [
      'every other week keeps its step',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
      '2026-01-02',
      '2026-03-20',
      '2026-03-27 2026-04-10 2026-04-24',
    ],
    ['every day over a clock change', 'FREQ=DAILY', '2026-03-28', '2026-03-28', '2026-03-28 2026-03-29 2026-03-30'],
    ['from a start long ago', 'FREQ=DAILY;INTERVAL=3', '1990-01-01', '2026-01-01', '2026-01-01 2026-01-04 2026-01-07'],
    ['a count ends it', 'FREQ=MONTHLY;COUNT=3', '2026-01-15', '2026-02-16', '2026-03-15'],
    ['the day it runs until is in', 'FREQ=MONTHLY;UNTIL=20260415', '2026-01-15', '2026-03-15', '2026-03-15 2026-04-15'],
    [
      'a start that the rule does not meet is out',
      'FREQ=WEEKLY;BYDAY=MO',
      '2026-01-01',
      '2026-01-01',
      '2026-01-05 2026-01-12 2026-01-19',
    ],
  ]
  for (const [what, rule, start, from, days] of cases) {
    it(what, () => assert.equal(nextDays(of(rule, start), from, 3).join(' '), days))
  }

  it('of days of months and years are those of a calendar, with the last day where a month is shorter', () => {
    const lists = (most: number) => fc.uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 4 })
    const facts = fc.record({
      days: lists(31),
      months: fc.option(lists(12)),
      isYearly: fc.boolean(),
      interval: fc.integer({ min: 1, max: 5 }),
      count: fc.option(fc.integer({ min: 1, max: 30 })),
      start: fc.integer({ min: 0, max: 1500 }),
      later: fc.integer({ min: -40, max: 900 }),
    })
    fc.assert(
      fc.property(facts, ({ start, later, ...rule }) => {
        const startOn = Temporal.PlainDate.from('2023-01-01').add({ days: start })
        // A rule that never happens is refused, as tested below.
        fc.pre((!rule.isYearly || isPossible(rule)) && byCalendar(rule, startOn, startOn).length > 0)
        const from = startOn.add({ days: later })
        const { days, months, isYearly, interval, count } = rule
        const text = `FREQ=${isYearly ? 'YEARLY' : 'MONTHLY'};INTERVAL=${interval};BYMONTHDAY=${days.join(',')}${months === null ? '' : `;BYMONTH=${months.join(',')}`}${count === null ? '' : `;COUNT=${count}`}` // oxfmt-ignore
        const recurrence = of(text, startOn.toString())
        const wanted = byCalendar(rule, startOn, from).slice(0, 5)
        assert.deepEqual(nextDays(recurrence, from.toString(), 5), wanted, text)
      }),
      { numRuns: 400 },
    )
  })

  it('after a day leaves that day out, and is null at the end', () => {
    const rule = of('FREQ=YEARLY;COUNT=2', '2026-01-15')
    assert.equal(dayAfter(rule, '2026-01-15'), '2027-01-15')
    assert.equal(dayAfter(rule, '2027-01-15'), null)
  })
})

describe('the next days from now', () => {
  it('begin with today in the zone, at its own midnight on both sides of a clock change', () => {
    const now = Temporal.Instant.from('2026-03-28T23:30:00Z').epochMilliseconds
    const days = upcoming(of('FREQ=DAILY', '2026-01-01'), now, 2)
    assert.deepEqual(
      days.map(({ on, beginsMs }) => [on, Temporal.Instant.fromEpochMilliseconds(beginsMs).toString()]),
      [
        ['2026-03-29', '2026-03-28T23:00:00Z'],
        ['2026-03-30', '2026-03-29T22:00:00Z'],
      ],
    )
  })
  it('keep a day whose midnight does not exist', () => {
    const now = Temporal.Instant.from('2015-10-17T12:00:00Z').epochMilliseconds
    const days = upcoming(of('FREQ=DAILY', '2015-01-01', 'America/Sao_Paulo'), now, 2)
    assert.deepEqual(days.at(1), {
      on: '2015-10-18',
      beginsMs: Temporal.Instant.from('2015-10-18T03:00:00Z').epochMilliseconds,
    })
  })
})

describe('the check of a recurrence', () => {
  const refused: [rule: string, says: RegExp][] = [
    ['hello', /"hello" is not part of a rule/],
    ['FREQ=SOMETIMES', /SOMETIMES/],
    ['FREQ=HOURLY', /daily at most/],
    ['FREQ=DAILY;BYHOUR=9', /BYHOUR=9/],
    ['FREQ=MONTHLY;BYMONTHDAY=45', /"45" is no day of a month/],
    ['FREQ=MONTHLY;INTERVAL=0', /interval/],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', /never happens\. Name days that exist/],
    ['FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31', /never happens/],
    ['FREQ=MONTHLY;BYDAY=6MO', /never happens/],
    ['FREQ=YEARLY;BYMONTH=13', /"13" is no month/],
    ['FREQ=DAILY;UNTIL=20200101', /ends before it happens/],
    ['DTSTART:20200101T000000Z\nRRULE:FREQ=DAILY', /not part of a rule/],
  ]
  for (const [rule, says] of refused) {
    it(`explains ${JSON.stringify(rule)}`, () => {
      const [problem] = checkRecurrence(of(rule, '2026-01-01'))
      assert.equal(problem?.pointer, '/rule')
      assert.match(problem?.detail ?? '', says)
    })
  }
  it('explains a day and a zone that do not exist, and passes a good one', () => {
    assert.deepEqual(
      checkRecurrence(of('FREQ=DAILY', '2026-02-29', 'Nowhere')).map((one) => one.pointer),
      ['/timezone', '/startOn'],
    )
    assert.deepEqual(checkRecurrence(of('FREQ=MONTHLY;BYMONTHDAY=1,-1', '2026-01-01')), [])
    assert.throws(() => nextDays(of('nonsense', '2026-01-01'), '2026-01-01', 1), RecurrenceRefused)
  })
})

interface DayRule {
  days: number[]
  months: number[] | null
  isYearly: boolean
  interval: number
  count: number | null
}
function isPossible({ days, months }: DayRule): boolean {
  const most = (month: number): number => Temporal.PlainDate.from({ year: 2024, month, day: 1 }).daysInMonth
  return days.some((day) => (months ?? [1]).some((month) => day <= most(month)))
}
/** Day by day, for forty years. */
function byCalendar(rule: DayRule, startOn: Temporal.PlainDate, from: Temporal.PlainDate): string[] {
  const met: Temporal.PlainDate[] = []
  for (let month = startOn.with({ day: 1 }); month.year < startOn.year + 40; month = month.add({ months: 1 })) {
    const steps = rule.isYearly
      ? month.year - startOn.year
      : (month.year - startOn.year) * 12 + month.month - startOn.month
    if (steps % rule.interval !== 0 || rule.months?.includes(month.month) === false) continue
    const days = new Set(rule.days.map((day) => Math.min(day, month.daysInMonth)))
    met.push(...[...days].sort((a, b) => a - b).map((day) => month.with({ day })))
  }
  return met
    .filter((day) => Temporal.PlainDate.compare(day, startOn) >= 0)
    .slice(0, rule.count ?? Infinity)
    .filter((day) => Temporal.PlainDate.compare(day, from) >= 0)
    .map((day) => day.toString())
}
