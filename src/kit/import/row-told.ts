/** What is said of a file and of the cells of a row while they are read. */
import { counted, say } from '#engines/say.ts'
import type { Complaint } from '#engines/parse-value.ts'
import type { RowProblem } from './outcome.ts'
import type { FoundTable, TableRow } from './ports.ts'

export interface Told {
  /** Because of these the row is left out. */
  readonly problems: RowProblem[]
  /** With these it is taken all the same. */
  readonly doubts: RowProblem[]
}

export function tellOf(
  row: TableRow,
  column: string,
  cell: Complaint | { readonly doubt?: Complaint },
  { problems, doubts }: Told,
): void {
  if ('because' in cell) problems.push(problemAt(row, column, cell))
  else if (cell.doubt !== undefined) doubts.push(problemAt(row, column, cell.doubt))
}
export function problemAt(
  row: Pick<TableRow, 'row' | 'cells'>,
  column: string,
  { because, todo }: Complaint,
): RowProblem {
  return { row: row.row, column, value: row.cells[column] ?? null, because, todo }
}
/** Told at the first line of which it is true; no row is left out because of it. */
export function mixedProblem({ lines, firstLine }: NonNullable<FoundTable['mixed']>): RowProblem {
  const because = counted(
    lines,
    say`The file mixes encodings: line ${firstLine} is not UTF-8, as the others are. What of it is not was read as windows-1252.`,
    say`The file mixes encodings: ${lines} lines are not UTF-8, the first is line ${firstLine}. What of them is not was read as windows-1252.`,
  )
  const todo = say`Look at the accented letters there. If they are wrong, export the file anew in one encoding.`
  return { row: firstLine, column: null, value: null, because, todo }
}
