/** People: the directory of persons, teams, units and locations. */
import { say } from '#engines/say.ts'
import { isEmpty } from '#kit/check.ts'
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

/** Where a day begins first, the clocks are so far ahead of UTC. */
const EARLIEST_MS = 14 * 60 * 60_000

export const records: readonly RecordType[] = [personRecord, team, unit, location, position, absence]

export const rules: Readonly<Record<string, Rules>> = {
  person: {
    // The day is theirs, whatever day it is where the server stands.
    derive: async ({ before, after, actor, now, on }) => {
      const isLeaving = before?.['status'] === 'active' && after['status'] === 'left'
      return isLeaving && isEmpty(after['leftOn'])
        ? { leftOn: await dayFor(on, { org: actor.org, person: after.id, at: now }) }
        : {}
    },
    fits: async (facts) => ({
      timeZone: zoneProblem(facts.after['timeZone']),
      startedOn: startProblem(facts),
      leftOn: leavingProblem(facts),
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
/** Leaving ends their access at once, so it is not told ahead: the day has come somewhere (UTC+14 at the earliest). */
function leavingProblem(facts: Deriving): string | null {
  const { status, leftOn } = facts.after
  if (status !== 'left' || typeof leftOn !== 'string' || !touches(facts, ['leftOn'])) return null
  const latest = new Date(Date.parse(facts.now) + EARLIEST_MS).toISOString().slice(0, 10)
  return leftOn > latest
    ? say`${leftOn} is still to come, and whoever is marked as left can no longer sign in. Do it on that day.`
    : null
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
