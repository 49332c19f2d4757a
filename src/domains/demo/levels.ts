/** Working hours and promises: calendars per site, the agreements on them and their targets. */
import { compileCalendar } from '#engines/service-hours.ts'
import type { Calendar } from '#engines/service-hours.ts'
import type { Ref } from '#kit/field.ts'
import type { Definition } from '#services'
import { agreement, calendar, target } from '#services'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'
import type { Offered } from './catalogue.ts'
import type { SiteCode } from './site-plan.ts'
import { SITES } from './site-plan.ts'
import type { Step } from './story.ts'

export type ClockName = 'firstResponse' | 'resolution'
export interface Pledge {
  readonly ref: Ref
  readonly calendarRef: Ref
  readonly calendar: Calendar
  /** `P1/resolution` → its target. */
  readonly targets: ReadonlyMap<string, { readonly ref: Ref; readonly seconds: number }>
}
export interface Hours {
  readonly ref: Ref
  readonly calendar: Calendar
}
export interface AllHours {
  readonly plant: Hours
  readonly desk: Hours
  readonly sites: ReadonlyMap<SiteCode, Hours>
}
export interface Levels {
  readonly plant: Pledge
  readonly sites: ReadonlyMap<SiteCode, Pledge>
  /** For reports of monitoring, which belong to no unit. */
  readonly rest: Pledge
}
/** Parts of the target at which the demonstration's targets warn. */
export const WARNINGS = [0.5, 0.8] as const

type Spans = readonly (readonly [string, string])[]
function week(days: Spans, friday: Spans, weekend: Spans = []): Definition {
  return {
    hours: {
      mon: days,
      tue: days,
      wed: days,
      thu: days,
      fri: friday,
      ...(weekend.length > 0 ? { sat: weekend, sun: weekend } : {}),
    },
  }
}
const SITE_WEEKS: Readonly<Record<SiteCode, Definition>> = {
  HAM: week([['08:00', '18:00']], [['08:00', '16:30']]),
  BHV: week([['07:00', '17:00']], [['07:00', '15:30']]),
  GDN: week([['07:00', '16:00']], [['07:00', '16:00']]),
  PRT: week(
    [
      ['08:00', '12:30'],
      ['13:30', '18:00'],
    ],
    [
      ['08:00', '12:30'],
      ['13:30', '17:00'],
    ],
  ),
}

/** Calendars come before the services, since services name them. */
export async function makeHours(book: Book, step: Step, nowMs: number): Promise<AllHours> {
  const make = async (
    name: string,
    zone: string,
    definition: Definition,
    holidays: { country: string; region: string | null } | null,
  ): Promise<Hours> => {
    const story = book.begin(
      calendar,
      {
        name,
        timeZone: zone,
        definition,
        holidayCountry: holidays?.country ?? null,
        holidayRegion: holidays?.region ?? null,
      },
      step,
    )
    const days = holidays === null ? [] : await publicHolidays(holidays.country, holidays.region, nowMs)
    return { ref: story.ref, calendar: compileCalendar({ timezone: zone, ...definition, holidays: days }) }
  }
  const always: Spans = [['00:00', '24:00']]
  return {
    plant: await make('Plants around the clock', 'Europe/Berlin', week(always, always, always), null),
    desk: await make('Service desk', 'Europe/Berlin', week([['06:30', '18:30']], [['06:30', '17:00']]), {
      country: 'DE',
      region: 'HH',
    }),
    sites: new Map(
      await Array.fromAsync(
        SITES,
        async (site) => [site.code, await make(`Office ${site.name}`, site.zone, SITE_WEEKS[site.code], site)] as const,
      ),
    ),
  }
}
/** Public holidays of five years around now, as days; only whole days off count. */
async function publicHolidays(country: string, region: string | null, nowMs: number): Promise<string[]> {
  // The library takes 30 MB; a server that is asked for no demonstration never loads it from here.
  const { default: Holidays } = await import('date-holidays')
  const of = new Holidays({ country, ...(region === null ? {} : { state: region }) }, { types: ['public'] })
  const year = new Date(nowMs).getUTCFullYear()
  const all = [-3, -2, -1, 0, 1].flatMap((ahead) => of.getHolidays(year + ahead))
  const whole = all.filter(
    ({ type, date, start, end }) =>
      type === 'public' && date.slice(11, 16) === '00:00' && end.getTime() - start.getTime() > 22 * 3_600_000,
  )
  return [...new Set(whole.map((holiday) => holiday.date.slice(0, 10)))]
}

