/**
 * Days, moments, durations and numbers as short words for people: "Fri 3 Apr 2026", "Fri 3 Apr 2026 09:00", "1 h 15 min",
 * in the language that is spoken at this moment; the English ones are written here, those of other languages by Intl.
 */

import { say, speaks } from './say.ts'
import { wallAt } from './wall-clock.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const dayForms = new Map<string, Intl.DateTimeFormat>()

/** "Fri 3 Apr 2026", "Fr., 3. Apr. 2026". */
export function dayInWords(day: Temporal.PlainDate): string {
  const tag = speaks()?.tag
  if (tag === undefined) return `${weekdays[day.dayOfWeek - 1]} ${day.day} ${months[day.month - 1]} ${day.year}`
  const form =
    dayForms.get(tag) ??
    new Intl.DateTimeFormat(tag, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    })
  dayForms.set(tag, form)
  return form.format(Date.UTC(day.year, day.month - 1, day.day))
}

/** A number within a sentence: "1,234.5", "1.234,5"; at most one decimal unless said. */
export function figureInWords(value: number, decimals = 1): string {
  return value.toLocaleString(speaks()?.tag ?? 'en', { maximumFractionDigits: decimals })
}

/** "Fri 3 Apr 2026 09:00", with seconds only when there are any. */
export function momentInWords(timezone: string, ms: number): string {
  return `${dayInWords(wallAt(timezone, ms).toPlainDate())} ${timeInWords(timezone, ms)}`
}

/** "09:00", or "09:00:30" when there are seconds. */
export function timeInWords(timezone: string, ms: number): string {
  const wall = wallAt(timezone, ms)
  const clock = `${pair(wall.hour)}:${pair(wall.minute)}`
  return wall.second === 0 ? clock : `${clock}:${pair(wall.second)}`
}

/** "Fri 3 Apr 2026 09:00–17:00", or both days when the span crosses midnight. */
export function spanInWords(timezone: string, fromMs: number, toMs: number): string {
  const [from, to] = [wallAt(timezone, fromMs), wallAt(timezone, toMs)]
  if (from.toPlainDate().equals(to.toPlainDate())) {
    return `${momentInWords(timezone, fromMs)}–${timeInWords(timezone, toMs)}`
  }
  const endsAtMidnight = from.toPlainDate().add({ days: 1 }).toPlainDateTime().equals(to)
  if (endsAtMidnight) return `${momentInWords(timezone, fromMs)}–24:00`
  return say`${momentInWords(timezone, fromMs)} to ${momentInWords(timezone, toMs)}`
}

/** "1 h 15 min", "45 s", "0 min"; parts of a second are dropped, a minus sign is kept. */
export function durationInWords(seconds: number): string {
  const whole = Math.trunc(Math.abs(seconds))
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  const words = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`)
  if (words.length === 0) return '0 min'
  return `${seconds < 0 ? '−' : ''}${words.join(' ')}`
}

function pair(value: number): string {
  return String(value).padStart(2, '0')
}
