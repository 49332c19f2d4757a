// The fields of a record by name and the values of a row: questions that need neither a server nor a page.
import { messages } from '../messages/messages.ts'
import type { FieldInfo, Model, RecordInfo, Row } from './contract.ts'

export function recordNamed(model: Model, name: string): RecordInfo | null {
  return model.records.find((record) => record.name === name) ?? null
}

const base = messages.baseFields
const stamp = { stamped: true, sortable: true, filterable: true, confidentiality: 'C0' } as const

/** The fields that every record has beside its own. */
export const baseFields: FieldInfo[] = [
  {
    name: 'number',
    get label() {
      return base.number
    },
    kind: 'text',
    ...stamp,
  },
  {
    name: 'createdAt',
    get label() {
      return base.createdAt
    },
    kind: 'instant',
    ...stamp,
  },
  {
    name: 'createdBy',
    get label() {
      return base.createdBy
    },
    kind: 'person',
    to: 'person',
    ...stamp,
  },
  {
    name: 'updatedAt',
    get label() {
      return base.updatedAt
    },
    kind: 'instant',
    ...stamp,
  },
  {
    name: 'updatedBy',
    get label() {
      return base.updatedBy
    },
    kind: 'person',
    to: 'person',
    ...stamp,
  },
  {
    name: 'tags',
    get label() {
      return base.tags
    },
    kind: 'tags',
    filterable: true,
    sortable: false,
    confidentiality: 'C0',
  },
]

/** A field by name, the base fields included, an added one as `custom.name` too; null when the record has none of that name. */
export function fieldOf(record: RecordInfo, name: string): FieldInfo | null {
  if (name.startsWith('custom.'))
    return record.fields.find((field) => field.custom && field.name === name.slice('custom.'.length)) ?? null
  return record.fields.find((field) => field.name === name) ?? baseFields.find((field) => field.name === name) ?? null
}

/** Own fields first, then the base fields that the record does not declare itself. */
export function allFields(record: RecordInfo): FieldInfo[] {
  const own = new Set(record.fields.map((field) => field.name))
  return [...record.fields, ...baseFields.filter((field) => !own.has(field.name))]
}

export function valueOf(row: Row, field: FieldInfo): unknown {
  return (field.custom ? row.custom?.[field.name] : row[field.name]) ?? null
}
