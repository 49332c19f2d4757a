/** A clock as answers hold it. */
import type { ClockInfo } from './clock.ts'
import { CLOCK_STATES } from './clock.ts'
import { among, INSTANT, INSTANT_OR_NULL, listOf, NUMBER, REF_OR_NULL, shapeOf, TEXT, YES_NO } from './routes/shape.ts'

export const CLOCK = shapeOf<ClockInfo>({
  name: TEXT,
  label: TEXT,
  state: among(...CLOCK_STATES),
  dueAt: INSTANT_OR_NULL,
  startedAt: INSTANT,
  stoppedAt: INSTANT_OR_NULL,
  targetSeconds: NUMBER,
  usedSeconds: NUMBER,
  remainingSeconds: NUMBER,
  warnings: listOf(shapeOf<ClockInfo['warnings'][number]>({ at: INSTANT, fraction: NUMBER, passed: YES_NO })),
  because: listOf(shapeOf<ClockInfo['because'][number]>({ text: TEXT }, { at: INSTANT })),
  agreement: REF_OR_NULL,
  calendar: REF_OR_NULL,
})
