/** Opens a table of any accepted form: finds out what it is, then gives its rows one by one in bounded memory. */
import { say } from '#engines/say.ts'
import { openBytes } from './bytes.ts'
import { defaultLimits } from './limits.ts'
import type { ReadLimits } from './limits.ts'
import { openText } from './read-text.ts'
import { openXlsx } from './read-xlsx.ts'
import { isZip, refuseOtherKinds } from './signature.ts'
import type { TableRow } from './table-row.ts'
import { UnreadableFile, damaged } from './unreadable.ts'

export interface ReadOptions {
  /** Overrules what would be found out. */
  encoding?: string
  separator?: string
  /** Name of a sheet; the first one otherwise. */
  sheet?: string
  limits?: Partial<ReadLimits>
}

export interface FoundTable {
  format: 'csv' | 'tsv' | 'xlsx' | 'jsonl'
  encoding: string
  separator: string | null
  sheet: string | null
  sheets: string[]
  /** Samples: up to 60 different values, from the first rows and then spread over the first 5,000. */
  columns: { name: string; samples: string[] }[]
  /** Rows of data, about: line ends inside quotation marks count too. */
  rowsEstimate: number
  /** A text of which some lines are not UTF-8 as the rest is, and are read as windows-1252: how many, and the first, from 1. */
  mixed?: { lines: number; firstLine: number }
}

export interface OpenTable {
  found: FoundTable
  /** May be called again: a dry run reads, then the import reads. @throws UnreadableFile while iterating */
  rows(): AsyncIterable<TableRow>
}

/**
 * CSV, TSV (also inside .gz), XLSX or JSON lines.
 * @throws UnreadableFile, and nothing else; also for a table that has a header and no row
 */
export async function openTable(path: string, options: ReadOptions = {}): Promise<OpenTable> {
  const limits = { ...defaultLimits, ...options.limits }
  try {
    const file = await openBytes(path, limits)
    refuseOtherKinds(file.head)
    const table = isZip(file.head) ? await openXlsx(file, options, limits) : await openText(file, options, limits)
    return { found: table.found, rows: () => named(table.rows()) }
  } catch (cause) {
    throw damaged(say`The file`, cause)
  }
}

async function* named(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow, void> {
  try {
    yield* rows
  } catch (cause) {
    throw cause instanceof UnreadableFile ? cause : damaged(say`The file`, cause)
  }
}
