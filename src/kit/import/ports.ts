/** What an import asks of the outside: files, tables, jobs. The platform implements it, `main` hands it in. */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { JobData } from '#kit/jobs.ts'
import type { Rules, Store } from '#kit/store.ts'
import type { ReadyMapping } from './mapping.ts'

export interface FoundTable {
  readonly format: string
  readonly encoding: string
  readonly separator: string | null
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[]
  /** About how many. */
  readonly rowsEstimate: number
  /** A text of which some lines are not UTF-8 as the rest is, and are read as windows-1252: how many, and the first, from 1. */
  readonly mixed?: { readonly lines: number; readonly firstLine: number }
}
export interface TableRow {
  /** As a spreadsheet or an editor shows it. */
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
  /** What is wrong with the row as such, or null. */
  readonly problem: string | null
}
export interface Table {
  readonly found: FoundTable
  /** May be called again. */
  rows(): AsyncIterable<TableRow>
}
export interface TableOptions {
  readonly encoding?: string
  readonly separator?: string
  readonly sheet?: string
}

export interface ImportParts {
  readonly store: Store
  readonly rules: ReadonlyMap<string, Rules>
  /** The zone of times that name none: the organisation's. */
  readonly zone: (actor: Actor) => Promise<string>
  readonly ready: readonly ReadyMapping[]
  /** Keeps a file by its content. @throws an error named FileTooLarge */
  readonly keepFile: (
    content: AsyncIterable<Uint8Array>,
    limits: { maxBytes: number },
  ) => Promise<{ sha256: string; size: number }>
  /** Opens a kept file as a table. @throws an error named UnreadableFile, whose message is for the person */
  readonly openTable: (sha256: string, options?: TableOptions) => Promise<Table>
  /** Starts work in the background; it exists when the transaction `on` commits. */
  readonly start: (on: Sql, name: string, data: JobData) => Promise<unknown>
}
export const MOST_BYTES = 512 * 1024 * 1024
/** The one kind of job of imports. */
export const IMPORT_JOB = 'import'

/** Refusals of the file readers are known by name: the kit does not import the platform. */
export function fileRefusal(error: unknown): string | null {
  return error instanceof Error && (error.name === 'UnreadableFile' || error.name === 'FileTooLarge')
    ? error.message
    : null
}
