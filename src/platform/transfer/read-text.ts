/** Separated text and JSON lines: encoding, form and separator found out, then rows. */
import { say } from '#engines/say.ts'
import { unpackedBytes } from './bytes.ts'
import type { OpenedBytes } from './bytes.ts'
import { CsvScanner } from './csv.ts'
import type { CsvRecord } from './csv.ts'
import { decoded, surveyText } from './encoding.ts'
import { unguarded } from './formula.ts'
import { columnNames } from './header.ts'
import { jsonColumns, jsonLines, jsonRow } from './jsonl.ts'
import type { JsonLine } from './jsonl.ts'
import type { ReadLimits } from './limits.ts'
import type { Mixture } from './mixed-text.ts'
import type { OpenTable, ReadOptions } from './read.ts'
import { takeSamples } from './samples.ts'
import { findShape } from './separator.ts'
import type { FoundShape } from './separator.ts'
import { isZip, refuseOtherKinds } from './signature.ts'
import { tableRow } from './table-row.ts'
import type { TableRow } from './table-row.ts'
import { UnreadableFile } from './unreadable.ts'

type Text = () => AsyncGenerator<string, void>

/** @throws UnreadableFile */
export async function openText(file: OpenedBytes, options: ReadOptions, limits: ReadLimits): Promise<OpenTable> {
  if (file.isGzip) await refuseInsideGzip(file, limits)
  const survey = await surveyText(() => unpackedBytes(file, limits), options.encoding)
  const text: Text = () => decoded(unpackedBytes(file, limits), survey)
  const sample = await beginning(text)
  if (sample.trim() === '') throw new UnreadableFile('empty', say`The file holds only blanks. Export it again.`)
  if (/^\s*\[\s*\{\s*"/.test(sample))
    throw new UnreadableFile(
      'json-array',
      say`The file is one JSON array. Write one object a line (JSON lines), without the brackets around them.`,
    )
  const open = isJsonLines(sample, file.path) ? openJson : openCsv
  const table = await open(text, sample, options, limits)
  return {
    found: {
      ...table.found,
      encoding: survey.encoding,
      ...mixedOf(survey.mixture),
      rowsEstimate: Math.max(1, survey.lines - (table.found.format === 'jsonl' ? 0 : 1)),
    },
    rows: table.rows,
  }
}

function mixedOf(mixture: Mixture | null): Pick<OpenTable['found'], 'mixed'> {
  return mixture === null ? {} : { mixed: { lines: mixture.lines, firstLine: mixture.firstLine } }
}

async function refuseInsideGzip(file: OpenedBytes, limits: ReadLimits): Promise<void> {
  for await (const chunk of unpackedBytes(file, limits)) {
    if (isZip(chunk))
      throw new UnreadableFile(
        'other-archive',
        say`This is a workbook or ZIP archive inside gzip. Unpack the gzip file and import what is in it.`,
      )
    refuseOtherKinds(chunk)
    return
  }
}

async function beginning(text: Text): Promise<string> {
  let sample = ''
  for await (const chunk of text()) {
    sample += chunk
    if (sample.length >= 131_072) break
  }
  return sample
}

function isJsonLines(sample: string, path: string): boolean {
  if (!sample.trimStart().startsWith('{')) return false
  if (/\.(jsonl|ndjson|json)(\.gz)?$/i.test(path)) return true
  try {
    const first: unknown = JSON.parse(sample.trimStart().split('\n')[0] ?? '')
    return typeof first === 'object'
  } catch {
    return false // A first line that begins with { and is no JSON is a header of separated text.
  }
}

async function openCsv(text: Text, sample: string, options: ReadOptions, limits: ReadLimits): Promise<OpenTable> {
  const shape = findShape(sample, options.separator)
  const header = await firstRecord(text, shape, limits)
  if (!header) throw new UnreadableFile('empty', say`The file has no row. Export it again.`)
  const columns = columnNames(header.cells, limits)
  const rows = () => csvRows(text, shape, columns, limits)
  const taken = await takeSamples(columns, rows())
  if (taken.rows === 0) throw onlyHeader(columns)
  const format = shape.separator === '\t' ? 'tsv' : 'csv'
  return {
    found: {
      format,
      encoding: '',
      separator: shape.separator,
      sheet: null,
      sheets: [],
      columns: taken.columns,
      rowsEstimate: 0,
    },
    rows,
  }
}

async function firstRecord(text: Text, shape: FoundShape, limits: ReadLimits): Promise<CsvRecord | undefined> {
  for await (const records of csvRecords(text, shape, limits)) if (records[0]) return records[0]
  return undefined
}

async function* csvRecords(text: Text, shape: FoundShape, limits: ReadLimits): AsyncGenerator<CsvRecord[], void> {
  const scanner = new CsvScanner(shape, limits.recordChars)
  let skip = shape.hasSepLine
  for await (const chunk of text()) {
    const records = scanner.feed(chunk)
    if (skip && records.length > 0) {
      records.shift()
      skip = false
    }
    yield records
  }
  yield scanner.end()
}

async function* csvRows(
  text: Text,
  shape: FoundShape,
  columns: string[],
  limits: ReadLimits,
): AsyncGenerator<TableRow, void> {
  let isHeader = true
  for await (const records of csvRecords(text, shape, limits)) {
    for (const record of records) {
      if (isHeader) {
        isHeader = false
        continue
      }
      yield tableRow(record.row, columns, unguarded(record.cells), record.problem)
    }
  }
}

async function openJson(text: Text, _sample: string, _options: ReadOptions, limits: ReadLimits): Promise<OpenTable> {
  const first: JsonLine[] = []
  for await (const line of jsonLines(text(), limits)) if (first.push(line) >= 1000) break
  const columns = jsonColumns(first, limits)
  if (columns.length === 0)
    throw new UnreadableFile(
      'damaged',
      first[0]?.problem ?? say`No line of the file holds a value. Write one object with its values a line.`,
    )
  const rows = () => jsonRows(text, columns, limits)
  const taken = await takeSamples(columns, rows())
  return {
    found: {
      format: 'jsonl',
      encoding: '',
      separator: null,
      sheet: null,
      sheets: [],
      columns: taken.columns,
      rowsEstimate: 0,
    },
    rows,
  }
}

async function* jsonRows(text: Text, columns: string[], limits: ReadLimits): AsyncGenerator<TableRow, void> {
  const known = new Set(columns)
  for await (const line of jsonLines(text(), limits)) yield jsonRow(line, columns, known)
}

/** A header and nothing under it. */
export function onlyHeader(columns: readonly string[]): UnreadableFile {
  const names = columns.slice(0, 5).join(', ').slice(0, 200)
  return new UnreadableFile(
    'only-header',
    say`The table has a header (${names}${columns.length > 5 ? ', …' : ''}) and no row under it. Check the filter of the export.`,
  )
}
