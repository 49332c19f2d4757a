/** Desk: incidents and what stands around them. */
import type { RecordType } from '#kit/record.ts'
import type { Rules } from '#kit/store.ts'
import { cannedReply, category, majorIncident, news, survey, timeEntry } from './around.ts'
import { incident } from './incident.ts'
import { incidentRules, timeEntryRules } from './incident-rules.ts'

export { cannedReply, category, majorIncident, news, survey, timeEntry } from './around.ts'
export { incident, PRIORITIES } from './incident.ts'

export const records: readonly RecordType[] = [incident, majorIncident, news, category, timeEntry, cannedReply, survey]
export const rules: Readonly<Record<string, Rules>> = { incident: incidentRules, timeEntry: timeEntryRules }
