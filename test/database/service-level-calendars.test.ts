// The calculator of working time and its holidays, over REST.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openRoutes, refusedWith, type Asking } from '../setup/level-routes.ts'
import { WEEK } from '../setup/levels.ts'

let on: Asking['on']
let ask: Asking['ask']
before(async () => {
  ;({ on, ask } = await openRoutes())
})

const crowded = (many: number): Record<string, string[][]> =>
  Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [
      day,
      Array.from({ length: many }, (_, n) => {
        const wall = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16)
        return [wall(n * 14), wall(n * 14 + 1)]
      }),
    ]),
  )
const paris = { timezone: 'Europe/Paris', hours: WEEK, holidays: ['2026-05-01'] }

describe('POST /calendars/preview', () => {
  it('says when it is due and why', async () => {
    const found = await ask('POST', '/calendars/preview', {
      body: { calendar: paris, from: '2026-04-30T13:00:00Z', workingSeconds: 4 * 3600 },
    })
    assert.equal(found.due, '2026-05-04T09:00:00.000Z', 'Friday 1 May is a holiday')
    assert.deepEqual(
      found.steps.map((step) => step.kind),
      ['start', 'worked', 'holiday', 'closed', 'worked', 'due'],
    )
    assert.equal(found.steps[1]?.workedSeconds, 7200)
  })
  it('counts working days, to the end of the day too', async () => {
    const found = await ask('POST', '/calendars/preview', {
      body: { calendar: paris, from: '2026-04-30T13:00:00Z', workingDays: 1, endOfDay: true },
    })
    assert.equal(found.due, '2026-05-04T15:00:00.000Z')
    assert.ok(found.steps.some((step) => step.text === 'Fri 1 May 2026 is a holiday: skipped.'))
  })
  it('takes the number of a calendar', async () => {
    const found = await ask('POST', '/calendars/preview', {
      body: { calendarId: on.hours.number, from: '2026-11-02T08:00:00Z', workingSeconds: 60 },
    })
    assert.equal(found.due, '2026-11-02T08:01:00.000Z')
  })
  const bad: [string, unknown, RegExp][] = [
    ['nothing', {}, /from/],
    ['no calendar', { from: '2026-01-01T00:00:00Z', workingSeconds: 1 }, /Give either a calendar/],
    [
      'two amounts',
      { calendar: paris, from: '2026-01-01T00:00:00Z', workingSeconds: 1, workingDays: 1 },
      /either workingSeconds or workingDays/,
    ],
    [
      'a day that does not exist',
      { calendar: paris, from: '2026-02-30T00:00:00Z', workingSeconds: 1 },
      /no existing instant/,
    ],
    ['an instant without a zone', { calendar: paris, from: '2026-02-03T00:00:00', workingSeconds: 1 }, /with its zone/],
    ['a negative amount', { calendar: paris, from: '2026-02-03T00:00:00Z', workingSeconds: -1 }, /0 seconds or more/],
    ['a part of a day', { calendar: paris, from: '2026-02-03T00:00:00Z', workingDays: 1.5 }, /whole working days/],
    [
      'an unknown zone',
      { calendar: { ...paris, timezone: 'Mars/Base' }, from: '2026-02-03T00:00:00Z', workingSeconds: 1 },
      /calendar\/timezone.*no known time zone/,
    ],
    [
      'hours that end before they begin',
      {
        calendar: { timezone: 'UTC', hours: { mon: [['17:00', '09:00']] } },
        from: '2026-02-03T00:00:00Z',
        workingSeconds: 1,
      },
      /ends before it starts/,
    ],
    [
      'a calendar that never opens',
      {
        calendar: { timezone: 'UTC', hours: {}, shifts: { '1990-01-01': [['09:00', '10:00']] } },
        from: '2026-02-03T00:00:00Z',
        workingSeconds: 1,
      },
      /no service hours within ten years/,
    ],
    [
      'the far past',
      { calendar: paris, from: '1700-01-01T00:00:00Z', workingSeconds: 1 },
      /outside the years 1900 to 2200/,
    ],
    [
      'a calendar that is a list',
      { calendar: [], from: '2026-02-03T00:00:00Z', workingSeconds: 1 },
      /timezone and hours/,
    ],
    [
      'more openings a day than any desk has',
      {
        calendar: { timezone: 'Europe/Berlin', hours: crowded(100) },
        from: '2026-01-01T00:00:00Z',
        workingSeconds: 1e9,
      },
      /calendar\/hours\/mon.*100 openings are too many for one day: give up to 24/,
    ],
    [
      'what is due in a hundred years, in seconds',
      {
        calendar: { timezone: 'Europe/Berlin', hours: crowded(24) },
        from: '2026-01-01T00:00:00Z',
        workingSeconds: 1e9,
      },
      /workingSeconds.*more than 40 years away/,
    ],
    [
      'what is due in a hundred years, in days',
      {
        calendar: { timezone: 'UTC', hours: { mon: [['09:00', '10:00']] } },
        from: '2026-01-01T00:00:00Z',
        workingDays: 3660,
      },
      /workingDays.*more than 40 years away/,
    ],
    ['an unknown part', { calendar: paris, from: '2026-02-03T00:00:00Z', workingSeconds: 1, color: 'red' }, /color/],
  ]
  for (const [what, body, pattern] of bad)
    it(`refuses ${what} with a sentence`, () =>
      assert.rejects(ask('POST', '/calendars/preview', { body }), refusedWith(422, pattern)))
})

describe('holidays', () => {
  it('are those of the country and region', async () => {
    const { days } = await ask('GET', '/calendars/holidays', { query: { country: 'de', region: 'BY', year: '2026' } })
    assert.ok(days.some((day) => day.on === '2026-11-01'))
    const berlin = await ask('GET', '/calendars/holidays', { query: { country: 'DE', region: 'BE', year: '2026' } })
    assert.ok(!berlin.days.some((day) => day.on === '2026-11-01'))
    assert.ok((await ask('GET', '/calendars/regions')).countries.length > 100)
  })
  it('are refused for places and years that are not known', async () => {
    await assert.rejects(
      ask('GET', '/calendars/holidays', { query: { country: 'XX' } }),
      refusedWith(400, /country "XX"/),
    )
    await assert.rejects(
      ask('GET', '/calendars/holidays', { query: { country: 'DE', year: '3000' } }),
      refusedWith(400, /1970 to 2100/),
    )
  })
})
