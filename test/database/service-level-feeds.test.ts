// Feeds of holidays: shown before they are taken over, and fetched from the outside alone.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, describe, it } from 'node:test'
import { isPublicAddress, publicFetch } from '#platform/public-fetch.ts'
import { calendar, routes } from '#services'
import { incidentClocks } from '../../src/domains/desk/incident-clocks.ts'
import { openRoutes, refusedWith, type Asking } from '../setup/level-routes.ts'
import { WEEK } from '../setup/levels.ts'

let levels: Asking['levels']
let ask: Asking['ask']
before(async () => {
  ;({ levels, ask } = await openRoutes())
})

const feed = (...events: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'X-WR-CALNAME:Works holidays',
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...event.split('|'), 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n')

describe('a feed', () => {
  it('shows its days and which are new before they are taken over', async () => {
    const known = await levels.add(calendar, {
      name: 'With feed',
      timeZone: 'Europe/Berlin',
      definition: { hours: WEEK, holidays: ['2026-12-24'] },
    })
    const text = feed(
      'SUMMARY:Shutdown|DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227',
      'SUMMARY:Party|DTSTART:20261201T180000Z',
      'SUMMARY:Founders Day|DTSTART;VALUE=DATE:20200504|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20270504',
    )
    const found = await ask('POST', '/calendars/feed-preview', { body: { text, calendarId: known.id } })
    const days = found.days.filter((day) => day.on.startsWith('2026-12'))
    assert.deepEqual(
      days.map((day) => [day.on, day.isNew]),
      [
        ['2026-12-24', false],
        ['2026-12-25', true],
        ['2026-12-26', true],
      ],
    )
    const founders = found.days.filter((day) => day.name === 'Founders Day').map((day) => day.on)
    assert.deepEqual(founders, ['2025-05-04', '2026-05-04', '2028-05-04', '2029-05-04', '2030-05-04', '2031-05-04'])
    assert.equal(found.name, 'Works holidays')
    assert.deepEqual(found.leftOut, ['1 event has times of day and is no day off.'])
  })
  const garbage: [string, string, RegExp][] = [
    ['a web page', '<html><body>Sign in</body></html>', /no iCalendar text/],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT', /cannot be read/],
    ['a calendar without events', feed(), /no events/],
    [
      'garbage in between',
      'BEGIN:VCALENDAR\r\n\u0000\u0001;;;:::\r\nBEGIN:VEVENT\r\nfoo\r\nEND:VEVENT\r\nEND:VCALENDAR',
      /cannot be read/,
    ],
    [
      'rules that never happen',
      feed(...Array.from({ length: 8 }, () => 'DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')),
      /rules that cannot be used/,
    ],
  ]
  for (const [what, text, pattern] of garbage)
    it(`of ${what} is refused with a sentence`, () =>
      assert.rejects(ask('POST', '/calendars/feed-preview', { body: { text } }), refusedWith(422, pattern)))
  it('with dates that cannot be read says how many', async () => {
    const found = await ask('POST', '/calendars/feed-preview', {
      body: { text: feed('SUMMARY:A|DTSTART;VALUE=DATE:2026xx01', 'SUMMARY:No start') },
    })
    assert.deepEqual([found.days, found.leftOut.length], [[], 1])
  })
  it('is not fetched from inside the own network', async () => {
    for (const url of [
      'http://127.0.0.1:8080/x.ics',
      'http://localhost/x.ics',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://169.254.169.254/latest',
      'http://0x7f.1/',
      'http://2130706433/',
    ])
      await assert.rejects(
        ask('POST', '/calendars/feed-preview', { body: { url } }),
        refusedWith(422, /inside the own network/),
        url,
      )
    for (const url of ['file:///etc/passwd', 'ftp://example.org/x', 'nonsense', 'https://me:secret@example.org/'])
      await assert.rejects(ask('POST', '/calendars/feed-preview', { body: { url } }), refusedWith(400, /./), url)
    assert.deepEqual(
      [
        '8.8.8.8',
        '2a00:1450::1',
        '10.1.2.3',
        '172.31.0.1',
        '100.64.1.1',
        'fe80::1',
        'fd00::1',
        '::ffff:192.168.1.1',
        '64:ff9b::a00:1',
      ].map(isPublicAddress),
      [true, true, false, false, false, false, false, false, false],
    )
  })
  it('is read where the installation allows its own network, with limits', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://localhost:8080/' }).end()
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
      else if (request.url === '/large') response.end('x'.repeat(600_000))
      else if (request.url === '/missing') response.writeHead(404).end()
      else response.end(feed('SUMMARY:Shutdown|DTSTART;VALUE=DATE:20261224'))
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const from = routes({ store: levels.store, clocks: incidentClocks, fetchText: publicFetch(true) })
    assert.equal((await ask('POST', '/calendars/feed-preview', { from, body: { url: `${base}/x.ics` } })).new, 1)
    for (const [path, pattern] of [
      ['/away', /another server/],
      ['/round', /in a circle/],
      ['/large', /more than 500 kB/],
      ['/missing', /answered with 404/],
    ] as const)
      await assert.rejects(
        ask('POST', '/calendars/feed-preview', { from, body: { url: base + path } }),
        refusedWith(400, pattern),
        path,
      )
    server.close()
  })
})
