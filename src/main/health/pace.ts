/** The line "Writing" of the health page: how long the database takes to write something down for good. */
import { decimal, say } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'

/** Each press of Save waits at least as long. */
const SLOW_MS = 100
const VERY_SLOW_MS = 1_000

/** @param medianMs of the last writes; null while there were too few */
export function paceItem(medianMs: number | null): HealthItem {
  const state = medianMs === null || medianMs < SLOW_MS ? 'good' : medianMs < VERY_SLOW_MS ? 'warn' : 'bad'
  return {
    name: say`Writing`,
    state,
    value: medianMs === null ? say`not measured yet` : say`the database takes ${decimal(medianMs)} ms to keep a change`,
    todo:
      state === 'good'
        ? ''
        : say`The disk of the database is slow, or something else keeps it busy: everybody waits at every change, and nothing is lost. See what else writes there (a backup, another program, a RAID that is being rebuilt), or move the data to a quicker disk.`,
  }
}
