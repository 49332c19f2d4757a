// The hours of a calendar as the server keeps them: spans of wall time by weekday and by date.

export type Span = [from: string, to: string]
export interface Definition {
  hours: Record<string, Span[]>
  holidays?: string[]
  breaks?: Record<string, Span[]>
  shifts?: Record<string, Span[]>
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const officeHours: Definition = {
  hours: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, [['09:00', '17:00']]])),
}

/** What is not a definition (a new calendar) begins with ordinary office hours. */
export function definitionOf(value: unknown): Definition {
  return typeof value === 'object' && value !== null && 'hours' in value ? (value as Definition) : officeHours
}

/** Minutes of a day's spans; a span that ends before it begins counts nothing. */
export function minutesOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + Math.max(0, wallMinutes(to) - wallMinutes(from)), 0)
}
function wallMinutes(wall: string): number {
  const [hours = 0, minutes = 0] = wall.split(':').map(Number)
  return hours * 60 + minutes
}

/** Leaves out what is empty, orders dates and spans: the same hours are always written the same. */
export function tidy({ hours, holidays = [], breaks = {}, shifts = {} }: Definition): Definition {
  const open = Object.fromEntries(
    weekdays.flatMap((day) => (hours[day]?.length ? [[day, hours[day].toSorted(bySpan)]] : [])),
  )
  const days = [...new Set(holidays)].toSorted()
  const dated = (byDay: Record<string, Span[]>) =>
    Object.fromEntries(
      Object.entries(byDay)
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([day, spans]) => [day, spans.toSorted(bySpan)]),
    )
  return {
    hours: open,
    ...(days.length > 0 ? { holidays: days } : {}),
    ...(Object.keys(breaks).length > 0 ? { breaks: dated(breaks) } : {}),
    ...(Object.keys(shifts).length > 0 ? { shifts: dated(shifts) } : {}),
  }
}
function bySpan([one]: Span, [other]: Span): number {
  return one.localeCompare(other)
}
