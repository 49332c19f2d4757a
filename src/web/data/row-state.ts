// The state of a row as one sign and one word: of its workflow, or of the first choice that has tones.
import { toneOf } from '../ui/state.tsx'
import type { FieldInfo, RecordInfo, Row, Tone } from './contract.ts'
import { fieldOf, valueOf } from './model.ts'

/** Null where nothing of the record is a state. */
export function stateField(record: RecordInfo): FieldInfo | null {
  return record.workflow ? fieldOf(record, record.workflow.field) : (record.fields.find(isToned) ?? null)
}

/** The word is empty where the row has no state. */
export function rowState(record: RecordInfo, row: Row): { tone: Tone; state: string } {
  const field = stateField(record)
  const value = field ? valueOf(row, field) : null
  const option = field?.options?.find((one) => one.value === value)
  return { tone: toneOf(option?.tone), state: option?.label ?? '' }
}

function isToned(field: FieldInfo): boolean {
  return field.options?.some((option) => option.tone !== undefined) === true
}
