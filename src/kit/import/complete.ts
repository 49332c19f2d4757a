/** A new row with its defaults, as a form would send it. */
import type { Actor } from '#kit/actor.ts'
import type { Values } from '#kit/draft.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { blankRow } from '#kit/blank-row.ts'

export function completed(record: RecordType, made: { id: number; now: string; actor: Actor }, values: Values): AnyRow {
  const whole: Values = {}
  for (const [name, field] of Object.entries(record.fields))
    whole[name] = field.default ?? (field.kind === 'refs' || field.kind === 'tags' ? [] : null)
  const row = blankRow(record, made, { ...whole, ...values })
  return {
    ...row,
    createdAt: typeof values['createdAt'] === 'string' ? values['createdAt'] : row.createdAt,
    createdBy: 'createdBy' in values ? (values['createdBy'] as AnyRow['createdBy']) : row.createdBy,
  } // the reader made it a reference
}