const HOUR = 60
/** Working minutes until the first response and until the resolution. */
const OFFICE_MINUTES = {
  P1: [15, 4 * HOUR],
  P2: [60, 8 * HOUR],
  P3: [4 * HOUR, 32 * HOUR],
  P4: [8 * HOUR, 72 * HOUR],
} as const
const PLANT_MINUTES = {
  P1: [15, 3 * HOUR],
  P2: [30, 8 * HOUR],
  P3: [4 * HOUR, 72 * HOUR],
  P4: [16 * HOUR, 168 * HOUR],
} as const
type Minutes = Readonly<Record<string, readonly [first: number, resolution: number]>>

export function makeLevels(
  book: Book,
  cast: Cast,
  hours: AllHours,
  { services, step }: { services: ReadonlyMap<string, Offered>; step: Step },
): Levels {
  const base = { pauses: [{ when: 'status:waiting', reason: 'Waiting' }], active: true }
  const make = (name: string, at: Hours, values: Readonly<Record<string, unknown>>, minutes: Minutes): Pledge => {
    const ref = book.begin(agreement, { ...base, name, kind: 'customer', calendar: at.ref, ...values }, step).ref
    return { ref, calendarRef: at.ref, calendar: at.calendar, targets: makeTargets(book, ref, minutes, step) }
  }
  const aroundTheClock = [...services.values()].filter(({ plan }) => plan.hours === 'plant').map(({ ref }) => ref)
  const plant = make(
    'Plants and infrastructure',
    hours.plant,
    { rank: 10, services: aroundTheClock, note: 'What production stands on is restored at any hour.' },
    PLANT_MINUTES,
  )
  const sites = new Map<SiteCode, Pledge>()
  for (const site of SITES) {
    const own = cast.sites.get(site.code)
    const at = hours.sites.get(site.code) ?? hours.desk
    sites.set(
      site.code,
      make(
        `Office services ${site.name}`,
        at,
        { rank: 50, units: own === undefined ? [] : [own.unit] },
        OFFICE_MINUTES,
      ),
    )
  }
  const rest = make(
    'Everything else',
    hours.desk,
    { rank: 90, note: 'Holds where no other service level does.' },
    OFFICE_MINUTES,
  )
  makeOthers(book, cast, hours, { services, step })
  return { plant, sites, rest }
}
function makeTargets(book: Book, ref: Ref, minutes: Minutes, step: Step): Map<string, { ref: Ref; seconds: number }> {
  const made = new Map<string, { ref: Ref; seconds: number }>()
  for (const [priority, [first, resolution]] of Object.entries(minutes)) {
    for (const [clock, workingMinutes] of [
      ['firstResponse', first],
      ['resolution', resolution],
    ] as const) {
      const escalations =
        clock === 'firstResponse'
          ? [{ at: 0.8, do: 'notify', to: 'assignee' }]
          : [
              { at: 0.8, do: 'notify', to: 'assignee' },
              { at: 1, do: priority === 'P1' || priority === 'P2' ? 'action' : 'notify', to: 'lead' },
            ]
      const own = book.begin(
        target,
        { agreement: ref, clock, priority, workingMinutes, warnAt: [...WARNINGS], escalations },
        step,
      ).ref
      made.set(`${priority}/${clock}`, { ref: own, seconds: workingMinutes * 60 })
    }
  }
  return made
}
/** One promise between teams and one of a supplier. */
function makeOthers(
  book: Book,
  cast: Cast,
  hours: AllHours,
  { services, step }: { services: ReadonlyMap<string, Offered>; step: Step },
): void {
  const pauses = [{ when: 'status:waiting', reason: 'Waiting' }]
  const desk = book.begin(
    agreement,
    {
      name: 'Service desk hands over within an hour',
      kind: 'team',
      calendar: hours.desk.ref,
      team: cast.crews.get('Service desk')?.ref ?? null,
      rank: 100,
      pauses,
      note: 'What the service desk cannot solve reaches the right team within a working hour.',
    },
    step,
  ).ref
  book.begin(target, { agreement: desk, clock: 'assignment', workingMinutes: 60, warnAt: [0.8] }, step)
  const erp = ['ERP', 'ERP application', 'ERP database'].flatMap((name) => services.get(name)?.ref ?? [])
  const supplier = book.begin(
    agreement,
    {
      name: 'ERP support by Nordlicht Systems',
      kind: 'supplier',
      supplier: 'Nordlicht Systems GmbH',
      calendar: hours.desk.ref,
      services: erp,
      rank: 100,
      pauses: [],
      note: 'Contract NS-2024-117, extended until the end of next year; notice three months before.',
    },
    step,
  ).ref
  for (const [priority, days] of [
    ['P1', 1],
    ['P2', 2],
    ['P3', 5],
  ] as const)
    book.begin(
      target,
      { agreement: supplier, clock: 'resolution', priority, workingDays: days, endOfDay: true, warnAt: [0.8] },
      step,
    )
}
