// The days of a report and those before: what months, quarters and leap years make of them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PeriodName, Step } from './periods.ts'
import { PERIODS, spansOf, stepsOf, stepWithin, within } from './periods.ts'

const SPANS: readonly [
  period: PeriodName,
  today: string,
  from: string,
  to: string,
  beforeFrom: string,
  beforeTo: string,
][] = [
  ['lastMonth', '2026-11-22', '2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30'],
  ['lastMonth', '2026-01-01', '2025-12-01', '2025-12-31', '2025-11-01', '2025-11-30'],
  ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31'],
  ['thisMonth', '2026-11-22', '2026-11-01', '2026-11-22', '2026-10-01', '2026-10-22'],
  // As many days as the month before has.
  ['thisMonth', '2026-03-31', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['lastWeek', '2026-11-22', '2026-11-09', '2026-11-15', '2026-11-02', '2026-11-08'],
  ['lastWeek', '2026-11-23', '2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['lastQuarter', '2026-02-10', '2025-10-01', '2025-12-31', '2025-07-01', '2025-09-30'],
  ['lastQuarter', '2026-12-31', '2026-07-01', '2026-09-30', '2026-04-01', '2026-06-30'],
  ['lastYear', '2025-02-28', '2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31'],
  ['thisYear', '2024-02-29', '2024-01-01', '2024-02-29', '2023-01-01', '2023-02-28'],
  ['last30', '2026-03-01', '2026-01-31', '2026-03-01', '2026-01-01', '2026-01-30'],
]
const STEPS: readonly [step: Step, from: string, to: string, starts: string[]][] = [
  ['day', '2024-02-28', '2024-03-01', ['2024-02-28', '2024-02-29', '2024-03-01']],
  ['week', '2026-11-22', '2026-11-23', ['2026-11-16', '2026-11-23']],
  ['month', '2026-01-15', '2026-03-02', ['2026-01-01', '2026-02-01', '2026-03-01']],
  ['quarter', '2026-03-31', '2026-04-01', ['2026-01-01', '2026-04-01']],
  ['year', '2025-12-31', '2026-01-01', ['2025-01-01', '2026-01-01']],
]
const WITHIN: readonly [step: Step, start: string, from: string, to: string][] = [
  ['month', '2026-01-01', '2026-01-15', '2026-01-31'],
  ['month', '2026-02-01', '2026-02-01', '2026-02-28'],
  ['month', '2026-03-01', '2026-03-01', '2026-03-02'],
  ['quarter', '2026-01-01', '2026-01-15', '2026-03-02'],
  ['week', '2026-01-12', '2026-01-15', '2026-01-18'],
  ['day', '2026-01-16', '2026-01-16', '2026-01-16'],
]

/** Of organisations whose financial year begins in April, July, January, December. */
const FINANCIAL: readonly [
  period: PeriodName,
  begins: number,
  today: string,
  from: string,
  to: string,
  beforeFrom: string,
  beforeTo: string,
][] = [
  ['lastFinancialYear', 4, '2026-11-22', '2025-04-01', '2026-03-31', '2024-04-01', '2025-03-31'],
  ['lastFinancialYear', 4, '2026-03-31', '2024-04-01', '2025-03-31', '2023-04-01', '2024-03-31'],
  ['lastFinancialYear', 4, '2026-04-01', '2025-04-01', '2026-03-31', '2024-04-01', '2025-03-31'],
  ['lastFinancialYear', 7, '2026-11-22', '2025-07-01', '2026-06-30', '2024-07-01', '2025-06-30'],
  // With a leap day, and the year before without one.
  ['lastFinancialYear', 3, '2024-03-01', '2023-03-01', '2024-02-29', '2022-03-01', '2023-02-28'],
  ['lastFinancialYear', 1, '2026-11-22', '2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31'],
  ['thisFinancialYear', 4, '2026-11-22', '2026-04-01', '2026-11-22', '2025-04-01', '2025-11-22'],
  ['thisFinancialYear', 7, '2026-06-30', '2025-07-01', '2026-06-30', '2024-07-01', '2025-06-30'],
  ['thisFinancialYear', 7, '2024-02-29', '2023-07-01', '2024-02-29', '2022-07-01', '2023-02-28'],
  ['thisFinancialYear', 4, '2026-04-01', '2026-04-01', '2026-04-01', '2025-04-01', '2025-04-01'],
  ['thisFinancialYear', 12, '2026-12-31', '2026-12-01', '2026-12-31', '2025-12-01', '2025-12-31'],
  ['thisFinancialYear', 1, '2026-11-22', '2026-01-01', '2026-11-22', '2025-01-01', '2025-11-22'],
  // The calendar year is what it is.
  ['lastYear', 4, '2026-11-22', '2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31'],
]

describe('the days of a period', () => {
  for (const [period, today, from, to, beforeFrom, beforeTo] of SPANS)
    it(`${period} on ${today}`, () => {
      assert.deepEqual(spansOf(period, today), { span: { from, to }, before: { from: beforeFrom, to: beforeTo } })
    })
  for (const [period, begins, today, from, to, beforeFrom, beforeTo] of FINANCIAL)
    it(`${period} on ${today}, of a year that begins in month ${begins}`, () => {
      const spans = { span: { from, to }, before: { from: beforeFrom, to: beforeTo } }
      assert.deepEqual(spansOf(period, today, begins), spans)
    })
  it('end before the days of the period begin, whatever day it is', () => {
    for (const { value } of PERIODS)
      for (let day = Temporal.PlainDate.from('2023-12-25'); day.year < 2025; day = day.add({ days: 1 })) {
        const { span, before } = spansOf(value, day.toString(), (day.day % 12) + 1)
        assert.ok(span.from <= span.to && before.from <= before.to && before.to < span.from, `${value} on ${day}`)
        if (value === 'last30' || value === 'last90')
          for (const { from, to } of [span, before])
            assert.equal(Temporal.PlainDate.from(from).until(to).days + 1, value === 'last30' ? 30 : 90)
      }
  })
  it('as a filter include the last one', () => {
    assert.equal(
      within('openedAt', { from: '2024-02-01', to: '2024-02-29' }),
      'openedAt>=2024-02-01 openedAt<2024-03-01',
    )
  })
})

describe('the steps of a period', () => {
  for (const [step, from, to, starts] of STEPS)
    it(`by ${step} from ${from} to ${to}`, () => assert.deepEqual(stepsOf(step, { from, to }), starts))
  it('are every day of a leap year', () => {
    assert.equal(stepsOf('day', { from: '2024-01-01', to: '2024-12-31' }).length, 366)
  })
  for (const [step, start, from, to] of WITHIN)
    it(`the ${step} of ${start} keeps to the period`, () => {
      assert.deepEqual(stepWithin(step, start, { from: '2026-01-15', to: '2026-03-02' }), { from, to })
    })
})
