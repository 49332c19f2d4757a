/** What GET /records answers: each kind of record as screens read it. */
import type { JsonSchema } from './contract.ts'
import type { Option } from './field.ts'
import { FIELD_KINDS, TONES } from './field.ts'
import type { FieldInfo, MoveInfo, PlaceInfo, RecordInfo } from './info.ts'
import type { Dated, SavedQuery } from './record.ts'
import {
  among,
  ANYTHING,
  listOf,
  NUMBER,
  orNull,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  YES_NO,
} from './routes/shape.ts'

const OPTION = shapeOf<Option>({ value: TEXT, label: TEXT }, { tone: among(...TONES) })
const FIELD = shapeOf<FieldInfo>(
  {
    name: TEXT,
    label: TEXT,
    help: TEXT,
    kind: among(...FIELD_KINDS),
    required: YES_NO,
    stamped: YES_NO,
    confidentiality: among('C0', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6'),
    custom: YES_NO,
    searchable: YES_NO,
    sortable: YES_NO,
    filterable: YES_NO,
  },
  {
    options: listOf(OPTION),
    to: TEXT,
    max: NUMBER,
    min: NUMBER,
    unit: TEXT,
    accept: TEXTS,
    mostBytes: NUMBER,
    default: ANYTHING,
  },
)
const MOVE = shapeOf<MoveInfo>({ name: TEXT, label: TEXT, from: TEXTS, to: TEXT, needs: TEXTS, asks: TEXTS })
const WORKFLOW = shapeOf<NonNullable<RecordInfo['workflow']>>({
  field: TEXT,
  states: listOf(OPTION),
  ends: TEXTS,
  moves: listOf(MOVE),
})
const RECORD = shapeOf<RecordInfo>({
  name: TEXT,
  plural: TEXT,
  label: TEXT,
  labelPlural: TEXT,
  about: TEXT,
  prefix: TEXT,
  place: TEXT_OR_NULL,
  icon: TEXT,
  title: TEXT,
  sort: TEXT,
  fields: listOf(FIELD),
  list: TEXTS,
  sections: listOf(shape({ label: TEXT, fields: TEXTS })),
  workflow: orNull(WORKFLOW),
  views: listOf(shapeOf<SavedQuery>({ name: TEXT, label: TEXT, query: TEXT })),
  emptyText: TEXT,
  confidentiality: among('C0', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6'),
  dated: orNull(shapeOf<Dated>({ from: TEXT }, { to: TEXT, who: TEXT })),
  can: shapeOf<RecordInfo['can']>({ create: YES_NO, update: YES_NO, bin: YES_NO, import: YES_NO, export: YES_NO }),
})
export const CATALOGUE: JsonSchema = shape({
  records: listOf(RECORD),
  places: listOf(shapeOf<PlaceInfo>({ name: TEXT, label: TEXT, icon: TEXT })),
})
