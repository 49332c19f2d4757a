// The time scale of a timeline: which days it spans, how wide a day is, and the marks above it. Arithmetic alone, so that a page and a PDF draw the same.
import { daysBetween, plusDays, plusMonths, weekBegin, weekdayOf } from '../when/days.ts'

export const zooms = ['day', 'week', 'month', 'quarter'] as const
export type Zoom = (typeof zooms)[number]

export interface Scale {
  zoom: Zoom
  first: string
  /** It belongs to the scale. */
  last: string
  /** Pixels of one day. */
  perDay: number
  width: number
}
/** One mark: from where it reaches how far. */
export interface Tick {
  day: string
  unit: 'day' | 'week' | 'month' | 'quarter' | 'year'
  x: number
  width: number
}

const shapes = {
  day: { perDay: 30, before: 14, days: 70, major: 'month', minor: 'day' },
  week: { perDay: 11, before: 42, days: 182, major: 'month', minor: 'week' },
  month: { perDay: 2.6, before: 183, days: 731, major: 'year', minor: 'month' },
  quarter: { perDay: 1.1, before: 365, days: 1827, major: 'year', minor: 'quarter' },
} as const satisfies Record<
  Zoom,
  { perDay: number; before: number; days: number; major: Tick['unit']; minor: Tick['unit'] }
>

/** The scale around a day; it begins with a whole unit, so that the first mark is a whole one. */
export function scaleOf(zoom: Zoom, at: string, firstWeekday: number): Scale {
  const { perDay, before, days, minor } = shapes[zoom]
  const first = beginOf(minor === 'day' ? 'week' : minor, plusDays(at, -before), firstWeekday)
  return { zoom, first, last: plusDays(first, days - 1), perDay, width: days * perDay }
}

/** Half of what is shown, in either direction. */
export function scaleStep(zoom: Zoom, at: string, by: 1 | -1): string {
  return plusDays(at, by * Math.round(shapes[zoom].days / 2))
}

/** Where a day begins, in pixels from the beginning of the scale; before it negative, behind it beyond its width. */
export function xOf({ first, perDay }: Scale, day: string): number {
  return daysBetween(first, day) * perDay
}

export function ticksOf(scale: Scale, firstWeekday: number): { major: Tick[]; minor: Tick[] } {
  const { major, minor } = shapes[scale.zoom]
  return { major: ticksBy(scale, major, firstWeekday), minor: ticksBy(scale, minor, firstWeekday) }
}

function ticksBy(scale: Scale, unit: Tick['unit'], firstWeekday: number): Tick[] {
  const ticks: Tick[] = []
  for (let day = beginOf(unit, scale.first, firstWeekday); day <= scale.last; day = nextOf(unit, day)) {
    const from = day < scale.first ? scale.first : day
    const next = nextOf(unit, day)
    const to = next > scale.last ? plusDays(scale.last, 1) : next
    ticks.push({ day, unit, x: xOf(scale, from), width: daysBetween(from, to) * scale.perDay })
  }
  return ticks
}

function beginOf(unit: Tick['unit'], day: string, firstWeekday: number): string {
  if (unit === 'day') return day
  if (unit === 'week') return weekBegin(day, firstWeekday)
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`
  const month = Number(day.slice(5, 7))
  const begin = unit === 'quarter' ? month - ((month - 1) % 3) : month
  return `${day.slice(0, 4)}-${String(begin).padStart(2, '0')}-01`
}

function nextOf(unit: Tick['unit'], day: string): string {
  if (unit === 'day' || unit === 'week') return plusDays(day, unit === 'day' ? 1 : 7)
  return plusMonths(day, { month: 1, quarter: 3, year: 12 }[unit])
}

/** 1 to 4. */
export function quarterOf(day: string): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3)
}

export function isWeekend(day: string): boolean {
  return weekdayOf(day) > 5
}
