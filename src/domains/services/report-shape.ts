/** What the reports on service levels and on the health of services answer. */
import {
  among,
  INSTANT,
  listOf,
  mapOf,
  NUMBER_OR_NULL,
  orNull,
  REF,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  WHOLE,
} from '#kit/routes/shape.ts'
import type { LevelRow } from './level-report.ts'
import { BY } from './level-report.ts'
import type { HealthReport, LevelReport } from './report-routes.ts'
import type { ServiceHealth } from './service-health.ts'

const ROW = shapeOf<LevelRow>({
  key: TEXT_OR_NULL,
  label: TEXT,
  met: WHOLE,
  breached: WHOLE,
  running: WHOLE,
  percent: NUMBER_OR_NULL,
  filter: TEXT_OR_NULL,
})
export const LEVEL_REPORT = shapeOf<LevelReport>({
  asOf: INSTANT,
  from: INSTANT,
  to: INSTANT,
  by: among(...BY),
  clock: TEXT,
  record: TEXT,
  rows: listOf(ROW),
  total: shape({ met: WHOLE, breached: WHOLE, running: WHOLE, percent: NUMBER_OR_NULL }),
})
const WORST = shapeOf<NonNullable<ServiceHealth['worst']>>({
  record: TEXT,
  id: WHOLE,
  number: TEXT,
  clock: TEXT,
  dueAt: INSTANT,
  state: TEXT,
})
const CAUSE = shapeOf<NonNullable<ServiceHealth['cause']>>({ service: REF, number: TEXT, priority: TEXT_OR_NULL })
const HEALTH = shapeOf<ServiceHealth>({
  service: REF,
  criticality: TEXT,
  state: among('good', 'warn', 'bad'),
  met: WHOLE,
  breached: WHOLE,
  percent: NUMBER_OR_NULL,
  open: mapOf(WHOLE),
  cause: orNull(CAUSE),
  worst: orNull(WORST),
  filter: TEXT,
})
export const HEALTH_REPORT = shapeOf<HealthReport>({ asOf: INSTANT, days: WHOLE, items: listOf(HEALTH) })
