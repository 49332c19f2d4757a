/** Calendars as the engine computes with them: hours, own and public holidays compiled once per revision and kept. */
import { say } from '#engines/say.ts'
import { CalendarRefused, checkCalendar } from '#engines/service-calendar.ts'
import type { ServiceCalendar } from '#engines/service-calendar.ts'
import { compileCalendar } from '#engines/service-hours.ts'
import type { Calendar } from '#engines/service-hours.ts'
import type { Sql } from '#kit/database.ts'
import type { Misfits } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { holidaySet, regionProblem } from './holidays.ts'
import type { Definition } from './level-checks.ts'

/** The columns of a calendar that its arithmetic needs. */
export interface CalendarRow {
  readonly id: number
  readonly rev: number
  readonly name: string
  readonly timeZone: string
  readonly definition: Definition
  readonly holidayCountry: string | null
  readonly holidayRegion: string | null
}
export interface CompiledCalendar {
  readonly id: number
  readonly name: string
  readonly calendar: Calendar
}
const compiled = new Map<string, Promise<CompiledCalendar>>()
const MOST_KEPT = 500

/** All calendars of an organisation, compiled; those that cannot be computed with are left out. */
export async function calendarsOf(
  on: Sql,
  org: number,
  ids: readonly number[] | null = null,
): Promise<Map<number, CompiledCalendar>> {
  const rows = await run<CalendarRow>(
    on,
    sql`select id, rev, name, time_zone as "timeZone", definition, holiday_country as "holidayCountry", holiday_region as "holidayRegion"
      from calendar where org = ${org} and (${ids}::bigint[] is null or id = any(${ids}::bigint[]))`,
  )
  const made = await Promise.all(rows.map((row) => keptCalendar(org, row)))
  return new Map(made.flatMap((one) => (one === null ? [] : [[one.id, one] as const])))
}
/** Null for a calendar that was brought in past the checks and has mistakes. */
async function keptCalendar(org: number, row: CalendarRow): Promise<CompiledCalendar | null> {
  const key = `${org}/${row.id}/${row.rev}`
  let found = compiled.get(key)
  if (found === undefined) {
    if (compiled.size >= MOST_KEPT) compiled.clear()
    found = compile(row)
    compiled.set(key, found)
  }
  try {
    return await found
  } catch (error) {
    if (error instanceof CalendarRefused) return null
    throw error
  }
}

/** @throws CalendarRefused naming every mistake */
export async function compile(row: Omit<CalendarRow, 'rev'>): Promise<CompiledCalendar> {
  const shape = shapeOf(row)
  const country = row.holidayCountry?.toUpperCase() ?? null
  const holidays = await holidaySet(
    shape.holidays ?? [],
    country === null ? null : { country, region: row.holidayRegion },
  )
  return { id: row.id, name: row.name, calendar: { ...compileCalendar(shape), holidays } }
}
/** A calendar record in the engine's shape, with its own holidays only. */
export function shapeOf({ timeZone, definition }: Pick<CalendarRow, 'timeZone' | 'definition'>): ServiceCalendar {
  return {
    timezone: timeZone,
    hours: definition.hours,
    holidays: definition.holidays ?? [],
    breaks: definition.breaks ?? {},
    shifts: definition.shifts ?? {},
  }
}

/** Why a calendar record cannot be kept, or null: its zone, its hours, its country. */
export async function calendarProblem(row: Readonly<Record<string, unknown>>): Promise<Misfits> {
  // The definition was checked by its field before; its type is the declared one.
  const problems = checkCalendar(
    shapeOf({ timeZone: String(row['timeZone'] ?? ''), definition: row['definition'] as Definition }),
  )
  const first = problems[0]
  if (first !== undefined)
    return first.pointer.startsWith('/timezone') ? { timeZone: first.detail } : { definition: first.detail }
  const [country, region] = [row['holidayCountry'], row['holidayRegion']]
  if (typeof country !== 'string' || country === '')
    return typeof region === 'string' && region !== ''
      ? { holidayCountry: say`Give the country whose region it is, such as DE.` }
      : {}
  return {
    holidayRegion: await regionProblem(
      country.toUpperCase(),
      typeof region === 'string' && region !== '' ? region : null,
    ),
  }
}
