/** The clocks that run on an incident; service levels say how long each may take. */
import { toSay } from '#engines/say.ts'
import { clock } from '#kit/clock.ts'
import type { ClockType, Moment } from '#kit/clock.ts'
import type { AnyRow } from '#kit/record.ts'
import { incident } from './incident.ts'

const at =
  (field: string): Moment =>
  (row) =>
    typeof row[field] === 'string' ? row[field] : null
/** The first of these instants that is known: imported incidents may lack some, and what is over was answered too. */
const first =
  (...fields: string[]): Moment =>
  (row) =>
    fields.map((field) => at(field)(row)).find((instant) => instant !== null) ?? null
/** Withdrawn or merged: there is nothing left to do. */
const isDropped = (row: AnyRow): boolean =>
  row['status'] === 'cancelled' || (row['duplicateOf'] !== null && row['duplicateOf'] !== undefined)
const cancels: Moment = (row) => (isDropped(row) ? at('closedAt')(row) : null)
const over =
  (...fields: string[]): Moment =>
  (row) =>
    isDropped(row) ? at(fields[0] ?? '')(row) : first(...fields, 'resolvedAt', 'closedAt')(row)
const rests = {
  resolved: toSay('Resolved, then reopened'),
  closed: toSay('Closed, then reopened'),
  cancelled: toSay('Withdrawn, then reopened'),
}

export const incidentClocks: readonly ClockType[] = [
  clock(incident, {
    name: 'firstResponse',
    label: 'First response',
    starts: at('openedAt'),
    stops: over('respondedAt'),
    cancels,
    rests,
  }),
  clock(incident, {
    name: 'resolution',
    label: 'Resolution',
    starts: at('openedAt'),
    stops: over('resolvedAt'),
    cancels,
    rests,
  }),
  clock(incident, {
    name: 'assignment',
    label: 'Assignment',
    starts: at('openedAt'),
    stops: over('assignedAt', 'respondedAt'),
    cancels,
    rests,
  }),
]
