/** What follows by itself when an incident is written: its priority, its requester's unit, its counters. */
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { defaultMatrix, priorityOf } from '#engines/priority.ts'
import type { PriorityMatrix } from '#engines/priority.ts'
import { byRule } from './by-rule.ts'
import { parentProblem } from './family.ts'
import { incident } from './incident.ts'
import { incidentIn, mergedStays, notOnMerged } from './merged.ts'

export const incidentRules: Rules = {
  derive: async (facts) => ({
    ...(await priority(facts)),
    ...(await requesterUnit(facts)),
    ...reassigned(facts),
  }),
  refuse: async (facts) => mergedStays(facts) ?? (await parentProblem(facts)),
}

/** Time entries add up on their incident; when one passes to another incident, on both. */
export const timeEntryRules: Rules = {
  ...notOnMerged,
  derive: ({ after, actor, now }) => ({
    person:
      after['person'] ??
      (actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name }),
    day: after['day'] ?? now.slice(0, 10),
  }),
  after: async ({ before, after, actor, store, unit }) => {
    for (const id of new Set([incidentIn(before?.['on']), incidentIn(after['on'])])) {
      if (id === null) continue
      const rows = await run<{ minutes: number }>(
        unit.on,
        sql`select coalesce(sum(minutes), 0)::bigint as minutes from time_entry where org = ${actor.org} and on_record = 'incident' and on_id = ${id} and binned_at is null`,
      )
      await store.change(
        byRule(actor),
        incident,
        { id, rev: null },
        { workedMinutes: rows[0]?.minutes ?? 0 },
        { unit, trusted: true },
      )
    }
  },
}

async function priority({ before, after, actor, on }: Deriving): Promise<Record<string, unknown>> {
  const isSame = before !== null && before['impact'] === after['impact'] && before['urgency'] === after['urgency']
  if (isSame || (before === null && after['priority'] !== null && after['priority'] !== undefined)) return {}
  const rows = await run<{ matrix: PriorityMatrix | null }>(
    on,
    sql`select settings->'priorityMatrix' as matrix from organisation where id = ${actor.org}`,
  )
  return { priority: priorityOf(rows[0]?.matrix ?? defaultMatrix, String(after['impact']), String(after['urgency'])) }
}
async function requesterUnit({ before, after, actor, on }: Deriving): Promise<Record<string, unknown>> {
  const requester = idIn(after['requester'])
  if (requester === idIn(before?.['requester'])) return {}
  if (requester === null) return { unit: null }
  const rows = await run<{ id: number; name: string }>(
    on,
    sql`select u.id, u.name from person p join unit u on u.org = p.org and u.id = p.unit where p.org = ${actor.org} and p.id = ${requester}`,
  )
  const unit = rows[0]
  return { unit: unit === undefined ? null : { id: unit.id, number: `UNIT-${unit.id}`, title: unit.name } }
}
/** Counted when the work passes from one team or person to another, not when it is given for the first time. */
function reassigned({ before, after }: Deriving): Record<string, unknown> {
  if (before === null) return {}
  const moved = ['team', 'assignee'].some(
    (name) => idIn(before[name]) !== null && idIn(after[name]) !== null && idIn(before[name]) !== idIn(after[name]),
  )
  return moved ? { reassignmentCount: Number(before['reassignmentCount'] ?? 0) + 1 } : {}
}
