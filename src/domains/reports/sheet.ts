/** A report as tables: one for CSV, part under part; a sheet for each table in a workbook. Numbers as numbers; the writers guard what a spreadsheet would run. */
import { wholeUnits } from '#engines/money.ts'
import { say } from '#engines/say.ts'
import type { ExportColumn, ExportRow, ExportSheet } from '#kit/export.ts'
import type { Cell, Column, Figure, GroupsPart, Page, PageBlock, TablePart } from './page.ts'

type Value = string | number | boolean | null
type Line = readonly Value[]
type Tabled = TablePart | GroupsPart

/** Everything in one table. */
export function sheetOf(page: Page): ExportSheet {
  return plainSheet(
    page,
    page.blocks.flatMap((block) => [...linesOf(block), []]),
  )
}
/** First what is read, then each table with its own columns, in the order of the report. */
export function sheetsOf(page: Page): ExportSheet[] {
  const tables = page.blocks.filter(isTabled)
  const titles = sheetTitles([page.title, ...tables.map((block) => block.title || block.id)])
  const named = new Map(tables.map((block, at) => [block, titles[at + 1] ?? '']))
  const lines = page.blocks.flatMap((block): Line[] =>
    isTabled(block)
      ? [[block.title, say`On the sheet “${named.get(block) ?? ''}”`], ...sumLines(block), []]
      : [...linesOf(block), []],
  )
  return [
    { ...plainSheet(page, lines), title: titles[0] ?? page.title },
    ...tables.map((block) => ({ ...tableSheet(block), title: named.get(block) ?? '' })),
  ]
}
function isTabled(block: PageBlock): block is Tabled {
  return block.kind === 'table' || block.kind === 'groups'
}

/** At most 31 characters, without those that a workbook refuses, and each once. (ECMA-376 part 1, 18.2.19) */
export function sheetTitles(titles: readonly string[]): string[] {
  const taken = new Set<string>()
  return titles.map((title) => {
    const bare = title.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '').replace(/\s+/g, ' ').trim() || say`Table` // oxfmt-ignore
    for (let nth = 1; ; nth++) {
      const tail = nth === 1 ? '' : ` ${nth}`
      const name = `${bare.slice(0, 31 - tail.length).trim()}${tail}`
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  })
}

function plainSheet(page: Page, body: readonly Line[]): ExportSheet {
  const lines: Line[] = [[say`Period`, page.from, page.to], [say`Made`, page.madeAt, page.madeBy], [], ...body]
  const wide = Math.max(2, ...lines.map((line) => line.length))
  const columns = Array.from({ length: wide }, (_, at) => ({
    name: `c${at}`,
    label: at === 0 ? page.title : at === 1 ? page.organisation : '',
    kind: 'text',
  }))
  return { title: page.title, columns, rows: rowsOf(lines) }
}
function tableSheet(block: Tabled): Omit<ExportSheet, 'title'> {
  const [columns, lines] =
    block.kind === 'table'
      ? [block.columns.flatMap(columnsOf), block.rows.map(({ cells }) => tableLine(block, cells))]
      : [groupColumns(block), groupLines(block)]
  return { columns: columns.map((column, at) => ({ ...column, name: `c${at}` })), rows: rowsOf(lines) }
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
        block.columns.flatMap(columnsOf).map(({ label }) => label),
        ...block.rows.map(({ cells }) => tableLine(block, cells)),
        ...sumLines(block),
      ]
    default:
      return [[block.title], groupColumns(block).map(({ label }) => label), ...groupLines(block)]
  }
}
const MONEY = 'money:'
function figureLine({ label, value, unit, before, change, comment }: Figure): Line {
  if (!unit.startsWith(MONEY)) return [label, value, unit, before, change, comment]
  const currency = unit.slice(MONEY.length)
  const amount = (minor: number | null): number | null => (minor === null ? null : wholeUnits(minor, currency))
  return [label, amount(value), currency, amount(before), change, comment]
}
/** Of money two columns: an amount is a number, and its currency stands beside it. */
function columnsOf({ label, kind }: Column): Omit<ExportColumn, 'name'>[] {
  return kind === 'money' ? [{ label, kind: 'number' }, { label: say`${label}: currency`, kind: 'text' }] : [{ label, kind }] // oxfmt-ignore
}
function tableLine({ columns }: TablePart, cells: readonly Cell[]): Value[] {
  return cells.flatMap((cell, at): Value[] => {
    const column = columns[at]
    if (column?.kind !== 'money') return [plainCell(column, cell)]
    const amount = typeof cell === 'object' && cell !== null && 'minor' in cell ? cell : null
    return amount === null ? [null, null] : [wholeUnits(amount.minor, amount.currency), amount.currency]
  })
}
function sumLines(block: Tabled): Line[] {
  if (block.kind !== 'table') return []
  return (block.sums ?? []).flatMap(({ column, amounts }) => {
    const label = block.columns.find(({ name }) => name === column)?.label ?? column
    return amounts.map(({ minor, currency }): Line => [say`Sum of ${label}`, wholeUnits(minor, currency), currency])
  })
}
function groupColumns({ by, series }: GroupsPart): Omit<ExportColumn, 'name'>[] {
  const names = series.map(({ name }) => ({ label: name.text === '' ? say`Count` : name.text, kind: 'number' }))
  return [{ label: by, kind: 'text' }, ...names]
}
function groupLines({ names, series }: GroupsPart): Line[] {
  return names.map((name, at) => [name.text, ...series.map(({ values }) => values[at] ?? 0)])
}
/** As text or number; a choice by its label. */
function plainCell(column: Column | undefined, cell: Cell): Value {
  if (Array.isArray(cell)) return cell.map((one) => (typeof one === 'string' ? one : one.title)).join('; ')
  if (typeof cell === 'string') return column?.options.find(({ value }) => value === cell)?.label ?? cell
  if (typeof cell !== 'object' || cell === null) return cell
  return 'title' in cell ? cell.title : wholeUnits(cell.minor, cell.currency)
}
