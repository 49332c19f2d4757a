import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lastDue, toRemove } from './retention.ts'

const daily = (from: string, days: number, isProven = false) =>
  Array.from({ length: days }, (_, nth) => {
    const at = Temporal.PlainDate.from(from).add({ days: nth }).toString()
    return { name: at, at: `${at}T02:15:00.000Z`, isProven }
  })
const left = (all: readonly { name: string }[], removed: readonly string[]): string[] =>
  all.map(({ name }) => name).filter((name) => !removed.includes(name))

describe('which backups are kept', () => {
  it('keeps the newest of seven days, four weeks and three months', () => {
    const all = daily('2026-01-01', 100) // to 10 April
    assert.deepEqual(left(all, toRemove(all, { daily: 7, weekly: 4, monthly: 3 })), [
      '2026-02-28', // the last of February
      '2026-03-22', // Sundays: the last of their weeks
      '2026-03-29',
      '2026-03-31', // the last of March
      '2026-04-04',
      '2026-04-05',
      '2026-04-06',
      '2026-04-07',
      '2026-04-08',
      '2026-04-09',
      '2026-04-10',
    ])
  })
  it('counts days that have a backup, not days of the calendar', () => {
    const all = [...daily('2024-02-29', 1), ...daily('2026-01-01', 1)]
    assert.deepEqual(toRemove(all, { daily: 2, weekly: 0, monthly: 0 }), [])
  })
  it('keeps the newest of several of one day', () => {
    const day = daily('2026-01-01', 1)[0]
    const later = { name: 'later', at: '2026-01-01T12:00:00.000Z', isProven: false }
    assert.deepEqual(toRemove([...(day === undefined ? [] : [day]), later], { daily: 5, weekly: 0, monthly: 0 }), [
      '2026-01-01',
    ])
  })
  it('never removes the newest, nor the newest proven one', () => {
    const all = [...daily('2025-01-01', 3, true), ...daily('2026-01-01', 3)]
    const removed = toRemove(all, { daily: 0, weekly: 0, monthly: 0 })
    assert.deepEqual(left(all, removed), ['2025-01-03', '2026-01-03'])
  })
  it('takes the week of the turn of the year as one', () => {
    const all = daily('2025-12-29', 7)
    assert.deepEqual(left(all, toRemove(all, { daily: 0, weekly: 9, monthly: 0 })), ['2026-01-04'])
  })
  it('removes nothing from nothing', () => assert.deepEqual(toRemove([], { daily: 1, weekly: 1, monthly: 1 }), []))
})

describe('when a backup is due', () => {
  it('is today from the minute on, and yesterday before', () => {
    assert.equal(lastDue('02:15', '2026-03-01T02:15:00.000Z'), '2026-03-01T02:15:00.000Z')
    assert.equal(lastDue('02:15', '2026-03-01T02:14:59.999Z'), '2026-02-28T02:15:00.000Z')
  })
})
