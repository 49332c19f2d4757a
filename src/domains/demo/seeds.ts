/** What goes wrong when, where and for whom: the seeds of incidents, in the order in which they come in. */
import type { Dice } from './dice.ts'
import { Urn } from './dice.ts'
import type { Employee } from './cast.ts'
import type { Offer, Offered } from './catalogue.ts'
import { OUTAGES } from './outages.ts'
import type { Outage } from './outages.ts'
import type { Day } from './season.ts'
import type { Audience, SiteCode } from './site-plan.ts'
import { SITES } from './site-plan.ts'
import { drawTrouble } from './troubles.ts'
import type { Trouble } from './troubles.ts'

export interface Disaster {
  readonly outage: Outage
  readonly fromMs: number
  readonly untilMs: number
}
export interface Seed {
  readonly atMs: number
  readonly day: Day
  readonly offered: Offered
  readonly trouble: Trouble
  /** Null for a report of monitoring. */
  readonly requester: Employee | null
  readonly disaster: { readonly of: Disaster; readonly isFirst: boolean } | null
  /** One of the halls of Gdańsk whose Wi-Fi is too small by now. */
  readonly isGrowing: boolean
}
export interface SeedParts {
  readonly days: readonly Day[]
  readonly incidents: number
  readonly offer: Offer
  readonly everybody: readonly Employee[]
  readonly dice: Dice
  readonly nowMs: number
}

const DAY = 86_400_000
const MINUTE = 60_000
/** Parts of a day's reports by local hour, for offices and for shifts. */
const OFFICE_HOURS = [0, 0, 0, 0, 0, 1, 6, 16, 22, 19, 16, 12, 8, 13, 14, 11, 8, 4, 2, 1, 1, 0, 0, 0] as const
const SHIFT_HOURS = [4, 3, 3, 3, 4, 7, 11, 10, 9, 8, 8, 7, 6, 8, 9, 7, 7, 6, 6, 5, 5, 5, 7, 5] as const
const hours = [...OFFICE_HOURS.keys()]
const officeHours = new Urn(hours, (hour) => OFFICE_HOURS[hour] ?? 0)
const shiftHours = new Urn(hours, (hour) => SHIFT_HOURS[hour] ?? 0)

export class Seeds {
  readonly #parts: SeedParts
  readonly #urns = new Map<string, Urn<Employee>>()
  readonly #offsets = new Map<string, number>()
  readonly disasters: readonly Disaster[]

  constructor(parts: SeedParts) {
    this.#parts = parts
    this.disasters = OUTAGES.flatMap((outage) => disasterOf(outage, parts) ?? [])
  }

