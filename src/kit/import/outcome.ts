/** What came of the rows so far: counts, and the problems row by row. */

/** One thing that is wrong in the file, and what to do about it. */
export interface RowProblem {
  readonly row: number
  readonly column: string | null
  readonly value: string | null
  readonly because: string
  readonly todo: string
}
export interface Counts {
  /** Records. */
  readonly create: number
  readonly update: number
  readonly unchanged: number
  /** Rows that were left out. */
  readonly failed: number
  /** Rows that were read. */
  readonly rows: number
  /** Problems in all, of which at most 1,000 are kept. */
  readonly problems: number
  /** Records that were made because a row names them, by kind. */
  readonly references: Readonly<Record<string, number>>
  /** What the first of those are called, by kind: a mistyped name shows before it becomes a person. */
  readonly names?: Readonly<Record<string, readonly string[]>>
}
export const MOST_PROBLEMS = 1000
const MOST_NAMES = 20
const VALUE_LENGTH = 120
const SENTENCE_LENGTH = 300
const COLUMN_LENGTH = 100

export class Outcome {
  create = 0
  update = 0
  unchanged = 0
  rows = 0
  readonly problems: RowProblem[] = []
  readonly references = new Map<string, number>()
  readonly #names = new Map<string, string[]>()
  /** Rows that were left out. */
  readonly failedRows = new Set<number>()
  #problems = 0

  /** A problem because of which the row is left out. */
  fail(problem: RowProblem): void {
    this.failedRows.add(problem.row)
    this.note(problem)
  }
  /** A problem with which the row is taken all the same. */
  note(problem: RowProblem): void {
    this.#problems++
    if (this.problems.length >= MOST_PROBLEMS) return
    const value =
      problem.value !== null && problem.value.length > VALUE_LENGTH
        ? `${problem.value.slice(0, VALUE_LENGTH)}…`
        : problem.value
    this.problems.push({
      ...problem,
      column: problem.column?.slice(0, COLUMN_LENGTH) ?? null,
      value: value?.toWellFormed().replaceAll('\u0000', '') ?? null,
      because: problem.because.slice(0, SENTENCE_LENGTH).toWellFormed(),
      todo: problem.todo.slice(0, SENTENCE_LENGTH),
    })
  }
  made(record: string, names: readonly string[]): void {
    this.references.set(record, (this.references.get(record) ?? 0) + names.length)
    const told = this.#names.get(record) ?? []
    this.#names.set(record, [...told, ...names.slice(0, MOST_NAMES - told.length)])
  }
  counts(): Counts {
    return {
      create: this.create,
      update: this.update,
      unchanged: this.unchanged,
      failed: this.failedRows.size,
      rows: this.rows,
      problems: this.#problems,
      references: Object.fromEntries(this.references),
      names: Object.fromEntries(this.#names),
    }
  }
}
