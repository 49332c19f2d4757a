/** Services: the catalogue, what each service needs, calendars and service levels. */
import type { Actor } from '#kit/actor.ts'
import type { ClockType } from '#kit/clock.ts'
import { CLOCK } from '#kit/clock-shape.ts'
import type { JsonSchema, Route } from '#kit/contract.ts'
import type { JobHandler } from '#kit/jobs.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { listOf } from '#kit/routes/shape.ts'
import type { Rules } from '#kit/store.ts'
import { calendarProblem } from './calendars.ts'
import type { CalendarParts } from './calendar-routes.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { dependency, service } from './catalogue.ts'
import type { ClockParts } from './clock-reaction.ts'
import { clockedRecords, REDATE, redate, serviceLevelReaction } from './clock-reaction.ts'
import type { Watched, WatchParts } from './clock-watch.ts'
import { clockWatch } from './clock-watch.ts'
import { clocksOf } from './clocks-of.ts'
import { dependencyRules, serviceRules } from './dependency-rules.ts'
import { graphReaction } from './graph.ts'
import { impactRoutes } from './impact-routes.ts'
import { agreement, calendar, target } from './level.ts'
import { serviceHoursRules, teamHoursRules } from './own-hours.ts'
import { agreementRules, targetRules } from './promise-rules.ts'
import { reportRoutes } from './report-routes.ts'

export { dependency, service } from './catalogue.ts'
export { agreement, calendar, target } from './level.ts'
export type { Definition, Escalation, Pause } from './level-checks.ts'

export const records: readonly RecordType[] = [service, dependency, calendar, agreement, target]
/** @param clocks those that targets may name, with the records on which they run */
export function rules(clocks: readonly ClockType[]): Readonly<Record<string, Rules>> {
  return {
    calendar: { fits: ({ after }) => calendarProblem(after) },
    dependency: dependencyRules,
    service: { ...serviceRules, ...serviceHoursRules },
    team: teamHoursRules,
    agreement: agreementRules(clocks),
    target: targetRules(clocks),
  }
}

/** What the domain needs from the installation. */
export interface ServicesParts extends ClockParts, CalendarParts {}
export { REDATE, redate } from './clock-reaction.ts'
export { clocksOf } from './clocks-of.ts'

export function routes(parts: Omit<ServicesParts, 'jobs'>): Route[] {
  return [...calendarRoutes(parts), ...impactRoutes(parts), ...reportRoutes(parts)]
}
export function reactions(parts: ClockParts): Reaction[] {
  return [serviceLevelReaction(parts), graphReaction]
}
/** Jobs by name: dates the open work of `data.org` anew. */
export function jobs(parts: Omit<ClockParts, 'jobs'>): Readonly<Record<string, JobHandler>> {
  return {
    [REDATE]: async ({ org }, { signal }) => void (typeof org === 'number' && (await redate(parts, org, { signal }))),
  }
}
/** Called about every ten seconds, on any node; see `clockWatch`. */
export const schedules: Readonly<Record<string, (parts: WatchParts, now: string) => Promise<Watched>>> = { clockWatch }
/** The members that `extras` answers. */
export function extraShapes(clocks: readonly ClockType[]): [record: string, Readonly<Record<string, JsonSchema>>][] {
  return clockedRecords(clocks).map((record) => [record.name, { clocks: listOf(CLOCK) }])
}
/** More for the page of each record that has clocks. */
export function extras({
  store,
  clocks,
}: Omit<ClockParts, 'jobs'>): Map<string, (actor: Actor, row: AnyRow) => Promise<Readonly<Record<string, unknown>>>> {
  return new Map(
    clockedRecords(clocks).map((record) => [
      record.name,
      async (actor, row) => ({
        clocks: (await clocksOf(store, clocks, actor, { record, rows: [row] })).get(row.id) ?? [],
      }),
    ]),
  )
}
