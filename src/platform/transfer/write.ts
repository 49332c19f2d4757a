/** Writes tables as streams: rows are taken as the reader of the stream asks for them, so memory does not grow with them. */
import { Readable } from 'node:stream'
import { cellText } from './cell-text.ts'
import type { ExportColumn, ExportRow } from './cell-text.ts'
import { guard } from './formula.ts'
import type { WrittenSheet } from './write-xlsx.ts'
import { writeWorkbook } from './write-xlsx.ts'

export type { ExportColumn, ExportRow } from './cell-text.ts'

export interface CsvOptions {
  separator?: ',' | ';' | '\t' | '|'
  /** Excel reads UTF-8 only with a byte order mark; true unless said otherwise. */
  hasMark?: boolean
  /** What the first row says; labels unless said otherwise. */
  header?: 'label' | 'name'
}

const flushAt = 32_768

/** RFC 4180, UTF-8, CRLF. Cells that a spreadsheet would run as a formula are guarded (see formula.ts). */
export function csvWriter(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<ExportRow>,
  options: CsvOptions = {},
): Readable {
  const separator = options.separator ?? ','
  const titles = columns.map((column) => (options.header === 'name' ? column.name : column.label))
  const first = `${options.hasMark === false ? '' : '\ufeff'}${csvLine(titles, separator)}`
  return Readable.from(
    chunks(first, rows, (row) =>
      csvLine(
        columns.map(({ name }) => cellText(row[name])),
        separator,
      ),
    ),
    { objectMode: false },
  )
}

/** One object a line with the columns' names as keys; values as they are. An empty table is an empty file. */
export function jsonlWriter(columns: readonly ExportColumn[], rows: AsyncIterable<ExportRow>): Readable {
  const line = (row: ExportRow) =>
    `${JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])))}\n`
  return Readable.from(chunks('', rows, line), { objectMode: false })
}

/** One sheet (more beyond a sheet's 1,048,576 rows): typed cells, a bold and frozen header with filters. Instants in UTC. */
export function xlsxWriter(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<ExportRow>,
  title = 'Export',
): Readable {
  return writeWorkbook([{ title: title.slice(0, 25), columns, rows }])
}
/** Several sheets; each title is what the sheet is called. */
export function workbookWriter(sheets: readonly WrittenSheet[]): Readable {
  return writeWorkbook(sheets)
}

async function* chunks(
  first: string,
  rows: AsyncIterable<ExportRow>,
  line: (row: ExportRow) => string,
): AsyncGenerator<Buffer, void> {
  let text = first
  for await (const row of rows) {
    text += line(row)
    if (text.length >= flushAt) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text)
}

function csvLine(cells: readonly string[], separator: string): string {
  const line = cells.map((cell) => quoted(guard(cell), separator)).join(separator)
  return `${line === '' ? '""' : line}\r\n` // A row of one empty cell would be read as an empty line.
}

function quoted(cell: string, separator: string): string {
  return /["\r\n]|^\s|\s$/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell
}
