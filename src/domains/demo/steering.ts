/** Measures with their values of two years, obligations with the tasks they produced, improvement actions. */
import { nextDays } from '#engines/recurrence.ts'
import type { Ref } from '#kit/field.ts'
import { standingOf } from '#kit/measure.ts'
import type { Bounds, MeasureSource } from '#kit/measure.ts'
import { task } from '#kit/records/about.ts'
import { action, measure, measurement, obligation } from '#kit/records/steering.ts'
import { midnight, SOURCES } from '#bridge'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'
import type { Dice } from './dice.ts'
import type { Figures, Sum } from './figures.ts'
import { makeManagersWork } from './managers-work.ts'
import { makeReports } from './reports-plan.ts'
import { ZONE } from './site-plan.ts'
import { ACTIONS, OBLIGATIONS } from './steering-plan.ts'
import type { ObligationPlan } from './steering-plan.ts'
import type { Story } from './story.ts'
import { instantOf } from './story.ts'

export interface SteeringParts {
  readonly book: Book
  readonly cast: Cast
  readonly dice: Dice
  readonly figures: Figures
  readonly startMs: number
  readonly nowMs: number
}
const DAY = 86_400_000
const MONTHS = 24

export function makeSteering(parts: SteeringParts): void {
  const kept = new Map<string, { on: string; isKept: boolean }[]>()
  for (const plan of OBLIGATIONS) {
    const days = tellObligation(parts, plan)
    kept.set(plan.duty, [...(kept.get(plan.duty) ?? []), ...days])
  }
  for (const source of SOURCES) tellMeasure(parts, source, (day) => valueOf(parts, source.source, kept, day))
  tellOwnMeasure(parts)
  for (const plan of ACTIONS) tellAction(parts, plan)
  makeManagersWork(parts)
  makeReports(parts)
}

/** What the measure would have said on a day; null where there was nothing to compute it from. */
function valueOf(
  { figures, nowMs }: SteeringParts,
  source: string,
  kept: ReadonlyMap<string, { on: string; isKept: boolean }[]>,
  day: string,
): Sum | null {
  if (source === 'desk.resolution') return figures.share('resolutionMet', 'resolutionEnded', day)
  if (source === 'desk.firstResponse') return figures.share('firstMet', 'firstEnded', day)
  if (source === 'desk.reopened') return figures.share('reopened', 'solved', day)
  if (source === 'desk.satisfaction') {
    const evidence = figures.sum('answers', day, 90)
    return evidence === 0 ? null : { value: figures.sum('scores', day, 90) / evidence, evidence }
  }
  if (!source.startsWith('obligations.')) return null
  const yearBefore = instantOf(Math.min(nowMs, Date.parse(day)) - 365 * DAY).slice(0, 10)
  const due = (kept.get(source.slice('obligations.'.length)) ?? []).filter(({ on }) => on < day && on >= yearBefore)
  return due.length === 0
    ? null
    : { value: (100 * due.filter((one) => one.isKept).length) / due.length, evidence: due.length }
}

/** A value at the end of each month that is over. */
function tellMeasure(
  parts: SteeringParts,
  { source, declares, list }: MeasureSource,
  valueOn: (day: string) => Sum | null,
): void {
  const values = monthEnds(parts.nowMs).flatMap((day) => {
    const found = valueOn(day)
    return found === null
      ? []
      : [
          {
            on: day,
            value: Math.round(found.value * 100) / 100,
            evidence: found.evidence,
            list: list({ on: day, zone: ZONE }),
          },
        ]
  })
  if (values.length > 0) tellValues(parts, { ...declares, source, owner: parts.cast.manager.ref }, values)
}
/** One that people keep beside the computed ones: the Wi-Fi that grows too small. */
function tellOwnMeasure(parts: SteeringParts): void {
  const declares = {
    name: 'Wi-Fi incidents in a month',
    definition: 'Incidents of the category Wi-Fi that were opened in the month, at all sites.',
    duty: '10',
    unit: 'incidents',
    better: 'lower',
    target: 30,
    limit: 60,
    cadence: 'month',
    owner: parts.cast.crews.get('Network')?.lead.ref ?? null,
  }
  const values = monthEnds(parts.nowMs).map((on) => ({
    on,
    value: parts.figures.sum('wifi', on, 30),
    evidence: parts.figures.sum('wifi', on, 30),
    list: wifiList(on),
  }))
  tellValues(parts, declares, values)
}
/** The thirty days that end with this one. */
function wifiList(on: string): string {
  const day = { on, zone: ZONE }
  const [from, to] = [midnight(day, -29), midnight(day, 1)]
  return `/desk/incidents?filter=${encodeURIComponent(`category:Wi-Fi openedAt>=${from} openedAt<${to}`)}`
}
function tellValues(
  { book, startMs }: SteeringParts,
  declares: Readonly<Record<string, unknown>>,
  values: readonly { on: string; value: number; evidence: number; list: string | null }[],
): void {
  const story = book.begin(measure, declares, { at: startMs, by: null, origin: 'rule' })
  for (const value of values) {
    const at = Date.parse(`${value.on}T23:05:00Z`)
    book.begin(measurement, { measure: story.ref, ...value }, { at, by: null, origin: 'rule' })
    story.change(
      { latest: value.value, latestOn: value.on, standing: standingOf(value.value, boundsOf(story)) },
      { at, by: null, origin: 'rule' },
    )
  }
}
function boundsOf({ row }: Story): Bounds {
  return {
    better: row['better'] === 'lower' ? 'lower' : 'higher',
    target: Number(row['target']),
    limit: Number(row['limit']),
  }
}
/** The last days of the months that are over, oldest first. */
function monthEnds(nowMs: number): string[] {
  const now = new Date(nowMs)
  return Array.from({ length: MONTHS }, (_, index) =>
    instantOf(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (MONTHS - 1 - index), 0)).slice(0, 10),
  )
}

