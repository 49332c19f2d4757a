/** A row that is no row: too few cells, an open quote. */
import type { TableRow } from './ports.ts'
import type { RowProblem } from './outcome.ts'

export function brokenRow(row: TableRow): RowProblem {
  return {
    row: row.row,
    column: null,
    value: null,
    because: row.problem ?? '',
    todo: 'Mend the row in the file, and import it again.',
  }
}
