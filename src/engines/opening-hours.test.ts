/** The borders between the stretches that a compiled calendar is built in must not show, in any zone. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import {
  addWorking,
  closesAt,
  compileCalendar,
  isWorking,
  lastClosing,
  nextOpening,
  subtractWorking,
  workingSecondsBetween,
} from './service-hours.ts'
import { openingsBetween } from './opening-hours.ts'
import { instantOn } from './wall-clock.ts'

const halfHour = 1_800_000
const day = 86_400_000
/** Stretches begin every 364 days from 1970-01-01; this one begins near 22 October 2026. */
const border = 57 * 364 * day
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Straight from the wall clock, knowing nothing of stretches. */
function isOpenByTheWall(timezone: string, ms: number, [from, to]: readonly [number, number]): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone)
  return hour >= from && hour < to
}

const pair = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

for (const timezone of ['Pacific/Kiritimati', 'Asia/Kolkata', 'Etc/UTC', 'America/New_York', 'Pacific/Pago_Pago']) {
  for (const hours of [
    [0, 24],
    [9, 17],
    [0, 6],
  ] as const) {
    describe(`around a border in ${timezone}, open ${hours.join(' to ')}`, () => {
      const ranges = Object.fromEntries(everyDay.map((name) => [name, [[pair(hours[0]), pair(hours[1])] as const]]))
      const calendar = compileCalendar({ timezone, hours: ranges })
      const start = border - 3 * day

      it('tells open from closed and counts the hours', () => {
        let counted = 0
        for (let at = start; at < border + 3 * day; at += halfHour) {
          assert.equal(workingSecondsBetween(calendar, start, at), counted)
          const isOpen = isOpenByTheWall(timezone, at, hours)
          assert.equal(isWorking(calendar, at), isOpen)
          if (isOpen) counted += 1800
          const due = counted === 0 ? start : addWorking(calendar, start, counted)
          assert.equal(workingSecondsBetween(calendar, start, due), counted)
        }
      })

      it('goes back to each opening exactly, and knows each closing', () => {
        for (let opening = nextOpening(calendar, start); opening < border + 3 * day;) {
          assert.equal(subtractWorking(calendar, addWorking(calendar, opening, 3600), 3600), opening)
          const closing = addWorking(calendar, opening, (hours[1] - hours[0]) * 3600)
          assert.equal(closing, opening + (hours[1] - hours[0]) * 3_600_000)
          assert.deepEqual([closesAt(calendar, closing), lastClosing(calendar, closing)], [true, closing])
          opening = nextOpening(calendar, closing)
        }
      })
    })
  }
}

describe('days that are counted in milliseconds', () => {
  // Half an hour, a day left out, midnight, months apart, twice in a summer, and before there were zones.
  const changes: [timezone: string, first: string][] = [
    ['Australia/Lord_Howe', '2026-01-01'],
    ['Pacific/Apia', '2011-06-01'],
    ['America/Sao_Paulo', '2017-06-01'],
    ['Africa/Casablanca', '2024-01-01'],
    ['Africa/Cairo', '2010-03-01'],
    ['Europe/Amsterdam', '1937-01-01'],
    ['Europe/Berlin', '2151-01-01'],
  ]
  for (const [timezone, first] of changes)
    it(`are those that the wall clock of ${timezone} gives`, () => {
      const hours = Object.fromEntries(
        everyDay.map((name) => [name, [['01:00', '02:30'] as const, ['23:30', '24:00'] as const]]),
      )
      const calendar = compileCalendar({ timezone, hours })
      const begin = Temporal.PlainDate.from(first)
      const days = Array.from({ length: 380 }, (_, n) => begin.add({ days: n }))
      const byWall = days.flatMap((on) => [
        [instantOn(timezone, on, 3600), instantOn(timezone, on, 9000)] as const,
        [instantOn(timezone, on, 84_600), instantOn(timezone, on, 86_400)] as const,
      ])
      const kept: [number, number][] = []
      for (const [from, to] of byWall.toSorted((a, b) => a[0] - b[0])) {
        const start = Math.max(from, kept.at(-1)?.[1] ?? from)
        if (start < to) kept.push([start, to])
      }
      const [from, to] = [instantOn(timezone, begin, 0), instantOn(timezone, begin.add({ days: 380 }), 0)]
      assert.deepEqual([...openingsBetween(calendar, from, to)], kept)
    })
})
