// What the services domain answers over REST: the calculator, holidays and feeds, reports, impact and map.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, describe, it } from 'node:test'
import type { z } from 'zod'
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { isZod } from '#kit/contract.ts'
import { Refusal, unfit } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { isPublicAddress, publicFetch } from '#platform/public-fetch.ts'
import { incident } from '#desk'
import { calendar, dependency, routes, service } from '#services'
import { incidentClocks } from '../../src/domains/desk/incident-clocks.ts'
import type { PreviewStep } from '../../src/domains/services/calendar-preview.ts'
import type { Affected } from '../../src/domains/services/impact-routes.ts'
import type { LevelRow } from '../../src/domains/services/level-report.ts'
import type { ServiceHealth } from '../../src/domains/services/service-health.ts'
import type { MapNode } from '../../src/domains/services/service-map.ts'
import { ground, openLevels, promise, WEEK, type Ground, type Levels } from '../setup/levels.ts'

let levels: Levels
let on: Ground
let all: Route[]
before(async () => {
  levels = await openLevels()
  on = await ground(levels)
  all = routes({ store: levels.store, clocks: incidentClocks, fetchText: publicFetch(false) })
})

/** Whatever an answer of these routes may hold. */
interface Body {
  due: string
  steps: PreviewStep[]
  days: { on: string; name: string; isNew: boolean }[]
  countries: unknown[]
  name: string
  new: number
  leftOut: string[]
  rows: LevelRow[]
  asOf: string
  items: (AnyRow & ServiceHealth)[]
  next: string
  affected: Affected[]
  nodes: MapNode[]
  edges: { from: number; to: number; group?: string }[]
  groups: { minimum: number }[]
}
/** Asks as the server does: the body through its contract, then the handler. */
async function ask(
  method: string,
  path: string,
  said: {
    body?: unknown
    query?: Record<string, string>
    params?: Record<string, string>
    actor?: Actor
    from?: readonly Route[]
  } = {},
): Promise<Body> {
  const route = (said.from ?? all).find((one) => one.method === method && one.path === path)
  assert.ok(route, `${method} ${path}`)
  const parsed = isZod(route.body) ? (route.body as z.ZodType).safeParse(said.body ?? {}) : null
  if (parsed?.success === false)
    throw unfit(parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })))
  const call: Call = {
    actor: said.actor ?? levels.actor,
    params: said.params ?? {},
    query: said.query ?? {},
    body: parsed?.data ?? said.body,
    rev: null,
    request: 'r',
    headers: {},
    upload: null,
    address: '127.0.0.1',
  }
  return (await route.handle(call)).body as Body
}
const refusedWith = (status: number, pattern: RegExp) => (error: unknown) =>
  error instanceof Refusal &&
  error.status === status &&
  pattern.test(`${error.message} ${JSON.stringify(error.errors)}`)
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

