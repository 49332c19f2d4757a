/** What the moves of an incident stamp on it, and what holds some of them back. */
import { say } from '#engines/say.ts'
import type { GuardFacts } from '#kit/workflow.ts'

export const notWaiting = { waitingFor: null, waitingSupplier: null, waitingUntil: null } as const

export function closed({ now }: GuardFacts): Readonly<Record<string, unknown>> {
  return { closedAt: now }
}
export function assigned({ row, now }: GuardFacts): Readonly<Record<string, unknown>> {
  return { assignedAt: row['assignedAt'] ?? now }
}
export function responded({ row, now }: GuardFacts): Readonly<Record<string, unknown>> {
  return { assignedAt: row['assignedAt'] ?? now, respondedAt: row['respondedAt'] ?? now }
}
/**
 * Waiting is a response only of somebody who took it (ITIL 4, incident management: acknowledged by a person). Without
 * one, nobody has told the requester anything: the first public comment of the staff will be the response.
 */
export function held(facts: GuardFacts): Readonly<Record<string, unknown>> {
  const { assignee, team } = facts.row
  if (assignee !== null && assignee !== undefined) return responded(facts)
  return team !== null && team !== undefined ? assigned(facts) : {}
}
export function resolved({ row, now }: GuardFacts): Readonly<Record<string, unknown>> {
  return { respondedAt: row['respondedAt'] ?? now, resolvedAt: now, ...notWaiting }
}
export function reopened({ row }: GuardFacts): Readonly<Record<string, unknown>> {
  return { resolvedAt: null, closedAt: null, closureCode: null, reopenCount: Number(row['reopenCount'] ?? 0) + 1 }
}
export function mergedNote({ row }: GuardFacts): string | null {
  return isRef(row['duplicateOf'])
    ? say`${row.number} was merged into ${row['duplicateOf'].number}; resolve that one.`
    : null
}
function isRef(value: unknown): value is { readonly number: string } {
  return typeof value === 'object' && value !== null && 'number' in value
}
/** A closed incident is reopened within so many days; later a new one tells the truth better. */
export function reopenTerm({ row, now, settings }: GuardFacts): string | null {
  if (isRef(row['duplicateOf']))
    return say`${row.number} was merged into ${row['duplicateOf'].number}. Unmerge it, or reopen ${row['duplicateOf'].number}.`
  const closed = row['closedAt']
  if (typeof closed !== 'string') return null
  const days = Math.floor((Date.parse(now) - Date.parse(closed)) / 86_400_000)
  return days <= settings.reopenWithinDays
    ? null
    : say`Closed ${days} days ago. Reopening is possible for ${settings.reopenWithinDays} days; report a new incident and link it to this one.`
}
