/** A row that is no row: too few cells, an open quote. */
import { say } from '#engines/say.ts'
import type { TableRow } from './ports.ts'
import type { RowProblem } from './outcome.ts'

export function brokenRow(row: TableRow): RowProblem {
  return {
    row: row.row,
    column: null,
    value: null,
    because: row.problem ?? '',
    todo: say`Mend the row in the file, and import it again.`,
  }
}