describe('reports', () => {
  it('count by month, priority, service and agreement, with the list behind', async () => {
    const { sla } = await promise(levels, on.hours, { name: 'Standard' }, { workingMinutes: 60 })
    levels.at('2026-10-05T08:00:00.000Z')
    const late = await levels.add(incident, { subject: 'Late', service: on.erp.id })
    levels.at('2026-10-05T12:00:00.000Z')
    await levels.move(late, 'resolve', { resolution: 'x', closureCode: 'fixed' })
    levels.at('2026-11-02T08:00:00.000Z')
    const quick = await levels.add(incident, { subject: 'Quick' })
    await levels.move(quick, 'resolve', { resolution: 'x', closureCode: 'fixed' })
    await levels.add(incident, { subject: 'Open', service: on.erp.id })
    await levels.settle()
    levels.at('2026-11-02T08:10:00.000Z')
    const months = await ask('GET', '/reports/service-levels', { query: { from: '2026-09-01' } })
    assert.deepEqual(
      months.rows.map((row) => [row.key, row.met, row.breached, row.running, row.percent]),
      [
        ['2026-10', 0, 1, 0, 0],
        ['2026-11', 1, 0, 1, 100],
      ],
    )
    assert.equal(months.asOf, '2026-11-02T08:10:00.000Z')
    assert.equal(months.rows[0]?.filter, 'openedAt>=2026-09-30T22:00:00.000Z openedAt<2026-10-31T23:00:00.000Z')
    const services = await ask('GET', '/reports/service-levels', { query: { by: 'service' } })
    assert.deepEqual(
      services.rows.map((row) => [row.label, row.met, row.breached, row.running]),
      [
        ['ERP', 0, 1, 1],
        ['none', 1, 0, 0],
      ],
    )
    const agreements = await ask('GET', '/reports/service-levels', { query: { by: 'agreement' } })
    assert.deepEqual(
      agreements.rows.map((row) => [row.key, row.label]),
      [[String(sla.id), 'Standard']],
    )
    const behind = await ask('GET', '/reports/service-levels/list', {
      query: { by: 'agreement', key: String(sla.id), state: 'breached' },
    })
    assert.deepEqual(
      behind.items.map((row) => row.number),
      [late.number],
    )
    const page = await ask('GET', '/reports/service-levels/list', { query: { limit: '2' } })
    const rest = await ask('GET', '/reports/service-levels/list', { query: { limit: '2', after: page.next } })
    assert.deepEqual([page.items.length, rest.items.length, rest.next], [2, 1, null])
  })
  it('refuse what they do not understand, and strangers', async () => {
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { by: 'colour' } }),
      refusedWith(400, /month, service/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { from: 'yesteryear' } }),
      refusedWith(400, /point in time/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels', { query: { from: 'now', to: '-1d' } }),
      refusedWith(400, /not before/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-levels/list', { query: { after: "'; drop table" } }),
      refusedWith(400, /page before/),
    )
    await assert.rejects(
      ask('GET', '/reports/service-health', { actor: { ...system(1, 'r'), roles: ['requester'] } }),
      refusedWith(403, /staff/),
    )
  })
  it('tell the health of business services', async () => {
    const { items } = await ask('GET', '/reports/service-health')
    assert.deepEqual(
      items.map((one) => [one.service.title, one.state, one.met, one.breached, one.open, one.worst?.clock]),
      [['ERP', 'warn', 0, 1, { P4: 1 }, 'resolution']],
    )
    assert.deepEqual([items[0]?.cause?.service.title, items[0]?.cause?.priority], ['ERP', 'P4'])
  })
  it('open the list behind what was kept of all promises of a service', async () => {
    const query = { by: 'service', clock: 'all', from: '-30d' }
    const { items } = await ask('GET', '/reports/service-health')
    const report = await ask('GET', '/reports/service-levels', { query })
    for (const { service, met, breached } of items) {
      const row = report.rows.find((one) => one.key === String(service.id))
      assert.deepEqual([row?.met, row?.breached], [met, breached], service.title)
      const missed = await ask('GET', '/reports/service-levels/list', {
        query: { ...query, key: String(service.id), state: 'breached' },
      })
      assert.equal(missed.items.length, breached)
    }
  })
})

