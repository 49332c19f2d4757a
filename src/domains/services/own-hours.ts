/** In which hours a promise counts: those of its calendar; without one those of the team whose part it is, or of the service. */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import { touches } from '#kit/misfits.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import type { CompiledCalendar } from './calendars.ts'
import { calendarsOf } from './calendars.ts'
import type { Agreement, Terms } from './level-book.ts'

/** The calendars of those services and teams that have one. */
export interface OwnHours {
  readonly services: ReadonlyMap<number, CompiledCalendar>
  readonly teams: ReadonlyMap<number, CompiledCalendar>
}
export const NO_OWN_HOURS: OwnHours = { services: new Map(), teams: new Map() }

export async function ownHoursOf(on: Sql, org: number): Promise<OwnHours> {
  const rows = await run<{ kind: 'service' | 'team'; id: number; calendar: number }>(
    on,
    sql`select 'service' as kind, id, calendar from service where org = ${org} and calendar is not null
      union all select 'team', id, calendar from team where org = ${org} and calendar is not null`,
  )
  const calendars = await calendarsOf(on, org, [...new Set(rows.map((row) => row.calendar))])
  const of = (kind: 'service' | 'team'): Map<number, CompiledCalendar> =>
    new Map(
      rows.flatMap((row) => {
        const found = row.kind === kind ? calendars.get(row.calendar) : undefined
        return found === undefined ? [] : [[row.id, found] as const]
      }),
    )
  return { services: of('service'), teams: of('team') }
}

/** One agreement in the hours of one calendar is one object, so that its clocks are gathered by it. */
const resolved = new WeakMap<Terms, Map<string, Agreement>>()
/** The agreement in its hours for work on these services, the first that it is about; null when nobody has said any. */
export function inHours(terms: Terms, own: OwnHours, services: readonly number[]): Agreement | null {
  const { calendar } = terms
  if (calendar !== null) return keptAs(terms, '', () => ({ ...terms, calendar, hours: null }))
  const ofTeam = terms.kind === 'team' && terms.team !== null ? own.teams.get(terms.team) : undefined
  if (ofTeam !== undefined)
    return keptAs(terms, `team ${ofTeam.id}`, () => ({
      ...terms,
      calendar: ofTeam,
      hours: () => say`It names no calendar, so the hours of TEAM-${terms.team} "${terms.teamName}" hold.`,
    }))
  const service = services.find((id) => (terms.services.size === 0 || terms.services.has(id)) && own.services.has(id))
  const ofService = service === undefined ? undefined : own.services.get(service)
  if (ofService === undefined) return null
  return keptAs(terms, `service ${service} ${ofService.id}`, () => ({
    ...terms,
    calendar: ofService,
    hours: () => say`It names no calendar, so the service hours of SVC-${service} hold.`,
  }))
}
function keptAs(terms: Terms, key: string, make: () => Agreement): Agreement {
  const kept = resolved.get(terms) ?? new Map<string, Agreement>()
  resolved.set(terms, kept)
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}

/** Why an agreement cannot do without a calendar, or null: the team's hours, or those of each of its services, stand in. */
export async function hoursProblem(facts: Deriving): Promise<string | null> {
  const { after, actor, on } = facts
  if (idIn(after['calendar']) !== null || !touches(facts, ['calendar', 'kind', 'team', 'services'])) return null
  const services = Array.isArray(after['services']) ? after['services'].flatMap((one: unknown) => idIn(one) ?? []) : []
  const team = after['kind'] === 'team' ? idIn(after['team']) : null
  const [found] = await run<{ has_team: boolean; lacking: number | null }>(
    on,
    sql`select exists (select 1 from team where org = ${actor.org} and id = ${team}::bigint and calendar is not null) as has_team,
      (select id from service where org = ${actor.org} and id = any(${services}::bigint[]) and calendar is null order by id limit 1) as lacking`,
  )
  if (found?.has_team === true || (services.length > 0 && found?.lacking === null)) return null
  return found?.lacking
    ? say`SVC-${found.lacking} has no service hours that could stand in. Give a calendar here, or service hours there.`
    : say`Give a calendar, or name services that have service hours: then those hold.`
}

/** Hours that agreements count by are not taken away. */
export const serviceHoursRules: Rules = {
  fits: async (facts) => ({ calendar: await neededBy(facts, sql`services @> array[${facts.after.id}::bigint]`) }),
}
export const teamHoursRules: Rules = {
  fits: async (facts) => ({ calendar: await neededBy(facts, sql`kind = 'team' and team = ${facts.after.id}`) }),
}
async function neededBy({ before, after, actor, on }: Deriving, by: ReturnType<typeof sql>): Promise<string | null> {
  if (before === null || idIn(before['calendar']) === null || idIn(after['calendar']) !== null) return null
  const [row] = await run<{ id: number }>(
    on,
    sql`select id from agreement where org = ${actor.org} and calendar is null and binned_at is null and coalesce(active, true) and ${by} order by id limit 1`,
  )
  return row === undefined
    ? null
    : say`SLA-${row.id} counts by these hours. Choose another calendar, or give SLA-${row.id} one of its own first.`
}
