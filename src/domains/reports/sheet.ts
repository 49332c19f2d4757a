/** A report as one table, for CSV and workbooks: part under part, numbers as numbers. The writers guard what a spreadsheet would run. */
import { say } from '#engines/say.ts'
import type { ExportColumn, ExportRow } from '#kit/export.ts'
import type { Cell, Column, Figure, Page, PageBlock } from './page.ts'

type Line = readonly (string | number | boolean | null)[]
export interface Sheet {
  readonly columns: ExportColumn[]
  readonly rows: AsyncIterable<ExportRow>
}

export function sheetOf(page: Page): Sheet {
  const lines: Line[] = [[say`Period`, page.from, page.to], [say`Made`, page.madeAt, page.madeBy], []]
  for (const block of page.blocks) lines.push(...linesOf(block), [])
  const wide = Math.max(2, ...lines.map((line) => line.length))
  const columns = Array.from({ length: wide }, (_, at) => ({
    name: `c${at}`,
    label: at === 0 ? page.title : at === 1 ? page.organisation : '',
    kind: 'text',
  }))
  return { columns, rows: rowsOf(lines) }
}
async function* rowsOf(lines: readonly Line[]): AsyncGenerator<ExportRow> {
  for (const line of lines) yield Object.fromEntries(line.map((cell, at) => [`c${at}`, cell]))
}
function linesOf(block: PageBlock): Line[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return [[block.text]]
    case 'withheld':
      return [[block.because]]
    case 'figures':
      return [
        [block.title],
        [say`Figure`, say`Value`, say`Unit`, say`Before`, say`Change`, say`Commentary`],
        ...block.items.map(figureLine),
      ]
    case 'table':
      return [
        [block.title, say`${block.rows.length} of ${block.total}`],
        block.columns.map(({ label }) => label),
        ...block.rows.map(({ cells }) => cells.map((cell, at) => plainCell(block.columns[at], cell))),
      ]
    default:
      return [
        [block.title],
        [block.by, ...block.series.map(({ name }) => (name.text === '' ? say`Number` : name.text))],
        ...block.names.map((name, at): Line => [name.text, ...block.series.map(({ values }) => values[at] ?? 0)]),
      ]
  }
}
function figureLine({ label, value, unit, before, change, comment }: Figure): Line {
  return [label, value, unit, before, change, comment]
}
/** As text or number; a choice by its label. */
export function plainCell(column: Column | undefined, cell: Cell): string | number | boolean | null {
  if (Array.isArray(cell)) return cell.map((one) => (typeof one === 'string' ? one : one.title)).join('; ')
  if (typeof cell === 'string') return column?.options.find(({ value }) => value === cell)?.label ?? cell
  if (typeof cell !== 'object' || cell === null) return cell
  return 'title' in cell ? cell.title : cell.minor / 100
}
