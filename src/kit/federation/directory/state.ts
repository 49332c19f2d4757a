/** How the last run of a directory ended, kept with its provider and shown in the settings. */
import { run, sql } from '#kit/sql.ts'
import type { Sql } from '#kit/database.ts'
import type { Provider } from '#kit/federation/settings.ts'

export interface Counts {
  entries: number
  created: number
  linked: number
  changed: number
  left: number
  returned: number
  /** Entries that are nobody here, because the provider makes no persons. */
  unknown: number
}
export interface SyncProblem {
  readonly entry: string
  readonly because: string
}
/** One line of what a run does, or would do. */
export interface SyncChange {
  readonly what: 'create' | 'link' | 'change' | 'leave' | 'return'
  readonly name: string
  readonly person: number | null
  readonly fields: readonly string[]
}
export interface Synced {
  readonly state: 'waiting' | 'running' | 'done' | 'asks' | 'failed'
  readonly at: string
  readonly isDry: boolean
  readonly isFull: boolean
  readonly because: string | null
  readonly counts: Counts
  readonly problems: readonly SyncProblem[]
  /** How many problems there are in all; the list holds the first. */
  readonly problemCount: number
  readonly changes: readonly SyncChange[]
  readonly seconds: number
  /** What the next run needs to read changes alone; null after a failure: it reads everything. */
  readonly next: { readonly since: string; readonly fullAt: string; readonly rev: number } | null
}
export const NOTHING: Counts = { entries: 0, created: 0, linked: 0, changed: 0, left: 0, returned: 0, unknown: 0 }
export const MOST_LISTED = 200

export async function keepState(on: Sql, { org, id }: Pick<Provider, 'org' | 'id'>, synced: Synced): Promise<void> {
  await run(
    on,
    sql`update identity_provider set synced = ${JSON.stringify(synced)}::jsonb where org = ${org} and id = ${id}`,
  )
}
