/** One value as the journal tells it, and as the columns of a row hold it: the same, or not. */
import { columnValues } from '#kit/write.ts'
import type { FieldPlan } from './plan.ts'

export type RowLine = Readonly<Record<string, unknown>>
/** The journal knew the value and lost it on purpose: nothing can be said of the field. */
export const GONE = Symbol('gone')
/** The row was anonymised: the field is empty, or holds the words that stand for a name. */
export const EMPTIED = Symbol('emptied')

/** Whether the row holds what was said last. Undefined: nothing was ever said, so the field is empty. */
export function holds(plan: FieldPlan, row: RowLine, said: unknown): boolean {
  const [column = ''] = plan.columns
  if (said !== null && typeof said !== 'object' && plan.columns.length === 1 && row[column] === said) return true
  return rowIdentity(plan, row) === saidIdentity(plan, said ?? null)
}
/** A row after it was anonymised; a name that must be there says what the row was. */
export function holdsNothing(plan: FieldPlan, row: RowLine, erased: string): boolean {
  const is = rowIdentity(plan, row)
  return is === EMPTY || is === saidIdentity(plan, erased)
}

const EMPTY = 'null'
/** A text that is the same for values that the same columns would hold: a reference is what it points to. */
export function saidIdentity(plan: FieldPlan, said: unknown): string {
  // What a structure is written as is its own text; everything else goes through what writes the columns.
  return plan.field.kind === 'json' ? identity(plan, [said]) : identity(plan, columnValues(plan.field, said))
}
export function rowIdentity(plan: FieldPlan, row: RowLine): string {
  if (plan.columns.length === 1) {
    const value = row[plan.columns[0] ?? '']
    if (value === null || value === undefined) return EMPTY
    return identity(plan, [value])
  }
  return identity(
    plan,
    plan.columns.map((column) => row[column]),
  )
}
function identity({ field }: FieldPlan, values: readonly unknown[]): string {
  const plain = values.map((value) => (isBlank(value) ? null : plainly(field.kind, value)))
  if (plain.every((value) => value === null)) return EMPTY
  return JSON.stringify(plain.length === 1 ? plain[0] : plain)
}
/** A list or structure without anything in it is no value: new rows do not tell of it. */
function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
/** As the database gives it back. */
function plainly(kind: FieldPlan['field']['kind'], value: unknown): unknown {
  if (kind === 'instant') return typeof value === 'string' ? inFull(value) : value
  if (kind === 'day') return typeof value === 'string' ? value.slice(0, 10) : value
  if (kind === 'number' || kind === 'duration') return Number(value)
  if (kind === 'refs') return Array.isArray(value) ? value.map(Number) : value
  return value
}
function inFull(text: string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}