/** The obligation and the tasks it produced. @returns its days with whether they were kept */
function tellObligation(
  { book, cast, dice, startMs, nowMs }: SteeringParts,
  plan: ObligationPlan,
): { on: string; isKept: boolean }[] {
  const crew = cast.crews.get(plan.team)
  const owner = (crew?.lead ?? cast.manager).ref
  const firstOn = firstDay(plan, startMs)
  const recurrence = { rule: plan.rule, startOn: firstOn, timezone: 'UTC' }
  const today = instantOf(nowMs).slice(0, 10)
  const all = nextDays(recurrence, firstOn, plan.rule.includes('WEEKLY') ? 112 : plan.rule.includes('MONTHLY') ? 30 : 5)
  const past = all.filter((on) => Date.parse(on) - plan.leadDays * DAY <= nowMs)
  const story = book.begin(
    obligation,
    {
      subject: plan.subject,
      rule: plan.rule,
      firstOn,
      leadDays: plan.leadDays,
      duty: plan.duty,
      assignee: owner,
      team: crew?.ref ?? null,
      note: plan.note,
      active: true,
      nextOn: firstOn,
    },
    { at: startMs, by: cast.manager.ref },
  )
  return past.flatMap((on, index) => {
    const atMs = Math.max(startMs + 60_000, Date.parse(on) - plan.leadDays * DAY + 600_000)
    if (atMs > nowMs) return []
    const made = book.begin(
      task,
      {
        subject: plan.subject,
        assignee: owner,
        team: crew?.ref ?? null,
        dueOn: on,
        note: plan.note,
        obligation: story.ref,
      },
      { at: atMs, by: null, origin: 'rule', reason: `Due by ${story.ref.number}: ${plan.rule}` },
    )
    story.change({ nextOn: all[index + 1] ?? null }, { at: atMs, by: null, origin: 'rule' })
    const isKept = dice.isLucky(plan.kept)
    const doneMs = Math.round(
      Date.parse(on) + (isKept ? -dice.next() * Math.min(plan.leadDays, 6) : dice.int(2, 20)) * DAY + 14 * 3_600_000,
    )
    if (doneMs > nowMs || doneMs <= atMs) return on < today ? [{ on, isKept: false }] : []
    made.move('finish', dice.isLucky(0.5) ? { note: dice.pick(plan.results) } : {}, { at: doneMs, by: owner })
    return [{ on, isKept }]
  })
}
/** The first day of the rule in the history. */
function firstDay(plan: ObligationPlan, startMs: number): string {
  const from = instantOf(startMs + 10 * DAY).slice(0, 10)
  return nextDays({ rule: plan.rule, startOn: from, timezone: 'UTC' }, from, 1)[0] ?? from
}

function tellAction({ book, cast, nowMs }: SteeringParts, plan: (typeof ACTIONS)[number]): void {
  const owner: Ref = (cast.crews.get(plan.team)?.lead ?? cast.manager).ref
  const at = nowMs - plan.daysAgo * DAY
  const made = book.begin(
    action,
    {
      subject: plan.subject,
      because: plan.because,
      duty: plan.duty,
      owner,
      dueOn: instantOf(at + plan.days * DAY).slice(0, 10),
    },
    { at, by: cast.manager.ref },
  )
  const doneMs = at + plan.days * DAY - 5 * DAY
  if (plan.end === 'open' || doneMs > nowMs) return
  made.move('finish', { result: plan.result }, { at: doneMs, by: owner })
  const checkedMs = doneMs + 30 * DAY
  if (plan.end === 'done' || checkedMs > nowMs) return
  made.move(
    plan.end === 'effective' ? 'confirm' : 'reject',
    { effect: plan.effect },
    { at: checkedMs, by: cast.manager.ref },
  )
}
