// How much of the time a calendar shows: the weeks of a month, a week, or the thirty days of an agenda.
import type { Search } from '../data/address.ts'
import { isDay, monthWeeks, plusDays, plusMonths, weekOf } from '../when/days.ts'

export const modes = ['month', 'week', 'agenda'] as const
export type Mode = (typeof modes)[number]
const agendaDays = 30

export function modeOf(search: Search): Mode {
  return modes.find((mode) => mode === search['mode']) ?? 'month'
}

/** The day in the address; a strange one falls back to today. */
export function dayOf(search: Search, today: string): string {
  return isDay(search['at']) ? search['at'] : today
}

/** @param first the weekday on which weeks begin */
export function weeksOf(mode: Mode, day: string, first: number): string[][] {
  if (mode === 'month') return monthWeeks(day, first)
  return mode === 'week' ? [weekOf(day, first)] : [Array.from({ length: agendaDays }, (_, at) => plusDays(day, at))]
}

export function stepped(mode: Mode, day: string, by: 1 | -1): string {
  if (mode === 'month') return plusMonths(day, by)
  return plusDays(day, by * (mode === 'week' ? 7 : agendaDays))
}

export function ends(weeks: readonly (readonly string[])[]): [string, string] {
  return [weeks[0]?.[0] ?? '', weeks.at(-1)?.at(-1) ?? '']
}

/** How far an arrow leads, in days; 0 for other keys. */
export function daysByKey(key: string, isMirrored: boolean): number {
  const ahead = isMirrored ? -1 : 1
  return { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: 7, ArrowUp: -7 }[key] ?? 0
}

/** Where a key leads from a day; null for keys that mean nothing here. */
export function dayByKey(key: string, day: string, week: readonly string[], isMirrored: boolean): string | null {
  const days = daysByKey(key, isMirrored)
  if (days !== 0) return plusDays(day, days)
  if (key === 'PageDown') return plusMonths(day, 1)
  if (key === 'PageUp') return plusMonths(day, -1)
  if (key === 'Home') return week[0] ?? null
  return key === 'End' ? (week.at(-1) ?? null) : null
}
