/** Keeps the planner's picture of a table that an import fills: with that of the empty table, every look-up would read it all. */
import type { RecordType } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

const FIRST = 1000
const GROWTH = 8

export class Statistics {
  readonly #store: Store
  readonly #made = new Map<string, { count: number; next: number }>()
  constructor(store: Store) {
    this.#store = store
  }
  /** Looks at the table again when it has grown enough since the last time; also makes cached plans new. */
  async grown(record: RecordType, count: number): Promise<void> {
    const made = this.#made.get(record.name) ?? { count: 0, next: FIRST }
    made.count += count
    this.#made.set(record.name, made)
    if (made.count < made.next) return
    made.next = made.count * GROWTH
    await run(this.#store.db, sql`analyze ${raw(record.table)}`)
  }
}