describe('impact', () => {
  let nodes: Record<string, AnyRow>
  before(async () => {
    const make = async (name: string, kind: string): Promise<AnyRow> => levels.add(service, { name, kind })
    nodes = {
      farm: await make('Database farm', 'technical'),
      one: await make('Node one', 'component'),
      two: await make('Node two', 'component'),
      shop: await make('Shop', 'business'),
    }
    for (const member of ['one', 'two'])
      await levels.add(dependency, { service: nodes['farm']?.id, needs: nodes[member]?.id, group: 'nodes', minimum: 1 })
    await levels.add(dependency, { service: on.erp.id, needs: nodes['farm']?.id })
    await levels.add(dependency, { service: nodes['shop']?.id, needs: on.erp.id })
    await levels.store.db.query("update service set status = 'live' where id = $1", [nodes['shop']?.id])
    await levels.settle()
  })
  const impact = (record: string, row: AnyRow | undefined) =>
    ask('GET', `/${record}/{id}/impact`, { params: { id: row?.number ?? '' } })

  it('reaches what stands on a service', async () => {
    const found = await impact('services', nodes['farm'])
    assert.deepEqual(
      found.affected.map((one) => [one.service.title, one.depth, one.via?.title, one.because]),
      [
        ['ERP', 1, 'Database farm', `It needs Database farm (${nodes['farm']?.number}).`],
        ['Shop', 2, 'ERP', `It needs ERP (${on.erp.number}).`],
      ],
    )
  })
  it('is held by redundancy until another open incident takes the rest', async () => {
    levels.at('2026-11-02T09:00:00.000Z')
    const first = await levels.add(incident, {
      subject: 'Node one is down',
      service: nodes['one']?.id,
      impact: 'everyone',
      urgency: 'high',
    })
    assert.deepEqual((await impact('incidents', first)).affected, [])
    levels.at('2026-11-02T09:01:00.000Z')
    const second = await levels.add(incident, {
      subject: 'Node two is down',
      service: nodes['two']?.id,
      impact: 'everyone',
      urgency: 'high',
    })
    levels.at('2026-11-02T09:02:00.000Z')
    const found = await impact('incidents', second)
    assert.deepEqual(
      found.affected.map((one) => one.service.title),
      ['Database farm', 'ERP', 'Shop'],
    )
    assert.match(found.affected[0]?.because ?? '', /needs 1 of 2 in the group "nodes"; with Node two/)
    const { items } = await ask('GET', '/reports/service-health', { query: { days: '31' } })
    const shop = items.find((one) => one.service.title === 'Shop')
    // Shop has no open work of its own: it stands on ERP, that on the farm, whose last node is down.
    assert.deepEqual([shop?.state, shop?.open], ['bad', {}])
    const nodesDown = new Map([
      ['Node one', first.number],
      ['Node two', second.number],
    ])
    assert.equal(shop?.cause?.number, nodesDown.get(shop?.cause?.service.title ?? ''))
    assert.equal(shop?.cause?.priority, second['priority'])
  })
  it('is drawn as a map with places and states', async () => {
    levels.at('2026-11-02T09:03:00.000Z')
    const map = await ask('GET', '/services/{id}/map', { params: { id: on.erp.number }, query: { up: '1', down: '3' } })
    const byTitle = new Map(map.nodes.map((node) => [node.title, node]))
    assert.deepEqual([...byTitle.keys()].sort(), ['Database farm', 'ERP', 'Node one', 'Node two', 'Shop'])
    assert.equal(byTitle.get('Shop')?.state, 'bad')
    assert.ok((byTitle.get('Shop')?.y ?? 0) < (byTitle.get('ERP')?.y ?? 0))
    assert.equal(byTitle.get('Node one')?.openIncidents, 1)
    assert.deepEqual(map.edges.filter((edge) => edge.group === 'nodes').length, 2)
    assert.equal(map.groups[0]?.minimum, 1)
  })
  it('follows a change of what a service needs', async () => {
    const rows = await levels.store.db.query<{ id: number; rev: number }>(
      'select id, rev from dependency where service = $1',
      [nodes['shop']?.id],
    )
    await levels.store.bin(levels.actor, dependency, { id: rows[0]?.id ?? 0, rev: null })
    await levels.settle()
    assert.deepEqual(
      (await impact('services', nodes['farm'])).affected.map((one) => one.service.title),
      ['ERP'],
    )
  })
  it('is not shown to requesters', () =>
    assert.rejects(
      ask('GET', '/services/{id}/impact', { params: { id: '1' }, actor: { ...system(1, 'r'), roles: ['requester'] } }),
      refusedWith(403, /staff/),
    ))
})
