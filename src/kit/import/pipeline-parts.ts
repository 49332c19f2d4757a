/** What an import's run is made with. */
import type { Actor } from '#kit/actor.ts'
import type { RecordType } from '#kit/record.ts'
import type { Rules, Store } from '#kit/store.ts'
import type { Layout } from './gather.ts'
import type { ImportMapping } from './mapping.ts'
import type { Table } from './ports.ts'

export interface PipelineParts {
  readonly store: Store
  readonly actor: Actor
  readonly record: RecordType
  readonly rules: ReadonlyMap<string, Rules>
  readonly table: Table
  readonly layout: Layout
  readonly mapping: ImportMapping
  readonly zone: string
  /** The import's id: its progress is kept with what it writes. */
  readonly batch: number
  readonly isDry: boolean
  /** Rows of the file that an earlier try has written; they are looked at, not written again. */
  readonly doneRows: number
  readonly signal?: AbortSignal
  readonly onProgress: (done: number) => void | Promise<void>
}
