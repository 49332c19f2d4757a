// How often an obligation comes back, read from its rule (RFC 5545) and written as one; said in words.
import { dayPart } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
export interface Rhythm {
  frequency: Frequency
  interval: number
  /** For weeks: MO, TU, … */
  days: string[]
  /** For months: 1 to 31, or -1 for the last day; null for the day of the first time. */
  monthDay: number | null
}

const words = messages.rule
const frequencies: readonly Frequency[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']

/** Null when the rule says more than a rhythm holds. */
export function rhythmOf(rule: string): Rhythm | null {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]))
  const frequency = frequencies.find((one) => one === parts.get('FREQ'))
  const days = parts.get('BYDAY')?.split(',') ?? []
  const monthDay = parts.has('BYMONTHDAY') ? Number(parts.get('BYMONTHDAY')) : null
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const isSimple =
    [...parts.keys()].every((name) => ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY'].includes(name)) &&
    days.every((day) => frequency === 'WEEKLY' && day in words.weekdays) &&
    (monthDay === null || (frequency === 'MONTHLY' && isMonthDay(monthDay))) &&
    Number.isInteger(interval) &&
    interval > 0
  return frequency === undefined || !isSimple ? null : { frequency, interval, days, monthDay }
}
export function isMonthDay(day: number): boolean {
  return Number.isInteger(day) && (day === -1 || (day >= 1 && day <= 31))
}

export function ruleOf({ frequency, interval, days, monthDay }: Rhythm): string {
  const sorted = Object.keys(words.weekdays).filter((day) => days.includes(day))
  return [
    `FREQ=${frequency}`,
    interval > 1 && `INTERVAL=${interval}`,
    frequency === 'WEEKLY' && sorted.length > 0 && `BYDAY=${sorted.join(',')}`,
    frequency === 'MONTHLY' && monthDay !== null && `BYMONTHDAY=${monthDay}`,
  ]
    .filter(Boolean)
    .join(';')
}

/** "every 3 months on day 25", "every year on 18 May"; a rule beyond both stays as it is. */
export function ruleInWords(rule: string): string {
  const rhythm = rhythmOf(rule)
  if (rhythm === null) return dayOfYear(rule) ?? rule
  const [one = '', many = ''] = words.frequencies[rhythm.frequency]
  const days = rhythm.days.map((day) => words.weekdays[day]).join(', ')
  return [
    words.every(rhythm.interval, one, many),
    days !== '' && words.onDays(days),
    rhythm.monthDay !== null && words.onDay(rhythm.monthDay),
  ]
    .filter(Boolean)
    .join(' ')
}

/** A day of every year, which the form's rhythm does not hold. Null for anything else; 2024 has every day of a year. */
function dayOfYear(rule: string): string | null {
  const [, month, day] = /^FREQ=YEARLY;BYMONTH=(\d{1,2});BYMONTHDAY=(\d{1,2})$/.exec(rule) ?? []
  const at = new Date(Date.UTC(2024, Number(month) - 1, Number(day)))
  if (month === undefined || at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return null
  const [one = '', many = ''] = words.frequencies.YEARLY
  const date = dayPart(at.toISOString().slice(0, 10), 'dayMonth')
  return `${words.every(1, one, many)} ${words.onDays(date)}`
}
