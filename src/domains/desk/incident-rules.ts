/** What follows by itself when an incident is written: its priority, its requester's unit, its counters. */
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { defaultMatrix, priorityOf } from '#engines/priority.ts'
import type { PriorityMatrix } from '#engines/priority.ts'
import { incident } from './incident.ts'

export const incidentRules: Rules = {
  derive: async (facts) => ({
    ...(await priority(facts)),
    ...(await requesterUnit(facts)),
    ...openedAt(facts),
    ...reassigned(facts),
  }),
  refuse: ({ after, before }) => circle(after, before),
}

/** Time entries add up on their incident. */
export const timeEntryRules: Rules = {
  derive: ({ after, actor, now }) => ({
    person: after['person'] ?? (actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name }),
    day: after['day'] ?? now.slice(0, 10),
  }),
  after: async ({ after, actor, store, unit }) => {
    const on = after['on']
    if (typeof on !== 'object' || on === null || !('record' in on) || on.record !== 'incident') return
    const id = idIn(on)
    if (id === null) return
    const rows = await run<{ minutes: number }>(unit.on, sql`select coalesce(sum(minutes), 0)::bigint as minutes from time_entry where org = ${actor.org} and on_record = 'incident' and on_id = ${id} and binned_at is null`)
    await store.change({ ...actor, roles: ['administrator'] }, incident, { id, rev: null }, { workedMinutes: rows[0]?.minutes ?? 0 }, { unit, trusted: true })
  },
}

async function priority({ before, after, actor, on }: Deriving): Promise<Record<string, unknown>> {
  const isSame = before !== null && before['impact'] === after['impact'] && before['urgency'] === after['urgency']
  if (isSame || (before === null && after['priority'] !== null && after['priority'] !== undefined)) return {}
  const rows = await run<{ matrix: PriorityMatrix | null }>(on, sql`select settings->'priorityMatrix' as matrix from organisation where id = ${actor.org}`)
  return { priority: priorityOf(rows[0]?.matrix ?? defaultMatrix, String(after['impact']), String(after['urgency'])) }
}
async function requesterUnit({ before, after, actor, on }: Deriving): Promise<Record<string, unknown>> {
  const requester = idIn(after['requester'])
  if (requester === idIn(before?.['requester'])) return {}
  if (requester === null) return { unit: null }
  const rows = await run<{ id: number; name: string }>(on, sql`select u.id, u.name from person p join unit u on u.org = p.org and u.id = p.unit where p.org = ${actor.org} and p.id = ${requester}`)
  const unit = rows[0]
  return { unit: unit === undefined ? null : { id: unit.id, number: `UNIT-${unit.id}`, title: unit.name } }
}
function openedAt({ before, after, now }: Deriving): Record<string, unknown> {
  return before === null && (after['openedAt'] === null || after['openedAt'] === undefined) ? { openedAt: now } : {}
}
/** Counted when the work passes from one team or person to another, not when it is given for the first time. */
function reassigned({ before, after }: Deriving): Record<string, unknown> {
  if (before === null) return {}
  const moved = ['team', 'assignee'].some((name) => idIn(before[name]) !== null && idIn(after[name]) !== null && idIn(before[name]) !== idIn(after[name]))
  return moved ? { reassignmentCount: Number(before['reassignmentCount'] ?? 0) + 1 } : {}
}
function circle(after: AnyRow, before: AnyRow | null): string | null {
  const parent = idIn(after['parent'])
  if (parent === null || before === null || idIn(before['parent']) === parent) return null
  return parent === after.id ? `${after.number} cannot be its own parent.` : null
}
