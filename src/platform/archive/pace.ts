/** Gives way: long copying leaves most of the machine to people. */
import { setTimeout as sleep } from 'node:timers/promises'
import { steadyMs } from '#platform/clock.ts'

/** A small database is copied at once. */
const AT_ONCE_BYTES = 64 << 20
const STEP_BYTES = 2 << 20
/** For each second of work, so many of rest. */
const REST = 2
const LONGEST_REST_MS = 1_000

/** @returns told of each piece of work; rests when it is time to */
export function unhurried(): (bytes: number) => Promise<void> {
  let [done, atRest, since] = [0, AT_ONCE_BYTES, steadyMs()]
  return async (bytes) => {
    done += bytes
    if (done < AT_ONCE_BYTES) since = steadyMs()
    if (done - atRest < STEP_BYTES) return
    await sleep(Math.min(LONGEST_REST_MS, REST * (steadyMs() - since)))
    atRest = done
    since = steadyMs()
  }
}
