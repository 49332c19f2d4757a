/** People: the directory of persons, teams, units and locations. */
import type { Rules } from '#kit/store.ts'
import type { RecordType } from '#kit/record.ts'
import { absence, location, personRecord, position, team, unit } from './directory.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import { lastAdministrator } from './last-administrator.ts'
import { endAccessOfLeavers } from './leaver.ts'
import { treeProblem } from './tree.ts'

export { absence, location, personRecord, position, team, unit } from './directory.ts'

export const records: readonly RecordType[] = [personRecord, team, unit, location, position, absence]

export const rules: Readonly<Record<string, Rules>> = {
  person: {
    refuse: async (facts) =>
      zoneProblem(facts.after['timeZone']) ??
      (await treeProblem(facts, personRecord, 'lineManager')) ??
      (await lastAdministrator(facts)),
    after: endAccessOfLeavers,
  },
  unit: { refuse: (facts) => treeProblem(facts, unit, 'parent') },
  location: {
    refuse: async (facts) => zoneProblem(facts.after['timeZone']) ?? (await treeProblem(facts, location, 'parent')),
  },
  position: { refuse: (facts) => treeProblem(facts, position, 'reportsTo') },
  absence: {
    refuse: ({ after }) =>
      String(after['lastDay']) < String(after['firstDay']) ? 'The last day is before the first. Exchange them.' : null,
  },
}
function zoneProblem(zone: unknown): string | null {
  return typeof zone !== 'string' || isTimeZone(zone)
    ? null
    : `"${zone}" is not a time zone. Write one such as Europe/Berlin.`
}
