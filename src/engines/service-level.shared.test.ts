/** Service-level clocks against every shared case that binds, when the shared folder is there. */

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

import type { ServiceCalendar } from './service-calendar.ts'
import { compileCalendar } from './service-hours.ts'
import { clockFigures, decideClock } from './service-level.ts'
import type { ClockFacts } from './service-level.ts'

const file = new URL('../../../shared/vectors/service-level.json', import.meta.url)
const absent = existsSync(file) ? false : 'the shared known answers (../shared/vectors) are not here'
const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
const iso = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString()

interface LevelCase {
  id: string
  calendar: string
  created?: string
  metric?: string
  event_at?: string
  kind?: string
  start?: string
  end?: string
  expect_minutes?: number
  target_minutes?: number | Record<string, number | null>
  pauses: { from: string; to: string }[]
  expect?: Record<string, string | number>
}

describe('all shared cases', { skip: absent }, () => {
  if (absent !== false) return
  // The file is trusted test material of this shape.
  const { calendars, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    calendars: Record<string, ServiceCalendar>
    cases: LevelCase[]
  }
  const compiled = new Map(Object.entries(calendars).map(([name, calendar]) => [name, compileCalendar(calendar)]))

  function factsOf(one: LevelCase, minutes: number, endAt: string): ClockFacts {
    const calendar = compiled.get(one.calendar)
    assert.ok(calendar)
    return {
      calendar,
      startedAt: ms(one.created ?? one.start ?? ''),
      target: { workingSeconds: minutes * 60 },
      pauses: one.pauses.map((pause) => ({ fromMs: ms(pause.from), toMs: ms(pause.to), reason: 'pending' })),
      stop: null,
      now: ms(endAt),
      warnings: [],
    }
  }

  /** The update clock of this source restarts at the last contact: informative there, not ours. */
  function bindingDues(one: LevelCase): [minutes: number, due: string | number, metric: string][] {
    const targets = typeof one.target_minutes === 'object' ? one.target_minutes : {}
    return ['first_response', 'close'].flatMap((metric) => {
      const [minutes, due] = [targets[metric] ?? null, one.expect?.[`${metric}_due`]]
      return minutes === null || due === undefined ? [] : [[minutes, due, metric]]
    })
  }

  for (const one of cases) {
    if (one.kind === 'working_minutes_between') {
      it(one.id, () => assert.equal(clockFigures(factsOf(one, 0, one.end ?? '')).usedSeconds / 60, one.expect_minutes))
    }
    if (typeof one.target_minutes === 'number' && one.metric !== 'update') {
      const minutes = one.target_minutes
      it(one.id, () => {
        // The source counts whole minutes.
        const used = Math.floor(clockFigures(factsOf(one, minutes, one.event_at ?? '')).usedSeconds / 60)
        assert.deepEqual([used, minutes - used], [one.expect?.['used_minutes'], one.expect?.['margin_minutes']])
      })
    }
    for (const [minutes, due, metric] of bindingDues(one)) {
      it(`${one.id} ${metric}`, () => {
        // Asked when the last pause is over, so that every pause counts.
        const now = one.pauses.at(-1)?.to ?? one.created ?? ''
        assert.equal(iso(decideClock(factsOf(one, minutes, now)).dueMs), due)
      })
    }
  }
})
