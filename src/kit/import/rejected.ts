/** What an import left out: the problems as a table, and the rows themselves, to be corrected and imported again. */
import { say } from '#engines/say.ts'
import type { ExportColumn, ExportRow } from '#kit/export.ts'
import type { Batch } from './batch.ts'
import { ADDED_COLUMN } from './found.ts'
import type { RowProblem } from './outcome.ts'
import type { ImportParts, Table } from './ports.ts'

/** The first row of the file and the last one, both left out. */
export type RowRange = readonly [number, number]
/** A file of which more is wrong than this is exported anew, and not mended by hand. */
const MOST_RANGES = 50_000

/** Row numbers put together where they follow each other, in order; at most 50,000 ranges. */
export function rangesOf(rows: ReadonlySet<number>): RowRange[] {
  const ranges: [number, number][] = []
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && row === last[1] + 1) last[1] = row
    else if (ranges.length < MOST_RANGES) ranges.push([row, row])
    else break
  }
  return ranges
}

export interface TableToSend {
  readonly columns: ExportColumn[]
  readonly rows: AsyncIterable<ExportRow>
}
/** The problems that are kept, in the order of the file. */
export function problemTable({ problems }: Batch): TableToSend {
  return {
    columns: [
      text('row', say`Row`),
      text('column', say`Column`),
      text('value', say`Value`),
      text('because', say`What is wrong`),
      text('todo', say`What to do`),
    ],
    rows: each(problems.map((problem) => ({ ...problem }))),
  }
}
/**
 * The rows that were left out, cell by cell as the file has them, with what is wrong behind them. The three columns that
 * are added here are not looked at when the file comes again. Opens the file. @throws UnreadableFile
 */
export async function rejectedTable(parts: ImportParts, batch: Batch): Promise<TableToSend> {
  const table = await tableOf(parts, batch)
  const names = table.found.columns.map(({ name }) => name).filter((name) => !name.startsWith(ADDED_COLUMN))
  const added = [say`Row`, say`What is wrong`, say`What to do`].map((label) => text(`${ADDED_COLUMN}${label}`))
  return { columns: [...names.map((name) => text(name)), ...added], rows: rejectedRows(table, batch, added) }
}
/** The kept file, read as it was understood when it was uploaded or corrected. */
export function tableOf(parts: ImportParts, { sha256, found }: Batch): Promise<Table> {
  return parts.openTable(sha256, {
    encoding: found === null || found.format === 'xlsx' ? undefined : found.encoding,
    separator: found?.separator ?? undefined,
    sheet: found?.sheet ?? undefined,
  })
}

async function* rejectedRows(
  table: Table,
  { problems, rejected }: Batch,
  [row, because, todo]: readonly ExportColumn[],
): AsyncGenerator<ExportRow, void> {
  const told = Map.groupBy(problems, (problem) => problem.row)
  let at = 0
  for await (const one of table.rows()) {
    while ((rejected[at]?.[1] ?? Infinity) < one.row) at++
    const range = rejected[at]
    if (range === undefined) return
    if (one.row < range[0]) continue
    const of = told.get(one.row) ?? []
    yield {
      ...one.cells,
      [row?.name ?? '']: one.row,
      [because?.name ?? '']: of.map(reasonOf).join(' '),
      [todo?.name ?? '']: [...new Set(of.map((problem) => problem.todo))].join(' '),
    }
  }
}
function reasonOf({ column, because }: RowProblem): string {
  return column === null ? because : `${column}: ${because}`
}
function text(name: string, label = name): ExportColumn {
  return { name, label, kind: 'text' }
}
async function* each(rows: readonly ExportRow[]): AsyncGenerator<ExportRow, void> {
  yield* rows
}
