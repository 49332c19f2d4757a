import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { setPerson } from '../fields/format.ts'
import { daysBetween, isDay, monthWeeks, plusDays, plusMonths, weekBegin, weekdayOf, weekNumber } from './days.ts'
import { onDay, openOnly, rangeFilter, spanOf, whenOf } from './when.ts'

describe('days', () => {
  it('count over months, years and leap days', () => {
    assert.equal(plusDays('2026-12-31', 1), '2027-01-01')
    assert.equal(plusDays('2028-02-28', 1), '2028-02-29')
    assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2)
    assert.equal(daysBetween('2026-11-22', '2026-11-20'), -2)
  })
  it('stay in the month when it is shorter', () => {
    assert.equal(plusMonths('2026-01-31', 1), '2026-02-28')
    assert.equal(plusMonths('2028-01-31', 1), '2028-02-29')
    assert.equal(plusMonths('2026-01-31', -2), '2025-11-30')
  })
  it('know their weekday and week, the 53rd too', () => {
    assert.equal(weekdayOf('2026-11-22'), 7)
    assert.equal(weekdayOf('1969-12-31'), 3)
    assert.equal(weekNumber('2026-12-31'), 53)
    assert.equal(weekNumber('2027-01-03'), 53)
    assert.equal(weekNumber('2027-01-04'), 1)
    assert.equal(weekNumber('2024-12-30'), 1)
    assert.equal(weekNumber('2023-01-01'), 52)
  })
  it('begin their week where the locale does', () => {
    assert.equal(weekBegin('2026-11-22', 1), '2026-11-16')
    assert.equal(weekBegin('2026-11-22', 7), '2026-11-22')
    assert.equal(weekBegin('2026-11-21', 6), '2026-11-21')
  })
  it('make four to six weeks of a month', () => {
    assert.equal(monthWeeks('2027-02-10', 1).length, 4)
    assert.equal(monthWeeks('2026-11-10', 1).length, 6)
    assert.equal(monthWeeks('2026-11-10', 1)[0]?.[0], '2026-10-26')
    assert.equal(monthWeeks('2026-11-10', 7)[0]?.[0], '2026-11-01')
    assert.deepEqual(monthWeeks('2026-12-31', 1).at(-1)?.at(-1), '2027-01-03')
  })
  it('are real', () => {
    assert.equal(isDay('2026-02-30'), false)
    assert.equal(isDay('sideways'), false)
    assert.equal(isDay(undefined), false)
    assert.equal(isDay('2028-02-29'), true)
  })
})

const field = (name: string, more: Partial<FieldInfo>): FieldInfo => ({
  name,
  label: name,
  kind: 'day',
  sortable: true,
  filterable: true,
  required: true,
  stamped: false,
  custom: false,
  ...more,
})
const recordOf = (fields: FieldInfo[], more: Partial<RecordInfo> = {}): RecordInfo =>
  // Only what is asked here stands in it.
  ({ name: 'thing', title: 'name', fields, dated: null, workflow: null, list: [], ...more }) as unknown as RecordInfo
const row = (values: Record<string, unknown>): Row => ({ id: 1, number: 'X-1', ...values })

describe('when a record stands in time', () => {
  before(() => setPerson({ locale: 'en-GB', timeZone: 'Europe/Berlin', orgTimeZone: 'Europe/Berlin' }))
  after(() => setPerson({ locale: 'en-GB', timeZone: 'UTC', orgTimeZone: 'UTC' }))
  const [first, last] = [field('firstDay', {}), field('lastDay', {})]
  const at = field('at', { kind: 'instant' })
  const until = field('until', { kind: 'instant', required: false })

  it('is as declared, as asked, or its first date; a strange name falls back', () => {
    const record = recordOf([at, first, last], { dated: { from: 'firstDay', to: 'lastDay' } })
    assert.deepEqual([whenOf(record)?.from.name, whenOf(record)?.to?.name], ['firstDay', 'lastDay'])
    assert.deepEqual(whenOf(record, { date: 'at' })?.from.name, 'at')
    assert.deepEqual(whenOf(record, { date: 'nothing,at' })?.from.name, 'firstDay')
    assert.equal(whenOf(recordOf([at]))?.from.name, 'at')
    assert.equal(whenOf(recordOf([field('name', { kind: 'text' })])), null)
  })
  it('asks for days as days and for instants from midnight to midnight here, over a change of the clocks', () => {
    const record = recordOf([at, first, last, until])
    assert.equal(rangeFilter(record, { from: first, to: null }, '2026-03-29', '2026-03-29'), 'firstDay>=2026-03-29 firstDay<=2026-03-29') // oxfmt-ignore
    assert.equal(rangeFilter(record, { from: at, to: null }, '2026-03-29', '2026-03-29'), 'at>=2026-03-28T23:00:00.000Z at<2026-03-29T22:00:00.000Z') // oxfmt-ignore
    assert.equal(rangeFilter(record, { from: first, to: last }, '2026-11-01', '2026-11-30'), 'lastDay>=2026-11-01 firstDay<=2026-11-30') // oxfmt-ignore
  })
  it('counts what has no end yet as there, but asks a large list only for what begins', () => {
    const ends = { from: at, to: until }
    assert.match(rangeFilter(recordOf([at, until]), ends, '2026-11-01', '2026-11-30'), /^-until<2026-10-31T23:00:00.000Z at</) // oxfmt-ignore
    const big = field('closedAt', { kind: 'instant', sortable: false })
    assert.match(rangeFilter(recordOf([at, until, big]), ends, '2026-11-01', '2026-11-30'), /^at>=/)
  })
  it('is the day on the clocks of the person', () => {
    assert.deepEqual(spanOf({ from: at, to: null }, row({ at: '2026-11-22T23:30:00Z' })), { first: '2026-11-23', last: '2026-11-23', at: '2026-11-22T23:30:00Z' }) // oxfmt-ignore
    assert.deepEqual(spanOf({ from: first, to: last }, row({ firstDay: '2026-11-20', lastDay: '2026-11-03' })), { first: '2026-11-20', last: '2026-11-20', at: null }) // oxfmt-ignore
    assert.deepEqual(spanOf({ from: at, to: until }, row({ at: '2026-11-22T10:00:00Z' })), { first: '2026-11-22', last: null, at: null }) // oxfmt-ignore
    assert.equal(spanOf({ from: first, to: null }, row({ firstDay: null })), null)
  })
  it('keeps the time of day when it moves over a change of the clocks', () => {
    assert.equal(onDay(at, '2026-03-27T08:00:00Z', '2026-03-30'), '2026-03-30T07:00:00.000Z')
    assert.equal(onDay(at, '2026-10-23T07:00:00Z', '2026-10-26'), '2026-10-26T08:00:00.000Z')
    assert.equal(onDay(first, '2026-03-27', '2026-03-30'), '2026-03-30')
  })
  it('leaves out what is over unless the filter says which states it wants', () => {
    const workflow = { field: 'status', states: ['open', 'doing', 'done'].map((name) => ({ name })), ends: ['done'] }
    const record = recordOf([], { workflow: workflow as unknown as NonNullable<RecordInfo['workflow']> })
    assert.equal(openOnly(record, 'assignee:me'), 'status:open,doing')
    assert.equal(openOnly(record, 'status:done'), '')
    assert.equal(openOnly(recordOf([]), ''), '')
  })
})
