/** Services: the catalogue, what each service needs, calendars and service levels. */
import type { RecordType } from '#kit/record.ts'
import type { Rules } from '#kit/store.ts'
import { calendarProblem } from './calendars.ts'
import { dependency, service } from './catalogue.ts'
import { agreement, calendar, target } from './level.ts'

export { dependency, service } from './catalogue.ts'
export { agreement, calendar, target } from './level.ts'
export type { Definition, Escalation, Pause } from './level-checks.ts'

export const records: readonly RecordType[] = [service, dependency, calendar, agreement, target]
export const rules: Readonly<Record<string, Rules>> = {
  calendar: { refuse: ({ after }) => calendarProblem(after) },
  dependency: { refuse: ({ after }) => (JSON.stringify(after['service']) === JSON.stringify(after['needs']) ? 'A service cannot need itself. Choose another.' : null) },
  target: { refuse: ({ after }) => ((after['workingMinutes'] === null) === (after['workingDays'] === null) ? 'Give either working minutes or working days.' : null) },
}
