/** What can be wrong with the key by which a row is known. */
import { say } from '#engines/say.ts'
import type { AnyRow } from '#kit/record.ts'
import type { RowProblem } from './outcome.ts'
import type { ReadRow } from './row-reader.ts'
import { problemAt } from './row-told.ts'

export function keyIsEmpty(row: ReadRow, column: string): RowProblem {
  return problemAt(row, column, {
    because: say`The key of this row is empty.`,
    todo: say`Fill it in, or choose another key.`,
  })
}
export function keyComesTwice(row: ReadRow, column: string, earlier: number): RowProblem {
  return problemAt(row, column, {
    because: say`Row ${earlier} has the same key.`,
    todo: say`Keep one of the two rows, or choose another key.`,
  })
}
/** @param plural the label of several of the kind */
export function keyOfMany(row: ReadRow, column: string, found: readonly AnyRow[], plural: string): RowProblem {
  const some = found.slice(0, 4).map((one) => one.number)
  return problemAt(row, column, {
    because: say`${found.length} ${plural.toLowerCase()} have this key: ${some.join(', ')}.`,
    todo: say`Choose a key that each has of its own.`,
  })
}
export function keyIsUnknown(row: ReadRow, column: string, number: string): RowProblem {
  return problemAt(row, column, {
    because: say`${number} is not here.`,
    todo: say`Leave the cell empty to make a new one, or take another key.`,
  })
}
