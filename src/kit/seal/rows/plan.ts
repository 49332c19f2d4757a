/** What of a kind of record is held against the journal, as plain data: threads get it as it is. */
import { classOf, isWithin } from '#kit/clearance.ts'
import type { Field } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'
import { columnsOf } from '#kit/table.ts'
import { UNTOLD } from '#kit/write.ts'

export interface FieldPlan {
  readonly name: string
  /** What of the declaration says how a value is written. */
  readonly field: Pick<Field, 'kind' | 'required' | 'stamped'>
  readonly columns: readonly string[]
  /** Its values may be long: a row that holds a long one is looked at alone. */
  readonly isLong: boolean
  /** Whether the administrator of the machine may see the two values; what only named people read is not printed. */
  readonly isShown: boolean
}
export interface KindPlan {
  readonly name: string
  readonly label: string
  /** The prefix of its numbers. */
  readonly number: string
  readonly table: string
  readonly fields: readonly FieldPlan[]
}

/** The highest class that an administrator is given. */
const SHOWN_UP_TO = 'C4'
const LONG_TEXT = 4000
const BASE: readonly FieldPlan[] = [
  planned('binnedAt', { kind: 'instant', required: false, stamped: true }, ['binned_at']),
  planned('tags', { kind: 'tags', required: false, stamped: false }, ['tags']),
  planned('custom', { kind: 'json', required: false, stamped: false }, ['custom']),
]

/** Every field that the journal tells of: not caches, and not who wrote when. */
export function planOf(record: RecordType): KindPlan {
  const told = Object.entries(record.fields).filter(
    ([name]) => !UNTOLD.has(name) && record.cached?.includes(name) !== true,
  )
  return {
    name: record.name,
    label: record.label,
    number: record.number,
    table: record.table,
    fields: [
      ...BASE.map((base) => ({ ...base, isShown: isWithin(classOf(record), SHOWN_UP_TO) })),
      ...told.map(([name, field]) => ({
        ...planned(
          name,
          field,
          columnsOf(name, field).map((column) => column.name),
        ),
        isShown: isWithin(classOf(record), SHOWN_UP_TO) && isWithin(classOf(field), SHOWN_UP_TO),
      })),
    ],
  }
}
function planned(name: string, of: Field | FieldPlan['field'], columns: readonly string[]): FieldPlan {
  const { kind, required, stamped } = of
  const isLong = kind === 'longText' || kind === 'json' || (kind === 'text' && 'max' in of && of.max !== undefined && of.max > LONG_TEXT) // oxfmt-ignore
  return { name, field: { kind, required, stamped }, columns, isLong, isShown: true }
}
