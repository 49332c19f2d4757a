// What `GET /reports/{id}/page` and `GET /reportissues/{id}/page` answer, and the blocks of a report as they are kept.

export interface Behind {
  record: string
  filter: string
}
export interface Column {
  name: string
  label: string
  kind: string
  unit: string | null
  options: { value: string; label: string }[]
}
interface Titled {
  number: string
  title: string
}
export type Cell = null | string | number | boolean | Titled | { minor: number; currency: string } | (string | Titled)[]
export interface Figure {
  id: string
  label: string
  value: number | null
  before: number | null
  change: number | null
  isBeyond: boolean
  better: 'higher' | 'lower' | 'neither'
  threshold: number | null
  unit: string
  list: Behind
  comment: string | null
}
export interface Name {
  text: string
  kind: 'title' | 'label' | 'none' | 'others' | 'day' | 'week' | 'month' | 'quarter' | 'year'
}
export interface Series {
  name: Name
  values: number[]
  filters: (string | null)[]
}
export interface FiguresPart {
  kind: 'figures'
  id: string
  title: string
  items: Figure[]
}
export interface TablePart {
  kind: 'table'
  id: string
  title: string
  columns: Column[]
  rows: { number: string; cells: Cell[] }[]
  total: number
  sums?: { column: string; amounts: { minor: number; currency: string }[] }[]
  list: Behind
}
export interface GroupsPart {
  kind: 'groups'
  id: string
  title: string
  as: 'table' | 'bars' | 'lines'
  by: string
  names: Name[]
  series: Series[]
  total: number
  list: Behind
}
export type Part =
  | { kind: 'heading'; id: string; text: string; level: number }
  | { kind: 'text'; id: string; text: string }
  | FiguresPart
  | TablePart
  | GroupsPart
  | { kind: 'withheld'; id: string; because: string }
export interface Page {
  title: string
  description: string | null
  organisation: string
  from: string
  to: string
  beforeFrom: string
  beforeTo: string
  madeAt: string
  madeBy: string
  blocks: Part[]
}
export interface ShownPage {
  page: Page
  leftOut: number
  isPrintable: boolean
  /** The last checkpoint of the journal, in words; '' before the first. */
  seal?: string
}

export interface Source {
  record: string
  filter: string
  when: string | null
}
export type Measure =
  | { kind: 'count' }
  | { kind: 'share'; of: string }
  | { kind: 'sum' | 'average' | 'latest'; field: string }
export interface FigureBlock {
  id: string
  label: string
  source: Source
  measure: Measure
  better: Figure['better']
  threshold: number | null
}
export interface TableBlock {
  kind: 'table'
  id: string
  title: string
  source: Source
  columns: string[]
  sort: string
  limit: number
}
export interface GroupsBlock {
  kind: 'groups'
  id: string
  title: string
  source: Source
  by: string
  split: string | null
  as: GroupsPart['as']
}
export type Block =
  | { kind: 'heading'; id: string; text: string; level: 1 | 2 }
  | { kind: 'text'; id: string; text: string }
  | { kind: 'figures'; id: string; title: string; items: FigureBlock[] }
  | TableBlock
  | GroupsBlock

/** The blocks of a row, which the server has checked. */
export function blocksIn(value: unknown): Block[] {
  return Array.isArray(value) ? (value as Block[]) : []
}
