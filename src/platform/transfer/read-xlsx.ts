/** XLSX: the chosen sheet's first row that holds something is the header, the rows below it the table. */
import { say } from '#engines/say.ts'
import type { OpenedBytes } from './bytes.ts'
import { columnNames } from './header.ts'
import type { ReadLimits } from './limits.ts'
import type { OpenTable, ReadOptions } from './read.ts'
import { onlyHeader } from './read-text.ts'
import { takeSamples } from './samples.ts'
import { tableRow } from './table-row.ts'
import type { TableRow } from './table-row.ts'
import { UnreadableFile } from './unreadable.ts'
import { readBook } from './xlsx-book.ts'
import type { Workbook } from './xlsx-book.ts'
import { sheetRows } from './xlsx-sheet.ts'
import type { SheetRow } from './xlsx-sheet.ts'
import { openWorkbook } from './xlsx-zip.ts'

interface Sheet {
  path: string
  size: number
  name: string
  part: string
  book: Workbook
  limits: ReadLimits
}

/** @throws UnreadableFile */
export async function openXlsx(file: OpenedBytes, options: ReadOptions, limits: ReadLimits): Promise<OpenTable> {
  const parts = await openWorkbook(file.path, file.size, limits)
  const book = await readBook(parts).finally(() => parts.close())
  const chosen = chooseSheet(book, options.sheet)
  const sheet = { ...chosen, path: file.path, size: file.size, book, limits }
  const header = await firstRow(sheet)
  if (!header) throw new UnreadableFile('empty', say`The sheet “${chosen.name}” is empty. ${otherSheets(book)}`)
  const columns = columnNames(dense(header.cells, 0), limits)
  const rows = () => xlsxRows(sheet, header.row, columns)
  const taken = await takeSamples(columns, rows())
  if (taken.rows === 0) throw onlyHeader(columns)
  const estimate = taken.rows < 5000 ? taken.rows : await lastRow(sheet)
  return {
    found: {
      format: 'xlsx',
      encoding: 'UTF-8',
      separator: null,
      sheet: chosen.name,
      sheets: book.sheets.map(({ name }) => name),
      columns: taken.columns,
      rowsEstimate: estimate,
    },
    rows,
  }
}

function chooseSheet(book: Workbook, wanted: string | undefined): { name: string; part: string } {
  const found = wanted === undefined ? book.sheets[0] : book.sheets.find((sheet) => sheet.name === wanted)
  if (found) return found
  throw new UnreadableFile('no-sheet', say`The workbook has no sheet “${wanted}”. ${otherSheets(book)}`)
}

function otherSheets(book: Workbook): string {
  return say`It has: ${book.sheets
    .slice(0, 10)
    .map(({ name }) => `“${name}”`)
    .join(', ')}. Choose another sheet, or put the table on it.`
}

// A file of its own for every pass: two passes at once must not share a position.
async function* everyRow(sheet: Sheet): AsyncGenerator<SheetRow, void> {
  const parts = await openWorkbook(sheet.path, sheet.size, sheet.limits)
  try {
    yield* sheetRows(sheet.part, parts.text(sheet.part), sheet.book, sheet.limits)
  } finally {
    parts.close()
  }
}

async function firstRow(sheet: Sheet): Promise<SheetRow | undefined> {
  for await (const row of everyRow(sheet)) return row
  return undefined
}

async function* xlsxRows(sheet: Sheet, headerRow: number, columns: string[]): AsyncGenerator<TableRow, void> {
  for await (const row of everyRow(sheet)) {
    if (row.row > headerRow) yield tableRow(row.row, columns, dense(row.cells, columns.length), null)
  }
}

/** At least `width` cells: a sheet stores no empty ones, so a short row is not ragged. */
function dense(cells: readonly [number, string][], width: number): string[] {
  const last = cells.at(-1)?.[0] ?? -1
  const row = Array.from({ length: Math.max(width, last + 1) }, () => '')
  for (const [column, text] of cells) row[column] = text
  return row
}

async function lastRow(sheet: Sheet): Promise<number> {
  const parts = await openWorkbook(sheet.path, sheet.size, sheet.limits)
  try {
    for await (const chunk of parts.text(sheet.part)) {
      const dimension = /<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(chunk)
      return dimension ? Number(dimension[1]) - 1 : Math.round((parts.size(sheet.part) ?? 0) / bytesOfRow(chunk))
    }
    return 0
  } finally {
    parts.close()
  }
}

function bytesOfRow(chunk: string): number {
  return chunk.length / Math.max(1, chunk.split('<row').length - 1)
}
