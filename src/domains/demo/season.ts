/** How much goes wrong on which day: weekdays, seasons, closings, a flu, a patch that broke printing, a Wi-Fi that grows too small. */
import { isWorking } from '#engines/service-hours.ts'
import type { Calendar } from '#engines/service-hours.ts'
import type { Dice } from './dice.ts'
import type { Family, ServicePlan } from './service-plan.ts'

export interface Day {
  /** Midnight UTC. */
  readonly ms: number
  /** Its part of all incidents, relative to other days. */
  readonly weight: number
  /** How much longer everything takes; above 1 when few are there. */
  readonly load: number
  readonly isFree: boolean
  readonly isFlu: boolean
  /** How much more often a service is in trouble on this day. */
  readonly boost: (plan: ServicePlan) => number
  /** How much of the Wi-Fi trouble comes from the growing halls of Gdańsk. */
  readonly wifiGrowth: number
}
export interface SeasonParts {
  readonly startMs: number
  readonly nowMs: number
  readonly office: Calendar
  readonly dice: Dice
}

const DAY = 86_400_000
const HOUR = 3_600_000
const WEEKDAY = [0.09, 1.28, 1.12, 1.02, 1, 0.86, 0.14] as const
const MONTH = [1.12, 1.05, 1.04, 0.99, 0.96, 0.98, 0.82, 0.7, 1.05, 1.08, 1.1, 1] as const

/** Every day from the first to today, in order. */
export function season(parts: SeasonParts): Day[] {
  const first = Math.floor(parts.startMs / DAY) * DAY
  const flu = fluWeeks(parts)
  const patch = patchDay(parts.nowMs)
  const days: Day[] = []
  for (let ms = first; ms <= parts.nowMs; ms += DAY) days.push(dayOf(ms, { ...parts, flu, patch, first }))
  return days
}

function dayOf(ms: number, facts: SeasonParts & { flu: readonly number[]; patch: number; first: number }): Day {
  const date = new Date(ms)
  const weekday = date.getUTCDay()
  const month = date.getUTCMonth()
  const isWeekend = weekday === 0 || weekday === 6
  const isFree = !isWeekend && !isWorking(facts.office, ms + 10 * HOUR)
  const isFlu = facts.flu.some((monday) => ms >= monday && ms < monday + 8 * DAY)
  const isBetweenYears = month === 11 && date.getUTCDate() >= 24
  const years = (ms - facts.first) / (365 * DAY)
  const today = ms + DAY > facts.nowMs ? Math.max(0.02, dayShare(facts.nowMs - ms)) : 1
  const weight =
    (WEEKDAY[weekday] ?? 1) *
    (MONTH[month] ?? 1) *
    (isFree ? 0.16 : 1) *
    (isBetweenYears ? 0.4 : 1) *
    (isFlu ? 0.86 : 1) *
    (1 + 0.08 * years) *
    Math.exp(0.1 * facts.dice.normal()) *
    today
  const load = isFlu ? 1.9 : month === 7 ? 1.25 : isBetweenYears ? 1.4 : 1
  const growth = Math.max(0, 1 - (facts.nowMs - ms) / (300 * DAY))
  return {
    ms,
    weight,
    load,
    isFree: isFree || isWeekend,
    isFlu,
    wifiGrowth: growth,
    boost: (plan) => boost(plan, { ms, weekday, isFlu, isWeekend, growth, patch: facts.patch, end: closing(date) }),
  }
}
/** Part of a day's incidents that has come in so long after midnight UTC. */
function dayShare(ms: number): number {
  return Math.min(1, Math.max(0, (ms / HOUR - 5) / 11))
}

interface Boosting {
  readonly ms: number
  readonly weekday: number
  readonly isFlu: boolean
  readonly isWeekend: boolean
  readonly growth: number
  readonly patch: number
  readonly end: 'year' | 'month' | null
}
function boost(plan: ServicePlan, day: Boosting): number {
  const weekend = day.isWeekend ? (plan.hours === 'plant' ? 1.6 : 0.3) : 1
  return weekend * familyBoost(plan.trouble?.[1] ?? null, day)
}
function familyBoost(family: Family | null, day: Boosting): number {
  const since = (day.ms - day.patch) / DAY
  const home = day.isFlu ? 1.6 : 1
  switch (family) {
    case 'erp':
      return day.end === 'year' ? 1.9 : day.end === 'month' ? 1.35 : 1
    case 'account':
      return (day.weekday === 1 ? 1.35 : 1) * home
    case 'remote':
      return home
    case 'wifi':
      return 1 + 1.9 * day.growth
    case 'print':
      return since >= 0 && since < 12 ? 1 + 7 * Math.exp(-since / 4) : 1
    default:
      return 1
  }
}
function closing(date: Date): 'year' | 'month' | null {
  const day = date.getUTCDate()
  const month = date.getUTCMonth()
  if ((month === 11 && day >= 27) || (month === 0 && day <= 10)) return 'year'
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return day >= last - 1 || day <= 3 ? 'month' : null
}

/** The Mondays on which the flu begins: one in each February of the history. */
export function fluWeeks({ startMs, nowMs }: { startMs: number; nowMs: number }): number[] {
  const years = [0, 1, 2].map((ahead) => new Date(startMs).getUTCFullYear() + ahead)
  const mondays = years.map((year) => {
    const from = new Date(Date.UTC(year, 1, year % 2 === 0 ? 3 : 10))
    return from.getTime() + ((8 - from.getUTCDay()) % 7) * DAY
  })
  return mondays.filter((monday) => monday >= startMs && monday < nowMs)
}
/** The Wednesday after the second Tuesday, about eight months ago. */
export function patchDay(nowMs: number): number {
  const about = new Date(nowMs - 245 * DAY)
  const first = new Date(Date.UTC(about.getUTCFullYear(), about.getUTCMonth(), 1))
  const secondTuesday = 8 + ((9 - first.getUTCDay()) % 7)
  return first.getTime() + secondTuesday * DAY
}
