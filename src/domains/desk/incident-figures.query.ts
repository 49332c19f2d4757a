/** The figures of the incident log: how many, how fast changed, how well kept. Read through the handle for reports. */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { readable } from '#kit/access.ts'
import { run, sql } from '#kit/sql.ts'
import { incident } from './incident.ts'

export interface IncidentFigures {
  readonly incidents: number
  /** Entries of their histories that came in by an import: one for each update of the source. */
  readonly updates: number
  readonly byPriority: Readonly<Record<string, number>>
  /** The system they came from says that its service level was kept. */
  readonly sourceLevelMet: number
  readonly reassigned: number
  readonly reopened: number
  /** `2016-03` → how many were opened then, in the zone that was asked for. */
  readonly openedByMonth: Readonly<Record<string, number>>
  readonly mostUpdates: number
}
interface Range {
  /** Instants; the end is not included. All incidents when absent. */
  readonly from?: string
  readonly to?: string
  /** Only incidents that have a number of the system that they came from. */
  readonly isImported?: boolean
  /** IANA zone in which months begin. */
  readonly zone: string
}

/** Two statements: one over the incidents, one over their journal. Incidents in the bin do not count. */
export async function incidentFigures(on: Sql, actor: Actor, range: Range): Promise<IncidentFigures> {
  const where = sql`t.org = ${actor.org} and t.binned_at is null and ${readable(actor, incident)}
    and (${range.isImported !== true} or t.former_number is not null)
    and (${range.from ?? null}::timestamptz is null or t.opened_at >= ${range.from ?? null}::timestamptz) and (${range.to ?? null}::timestamptz is null or t.opened_at < ${range.to ?? null}::timestamptz)`
  const [groups, updates] = await Promise.all([
    run<{
      priority: string | null
      month: string | null
      n: number
      met: number
      reassigned: number
      reopened: number
    }>(
      on,
      sql`select priority, to_char(opened_at at time zone ${range.zone}, 'YYYY-MM') as month, count(*) as n, count(*) filter (where source_level_met) as met,
        count(*) filter (where reassignment_count > 0) as reassigned, count(*) filter (where reopen_count > 0) as reopened
        from incident t where ${where} group by 1, 2 order by 2, 1`,
    ),
    run<{ n: number; most: number }>(
      on,
      sql`select coalesce(sum(n), 0)::bigint as n, coalesce(max(n), 0) as most from (
        select count(*) as n from journal j where j.org = ${actor.org} and j.record = 'incident' and j.origin = 'import' and j.action in ('create', 'change')
        and exists (select 1 from incident t where ${where} and t.id = j.record_id) group by j.record_id) counts`,
    ),
  ])
  const total = (of: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((sum, group) => sum + of(group), 0)
  return {
    incidents: total((group) => group.n),
    updates: updates[0]?.n ?? 0,
    byPriority: summed(groups.map((group) => [group.priority ?? 'none', group.n])),
    sourceLevelMet: total((group) => group.met),
    reassigned: total((group) => group.reassigned),
    reopened: total((group) => group.reopened),
    openedByMonth: summed(groups.map((group) => [group.month ?? 'none', group.n])),
    mostUpdates: updates[0]?.most ?? 0,
  }
}
function summed(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, n] of pairs) sums[name] = (sums[name] ?? 0) + n
  return sums
}
