/** One sheet's rows as text, streamed: values of formulas, never the formulas; days and instants as ISO text. */
import { say } from '#engines/say.ts'
import type { ReadLimits } from './limits.ts'
import { dateText } from './xlsx-date.ts'
import { unescaped } from './xlsx-book.ts'
import type { Workbook } from './xlsx-book.ts'
import { XmlFeed } from './xlsx-xml.ts'
import { UnreadableFile } from './unreadable.ts'

export interface SheetRow {
  row: number
  /** Cells that hold something, as [column from 0, text]. Sparse, so that one far cell costs nothing. */
  cells: [number, string][]
}

/** Rows that hold something. @throws UnreadableFile damaged, too-many-rows, too-many-columns, xml-entities */
export async function* sheetRows(
  part: string,
  text: AsyncIterable<string>,
  book: Workbook,
  limits: ReadLimits,
): AsyncGenerator<SheetRow, void> {
  const scanner = new SheetScanner(book, limits)
  const feed = new XmlFeed(part, scanner)
  for await (const chunk of text) {
    feed.write(chunk)
    yield* scanner.taken()
  }
  feed.end()
  yield* scanner.taken()
}

class SheetScanner {
  #book: Workbook
  #limits: ReadLimits
  #ready: SheetRow[] = []
  #row = 0
  #column = -1
  #cells: [number, string][] = []
  #type = ''
  #style = -1
  #value = ''
  #collects = false
  #isPhonetic = false

  constructor(book: Workbook, limits: ReadLimits) {
    this.#book = book
    this.#limits = limits
  }

  taken(): SheetRow[] {
    const rows = this.#ready
    this.#ready = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#collects = false
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v') this.#collects = true
    else if (name === 't') this.#collects = !this.#isPhonetic
    else if (name === 'row') this.#openRow(attributes['r'])
    else if (name === 'rPh') this.#isPhonetic = true
  }

  text(piece: string): void {
    if (!this.#collects) return
    this.#value += piece
    if (this.#value.length > this.#limits.recordChars)
      throw new UnreadableFile(
        'record-too-long',
        say`Row ${this.#row} of the sheet has a cell of more than ${this.#limits.recordChars} characters. Shorten it, then retry.`,
      )
  }

  close(name: string): void {
    this.#collects = false
    if (name === 'c') this.#closeCell()
    else if (name === 'rPh') this.#isPhonetic = false
    else if (name === 'row' && this.#cells.length > 0) this.#ready.push({ row: this.#row, cells: this.#cells })
  }

  #openRow(named: string | undefined): void {
    const row = named === undefined ? this.#row + 1 : Number(named)
    if (!Number.isInteger(row) || row <= this.#row)
      throw new UnreadableFile(
        'damaged',
        say`The sheet's row ${this.#row} is followed by row “${named}”. Open the workbook in a spreadsheet program and save it again.`,
      )
    if (row > this.#limits.rowsOfSheet)
      throw new UnreadableFile(
        'too-many-rows',
        say`The sheet goes beyond row ${this.#limits.rowsOfSheet}, the last one a sheet can have. Export it as CSV.`,
      )
    this.#row = row
    this.#column = -1
    this.#cells = []
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const named = attributes['r']
    this.#column = named === undefined ? this.#column + 1 : columnOf(named)
    if (this.#column >= this.#limits.columns)
      throw new UnreadableFile(
        'too-many-columns',
        say`Row ${this.#row} of the sheet has a cell beyond column ${this.#limits.columns}. Remove columns, or export the sheet as CSV.`,
      )
    this.#type = attributes['t'] ?? 'n'
    this.#style = attributes['s'] === undefined ? -1 : Number(attributes['s'])
    this.#value = ''
  }

  #closeCell(): void {
    const text = this.#cellText()
    if (text !== '') this.#cells.push([this.#column, text])
  }

  #cellText(): string {
    switch (this.#type) {
      case 's':
        return this.#book.texts[Number(this.#value)] ?? ''
      case 'inlineStr':
      case 'str':
        return unescaped(this.#value)
      case 'b':
        return this.#value === '' ? '' : String(this.#value === '1' || this.#value === 'true')
      case 'd':
        return this.#value.replace(/T00:00:00(\.0+)?$/, '')
      case 'n':
        return this.#numberText()
      default:
        return this.#value // An error such as #N/A is text: the mapping knows it as a missing value.
    }
  }

  #numberText(): string {
    if (this.#value === '') return ''
    const number = Number(this.#value)
    if (!Number.isFinite(number)) return this.#value
    const shown = this.#book.shows[this.#style] ?? 'number'
    const date = shown === 'number' ? null : dateText(number, shown, this.#book.is1904)
    // 15 digits are what a spreadsheet shows: 0.30000000000000004 is 0.3 there.
    return date ?? String(Number(number.toPrecision(15)))
  }
}

/** "AB12" → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & 0xdf
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}
