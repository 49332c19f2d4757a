/** A report for paper: every value in words of the reader, and the port to what makes a PDF of it. */
import { chartSvg } from '#engines/chart-svg.ts'
import type { MarkdownBlock } from '#engines/markdown-blocks.ts'
import { markdownBlocks } from '#engines/markdown-blocks.ts'
import { say } from '#engines/say.ts'
import type { TableFit } from '#engines/table-fit.ts'
import { fitTable, ROOM } from '#engines/table-fit.ts'
import { NUMBER_KINDS, spokenLanguage, Wording } from '#engines/wording.ts'
import type { Figure, GroupsPart, Page, PageBlock, TablePart } from './page.ts'
import { STEP_NAMES } from './periods.ts'

export interface PrintedFigure {
  readonly label: string
  readonly value: string
  readonly change: string
  readonly tone: 'good' | 'bad' | 'none'
  readonly comment: string
}
interface PrintedTable {
  readonly columns: readonly { readonly label: string; readonly isNumber: boolean }[]
  readonly rows: readonly (readonly string[])[]
  readonly note: string
  /** How its columns share the page; as wide as they are when absent. */
  readonly fit?: TableFit
  /** It stands on pages of its own, on their side. */
  readonly isWide?: boolean
}
export type PrintedBlock =
  | { readonly kind: 'heading'; readonly text: string; readonly level: number }
  | { readonly kind: 'text'; readonly parts: readonly MarkdownBlock[] }
  | { readonly kind: 'figures'; readonly title: string; readonly items: readonly PrintedFigure[] }
  | ({ readonly kind: 'table'; readonly title: string } & PrintedTable)
  /** The words of `alt` say what the drawing shows. */
  | {
      readonly kind: 'chart'
      readonly title: string
      readonly svg: string
      readonly alt: string
      readonly table: PrintedTable | null
    }
  | { readonly kind: 'withheld'; readonly text: string }
export interface PrintedPage {
  /** ISO 639-1. */
  readonly language: string
  readonly title: string
  readonly description: string
  readonly organisation: string
  readonly period: string
  readonly made: string
  readonly madeAt: string
  readonly address: string
  /** The last checkpoint of the journal, in words. */
  readonly seal: string
  /** "Page {0} of {1}" */
  readonly pages: string
  readonly blocks: readonly PrintedBlock[]
}
export interface ReportPrinter {
  /** Whether this installation can make PDFs; else the browser prints. */
  readonly isThere: boolean
  /** @throws a refusal (503) when it cannot, is too busy, or the report is too large */
  print(page: PrintedPage): Promise<Uint8Array>
}
interface How {
  readonly zone: string
  /** What shows later that the log was not changed: the last checkpoint, in words; '' before the first. */
  readonly seal: string
  readonly address: string
}

export function printable(page: Page, how: How): PrintedPage {
  const language = spokenLanguage()
  const words = new Wording(language, how.zone)
  return {
    language,
    title: page.title,
    description: page.description ?? '',
    organisation: page.organisation,
    period: say`${words.day(page.from)} – ${words.day(page.to)}, compared with ${words.day(page.beforeFrom)} – ${words.day(page.beforeTo)}`,
    made: say`Made ${words.instant(page.madeAt)} by ${page.madeBy}`,
    madeAt: page.madeAt,
    address: how.address,
    seal: how.seal,
    pages: say`Page ${'{0}'} of ${'{1}'}`,
    blocks: page.blocks.map((block) => printed(block, words)),
  }
}

function printed(block: PageBlock, words: Wording): PrintedBlock {
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', text: block.text, level: block.level }
    case 'text':
      return { kind: 'text', parts: markdownBlocks(block.text) }
    case 'withheld':
      return { kind: 'withheld', text: block.because }
    case 'figures':
      return { kind: 'figures', title: block.title, items: block.items.map((item) => printedFigure(item, words)) }
    case 'table':
      return {
        kind: 'table',
        title: block.title,
        ...fitted({
          columns: block.columns.map(({ label, kind }) => ({ label, isNumber: NUMBER_KINDS.has(kind) })),
          rows: block.rows.map(({ cells }) => cells.map((cell, at) => words.cell(block.columns[at], cell))),
          note: [say`${words.number(block.rows.length)} of ${words.number(block.total)}`, ...sumsIn(block, words)].join(
            ' · ',
          ),
        }),
      }
    default:
      return printedGroups(block, words)
  }
}
/** Upright where its words have room, else on its side. */
function fitted(table: PrintedTable): PrintedTable {
  const labels = table.columns.map(({ label }) => label)
  const upright = fitTable(labels, table.rows, ROOM.upright)
  return upright.isTight
    ? { ...table, fit: fitTable(labels, table.rows, ROOM.wide), isWide: true }
    : { ...table, fit: upright }
}
/** "Sum of Yearly cost: €1,200.00 + $300.00" */
function sumsIn({ columns, sums = [] }: TablePart, words: Wording): string[] {
  return sums.map(({ column, amounts }) => {
    const label = columns.find(({ name }) => name === column)?.label ?? column
    return say`Sum of ${label}: ${amounts.map((amount) => words.money(amount)).join(' + ')}`
  })
}
const MOST_UNDER_CHART = 14
const STEPPED: ReadonlySet<string> = new Set(STEP_NAMES)

function printedGroups(block: GroupsPart, words: Wording): PrintedBlock {
  const names = block.names.map((name) => words.name(name))
  const titles = block.series.map(({ name }) => (name.text === '' ? say`Count` : words.name(name)))
  const table = fitted({
    columns: [{ label: block.by, isNumber: false }, ...titles.map((label) => ({ label, isNumber: true }))],
    rows: names.map((name, at) => [name, ...block.series.map(({ values }) => words.number(values[at] ?? 0))]),
    note: say`${words.number(block.total)} in all`,
  })
  if (block.as === 'table') return { kind: 'table', title: block.title, ...table }
  const series = block.series.map(({ values }, at) => ({ name: titles[at] ?? '', values }))
  const isDated = block.names.every(({ kind }) => STEPPED.has(kind))
  const svg = chartSvg({ as: block.as, names, series, isDated, say: (value) => words.number(value) })
  const alt = say`Chart: ${block.title}. ${names.map((name, at) => `${name}: ${series.map((one) => words.number(one.values[at] ?? 0)).join(' / ')}`).join('; ')}`
  return { kind: 'chart', title: block.title, svg, alt, table: names.length <= MOST_UNDER_CHART ? table : null }
}
function printedFigure(item: Figure, words: Wording): PrintedFigure {
  return {
    label: item.label,
    value: words.measured(item.value, item.unit),
    change: changeText(item, words),
    tone: toneOf(item),
    comment: item.comment ?? '',
  }
}
function changeText(item: Figure, words: Wording): string {
  if (item.before === null) return ''
  const before = words.measured(item.before, item.unit)
  if (item.change === null) return say`before: ${before}`
  const sign = item.change > 0 ? '+' : ''
  const change = `${sign}${words.number(item.change)}`
  return item.unit === 'share' ? say`${change} points, before: ${before}` : say`${change}%, before: ${before}`
}
export function toneOf({ better, change, value, before }: Figure): PrintedFigure['tone'] {
  const by = change ?? (value ?? 0) - (before ?? 0)
  if (better === 'neither' || before === null || by === 0) return 'none'
  return by > 0 === (better === 'higher') ? 'good' : 'bad'
}
