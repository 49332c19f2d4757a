import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { definitionOf, minutesOf, tidy } from './contract.ts'

describe('the hours of a calendar in the form', () => {
  it('leave out what is empty, and stand in order', () => {
    const tidied = tidy({
      hours: {
        tue: [
          ['13:00', '17:00'],
          ['08:00', '12:00'],
        ],
        mon: [],
      },
      holidays: ['2027-01-01', '2026-12-24', '2027-01-01'],
      shifts: { '2026-12-31': [], '2026-11-01': [['10:00', '12:00']] },
      breaks: {},
    })
    assert.deepEqual(tidied, {
      hours: {
        tue: [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ],
      },
      holidays: ['2026-12-24', '2027-01-01'],
      shifts: { '2026-11-01': [['10:00', '12:00']], '2026-12-31': [] },
    })
    assert.deepEqual(Object.keys(tidied.shifts ?? {}), ['2026-11-01', '2026-12-31'])
  })
  it('count minutes to midnight, and nothing for a span that runs backwards', () => {
    assert.equal(minutesOf([['00:00', '24:00']]), 1440)
    assert.equal(minutesOf([['17:00', '09:00']]), 0)
  })
  it('begin with office hours where there are none', () => {
    assert.equal(minutesOf(definitionOf(null).hours['fri'] ?? []), 480)
  })
})