  /** Exactly as many as were asked for, day by day, each day in order. */
  *all(): Generator<readonly Seed[]> {
    const { days, incidents, nowMs } = this.#parts
    const extra = this.disasters.reduce((sum, { outage }) => sum + this.#reports(outage), 0)
    const weights = days.reduce((sum, day) => sum + day.weight, 0)
    let [soFar, given] = [0, 0]
    for (const day of days) {
      soFar += day.weight
      const until = Math.round(((incidents - extra) * soFar) / weights)
      const seeds = this.#ofDay(day, until - given)
      given = until
      const struck = this.disasters.filter(({ fromMs }) => fromMs >= day.ms && fromMs < day.ms + DAY)
      for (const disaster of struck) seeds.push(...this.#struck(day, disaster))
      yield seeds.filter((seed) => seed.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)
    }
  }

  #ofDay(day: Day, count: number): Seed[] {
    const services = [...this.#parts.offer.services.values()].filter(({ plan }) => plan.trouble !== null)
    const urn = new Urn(services, ({ plan }) => (plan.trouble?.[0] ?? 0) * day.boost(plan))
    return Array.from({ length: count }, () => this.#one(day, urn.draw(this.#parts.dice)))
  }
  #one(day: Day, offered: Offered): Seed {
    const { dice } = this.#parts
    const { plan } = offered
    const trouble = drawTrouble(dice, plan.trouble?.[1] ?? 'account')
    const isGrowing = trouble.family === 'wifi' && dice.isLucky(day.wifiGrowth * 0.7)
    const requester = trouble.isAlarm ? null : this.#requester(plan.users, isGrowing ? 'GDN' : plan.site, day)
    return {
      atMs: this.#moment(day, requester, plan.hours === 'plant'),
      day,
      offered,
      trouble,
      requester,
      disaster: null,
      isGrowing,
    }
  }
  #moment(day: Day, requester: Employee | null, isShift: boolean): number {
    const { dice, nowMs } = this.#parts
    const shift = requester === null || day.isFree || (isShift && dice.isLucky(0.6))
    const local = () => (shift ? shiftHours : officeHours).draw(dice) * 60 + dice.int(0, 59)
    const at = (): number =>
      day.ms +
      (local() - this.#offset(requester?.site.zone ?? 'Europe/Berlin', day.ms)) * MINUTE +
      dice.int(0, 59) * 1000
    let atMs = at()
    for (let tries = 0; atMs > nowMs && tries < 40; tries++) atMs = at()
    return Math.min(atMs, nowMs - 60_000 - dice.int(0, 3_000_000))
  }
  /** Minutes that local time is ahead of UTC at noon. */
  #offset(zone: string, dayMs: number): number {
    const key = `${zone}/${dayMs}`
    const known = this.#offsets.get(key)
    if (known !== undefined) return known
    if (this.#offsets.size > 20) this.#offsets.clear()
    const made =
      Temporal.Instant.fromEpochMilliseconds(dayMs + DAY / 2).toZonedDateTimeISO(zone).offsetNanoseconds / 6e10
    this.#offsets.set(key, made)
    return made
  }

  /** Some report often, most rarely; nobody before they came or after they left. */
  #requester(users: readonly Audience[], site: SiteCode | null, day: Day): Employee | null {
    const { dice, everybody } = this.#parts
    const key = `${users.join()}/${site ?? ''}`
    let urn = this.#urns.get(key)
    if (urn === undefined) {
      const fitting = everybody.filter(
        (one) => users.includes(one.audience) && (site === null || one.site.code === site),
      )
      const chance = dice.named(key)
      urn = new Urn(
        fitting.length > 0 ? fitting : everybody,
        (one) => Math.min(6, chance.logNormal(1, 0.8)) * (one.audience === 'it' ? 0.3 : 1),
      )
      this.#urns.set(key, urn)
    }
    for (let tries = 0; tries < 12; tries++) {
      const one = urn.draw(dice)
      if (one.fromMs <= day.ms && one.untilMs > day.ms + DAY) return one
    }
    return null
  }

  /** Reports of an outage for a company of this size; never a large part of all incidents. */
  #reports(outage: Outage): number {
    const { everybody, incidents } = this.#parts
    return Math.max(
      3,
      Math.round(Math.min((outage.reports * everybody.length) / 1200, (outage.reports * incidents) / 18_000)),
    )
  }
  #struck(day: Day, disaster: Disaster): Seed[] {
    const { offer, dice } = this.#parts
    const offered = offer.services.get(disaster.outage.service)
    const family = offered?.plan.trouble?.[1] ?? 'server'
    if (offered === undefined) return []
    const users: readonly Audience[] =
      disaster.outage.audience === null
        ? ['office', 'production', 'warehouse', 'finance', 'sales', 'quality', 'engineering', 'maintenance']
        : [disaster.outage.audience]
    const site = disaster.outage.site ?? null
    const span = disaster.untilMs - disaster.fromMs
    return Array.from({ length: this.#reports(disaster.outage) }, (_, index): Seed => {
      const isFirst = index === 0
      const atMs = isFirst
        ? disaster.fromMs
        : disaster.fromMs + 60_000 + Math.round(Math.min(0.9, dice.logNormal(0.14, 0.9)) * span)
      const requester = isFirst ? null : this.#requester(users, site ?? dice.pick(SITES).code, day)
      return {
        atMs,
        day,
        offered,
        trouble: drawTrouble(dice, family),
        requester,
        disaster: { of: disaster, isFirst },
        isGrowing: false,
      }
    })
  }
}

/** On the working day nearest to its date; null when the history is too short for it. */
function disasterOf(outage: Outage, { days, nowMs }: SeedParts): Disaster | null {
  const about = nowMs - outage.daysAgo * DAY
  const day = days.find((one) => one.ms >= about && !one.isFree)
  if (day === undefined || day.ms < (days[0]?.ms ?? 0)) return null
  const fromMs = day.ms + outage.atMinutes * MINUTE
  const untilMs = fromMs + outage.minutes * MINUTE
  return untilMs < nowMs ? { outage, fromMs, untilMs } : null
}
