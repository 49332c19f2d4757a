/** Finds out what stands between the cells: the candidate under which the rows agree best about their number of cells. */
import { CsvScanner } from './csv.ts'
import type { CsvShape } from './csv.ts'

const candidates = [',', ';', '\t', '|'] as const

export interface FoundShape extends CsvShape {
  /** A first line `sep=;`, as Excel writes it, is no row. */
  hasSepLine: boolean
}

/** `sample` is the beginning of the text. A file of one column answers ",". */
export function findShape(sample: string, wanted?: string): FoundShape {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r'
  const named = /^sep=(.)\r?\n/i.exec(sample)
  if (named) return { separator: wanted ?? named[1] ?? ',', newline, hasSepLine: true }
  if (wanted !== undefined) return { separator: wanted, newline, hasSepLine: false }
  const scored = candidates.map((separator) => ({ separator, score: score(sample, { separator, newline }) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return { separator: best.separator, newline, hasSepLine: false }
}

// Rows that have the header's number of cells, weighed by that number so that a rare "|" in texts does not win.
function score(sample: string, shape: CsvShape): number {
  const scanner = new CsvScanner(shape, Number.POSITIVE_INFINITY)
  const records = scanner.feed(sample).slice(0, 200)
  if (records.length === 0) records.push(...scanner.end())
  const width = records[0]?.cells.length ?? 0
  if (width < 2) return 0
  const agreeing = records.filter((record) => record.cells.length === width).length / records.length
  return agreeing * agreeing * Math.log2(width + 1)
}
