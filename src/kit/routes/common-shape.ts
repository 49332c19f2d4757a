/** What the routes answer that serve every record alike. */
import type { BulkResult } from '#kit/bulk.ts'
import type { Group } from '#kit/groups.ts'
import type { Undone } from '#kit/undo.ts'
import type { SearchHit } from './search.ts'
import { listOf, shapeOf, TEXT, TEXT_OR_NULL, TEXTS, WHOLE } from './shape.ts'

export const GROUP = shapeOf<Group>({
  keys: listOf({ type: ['string', 'number', 'boolean', 'null'] }),
  labels: TEXTS,
  count: WHOLE,
  filter: TEXT,
})
export const BULK_RESULT = shapeOf<BulkResult>({
  request: TEXT,
  done: WHOLE,
  failed: listOf(shapeOf<BulkResult['failed'][number]>({ id: WHOLE, number: TEXT, because: TEXT })),
})
export const HIT = shapeOf<SearchHit>({
  record: TEXT,
  plural: TEXT,
  place: TEXT_OR_NULL,
  label: TEXT,
  id: WHOLE,
  number: TEXT,
  title: TEXT,
  status: TEXT_OR_NULL,
})
export const UNDONE = shapeOf<Undone>({
  undone: WHOLE,
  kept: listOf(shapeOf<Undone['kept'][number]>({ number: TEXT, because: TEXT })),
})
