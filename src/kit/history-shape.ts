/** What histories and timelines answer. */
import type { JsonSchema } from './contract.ts'
import type { HistoryChange, HistoryItem } from './history.ts'
import { HANGING } from './timeline.ts'
import { rowOf } from './json-schema.ts'
import type { RecordType } from './record.ts'
import {
  among,
  ANYTHING,
  INSTANT,
  listOf,
  pageOf,
  REF_OR_NULL,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  YES_NO,
} from './routes/shape.ts'

export const HISTORY_CHANGE = shapeOf<HistoryChange>({ field: TEXT, label: TEXT, from: ANYTHING, to: ANYTHING })
export const HISTORY_ITEM = shapeOf<HistoryItem>({
  kind: among('change'),
  id: TEXT,
  at: INSTANT,
  recordedAt: INSTANT,
  actor: REF_OR_NULL,
  action: TEXT,
  changes: listOf(HISTORY_CHANGE),
  reason: TEXT_OR_NULL,
  origin: TEXT,
  request: TEXT,
  isErased: YES_NO,
})

/** Changes, and rows of what hangs on the record, each under its kind. */
export function timelineShape(find: (name: string) => RecordType | null): JsonSchema {
  const at = { at: INSTANT, actor: REF_OR_NULL }
  const hanging = Object.entries(HANGING).flatMap(([name, kind]) => {
    const record = find(name)
    return record === null ? [] : [shape({ kind: among(kind), ...at, row: rowOf(record) })]
  })
  return pageOf({ oneOf: [shape({ kind: among('change'), ...at, change: HISTORY_ITEM }), ...hanging] })
}
