/** Calendars over REST besides the record itself: the calculator, public holidays, and what a feed would bring. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { checkCalendar } from '#engines/service-calendar.ts'
import { compileCalendar } from '#engines/service-hours.ts'
import type { Calendar } from '#engines/service-hours.ts'
import type { ServiceCalendar } from '#engines/service-calendar.ts'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import type { FetchText } from '#kit/fetch-text.ts'
import { badRequest, forbidden, unfit } from '#kit/problem.ts'
import { listOf, shape } from '#kit/routes/shape.ts'
import type { Store } from '#kit/store.ts'
import type { Amount, Preview } from './calendar-preview.ts'
import { preview } from './calendar-preview.ts'
import { COUNTRY, FEED_PREVIEW, HOLIDAYS, PREVIEW } from './calendar-shape.ts'
import { calendarsOf } from './calendars.ts'
import type { Feed, FeedDay } from './feed.ts'
import { readFeed } from './feed.ts'
import type { PublicHoliday } from './holidays.ts'
import { countries, publicHolidays, regionProblem } from './holidays.ts'
import { calendar } from './level.ts'
import type { Definition } from './level-checks.ts'

/** Public holidays of a year. */
export interface HolidaysAnswer {
  readonly country: string
  readonly region: string | null
  readonly year: number
  readonly days: readonly PublicHoliday[]
}
export interface CalendarParts {
  readonly store: Store
  readonly fetchText: FetchText
}
const TAG = 'Calendars'
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})$/
const calendarId = z.union([z.number(), z.string().max(40)], 'Give the number of a calendar, such as CAL-5.')

const previewBody = z.strictObject({
  calendar: z.unknown().optional(),
  calendarId: calendarId.optional(),
  from: z
    .string('Give the instant at which it came in, such as 2026-11-21T14:30:00Z.')
    .regex(INSTANT, 'Write an instant with its zone, such as 2026-11-21T14:30:00Z.'),
  workingSeconds: z
    .number('Give seconds of service time as a number.')
    .min(0, 'Give 0 seconds or more.')
    .max(1_000_000_000, 'At most 1,000,000,000 seconds.')
    .optional(),
  workingDays: z
    .number('Give working days as a number.')
    .int('Give whole working days.')
    .min(0, 'Give 0 days or more.')
    .max(3660, 'At most 3,660 working days.')
    .optional(),
  endOfDay: z.boolean('Give true or false.').optional(),
})
const feedBody = z.strictObject({
  url: z.string().min(1, 'Give an address.').max(2000, 'At most 2,000 characters.').optional(),
  text: z.string().max(500_000, 'At most 500,000 characters. Give a feed of holidays only.').optional(),
  calendarId: calendarId.optional(),
})
const COUNTRY_QUERY: NonNullable<Route['query']> = {
  country: { about: 'Country in two letters, such as DE.', schema: { type: 'string', maxLength: 2 } },
  region: { about: 'State or region, such as BY.', schema: { type: 'string', maxLength: 10 } },
  year: {
    about: 'A year from 1970 to 2100; this year when empty.',
    schema: { type: 'integer', minimum: 1970, maximum: 2100 },
  },
}

export function calendarRoutes(parts: CalendarParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/calendars/preview',
      tag: TAG,
      access: 'signed-in',
      summary: 'When would it be due, and why',
      body: previewBody,
      ok: PREVIEW,
      refusals: [422],
      audited: say`It only computes.`,
      handle: async (call) => ({ body: await previewed(parts.store, call) }),
    },
    {
      method: 'POST',
      path: '/calendars/feed-preview',
      tag: TAG,
      access: 'signed-in',
      summary: 'The days off that a feed would bring',
      body: feedBody,
      ok: FEED_PREVIEW,
      refusals: [400, 403, 422],
      audited: say`It only reads; the days are kept when the calendar is changed.`,
      handle: async (call) => ({ body: await feedPreview(parts, call) }),
    },
    {
      method: 'GET',
      path: '/calendars/holidays',
      tag: TAG,
      access: 'signed-in',
      summary: 'Public holidays of a country or region in a year',
      query: COUNTRY_QUERY,
      ok: HOLIDAYS,
      handle: async (call) => ({ body: await holidaysAsked(parts.store, call) }),
    },
    {
      method: 'GET',
      path: '/calendars/regions',
      tag: TAG,
      access: 'signed-in',
      summary: 'Countries and regions whose public holidays are known',
      ok: shape({ countries: listOf(COUNTRY) }),
      handle: async () => ({ body: { countries: await countries() } }),
    },
  ]
}

