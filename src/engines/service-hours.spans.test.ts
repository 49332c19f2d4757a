/** Service hours over twelve calendars: spans computed twice by independent programs, copied from the shared known answers. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { ServiceCalendar } from './service-calendar.ts'
import { addWorking, compileCalendar, workingSecondsBetween } from './service-hours.ts'

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri']
const everyDay = [...workdays, 'sat', 'sun']
const week = (days: readonly string[], ...ranges: [string, string][]): ServiceCalendar['hours'] =>
  Object.fromEntries(days.map((day) => [day, ranges]))
const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

/** Spans: start, seconds of service hours, due (the first that much worked; at closing when used up there); or start, seconds, end asked. */
type Span =
  | [start: string, seconds: number, due: string]
  | [start: string, seconds: number, end: string, asks: 'seconds']

const calendars: { name: string; calendar: ServiceCalendar; spans: Span[] }[] = [
  {
    name: 'std-9-17-paris',
    calendar: {
      timezone: 'Europe/Paris',
      hours: week(workdays, ['09:00', '17:00']),
      holidays: [
        '2025-12-25',
        '2026-01-01',
        '2026-04-06',
        '2026-05-01',
        '2026-05-08',
        '2026-05-14',
        '2026-05-25',
        '2026-07-14',
      ],
    },
    spans: [
      ['2025-12-25T22:36:00Z', 28800, '2025-12-26T16:00:00Z'],
      ['2026-04-03T22:26:00Z', 3600, '2026-04-07T08:00:00Z'],
      ['2025-12-31T08:35:20Z', 288000, '2026-01-15T08:35:20Z'],
      ['2026-03-09T15:52:00Z', 115680, '2026-03-13T18:45:00Z', 'seconds'],
    ],
  },
  {
    name: 'lunch-nyc',
    calendar: {
      timezone: 'America/New_York',
      hours: week(workdays, ['08:30', '12:00'], ['13:00', '17:45']),
      holidays: ['2025-11-27', '2025-12-25', '2026-01-01', '2026-05-25', '2026-07-03'],
    },
    spans: [
      ['2026-03-08T06:06:48Z', 144000, '2026-03-13T20:30:00Z'],
      ['2026-10-23T12:48:00Z', 86400, '2026-10-27T21:18:00Z'],
      ['2026-03-06T12:18:00Z', 144000, '2026-03-12T20:30:00Z'],
      ['2026-10-12T21:56:00Z', 130500, '2026-10-19T15:45:00Z', 'seconds'],
    ],
  },
  {
    name: 'sat-half-sydney',
    calendar: {
      timezone: 'Australia/Sydney',
      hours: { ...week(workdays, ['07:00', '19:00']), ...week(['sat'], ['09:00', '12:30']) },
      holidays: ['2026-01-26', '2026-04-03', '2026-04-06'],
    },
    spans: [
      ['2026-04-02T11:07:00Z', 36022, '2026-04-07T03:30:22Z'],
      ['2026-03-07T09:30:37Z', 86405, '2026-03-10T20:00:05Z'],
      ['2026-03-27T12:01:00Z', 86400, '2026-03-31T04:30:00Z'],
      ['2026-03-29T22:44:00Z', 162960, '2026-04-03T09:42:00Z', 'seconds'],
    ],
  },
  {
    name: '24x7-utc',
    calendar: { timezone: 'Etc/UTC', hours: week(everyDay, ['00:00', '24:00']) },
    spans: [
      ['2026-03-09T11:22:46Z', 57600, '2026-03-10T03:22:46Z'],
      ['2026-10-20T23:32:00Z', 3600, '2026-10-21T00:32:00Z'],
      ['2026-06-10T18:39:26Z', 57600, '2026-06-11T10:39:26Z'],
      ['2026-10-13T12:30:00Z', 911280, '2026-10-24T01:38:00Z', 'seconds'],
    ],
  },
  {
    name: '24x7-berlin',
    calendar: { timezone: 'Europe/Berlin', hours: week(everyDay, ['00:00', '24:00']) },
    spans: [
      ['2026-03-18T04:25:52Z', 36051, '2026-03-18T14:26:43Z'],
      ['2026-03-30T01:14:00Z', 86400, '2026-03-31T01:14:00Z'],
      ['2026-03-05T21:33:59Z', 144000, '2026-03-07T13:33:59Z'],
      ['2026-04-03T18:38:00Z', 220380, '2026-04-06T07:51:00Z', 'seconds'],
    ],
  },
  {
    name: '24x5-london',
    calendar: {
      timezone: 'Europe/London',
      hours: week(workdays, ['00:00', '24:00']),
      holidays: ['2026-04-03', '2026-04-06', '2026-05-04'],
    },
    spans: [
      ['2026-10-11T16:01:29Z', 86400, '2026-10-12T23:00:00Z'],
      ['2026-10-16T06:51:00Z', 36000, '2026-10-16T16:51:00Z'],
      ['2026-10-13T00:54:00Z', 28800, '2026-10-13T08:54:00Z'],
      ['2026-10-13T20:20:00Z', 316080, '2026-10-19T12:08:00Z', 'seconds'],
    ],
  },
  {
    name: 'night-chicago',
    calendar: {
      timezone: 'America/Chicago',
      hours: week(['mon', 'tue', 'wed', 'thu', 'fri', 'sun'], ['00:00', '06:00'], ['22:00', '24:00']),
      holidays: ['2026-07-04'],
    },
    spans: [
      ['2026-03-18T12:26:00Z', 86400, '2026-03-22T11:00:00Z'],
      ['2026-03-10T21:27:04Z', 86421, '2026-03-14T03:00:21Z'],
      ['2026-03-28T23:08:41Z', 144000, '2026-04-03T05:00:00Z'],
      ['2026-04-03T14:22:00Z', 7200, '2026-04-04T16:17:00Z', 'seconds'],
    ],
  },
  {
    name: 'sun-thu-riyadh',
    calendar: {
      timezone: 'Asia/Riyadh',
      hours: week(['mon', 'tue', 'wed', 'thu', 'sun'], ['08:00', '16:00']),
      holidays: ['2026-02-22', '2026-09-23'],
    },
    spans: [
      ['2026-10-16T04:47:00Z', 28800, '2026-10-18T13:00:00Z'],
      ['2026-10-14T20:51:00Z', 36000, '2026-10-18T07:00:00Z'],
      ['2026-10-27T14:12:27Z', 57640, '2026-11-01T05:00:40Z'],
      ['2026-10-23T04:45:00Z', 206040, '2026-11-03T06:14:00Z', 'seconds'],
    ],
  },
  {
    name: 'kolkata-530',
    calendar: {
      timezone: 'Asia/Kolkata',
      hours: { ...week(workdays, ['09:30', '18:30']), ...week(['sat'], ['10:00', '14:00']) },
      holidays: ['2026-01-26', '2026-08-15', '2026-10-02'],
    },
    spans: [
      ['2026-03-31T08:36:37Z', 57621, '2026-04-02T06:36:58Z'],
      ['2026-03-11T12:42:00Z', 86400, '2026-03-16T05:42:00Z'],
      ['2026-03-17T04:14:00Z', 36000, '2026-03-18T05:14:00Z'],
      ['2026-03-25T13:49:00Z', 144000, '2026-03-31T16:07:00Z', 'seconds'],
    ],
  },
  {
    name: 'factory-brk-madrid',
    calendar: {
      timezone: 'Europe/Madrid',
      hours: week(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], ['06:00', '22:00']),
      holidays: ['2026-01-01', '2026-01-06', '2026-05-01'],
      breaks: {
        '2026-03-30': [['10:00', '11:30']],
        '2026-03-31': [['06:00', '14:00']],
        '2026-10-26': [
          ['12:00', '12:45'],
          ['18:00', '22:00'],
        ],
      },
    },
    spans: [
      ['2026-10-24T21:50:00Z', 288000, '2026-10-31T09:45:00Z'],
      ['2026-10-09T00:41:00Z', 86400, '2026-10-10T12:00:00Z'],
      ['2026-10-02T07:29:00Z', 57600, '2026-10-03T07:29:00Z'],
      ['2026-10-02T10:38:00Z', 264780, '2026-10-08T04:11:00Z', 'seconds'],
    ],
  },
  {
    name: 'shift-override-toronto',
    calendar: {
      timezone: 'America/Toronto',
      hours: week(workdays, ['09:00', '17:00']),
      holidays: ['2026-07-01'],
      shifts: {
        '2026-12-24': [['09:00', '12:00']],
        '2026-12-31': [['09:00', '12:00']],
        '2026-03-14': [['10:00', '15:00']],
      },
    },
    spans: [
      ['2025-12-30T05:41:00Z', 144000, '2026-01-05T22:00:00Z'],
      ['2026-03-14T11:34:00Z', 36000, '2026-03-16T18:00:00Z'],
      ['2026-03-06T10:51:00Z', 288000, '2026-03-19T16:00:00Z'],
      ['2026-03-16T11:57:00Z', 144000, '2026-03-22T11:49:00Z', 'seconds'],
    ],
  },
  {
    name: 'lord-howe-30min-dst',
    calendar: { timezone: 'Australia/Lord_Howe', hours: week(everyDay, ['00:30', '23:30']) },
    spans: [
      ['2026-10-15T03:25:51Z', 144000, '2026-10-16T21:25:51Z'],
      ['2026-10-30T13:06:00Z', 144000, '2026-11-01T06:30:00Z'],
      ['2026-10-15T23:01:23Z', 36028, '2026-10-16T09:01:51Z'],
      ['2026-10-13T06:23:00Z', 164100, '2026-10-15T05:58:00Z', 'seconds'],
    ],
  },
]

for (const { name, calendar, spans } of calendars) {
  describe(name, () => {
    const compiled = compileCalendar(calendar)
    for (const [start, seconds, end, asks] of spans) {
      it(`${start} and ${seconds} s ${asks === 'seconds' ? 'until' : 'are due'} ${end}`, () => {
        if (asks === undefined) assert.equal(addWorking(compiled, ms(start), seconds), ms(end))
        assert.equal(workingSecondsBetween(compiled, ms(start), ms(end)), seconds)
      })
    }
  })
}
