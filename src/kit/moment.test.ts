// Points in time in the words of a filter; days begin in the zone of whoever asks.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readDay, readMoment } from './moment.ts'

/** A Sunday, two hours after the clocks went forward in Berlin. */
const now = '2026-03-29T03:00:00.000Z'
const berlin = 'Europe/Berlin'

describe('a moment', () => {
  const cases: [string, string, string | null][] = [
    ['now', berlin, now],
    ['today', berlin, '2026-03-28T23:00:00.000Z'],
    ['today', 'UTC', '2026-03-29T00:00:00.000Z'],
    ['today', 'Pacific/Auckland', '2026-03-28T11:00:00.000Z'],
    ['yesterday', berlin, '2026-03-27T23:00:00.000Z'],
    ['tomorrow', berlin, '2026-03-29T22:00:00.000Z'],
    ['startOfWeek', berlin, '2026-03-22T23:00:00.000Z'],
    ['startOfMonth', berlin, '2026-02-28T23:00:00.000Z'],
    ['startOfYear', berlin, '2025-12-31T23:00:00.000Z'],
    ['-1d', berlin, '2026-03-28T04:00:00.000Z'],
    ['-24h', berlin, '2026-03-28T03:00:00.000Z'],
    ['+30m', berlin, '2026-03-29T03:30:00.000Z'],
    ['-1mo', 'UTC', '2026-02-28T03:00:00.000Z'],
    ['-2y', 'UTC', '2024-03-29T03:00:00.000Z'],
    ['+1w', 'UTC', '2026-04-05T03:00:00.000Z'],
    ['2026-03-29', berlin, '2026-03-28T23:00:00.000Z'],
    ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
    ['2026-02-29', 'UTC', null],
    ['2026-11-21T14:30:00Z', berlin, '2026-11-21T14:30:00.000Z'],
    ['2026-11-21T14:30:00+01:00', berlin, '2026-11-21T13:30:00.000Z'],
    ['2026-11-21T14:30:00', berlin, null],
    ['-99999y', 'UTC', null],
    ['+99999y', 'UTC', null],
    ['-271821-04-20', 'UTC', null],
    ['9999-12-31', 'UTC', null],
    ['', 'UTC', null],
    ['soon', 'UTC', null],
    ['7d', 'UTC', null],
    ['-7 d', 'UTC', null],
  ]
  for (const [text, zone, expected] of cases)
    it(`"${text}" in ${zone} is ${expected ?? 'not understood'}`, () =>
      assert.equal(readMoment(text, now, zone), expected))

  it('as a day is the day in the zone', () => {
    assert.equal(readDay('now', '2026-01-01T23:30:00.000Z', berlin), '2026-01-02')
    assert.equal(readDay('-7d', '2026-01-01T23:30:00.000Z', 'America/New_York'), '2025-12-25')
    assert.equal(readDay('2026-02-30', now, 'UTC'), null)
  })
  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+-]\d{1,6}(m|h|d|w|mo|y)$/)), (text) => {
        const at = readMoment(text, now, berlin)
        assert.ok(at === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at), `${text} → ${at}`)
      }),
    )
  })
})
