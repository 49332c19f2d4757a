/** What histories and timelines answer. */
import type { JsonSchema } from './contract.ts'
import type { HistoryChange, HistoryItem } from './history.ts'
import type { MailOfRecord } from './mail/of-record.ts'
import { MAIL_STATES } from './mail/of-record.ts'
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
  WHOLE,
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

const MAIL = shapeOf<Omit<MailOfRecord, 'at'>>({
  id: WHOLE,
  to: REF_OR_NULL,
  state: among(...MAIL_STATES),
  subject: TEXT_OR_NULL,
})

/** Changes, rows of what hangs on the record, and mails about it, each under its kind. */
export function timelineShape(find: (name: string) => RecordType | null): JsonSchema {
  const at = { at: INSTANT, actor: REF_OR_NULL }
  const hanging = Object.entries(HANGING).flatMap(([name, kind]) => {
    const record = find(name)
    return record === null ? [] : [shape({ kind: among(kind), ...at, row: rowOf(record) })]
  })
  return pageOf({ oneOf: [shape({ kind: among('change'), ...at, change: HISTORY_ITEM }), ...hanging, shape({ kind: among('mail'), ...at, mail: MAIL })] }) // oxfmt-ignore
}
