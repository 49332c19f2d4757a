/** What an import is about to do, for somebody at a terminal: how the file was read, which column fills which field, and what is left out. */
import type { RecordType } from '#kit/record.ts'
import { labelOf } from '#kit/field.ts'
import type { Batch } from '#kit/import/batch.ts'
import type { ColumnSource, ImportMapping } from '#kit/import/mapping.ts'
import { columnsRead, keyFields, sourcesOf } from '#kit/import/mapping.ts'

type FoundBatch = Pick<Batch, 'number' | 'found' | 'mapping'>

/** Lines without an end of line; none before anything was found. */
export function foundLines({ number, found, mapping }: FoundBatch, record: RecordType): string[] {
  if (found === null || mapping === null) return []
  const separator = found.separator === null ? '' : `, cells separated by ${found.separator === '\t' ? 'tabs' : `"${found.separator}"`}` // oxfmt-ignore
  const sheet = found.sheet === null ? '' : `, sheet "${found.sheet}"`
  const unused = unusedColumns(found.columns.map(({ name }) => name), mapping) // oxfmt-ignore
  return [
    `${number}: read as ${found.format}, ${found.encoding}${separator}${sheet}.`,
    ...(found.mixed === undefined ? [] : [`It mixes encodings: what is not UTF-8, first in line ${found.mixed.firstLine}, is read as windows-1252.`]), // oxfmt-ignore
    ...(mapping.from === undefined ? [] : [`Columns: ${mapping.from}`]),
    ...Object.entries(mapping.columns).map(([field, source]) => mappedLine(field, source, record)),
    ...(mapping.events ? [`  ${mapping.events.at.column} → when each update was made`] : []),
    unused.length === 0 ? 'No column is left out.' : `Left out, for they fill no field: ${unused.join(', ')}.`,
    keyLine(mapping, record),
  ]
}
/** Of the file, in its order: those that the mapping does not read. */
export function unusedColumns(columns: readonly string[], mapping: ImportMapping): string[] {
  const read = new Set(sourcesOf(mapping).flatMap(columnsRead))
  return columns.filter((name) => !read.has(name))
}
function mappedLine(field: string, source: ColumnSource, record: RecordType): string {
  const made = source.create === true ? ', and makes who or what is not here yet' : ''
  return `  ${columnsRead(source).join(' + ')} → ${nameOf(field, record)}${made}`
}
function keyLine(mapping: ImportMapping, record: RecordType): string {
  const keys = keyFields(mapping)
  return keys.length === 0
    ? 'Without a key: every row becomes a new record.'
    : `Known again by ${keys.map((field) => nameOf(field, record)).join(' and ')}: such a record is changed, any other row is new.`
}
function nameOf(field: string, record: RecordType): string {
  return field === 'number' ? 'Number' : (record.fields[field]?.label ?? labelOf(field))
}
