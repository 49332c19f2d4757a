/** What the desk's reports answer. */
import { among, DAY, listOf, mapOf, NUMBER_OR_NULL, shapeOf, TEXT, WHOLE } from '#kit/routes/shape.ts'
import type { Bar, Behind, DeskReport, Figure, Volume } from './desk-report.ts'
import type { IncidentFigures } from './incident-figures.query.ts'

const BEHIND = shapeOf<Behind>({ record: among('incident', 'survey'), filter: TEXT })
const BAR = shapeOf<Bar>({ label: TEXT, count: WHOLE, list: BEHIND })
const VOLUME = shapeOf<Volume>({ on: DAY, opened: WHOLE, resolved: WHOLE, openedList: BEHIND, resolvedList: BEHIND })
const FIGURE = shapeOf<Figure>({
  name: TEXT,
  label: TEXT,
  value: NUMBER_OR_NULL,
  unit: among('incidents', 'share', 'of 5'),
  definition: TEXT,
  evidence: WHOLE,
  list: BEHIND,
})
export const DESK_REPORT = shapeOf<DeskReport>({
  from: DAY,
  to: DAY,
  by: among('day', 'week'),
  volume: listOf(VOLUME),
  backlog: listOf(BAR),
  reassigned: listOf(BAR),
  scores: listOf(BAR),
  figures: listOf(FIGURE),
})
export interface IncidentLog extends IncidentFigures {
  readonly zone: string
  /** The address of the list behind it. */
  readonly list: string
}
export const INCIDENT_LOG = shapeOf<IncidentLog>({
  incidents: WHOLE,
  updates: WHOLE,
  byPriority: mapOf(WHOLE),
  sourceLevelMet: WHOLE,
  reassigned: WHOLE,
  reopened: WHOLE,
  openedByMonth: mapOf(WHOLE),
  mostUpdates: WHOLE,
  zone: TEXT,
  list: TEXT,
})
