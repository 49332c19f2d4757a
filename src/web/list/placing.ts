// Whether a row that changed stands in a view where it stood.
import type { RecordInfo, Row } from '../data/contract.ts'
import { fieldOf, valueOf } from '../data/fields.ts'
import { same } from '../data/same.ts'
import { termsOf } from './filter.ts'
import type { View } from './view.ts'

/** Fields that decide whether and where a row stands in this view; added ones as `custom.name`. */
export function placingOf({ sort, filter, group }: Pick<View, 'sort' | 'filter' | 'group'>): string[] {
  const sorted = sort.split(',').map((name) => name.replace(/^-/, ''))
  const filtered = termsOf(filter).flatMap((term) => term.field ?? [])
  return [...sorted, ...filtered, ...(group ? [group.name] : [])]
}

export function stays(record: RecordInfo, placing: readonly string[], before: Row | undefined, now: Row): boolean {
  return placing.every((name) => same(before && valueIn(record, before, name), valueIn(record, now, name)))
}

/** What is no field of the record, such as its id, stands in the row under its name. */
function valueIn(record: RecordInfo, row: Row, name: string): unknown {
  const field = fieldOf(record, name)
  return field === null ? row[name] : valueOf(row, field)
}
