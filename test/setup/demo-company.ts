// The demonstration company, loaded as it is told at the moment at which the test began.
import { system } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import { Store } from '#kit/store.ts'
import { loadDemo, type DemoLoaded } from '#demo'
import { allRules, newCatalogue } from '#app'
import type { TestDatabase } from './database.ts'
import { migratedDatabase } from './migrated.ts'

export const catalogue = newCatalogue()
export const loadedAt = new Date().toISOString()
export const scale = { incidents: 700, persons: 150 }
export const actor = system(1, 'test')
/** What `loadDemo` takes besides the database. */
export const silent = { catalogue, now: () => loadedAt, log: () => {} }

export interface Loaded {
  db: Database
  store: Store
  connection: TestDatabase['connection']
  made: DemoLoaded
}
/** A reaction called passed-over is among those that shall not follow its past. */
export async function loadCompany(seed = 7): Promise<Loaded> {
  const { db, connection } = await migratedDatabase()
  const store = new Store({ db, catalogue, now: () => loadedAt, rules: allRules(), onCommit: () => {} })
  const news = noticeReaction({ store })
  const made = await loadDemo({ db, ...silent, reactions: ['passed-over'], news }, { seed, scale })
  return { db, store, connection, made }
}
/** To whom an incident was given by somebody else in the three days before that moment, and whose inbox says nothing of it. */
export async function missedBy(db: Database, { org, at }: { org: number; at: string }): Promise<object[]> {
  // As the journal says it.
  const given = `select distinct p.id as person, j.record_id from journal j join person p on p.org = j.org and p.id = (j.changes->'assignee'->1->>'id')::bigint
    where j.org = $1 and j.record = 'incident' and j.origin <> 'import' and j.occurred_at >= $2::timestamptz - interval '3 days' and j.actor is distinct from p.id and p.status = 'active' and p.binned_at is null`
  return db.query(
    `select g.* from (${given}) g where not exists (select 1 from inbox i where i.org = $1 and i.person = g.person and i.record = 'incident' and i.record_id = g.record_id)`,
    [org, at],
  )
}
