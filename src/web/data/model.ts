// The kinds of record as the server declares them, with the questions that screens ask about them.
import { useSuspenseQuery } from '@tanstack/react-query'
import { ownFieldOf } from '../fields/own-fields.ts'
import type { Me, Model, RecordInfo, Row, StateInfo } from './contract.ts'
import { fieldOf } from './fields.ts'
import { meQuery, modelQuery } from './queries.ts'

export { allFields, baseFields, fieldOf, recordNamed, valueOf } from './fields.ts'

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
