/** Conditions of pauses ("status:waiting waitingFor:supplier") judged on values instead of in SQL. */
import type { Catalogue } from '#kit/catalogue.ts'
import { idOf } from '#kit/condition.ts'
import type { Field } from '#kit/field.ts'
import { parseFilter } from '#kit/filter.ts'
import type { RecordType } from '#kit/record.ts'
import { idIn } from '#kit/write.ts'
import type { Values } from './state-history.ts'

export interface Condition {
  readonly fields: readonly string[]
  readonly holds: (values: Values) => boolean
}

/** A condition on a record; null when it names a field that the record does not have: it never holds there. */
export function conditionOf(catalogue: Catalogue, record: RecordType, text: string): Condition | null {
  const parsed = parseFilter(text)
  if ('problem' in parsed || parsed.terms.length === 0) return null
  const terms = parsed.terms.flatMap((term) => {
    const field = Object.hasOwn(record.fields, term.field) ? record.fields[term.field] : undefined
    return field === undefined ? [] : [{ term, field }]
  })
  if (terms.length < parsed.terms.length) return null
  return {
    fields: terms.map(({ term }) => term.field),
    holds: (values) =>
      terms.every(
        ({ term, field }) =>
          term.values.some((value) => isValue(catalogue, field, { said: value, is: values[term.field] })) !== term.not,
      ),
  }
}
function isValue(catalogue: Catalogue, field: Field, { said, is }: { said: string; is: unknown }): boolean {
  const isEmpty = is === null || is === undefined || is === '' || (Array.isArray(is) && is.length === 0)
  if (said === 'none') return isEmpty
  if (said === 'any') return !isEmpty
  if (Array.isArray(is)) return is.some((one) => isValue(catalogue, field, { said, is: one }))
  if (field.to !== undefined) {
    const to = catalogue.find(field.to)
    return to !== null && idIn(is) !== null && idIn(is) === idOf(to, said)
  }
  return !isEmpty && String(is).toLowerCase() === said.toLowerCase()
}
