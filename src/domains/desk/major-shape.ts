/** What the routes of major incidents answer. */
import { wholeSchema, withMembers } from '#kit/json-schema.ts'
import { among, INSTANT, listOf, orNull, REF, REF_OR_NULL, shapeOf, TEXT, WHOLE } from '#kit/routes/shape.ts'
import { majorIncident } from './around.ts'
import type { Chronicle, ChronicleItem, RunningMajor } from './chronicle.ts'
import type { Crew } from './major.ts'
import { BECAUSE, MAJOR_PAGE, NEXT_NEWS } from './page-shape.ts'
import type { Routing, Suggested } from './routing.ts'

const SUGGESTED = orNull(shapeOf<Suggested>({ ref: REF, because: TEXT }))
export const ROUTING = shapeOf<Routing>({ team: SUGGESTED, assignee: SUGGESTED, warnings: BECAUSE })
export const CREW = shapeOf<Crew>({
  commander: SUGGESTED,
  communicator: SUGGESTED,
  scribe: SUGGESTED,
  warnings: BECAUSE,
})
/** The new major incident, and who was proposed. */
export const DECLARED = withMembers(wholeSchema(majorIncident, MAJOR_PAGE), { members: { proposed: CREW } })
export const RUNNING_MAJOR = shapeOf<RunningMajor>({
  major: REF,
  status: TEXT,
  incident: REF_OR_NULL,
  commander: REF_OR_NULL,
  declaredAt: INSTANT,
  next: NEXT_NEWS,
})
const ITEM = shapeOf<ChronicleItem>({
  kind: among('declared', 'news', 'move', 'child'),
  at: INSTANT,
  minutes: WHOLE,
  text: TEXT,
  actor: REF_OR_NULL,
  about: REF,
})
export const CHRONICLE = shapeOf<Chronicle>({ declaredAt: INSTANT, next: NEXT_NEWS, items: listOf(ITEM) })
