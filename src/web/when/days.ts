// Arithmetic of calendar days: ISO texts such as 2026-11-22, without clock or zone. Weeks are those of ISO 8601.

const dayMs = 86_400_000

/** Days since 1 January 1970. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

/** The inverse of `dayNumber`. */
export function dayAt(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}

/** Whether the text is a day that exists between the years 1900 and 2199: 2026-02-30 is none. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export function plusDays(day: string, days: number): string {
  return dayAt(dayNumber(day) + days)
}

/** The same day of another month, or its last one: a month after 31 January is 28 or 29 February. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** How many days later `to` is. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 is Monday, 7 Sunday. 1 January 1970 was a Thursday. */
export function weekdayOf(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

/** The first day of the week that holds this day; `first` is the weekday on which weeks begin. */
export function weekBegin(day: string, first: number): string {
  return plusDays(day, -((weekdayOf(day) - first + 7) % 7))
}

/** 1 to 53: the week belongs to the year that has its Thursday (ISO 8601). */
export function weekNumber(day: string): number {
  const thursday = plusDays(weekBegin(day, 1), 3)
  return 1 + Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7)
}

export function weekOf(day: string, first: number): string[] {
  const begin = weekBegin(day, first)
  return Array.from({ length: 7 }, (_, at) => plusDays(begin, at))
}

/** The weeks that hold a day of this day's month: four to six of seven days. */
export function monthWeeks(day: string, first: number): string[][] {
  const month = day.slice(0, 7)
  const weeks = Array.from({ length: 6 }, (_, at) => weekOf(plusDays(weekBegin(`${month}-01`, first), at * 7), first))
  return weeks.filter((week) => week.some((one) => one.startsWith(month)))
}
