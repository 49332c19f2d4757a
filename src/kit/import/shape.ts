/** What the routes of imports answer: one import, as far as it is. */
import type { JsonSchema } from '#kit/contract.ts'
import {
  among,
  ANYTHING,
  listOf,
  mapOf,
  orNull,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  WHOLE,
} from '#kit/routes/shape.ts'
import type { Batch, Found } from './batch.ts'
import { BATCH_STATES } from './batch.ts'
import type { EventSource, ImportMapping } from './mapping.ts'
import type { Counts, RowProblem } from './outcome.ts'

type Kept = 'id' | 'number' | 'record' | 'fileName' | 'state' | 'rev' | 'found' | 'mapping' | 'counts' | 'problems'
export interface ShownBatch extends Pick<Batch, Kept | 'because'> {
  /** Mappings that the product brings along for such a file, the best first. */
  readonly readyMappings: readonly { readonly name: string; readonly label: string }[]
  /** Rows; for an import that is taken back, records. */
  readonly progress: { readonly done: number; readonly total: number }
  /** The same as `because`. */
  readonly error: string | null
}
const FOUND = shapeOf<Found>(
  {
    format: TEXT,
    encoding: TEXT,
    separator: TEXT_OR_NULL,
    sheet: TEXT_OR_NULL,
    sheets: TEXTS,
    columns: listOf(shape({ name: TEXT, samples: TEXTS })),
    rowsEstimate: WHOLE,
    rows: WHOLE,
    signature: TEXT,
  },
  { mixed: shape({ lines: WHOLE, firstLine: WHOLE }) },
)
/** docs/import.md says what a column may say. */
const COLUMN: JsonSchema = {
  type: 'object',
  required: ['column'],
  properties: { column: TEXT },
  additionalProperties: true,
}
const MAPPING = shapeOf<ImportMapping>(
  { key: { anyOf: [TEXT, TEXTS, { type: 'null' }] }, columns: mapOf(COLUMN) },
  {
    constants: mapOf(ANYTHING),
    events: orNull(
      shapeOf<EventSource>({ at: COLUMN }, { by: COLUMN, moments: mapOf(shape({ field: TEXT }, { in: TEXTS })) }),
    ),
    zone: TEXT,
    missing: TEXTS,
    empty: among('keep', 'clear'),
    from: TEXT,
  },
)
const PROBLEM = shapeOf<RowProblem>({
  row: WHOLE,
  column: TEXT_OR_NULL,
  value: TEXT_OR_NULL,
  because: TEXT,
  todo: TEXT,
})
const COUNTS = shapeOf<Counts>(
  {
    create: WHOLE,
    update: WHOLE,
    unchanged: WHOLE,
    failed: WHOLE,
    rows: WHOLE,
    problems: WHOLE,
    references: mapOf(WHOLE),
  },
  { names: mapOf(TEXTS) },
)
export const BATCH = shapeOf<ShownBatch>({
  id: WHOLE,
  number: TEXT,
  record: TEXT,
  fileName: TEXT,
  state: among(...BATCH_STATES),
  rev: WHOLE,
  found: orNull(FOUND),
  mapping: orNull(MAPPING),
  readyMappings: listOf(shape({ name: TEXT, label: TEXT })),
  progress: shape({ done: WHOLE, total: WHOLE }),
  counts: orNull(COUNTS),
  problems: listOf(PROBLEM),
  because: TEXT_OR_NULL,
  error: TEXT_OR_NULL,
})
