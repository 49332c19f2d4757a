/**
 * Separated text to records, chunk by chunk. Ours and not a library: at 36 columns it reads several times faster than
 * csv-parse as a stream, keeps spreadsheet row numbers, and a stray or unclosed quotation mark is a problem of one row.
 * Form: RFC 4180, read leniently (any separator, LF, CRLF or CR, quotation marks inside unquoted cells are text).
 */
import { say } from '#engines/say.ts'
import { UnreadableFile } from './unreadable.ts'

export interface CsvShape {
  separator: string
  newline: '\n' | '\r'
}

export interface CsvRecord {
  /** Counted from 1 as a spreadsheet shows it: empty lines count, line ends inside quotation marks do not. */
  row: number
  cells: string[]
  problem: string | null
}

export class CsvScanner {
  #shape: CsvShape
  #limit: number
  #rest = ''
  #row = 0
  #afterQuoted = 0
  #enough = 0
  #records: CsvRecord[] = []

  constructor(shape: CsvShape, limitChars: number) {
    this.#shape = shape
    this.#limit = limitChars
  }

  /** The records that are complete with this text; empty lines are left out. @throws UnreadableFile record-too-long */
  feed(text: string): CsvRecord[] {
    this.#rest += text
    // An unfinished record is looked at again only when it has doubled: a huge one costs its length, not its square.
    if (this.#rest.length < this.#enough) return []
    const records = this.#scan(this.#rest, false)
    this.#enough = this.#rest.length > 131_072 ? Math.min(this.#rest.length * 2, this.#limit + 1) : 0
    return records
  }

  /** The record that no line end closed. */
  end(): CsvRecord[] {
    return this.#rest === '' ? [] : this.#scan(this.#rest, true)
  }

  #scan(text: string, isLast: boolean): CsvRecord[] {
    this.#records = []
    let start = 0
    let quote = text.indexOf('"')
    while (start < text.length) {
      if (quote >= 0 && quote < start) quote = text.indexOf('"', start)
      const next = this.#record(text, start, quote, isLast)
      if (next < 0) break
      start = next
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > this.#limit) throw tooLong(this.#row + 1, this.#limit)
    return this.#records
  }

  /** Where the next record begins, or -1 when this one goes on in text not yet here. `quote` is the next quotation mark. */
  #record(text: string, start: number, quote: number, isLast: boolean): number {
    const newline = text.indexOf(this.#shape.newline, start)
    if (newline < 0 && !isLast) return -1
    const stop = newline < 0 ? text.length : newline
    if (quote >= 0 && quote < stop) return this.#quoted(text, start, isLast)
    return this.#plain(text.slice(start, stop), stop + 1)
  }

  #plain(line: string, next: number): number {
    this.#row++
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text !== '') this.#records.push({ row: this.#row, cells: text.split(this.#shape.separator), problem: null })
    return next
  }

  /** Where the next record begins, or -1 when the record goes on in text not yet here. */
  #quoted(text: string, start: number, isLast: boolean): number {
    const cells: string[] = []
    let at = start
    for (;;) {
      const opensAt = at
      const cell = text[at] === '"' ? this.#quotedCell(text, at, isLast) : this.#bareCell(text, at, isLast)
      if (cell === null) return -1
      at = this.#afterQuoted
      cells.push(cell)
      if (text[at] === this.#shape.separator) {
        at++
        continue
      }
      this.#row++
      const isOpen = text[opensAt] === '"' && at >= text.length && !endsClosed(text, opensAt)
      const problem = isOpen
        ? say`The quotation mark that opens cell ${cells.length} of row ${this.#row} is never closed, so the rest of the file was taken as its text. Close it in the file.`
        : null
      this.#records.push({ row: this.#row, cells, problem })
      return at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1)
    }
  }

  #quotedCell(text: string, open: number, isLast: boolean): string | null {
    let from = open + 1
    let value = ''
    for (;;) {
      const close = text.indexOf('"', from)
      if (close < 0 || (close + 1 >= text.length && !isLast)) {
        if (!isLast) return null
        this.#afterQuoted = text.length
        return value + text.slice(from)
      }
      value += text.slice(from, close)
      if (text[close + 1] !== '"') return this.#afterQuote(text, close + 1, value, isLast)
      value += '"'
      from = close + 2
    }
  }

  // Text between a closing mark and the separator is kept: losing it silently would be worse.
  #afterQuote(text: string, at: number, value: string, isLast: boolean): string | null {
    const tail = this.#bareCell(text, at, isLast)
    return tail === null ? null : value + tail
  }

  #bareCell(text: string, at: number, isLast: boolean): string | null {
    const newline = text.indexOf(this.#shape.newline, at)
    const separator = text.indexOf(this.#shape.separator, at)
    let stop = newline < 0 || (separator >= 0 && separator < newline) ? separator : newline
    if (stop < 0) {
      if (!isLast) return null
      stop = text.length
    }
    const isLineEnd = stop === newline || stop === text.length
    this.#afterQuoted = stop
    return isLineEnd && stop > at && text[stop - 1] === '\r' ? text.slice(at, stop - 1) : text.slice(at, stop)
  }
}

function endsClosed(text: string, open: number): boolean {
  const marks = text.slice(open).split('"').length - 1
  return marks % 2 === 0
}

function tooLong(row: number, limit: number): UnreadableFile {
  return new UnreadableFile(
    'record-too-long',
    say`Row ${row} is longer than ${limit} characters: a quotation mark there is probably never closed, or the file is not a table. Mend that row, then retry.`,
  )
}
