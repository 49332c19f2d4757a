/** People: the directory of persons, teams, units and locations. */
import { say } from '#engines/say.ts'
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
    fits: async (facts) => ({
      timeZone: zoneProblem(facts.after['timeZone']),
      lineManager: await treeProblem(facts, personRecord, 'lineManager'),
    }),
    refuse: lastAdministrator,
    after: endAccessOfLeavers,
  },
  unit: { fits: async (facts) => ({ parent: await treeProblem(facts, unit, 'parent') }) },
  location: {
    fits: async (facts) => ({
      timeZone: zoneProblem(facts.after['timeZone']),
      parent: await treeProblem(facts, location, 'parent'),
    }),
  },
  position: { fits: async (facts) => ({ reportsTo: await treeProblem(facts, position, 'reportsTo') }) },
  absence: {
    fits: ({ after }) => ({
      lastDay:
        String(after['lastDay']) < String(after['firstDay'])
          ? say`The last day is before the first. Exchange them.`
          : null,
    }),
  },
}
function zoneProblem(zone: unknown): string | null {
  return typeof zone !== 'string' || isTimeZone(zone)
    ? null
    : say`"${zone}" is not a time zone. Write one such as Europe/Berlin.`
}
