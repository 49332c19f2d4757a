// What a new record begins with, and what it still lacks.
import type { Search } from '../data/address.ts'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import type { Values } from '../record/save.ts'

/** Fields that a person types when creating: neither stamped nor moved by a workflow. */
export function typedFields(record: RecordInfo): FieldInfo[] {
  return record.fields.filter((field) => !field.stamped && record.workflow?.field !== field.name)
}

/** Declared defaults, and plain values that the address gives (`?subject=Printer`). */
export function startValues(record: RecordInfo, search: Search): Values {
  const values: Values = {}
  for (const field of typedFields(record)) {
    const given = search[field.name]
    const plain =
      field.kind === 'text' ||
      field.kind === 'longText' ||
      field.kind === 'choice' ||
      field.kind === 'email' ||
      field.kind === 'url' ||
      field.kind === 'day'
    if (given !== undefined && plain) values[field.name] = given
    else if (field.default !== undefined) values[field.name] = startValue(field)
  }
  return values
}

/** A declared default; `now` and `today` mean the moment at which the form is opened. */
export function startValue(field: FieldInfo): unknown {
  const now = new Date().toISOString()
  if (field.kind === 'instant' && field.default === 'now') return now
  return field.kind === 'day' && field.default === 'today' ? now.slice(0, 10) : field.default
}

export function emptyRequired(record: RecordInfo, values: Values): Record<string, string> {
  const empty = typedFields(record).filter((field) => field.required && isEmpty(values[field.name]))
  return Object.fromEntries(empty.map((field) => [field.name, messages.form.required]))
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}
