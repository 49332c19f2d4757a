/** What is said when a unique rule of a record refuses a write. */
import { amid, say } from '#engines/say.ts'
import { labelOf } from './field.ts'
import { conflict } from './problem.ts'
import type { RecordType } from './record.ts'
import { plainSnake } from './record.ts'

/** A broken unique rule as a sentence; any other error as it is. */
export function duplicate(record: RecordType, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return error
  const constraint = 'constraint' in error ? String(error.constraint) : ''
  const fields = (record.unique ?? []).find(
    (on) => constraint === `${record.table}_${on.map(plainSnake).join('_')}_key`,
  )
  if (fields === undefined) return error
  const labels = fields.map((name) => amid(record.fields[name]?.label ?? labelOf(name))).join(say` and `)
  return conflict(say`Another ${amid(record.label)} has the same ${labels}. Choose another, or open that one.`)
}
