/** What is said of the cells of a row while it is read. */
import type { Complaint } from '#engines/parse-value.ts'
import type { RowProblem } from './outcome.ts'
import type { TableRow } from './ports.ts'

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
