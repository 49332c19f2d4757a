/** People: the directory of persons, teams, units and locations. */
import { say } from '#engines/say.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { dayFor } from '#kit/zone.ts'
import { touches } from '#kit/misfits.ts'
import type { RecordType } from '#kit/record.ts'
import { absenceRules } from './absence-rules.ts'
import { absence, location, personRecord, position, team, unit } from './directory.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import { lastAdministrator } from './last-administrator.ts'
import { endAccessOfLeavers } from './leaver.ts'
import { closedProblem, positionRules, positionsFollowHolders } from './position-rules.ts'

export { absence, location, personRecord, position, team, unit } from './directory.ts'

export const records: readonly RecordType[] = [personRecord, team, unit, location, position, absence]

export const rules: Readonly<Record<string, Rules>> = {
  person: {
    // The day is theirs, whatever day it is where the server stands.
    derive: async ({ before, after, actor, now, on }) =>
      before?.['status'] === 'active' && after['status'] === 'left' && after['leftOn'] === now.slice(0, 10)
        ? { leftOn: await dayFor(on, { org: actor.org, person: after.id, at: now }) }
        : {},
    fits: async (facts) => ({
      timeZone: zoneProblem(facts.after['timeZone']),
      startedOn: startProblem(facts),
      position: await closedProblem(facts),
    }),
    refuse: lastAdministrator,
    after: async (facts) => {
      await endAccessOfLeavers(facts)
      await positionsFollowHolders(facts)
    },
  },
  location: { fits: ({ after }) => ({ timeZone: zoneProblem(after['timeZone']) }) },
  position: positionRules,
  absence: absenceRules,
}
/** Somebody may leave before their first day came; a first day that is written later does not lie behind the last. */
function startProblem(facts: Deriving): string | null {
  const { startedOn, leftOn } = facts.after
  const isWrong = typeof startedOn === 'string' && typeof leftOn === 'string' && startedOn > leftOn
  return isWrong && touches(facts, ['startedOn'])
    ? say`${startedOn} is after the day on which this person left (${leftOn}). Give an earlier day.`
    : null
}
function zoneProblem(zone: unknown): string | null {
  return typeof zone !== 'string' || isTimeZone(zone)
    ? null
    : say`"${zone}" is not a time zone. Write one such as Europe/Berlin.`
}
