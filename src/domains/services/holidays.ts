/** Public holidays of countries and regions from the library date-holidays: whole days off only, worked out year by year when asked. */
import type Holidays from 'date-holidays'
import { say } from '#engines/say.ts'

export interface PublicHoliday {
  /** YYYY-MM-DD. */
  readonly on: string
  readonly name: string
}
export interface Country {
  readonly code: string
  readonly name: string
  readonly regions: readonly { readonly code: string; readonly name: string }[]
}
const FIRST_YEAR = 1970
const LAST_YEAR = 2100
const DAY_MS = 86_400_000

// The library brings the rules of 200 countries (30 MB in memory): it is loaded by the first calendar that has a country.
let loading: Promise<typeof Holidays> | null = null
function library(): Promise<typeof Holidays> {
  loading ??= import('date-holidays').then((module) => module.default)
  return loading
}

/** Every country with its regions, by name. */
export async function countries(): Promise<Country[]> {
  const known = new (await library())()
  return Object.entries(known.getCountries('en'))
    .map(([code, name]) => ({
      code,
      name,
      regions: Object.entries(known.getStates(code, 'en') ?? {}).map(([region, title]) => ({
        code: region,
        name: title,
      })),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** What is wrong with this country or region, or null. */
export async function regionProblem(country: string, region: string | null): Promise<string | null> {
  const known = new (await library())()
  if (!Object.hasOwn(known.getCountries(), country))
    return say`No public holidays are known for the country "${country}". Write two letters such as DE; GET /calendars/regions lists them.`
  if (region === null || Object.hasOwn(known.getStates(country) ?? {}, region)) return null
  const some = Object.keys(known.getStates(country) ?? {}).slice(0, 20)
  return some.length === 0
    ? say`${country} has no regions with holidays of their own. Leave the region empty.`
    : say`${country} has no region "${region}". It has: ${some.join(', ')}.`
}

/**
 * The public holidays of a year in order; those of a part of a day are left out, those of several days count each day.
 * A year outside 1970 to 2100, or a country that the library does not know, has none.
 */
export async function publicHolidays(
  place: { country: string; region: string | null },
  year: number,
): Promise<PublicHoliday[]> {
  return holidaysOf(await rulesOf(place), year)
}
async function rulesOf({ country, region }: { country: string; region: string | null }): Promise<Holidays> {
  const rules = new (await library())({ country, ...(region === null ? {} : { state: region }) }, { types: ['public'] })
  return rules
}
function holidaysOf(rules: Holidays, year: number): PublicHoliday[] {
  if (year < FIRST_YEAR || year > LAST_YEAR) return []
  const days = new Map<string, string>()
  const known = (rules.getHolidays(year, 'en') ?? []).filter((holiday) => holiday.type === 'public')
  for (const holiday of known) {
    for (const on of wholeDays(holiday.date, holiday.end.getTime() - holiday.start.getTime()))
      days.set(on, days.get(on) ?? holiday.name)
  }
  return [...days].map(([on, name]) => ({ on, name })).sort((a, b) => (a.on < b.on ? -1 : 1))
}
/** Days that lie wholly between a local start ("2026-12-24 14:00:00") and its end; an hour of clock change is forgiven. */
function wholeDays(localStart: string, lengthMs: number): string[] {
  const [day = '', time = '00:00:00'] = localStart.split(' ')
  const starts = Date.parse(`${day}T${time.slice(0, 8)}Z`)
  const hour = DAY_MS / 24
  const days: string[] = []
  for (let at = Date.parse(`${day}T00:00:00Z`); at + DAY_MS <= starts + lengthMs + hour * 1.5; at += DAY_MS)
    if (at >= starts - hour) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** A set of own holidays that also holds the public ones of a place; a year is worked out when one of its days is first asked for. */
class HolidaySet extends Set<string> {
  readonly #rules: Holidays
  readonly #years = new Set<string>()
  constructor(own: Iterable<string>, rules: Holidays) {
    super(own)
    this.#rules = rules
  }
  override has(day: string): boolean {
    const year = day.slice(0, 4)
    if (!this.#years.has(year)) {
      this.#years.add(year)
      for (const { on } of holidaysOf(this.#rules, Number(year))) this.add(on)
    }
    return super.has(day)
  }
}
/** Own days together with the public holidays of a place. */
export async function holidaySet(
  own: readonly string[],
  place: { country: string; region: string | null } | null,
): Promise<ReadonlySet<string>> {
  return place === null ? new Set(own) : new HolidaySet(own, await rulesOf(place))
}