async function previewed(store: Store, call: Call): Promise<Preview> {
  const body = call.body as z.infer<typeof previewBody> // parsed by the contract above
  if ((body.workingSeconds === undefined) === (body.workingDays === undefined))
    throw unfit([{ pointer: '/workingSeconds', detail: say`Give either workingSeconds or workingDays.` }])
  const compiled = await calendarAsked(store, call.actor, body)
  const fromMs = instantMs(body.from)
  const amount: Amount =
    body.workingDays === undefined
      ? { workingSeconds: body.workingSeconds ?? 0 }
      : { workingDays: body.workingDays, endOfDay: body.endOfDay === true }
  return preview(compiled, fromMs, amount)
}
function instantMs(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    // The form was checked; what is left is a day or an hour that does not exist.
    throw unfit([
      { pointer: '/from', detail: say`"${text}" is no existing instant. Write one such as 2026-11-21T14:30:00Z.` },
    ])
  }
}
async function calendarAsked(store: Store, actor: Actor, body: z.infer<typeof previewBody>): Promise<Calendar> {
  const given = body.calendar !== undefined && body.calendar !== null
  if (given === (body.calendarId !== undefined))
    throw unfit([
      { pointer: '/calendar', detail: say`Give either a calendar with its hours, or the number of one in calendarId.` },
    ])
  if (body.calendarId !== undefined) return (await savedCalendar(store, actor, body.calendarId)).compiled
  const problems = checkCalendar(body.calendar)
  if (problems.length > 0)
    throw unfit(problems.map(({ pointer, detail }) => ({ pointer: `/calendar${pointer}`, detail })))
  return compileCalendar(body.calendar as ServiceCalendar) // checked just above
}
async function savedCalendar(
  store: Store,
  actor: Actor,
  said: number | string,
): Promise<{ compiled: Calendar; own: ReadonlySet<string> }> {
  const id = typeof said === 'number' ? said : Number(/^(?:CAL-)?(\d{1,15})$/i.exec(said)?.[1] ?? 0)
  if (!Number.isSafeInteger(id) || id < 1)
    throw unfit([{ pointer: '/calendarId', detail: say`Give the number of a calendar, such as CAL-5.` }])
  const row = await store.get(actor, calendar, id)
  const found = (await calendarsOf(store.db, actor.org, [id])).get(id)
  if (found === undefined)
    throw unfit([
      {
        pointer: '/calendarId',
        detail: say`${row.number} has mistakes and cannot be computed with. Open it, and save it again.`,
      },
    ])
  const definition = row['definition'] as Definition // declared so
  return { compiled: found.calendar, own: new Set(definition.holidays ?? []) }
}

export interface FeedPreview extends Feed {
  readonly days: readonly (FeedDay & { readonly isNew: boolean })[]
  /** How many of the days are new. */
  readonly new: number
}
/** Days of a feed from last year to five years ahead; `isNew` when the calendar does not hold them yet. */
async function feedPreview({ store, fetchText }: CalendarParts, call: Call): Promise<FeedPreview> {
  const body = call.body as z.infer<typeof feedBody> // parsed by the contract above
  if ((body.url === undefined) === (body.text === undefined))
    throw unfit([{ pointer: '/url', detail: say`Give either the address of a feed, or its text.` }])
  if (!call.actor.roles.some((role) => ['administrator', 'manager', 'lead'].includes(role)))
    throw forbidden(say`Feeds are read by those who keep calendars: leads and managers.`)
  const known = body.calendarId === undefined ? null : await savedCalendar(store, call.actor, body.calendarId)
  const text = body.text ?? (await fetchText(body.url ?? '', { mostBytes: 500_000, timeoutMs: 10_000 }))
  const year = Number(store.now().slice(0, 4))
  const feed = readFeed(text, { first: `${year - 1}-01-01`, last: `${year + 5}-12-31` })
  const days = feed.days.map((day) => ({ ...day, isNew: known === null || !known.compiled.holidays.has(day.on) }))
  return { name: feed.name, days, new: days.filter((day) => day.isNew).length, leftOut: feed.leftOut }
}

async function holidaysAsked(store: Store, call: Call): Promise<HolidaysAnswer> {
  const country = (call.query['country'] ?? '').toUpperCase()
  const region =
    call.query['region'] === undefined || call.query['region'] === '' ? null : call.query['region'].toUpperCase()
  const year = call.query['year'] === undefined ? Number(store.now().slice(0, 4)) : Number(call.query['year'])
  if (country === '') throw badRequest(say`Name the country, such as ?country=DE.`)
  if (!Number.isInteger(year) || year < 1970 || year > 2100) throw badRequest(say`"year" is a year from 1970 to 2100.`)
  const problem = await regionProblem(country.slice(0, 10), region?.slice(0, 20) ?? null)
  if (problem !== null) throw badRequest(problem)
  return { country, region, year, days: await publicHolidays({ country, region }, year) }
}
