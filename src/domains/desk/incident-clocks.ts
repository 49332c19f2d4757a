/** The clocks that run on an incident; service levels say how long each may take. */
import { clock } from '#kit/clock.ts'
import type { ClockType, Moment } from '#kit/clock.ts'
import { incident } from './incident.ts'

const at = (field: string): Moment => (row) => (typeof row[field] === 'string' ? row[field] : null)
const cancels: Moment = (row) => (row['status'] === 'cancelled' ? at('closedAt')(row) : null)
const rests = { resolved: 'Resolved, then reopened', closed: 'Closed, then reopened', cancelled: 'Withdrawn, then reopened' }

export const incidentClocks: readonly ClockType[] = [
  clock(incident, { name: 'firstResponse', label: 'First response', starts: at('openedAt'), stops: at('respondedAt'), cancels, rests }),
  clock(incident, { name: 'resolution', label: 'Resolution', starts: at('openedAt'), stops: at('resolvedAt'), cancels, rests }),
  clock(incident, { name: 'assignment', label: 'Assignment', starts: at('openedAt'), stops: at('assignedAt'), cancels, rests }),
]
