/** What GET /bridge answers. */
import {
  among,
  DAY,
  listOf,
  NUMBER,
  NUMBER_OR_NULL,
  orNull,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  WHOLE,
} from '#kit/routes/shape.ts'
import type { Duty, DutyMeasure } from './duties.ts'
import type { Need } from './needs.ts'
import type { Work, WorkLine } from './work.ts'

export interface Bridge {
  readonly today: string
  /** The worst first. */
  readonly needs: readonly Need[]
  readonly needsInAll: number
  readonly duties: readonly Duty[]
  readonly work: Work
}
const STANDING = among('good', 'watch', 'bad')
const NEED = shapeOf<Need>({
  kind: TEXT,
  urgency: among('bad', 'warn', 'info'),
  text: TEXT,
  place: TEXT,
  link: TEXT,
  count: WHOLE,
})
const MEASURE = shapeOf<DutyMeasure>({
  id: WHOLE,
  name: TEXT,
  definition: TEXT,
  value: NUMBER,
  unit: TEXT,
  target: NUMBER,
  limit: NUMBER,
  standing: STANDING,
  score: NUMBER,
  on: DAY,
  evidence: WHOLE,
  list: TEXT_OR_NULL,
  trend: listOf(NUMBER),
})
const DUTY = shapeOf<Duty>({
  duty: TEXT,
  label: TEXT,
  score: NUMBER_OR_NULL,
  standing: orNull(STANDING),
  change: NUMBER_OR_NULL,
  evidence: WHOLE,
  measures: listOf(MEASURE),
})
const LINE = shapeOf<WorkLine>({ label: TEXT, count: WHOLE, late: WHOLE, link: TEXT, lateLink: TEXT })
const WORK = shapeOf<Work>({
  mine: listOf(LINE),
  teams: listOf(LINE),
  open: listOf(shapeOf<Work['open'][number]>({ priority: TEXT, count: WHOLE, link: TEXT })),
  away: listOf(shapeOf<Work['away'][number]>({ id: WHOLE, name: TEXT, until: DAY, deputy: TEXT_OR_NULL })),
})
export const BRIDGE = shapeOf<Bridge>({
  today: DAY,
  needs: listOf(NEED),
  needsInAll: WHOLE,
  duties: listOf(DUTY),
  work: WORK,
})
