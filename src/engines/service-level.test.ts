/** Service-level clocks: due instants (most worked out by others), states, warnings and the arithmetic in words. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { pausesFromStates } from './pauses.ts'
import type { Pause } from './pauses.ts'
import type { ServiceCalendar } from './service-calendar.ts'
import { compileCalendar } from './service-hours.ts'
import { clockFigures, decideClock } from './service-level.ts'
import type { ClockFacts } from './service-level.ts'

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
const iso = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString()
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const daily = (timezone: string, from: string, to: string, days: readonly string[] = everyDay): ServiceCalendar => ({
  timezone,
  hours: Object.fromEntries(days.map((day) => [day, [[from, to]]])),
})
const berlin = compileCalendar(daily('Europe/Berlin', '09:00', '18:00'))
const office = compileCalendar(daily('Europe/Berlin', '09:00', '17:00', everyDay.slice(0, 5)))

function facts(change: Partial<ClockFacts>): ClockFacts {
  const startedAt = ms('2013-06-04T09:00:00Z')
  return {
    startedAt,
    target: { workingSeconds: 7200 },
    calendar: berlin,
    pauses: [],
    stop: null,
    now: ms('2013-06-04T09:00:00Z'),
    warnings: [],
    ...change,
  }
}
const paused = (...spans: [from: string, to: string | null][]): Pause[] =>
  spans.map(([from, to]) => ({
    fromMs: ms(from),
    toMs: to === null ? null : ms(to),
    reason: 'waiting for the customer',
  }))

describe('the due instant', () => {
  const cases: [what: string, minutes: number, pauses: [string, string | null][], now: string, due: string][] = [
    ['of a clock never paused', 120, [], '2013-06-04T09:00:00Z', '2013-06-04T11:00:00Z'],
    [
      'moves with each pause',
      120,
      [
        ['2013-06-04T09:30:00Z', '2013-06-04T09:45:00Z'],
        ['2013-06-04T10:00:00Z', '2013-06-04T10:30:00Z'],
      ],
      '2013-06-04T12:00:00Z',
      '2013-06-04T11:45:00Z',
    ],
    [
      'is closing time when used up exactly there',
      120,
      [['2013-06-04T10:00:00Z', '2013-06-04T15:00:00Z']],
      '2013-06-04T15:00:00Z',
      '2013-06-04T16:00:00Z',
    ],
    [
      'of a record that began paused',
      240,
      [['2013-06-04T09:00:00Z', '2013-06-04T12:00:00Z']],
      '2013-06-04T12:00:00Z',
      '2013-06-04T16:00:00Z',
    ],
    [
      'does not move for a pause after it',
      30,
      [['2013-06-04T10:00:00Z', '2013-06-04T12:00:00Z']],
      '2013-06-04T12:00:00Z',
      '2013-06-04T09:30:00Z',
    ],
    [
      'leaves pauses before the start out',
      60,
      [['2013-06-04T07:30:00Z', '2013-06-04T09:10:00Z']],
      '2013-06-04T09:20:00Z',
      '2013-06-04T10:10:00Z',
    ],
    [
      'counts overlapping pauses once',
      60,
      [
        ['2013-06-04T09:10:00Z', '2013-06-04T09:30:00Z'],
        ['2013-06-04T09:20:00Z', '2013-06-04T09:40:00Z'],
      ],
      '2013-06-04T09:50:00Z',
      '2013-06-04T10:30:00Z',
    ],
    [
      'while paused is the due if it resumed now',
      120,
      [['2013-06-04T10:00:00Z', null]],
      '2013-06-04T11:00:00Z',
      '2013-06-04T12:00:00Z',
    ],
    [
      'is not moved by a pause outside service hours',
      120,
      [['2013-06-03T20:00:00Z', '2013-06-04T05:00:00Z']],
      '2013-06-04T09:00:00Z',
      '2013-06-04T11:00:00Z',
    ],
  ]
  for (const [what, minutes, pauses, now, due] of cases) {
    it(what, () => {
      const clock = decideClock(
        facts({ target: { workingSeconds: minutes * 60 }, pauses: paused(...pauses), now: ms(now) }),
      )
      assert.equal(iso(clock.dueMs), due)
    })
  }

  it('follows an edited calendar', () => {
    const start = ms('2016-11-01T13:56:21Z')
    const days = everyDay.slice(0, 5)
    const [before, after] = [
      daily('Europe/Berlin', '08:00', '20:00', days),
      daily('Europe/Berlin', '04:00', '20:00', days),
    ].map((calendar) => compileCalendar({ ...calendar, holidays: ['2016-11-01'] }))
    assert.ok(before && after)
    const clock = facts({ startedAt: start, now: start, target: { workingSeconds: 3600 } })
    assert.equal(iso(clockFigures({ ...clock, calendar: before }).dueMs), '2016-11-02T08:00:00Z')
    assert.equal(iso(clockFigures({ ...clock, calendar: after }).dueMs), '2016-11-02T04:00:00Z')
  })

  it('of a target in working days keeps the wall clock, and the end of the day', () => {
    const tuesday = { calendar: office, startedAt: ms('2013-06-04T12:30:00Z'), now: ms('2013-06-04T12:30:00Z') }
    assert.equal(iso(clockFigures(facts({ ...tuesday, target: { workingDays: 2 } })).dueMs), '2013-06-06T12:30:00Z')
    assert.equal(
      iso(clockFigures(facts({ ...tuesday, target: { workingDays: 2, endOfDay: true } })).dueMs),
      '2013-06-06T15:00:00Z',
    )
    const pauses = paused(['2013-06-05T08:00:00Z', '2013-06-05T10:00:00Z'])
    const later = { ...tuesday, now: ms('2013-06-05T11:00:00Z'), pauses }
    assert.equal(iso(clockFigures(facts({ ...later, target: { workingDays: 2 } })).dueMs), '2013-06-06T14:30:00Z')
    assert.equal(
      iso(clockFigures(facts({ ...later, target: { workingDays: 2, endOfDay: true } })).dueMs),
      '2013-06-07T15:00:00Z',
    )
  })
})

describe('the state of a clock', () => {
  const done = (at: string) => ({ atMs: ms(at), how: 'fulfilled' as const })
  const cases: [what: string, change: Partial<ClockFacts>, state: string, used: number, margin: number][] = [
    ['running', { now: ms('2013-06-04T10:00:00Z') }, 'running', 3600, 3600],
    ['running at the due instant itself', { now: ms('2013-06-04T11:00:00Z') }, 'running', 7200, 0],
    ['breached after it', { now: ms('2013-06-04T11:00:01Z') }, 'breached', 7201, -1],
    [
      'paused',
      { now: ms('2013-06-04T12:00:00Z'), pauses: paused(['2013-06-04T10:00:00Z', null]) },
      'paused',
      3600,
      3600,
    ],
    [
      'paused from this instant',
      { now: ms('2013-06-04T10:00:00Z'), pauses: paused(['2013-06-04T10:00:00Z', null]) },
      'paused',
      3600,
      3600,
    ],
    [
      'breached, and paused too late',
      { now: ms('2013-06-04T14:00:00Z'), pauses: paused(['2013-06-04T13:00:00Z', null]) },
      'breached',
      14_400,
      -7200,
    ],
    ['met', { stop: done('2013-06-04T10:30:00Z'), now: ms('2013-06-05T10:30:00Z') }, 'met', 5400, 1800],
    ['met at the due instant', { stop: done('2013-06-04T11:00:00Z') }, 'met', 7200, 0],
    [
      'met while paused',
      { stop: done('2013-06-04T15:00:00Z'), pauses: paused(['2013-06-04T10:00:00Z', null]) },
      'met',
      3600,
      3600,
    ],
    ['stopped too late', { stop: done('2013-06-04T12:00:00Z') }, 'breached', 10_800, -3600],
    ['cancelled in time', { stop: { atMs: ms('2013-06-04T10:00:00Z'), how: 'cancelled' } }, 'stopped', 3600, 3600],
  ]
  for (const [what, change, state, used, margin] of cases) {
    it(what, () => {
      const clock = decideClock(facts(change))
      assert.deepEqual([clock.state, clock.usedSeconds, clock.marginSeconds], [state, used, margin])
    })
  }

  it('warns at parts of the target, moved by pauses', () => {
    const pauses = paused(['2013-06-04T09:30:00Z', '2013-06-04T10:30:00Z'])
    const { warnings } = decideClock(facts({ pauses, now: ms('2013-06-04T11:00:00Z'), warnings: [0.25, 0.5, 0.8] }))
    assert.deepEqual(
      warnings.map((warning) => [iso(warning.atMs), warning.passed]),
      [
        ['2013-06-04T09:30:00Z', true],
        ['2013-06-04T11:00:00Z', true],
        ['2013-06-04T11:36:00Z', false],
      ],
    )
  })

  it('reads pauses out of the state history', () => {
    const history = [
      { fromMs: 0, state: 'new' },
      { fromMs: 5, state: 'waiting' },
      { fromMs: 9, state: 'assigned' },
      { fromMs: 12, state: 'waiting' },
    ]
    assert.deepEqual(pausesFromStates(history, { waiting: 'waiting for the customer' }), [
      { fromMs: 5, toMs: 9, reason: 'waiting for the customer' },
      { fromMs: 12, toMs: null, reason: 'waiting for the customer' },
    ])
  })
})

describe('the arithmetic of a clock', () => {
  it('is told line by line', () => {
    const clock = decideClock(
      facts({
        calendar: office,
        startedAt: ms('2013-06-07T12:30:00Z'),
        now: ms('2013-06-10T09:00:00Z'),
        target: { workingSeconds: 14_400 },
        pauses: paused(['2013-06-07T13:00:00Z', '2013-06-07T14:00:00Z']),
      }),
    )
    assert.deepEqual(
      clock.because.map((line) => line.text),
      [
        'Started Fri 7 Jun 2013 14:30 (Europe/Berlin). Target: 4 h of service hours.',
        'Ran Fri 7 Jun 2013 14:30–15:00: 30 min, 3 h 30 min left.',
        'Paused Fri 7 Jun 2013 15:00–16:00 (waiting for the customer): 1 h of service hours do not count.',
        'Fri 7 Jun 2013 16:00–17:00: 1 h, 2 h 30 min left.',
        'Closed until Mon 10 Jun 2013 09:00.',
        'Mon 10 Jun 2013 09:00–11:30: 2 h 30 min, all used.',
        'Due Mon 10 Jun 2013 11:30.',
        'At Mon 10 Jun 2013 11:00: 3 h 30 min used, 30 min left.',
      ],
    )
  })

  it('says what would be if a paused clock resumed, and how late a stop was', () => {
    const open = decideClock(facts({ now: ms('2013-06-04T12:00:00Z'), pauses: paused(['2013-06-04T10:00:00Z', null]) }))
    assert.match(open.because.at(-2)?.text ?? '', /^If it resumed now, it would be due Tue 4 Jun 2013 15:00\.$/)
    const late = decideClock(facts({ stop: { atMs: ms('2013-06-04T12:00:00Z'), how: 'fulfilled' } }))
    assert.equal(late.because.at(-1)?.text, 'Stopped too late at Tue 4 Jun 2013 14:00: 3 h used, 1 h over.')
  })
})
