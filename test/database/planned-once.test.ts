// What every page asks is planned once and kept: a plan made anew each time costs more than reading the row.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import type { Store, Unit } from '#kit/store.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

const ROWS = 20_000
/** PostgreSQL makes a plan for the values of each of the first five; then it compares. */
const TIMES = 12
let db: Database
let store: Store
let root: Actor
before(async () => {
  ;({ db } = await migratedDatabase([specimen]))
  ;({ store, root } = await newStore(db))
  await db.query(
    `insert into specimen (org, id, rev, created_at, updated_at, tags, custom, name)
     select 1, n, 1, now(), now(), '{}', '{}', 'specimen ' || n from generate_series(1, ${ROWS}) n`,
  )
  await db.query('analyze specimen')
})

describe('one row by its id', () => {
  it('keeps its plan', async () => {
    const { kept, made } = await store.transaction(root, async (unit) => {
      for (let id = 1; id <= TIMES; id++) await store.get(root, specimen, id, { unit })
      return plans(unit, 'from specimen t where t.org')
    })
    assert.ok(made <= 5 && kept >= TIMES - 7, `${made} plans were made for ${TIMES} readings, ${kept} were kept`)
  })
})

/** Of statements with these words in the session of a transaction: how often a kept plan served, and how often one was made. */
async function plans({ on }: Unit, words: string): Promise<{ kept: number; made: number }> {
  const [row] = await on.query<{ kept: number; made: number }>(
    'select sum(generic_plans) as kept, sum(custom_plans) as made from pg_prepared_statements where strpos(statement, $1) > 0',
    [words],
  )
  return { kept: Number(row?.kept), made: Number(row?.made) }
}
