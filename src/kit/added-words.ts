/** Words of added fields that an administrator has marked as searched: they stand beside the words of the row's own fields. */
import type { AddedFields } from './added.ts'
import type { AnyRow, RecordType } from './record.ts'
import { searchable, textOf } from './words.ts'

/** Everything of a row that is searched. @param added the record's added fields in that organisation */
export function wholeText(record: RecordType, row: Partial<AnyRow>, added: AddedFields): string {
  return searchable(writtenText(record, row, added))
}
/** The same, as it was written. */
export function writtenText(record: RecordType, row: Partial<AnyRow>, added: AddedFields): string {
  const more = Object.entries(added).flatMap(([name, field]) => {
    const value = row.custom?.[name]
    if (field.searchable !== true || typeof value !== 'string') return []
    return [field.options?.find((option) => option.value === value)?.label ?? value]
  })
  return [textOf(record, row), ...more].join(' ')
}
