/** One row as every reader gives it. */
import { say } from '#engines/say.ts'

export interface TableRow {
  /** As a spreadsheet or an editor shows it: the header is row 1 of a table, the first line is 1 of JSON lines. */
  row: number
  /** Every column is there; what the file leaves out is ''. */
  cells: Record<string, string>
  /** What is wrong with the row and what to do, or null. The cells that could be read are there all the same. */
  problem: string | null
}

/** Cells by column name; a row with too many or too few cells says so. */
export function tableRow(
  row: number,
  columns: readonly string[],
  cells: readonly string[],
  problem: string | null,
): TableRow {
  const named: Record<string, string> = {}
  for (let at = 0; at < columns.length; at++) named[columns[at] ?? ''] = cells[at] ?? ''
  return { row, cells: named, problem: problem ?? ragged(row, columns.length, cells) }
}

function ragged(row: number, width: number, cells: readonly string[]): string | null {
  if (cells.length === width) return null
  if (cells.length < width)
    return say`Row ${row} is too short: ${cells.length} of ${width} cells. Which of them are missing cannot be told.`
  if (cells.slice(width).every((cell) => cell === '')) return null
  return say`Row ${row} is too long: ${cells.length} cells for ${width} columns. Look for a separator in a cell that is not quoted.`
}
