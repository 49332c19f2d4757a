// The kinds of record as the server declares them, with the questions that screens ask about them.
import { useSuspenseQuery } from '@tanstack/react-query'
import { ownFieldOf } from '../fields/own-fields.ts'
import { messages } from '../messages/messages.ts'
import type { FieldInfo, Me, Model, RecordInfo, Row, StateInfo } from './contract.ts'
import { meQuery, modelQuery } from './queries.ts'

export function useModel(): Model {
  return useSuspenseQuery(modelQuery).data
}

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** The record of a URL's plural, or null when there is none that this person may see. */
export function useRecord(plural: string): RecordInfo | null {
  return useModel().records.find((record) => record.plural === plural) ?? null
}

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

/** The body of a write: custom fields go under `custom`. */
export function bodyOf(record: RecordInfo, values: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (fieldOf(record, name)?.custom) custom[name] = value
    else body[name] = value
  }
  return Object.keys(custom).length > 0 ? { ...body, custom } : body
}

/** What people call a row. A title that is a reference (a dependency's service) is the title of what it refers to. */
export function titleOf(record: RecordInfo, row: Row): string {
  const own = row[record.title]
  const title = typeof own === 'object' && own !== null && 'title' in own ? own.title : own
  if (typeof title !== 'string' || title === '') return row.number
  const field = fieldOf(record, record.title)
  return (field && ownFieldOf(field)?.words?.(title)) ?? title
}

export function stateOf(record: RecordInfo, name: unknown): StateInfo | null {
  return record.workflow?.states.find((state) => state.name === name) ?? null
}

/** Address of a record's page. */
export function addressOf(record: RecordInfo, number: string | number): string {
  return `${listAddress(record)}/${encodeURIComponent(number)}`
}

export function listAddress(record: RecordInfo, search = ''): string {
  return `/${record.place || 'all'}/${record.plural}${search === '' ? '' : `?${search.replace(/^\?/, '')}`}`
}
