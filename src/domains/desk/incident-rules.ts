/** What follows by itself when an incident is written: its priority, its requester's unit, its counters. */
import { say } from '#engines/say.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { dayFor } from '#kit/zone.ts'
import { priorityOf } from '#engines/priority.ts'
import type { Ref } from '#kit/field.ts'
import { byRule } from './by-rule.ts'
import { parentProblem } from './family.ts'
import { incident } from './incident.ts'
import { incidentIn, mergedStays, notOnMerged } from './merged.ts'

export const incidentRules: Rules = {
  derive: async (facts) => ({
    ...(await stamped(facts)),
    ...reassigned(facts),
  }),
  fits: async (facts) => ({
    openedAt: openedProblem(facts) ?? answeredProblem(facts),
    waitingUntil: waitingProblem(facts),
    ...(mergedStays(facts) === null ? { parent: await parentProblem(facts) } : {}),
  }),
  refuse: mergedStays,
}

/** Time entries add up on their incident; when one passes to another incident, on both. */
export const timeEntryRules: Rules = {
  ...notOnMerged,
  derive: async ({ after, actor, now, on }) => {
    const own = actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name }
    const person = after['person'] ?? own
    return { person, day: after['day'] ?? (await dayFor(on, { org: actor.org, person: idIn(person), at: now })) }
  },
  fits: ({ before, after, now }) => {
    // Somewhere it is tomorrow already.
    const latest = new Date(Date.parse(now) + DAY_MS).toISOString().slice(0, 10)
    const isNew = before?.['day'] !== after['day']
    return {
      day:
        isNew && String(after['day'] ?? '') > latest
          ? say`${after['day']} lies ahead, and nobody has worked then. Give the day of the work.`
          : null,
    }
  },
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

/** Clocks of other machines may be a little fast. */
const AHEAD_MS = 5 * 60_000
const DAY_MS = 86_400_000

/** It was reported: that lies behind us. */
function openedProblem({ before, after, now }: Deriving): string | null {
  const opened = after['openedAt']
  if (typeof opened !== 'string' || opened === before?.['openedAt']) return null
  return Date.parse(opened) > Date.parse(now) + AHEAD_MS
    ? say`${opened} lies ahead. Give the instant at which it was reported, or leave it empty for now.`
    : null
}

/** Waiting ends at its instant: one that is over ends it at once. What is imported waited then. */
function waitingProblem({ before, after, now, actor }: Deriving): string | null {
  const until = after['waitingUntil']
  if (typeof until !== 'string' || until === before?.['waitingUntil'] || actor.origin === 'import') return null
  return Date.parse(until) < Date.parse(now) - AHEAD_MS
    ? say`${until} is over. Give an instant that is to come, or leave it empty to wait without an end.`
    : null
}

/** Imported dates may be out of order, as their source has them; by hand nothing is answered before it was reported. */
function answeredProblem({ before, after, actor }: Deriving): string | null {
  const opened = after['openedAt']
  if (before === null || actor.origin === 'import' || typeof opened !== 'string' || opened === before['openedAt'])
    return null
  const moments = ['assignedAt', 'respondedAt', 'resolvedAt', 'closedAt'].map((name) => after[name])
  const first = moments.filter((at) => typeof at === 'string').sort()[0]
  return first !== undefined && opened > first
    ? say`${opened} is after ${first}, when somebody had it in hand already. Give an earlier instant.`
    : null
}

/** The priority from impact and urgency, and the requester's unit: whichever is to be found out anew. */
async function stamped(facts: Deriving): Promise<Record<string, unknown>> {
  const { before, after, actor, store } = facts
  const isSame = before !== null && before['impact'] === after['impact'] && before['urgency'] === after['urgency']
  const isGiven = before === null && after['priority'] !== null && after['priority'] !== undefined
  const { priorityMatrix } = store.catalogue.settings(actor.org)
  return {
    ...(isSame || isGiven
      ? {}
      : { priority: priorityOf(priorityMatrix, String(after['impact']), String(after['urgency'])) }),
    ...(await unitOfRequester(facts)),
  }
}
async function unitOfRequester({ before, after, actor, on, store }: Deriving): Promise<{ unit?: Ref | null }> {
  const requester = idIn(after['requester'])
  if (requester === idIn(before?.['requester'])) return {}
  if (requester === null) return { unit: null }
  const rows = await store.gather.rows<{ id: number; unit: number; name: string }>(
    on,
    ([ids]) =>
      sql`select p.id, u.id as unit, u.name from person p join unit u on u.org = p.org and u.id = p.unit where p.org = ${actor.org} and p.id = any(${ids}::bigint[])`,
    [[requester]],
  )
  const found = rows.find(({ id }) => id === requester)
  return { unit: found === undefined ? null : { id: found.unit, number: `UNIT-${found.unit}`, title: found.name } }
}
/** Counted when the work passes from one team or person to another, not when it is given for the first time. */
function reassigned({ before, after }: Deriving): Record<string, unknown> {
  if (before === null) return {}
  const moved = ['team', 'assignee'].some(
    (name) => idIn(before[name]) !== null && idIn(after[name]) !== null && idIn(before[name]) !== idIn(after[name]),
  )
  return moved ? { reassignmentCount: Number(before['reassignmentCount'] ?? 0) + 1 } : {}
}
