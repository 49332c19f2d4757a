/** What follows when an administrator adds or changes a field: its index and its words are made or removed in the background. */
import { system } from './actor.ts'
import type { SaidField } from './added.ts'
import { customField } from './added.ts'
import type { AddedIndex } from './added-index.ts'
import { addedIndex, presentIndexes } from './added-index.ts'
import type { Database, Tx } from './database.ts'
import type { JobHandler, JobSender } from './jobs.ts'
import type { Reaction } from './reaction.ts'
import type { RecordType } from './record.ts'
import { raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'
import { judgeViews } from './added-views.ts'
import { makeAddedWords } from './added-words-again.ts'
import { hasWords } from './write.ts'

export const ADDED_JOB = 'prepare-added-fields'
export interface AddedParts {
  readonly store: Store
  readonly jobs: JobSender
}
/** A field of the organisation, with how far its preparation is. */
export interface PreparedField extends SaidField {
  readonly id: number
  readonly record: string
  readonly name: string
  readonly sorted: boolean | null
  readonly index: string | null
  readonly words: string | null
  readonly isGone: boolean
}

export function addedReaction({ jobs }: Pick<AddedParts, 'jobs'>): Reaction {
  return {
    name: 'added-fields',
    records: ['customField'],
    handle: async (tx, entries) => {
      for (const org of new Set(entries.map((entry) => entry.org))) await sendFor(jobs, tx, org)
    },
  }
}
/** Every organisation's fields once more: a restored database has the fields, but not their indexes. */
export async function checkAdded({ store, jobs }: AddedParts): Promise<void> {
  const rows = await run<{ org: number }>(store.db, sql`select distinct org from custom_field`)
  for (const { org } of rows) await store.db.transaction((tx) => sendFor(jobs, tx, org))
}
async function sendFor(jobs: JobSender, tx: Tx, org: number): Promise<void> {
  await jobs.send(tx, ADDED_JOB, { org }, { singletonKey: String(org) })
}
export function addedJob({ store }: Pick<AddedParts, 'store'>): JobHandler {
  return async ({ org }, { signal }) => {
    if (typeof org === 'number') await prepareAdded(store, org, signal)
  }
}

/** Makes what is missing and removes what nobody needs any more. Safe to run again where it stopped. */
export async function prepareAdded(store: Store, org: number, signal?: AbortSignal): Promise<void> {
  const fields = await fieldsOf(store.db, org)
  // A view is well while the index of its order is still being made.
  await judgeViews(store, org, fields.map((one) => ({ ...one, field: customField({ ...one, isIndexed: one.sorted === true }) }))) // oxfmt-ignore
  await removeIndexes(store.db, org, new Set(fields.flatMap((field) => indexOf(store, org, field)?.name ?? [])))
  for (const field of fields) {
    signal?.throwIfAborted()
    await prepareIndex(store, org, field)
    await prepareWords(store, org, { field, fields, signal })
  }
}
export async function fieldsOf(db: Database, org: number): Promise<PreparedField[]> {
  return run<PreparedField>(
    db,
    sql`select id, record, name, label, kind, options, to_ as "to", unit, confidentiality, searched, sorted, index, words,
      binned_at is not null as "isGone" from custom_field where org = ${org} order by id`,
  )
}
function indexOf(store: Store, org: number, said: PreparedField): (AddedIndex & { record: RecordType }) | null {
  const record = store.catalogue.find(said.record)
  if (record === null || said.isGone) return null
  const of = { id: said.id, name: said.name, field: customField(said), isSorted: said.sorted === true }
  const index = addedIndex(record, org, of)
  return index === null ? null : { ...index, record }
}

/** What is half made, or no longer asked for. */
async function removeIndexes(db: Database, org: number, wanted: ReadonlySet<string>): Promise<void> {
  for (const [name, isWhole] of await presentIndexes(db, org))
    if (!isWhole || !wanted.has(name)) await run(db, raw(`drop index concurrently if exists ${name}`))
}
async function prepareIndex(store: Store, org: number, field: PreparedField): Promise<void> {
  const index = indexOf(store, org, field)
  if (index === null) return noteWork(store, org, field, { index: null })
  const present = await presentIndexes(store.db, org)
  if (present.get(index.name) !== true) {
    await noteWork(store, org, field, { index: 'making' })
    try {
      await run(store.db, raw(index.statement))
      // How often its values come is known only then; without, a rare one would be looked for among all rows.
      await run(store.db, raw(`analyze ${index.record.table}`))
    } catch (error) {
      await noteWork(store, org, field, { index: 'failed' })
      throw error
    }
  }
  await noteWork(store, org, field, { index: 'ready' })
}

/** When it becomes searched its words are added to what is there; when it no longer is, they go. */
async function prepareWords(
  store: Store,
  org: number,
  {
    field,
    fields,
    signal,
  }: { field: PreparedField; fields: readonly PreparedField[]; signal?: AbortSignal | undefined },
): Promise<void> {
  const record = store.catalogue.find(field.record)
  const isWanted = field.searched === true && !field.isGone
  if (record === null || !hasWords(record) || field.words === (isWanted ? 'ready' : null)) return
  const live = fields.filter((one) => one.record === field.record && !one.isGone)
  const added = Object.fromEntries(live.map((one) => [one.name, customField(one)]))
  const note = (words: string | null, progress: number | null = null): Promise<void> =>
    noteWork(store, org, field, { words, progress })
  await note('making', 0)
  await makeAddedWords({ store, org, record, name: field.name, added, signal, onProgress: (done) => note('making', done) }) // oxfmt-ignore
  await note(isWanted ? 'ready' : null)
}
type Noted = { readonly index: string | null } | { readonly words: string | null; readonly progress: number | null }
/** These are caches of what the database holds: no entry of the journal, but every node and screen hears of them. */
export async function noteWork(store: Store, org: number, field: PreparedField, noted: Noted): Promise<void> {
  const columns = 'index' in noted ? sql`index = ${noted.index}::text` : sql`words = ${noted.words}::text, progress = ${noted.progress}::double precision` // oxfmt-ignore
  const isNews = 'index' in noted ? sql`index is distinct from ${noted.index}::text` : sql`(words, progress) is distinct from (${noted.words}::text, ${noted.progress}::double precision)` // oxfmt-ignore
  await store.transaction(system(org, 'added-fields'), async ({ on, touched }) => {
    const changed = await run(
      on,
      sql`update custom_field set ${columns} where org = ${org} and id = ${field.id} and ${isNews} returning id`,
    )
    if (changed.length > 0) touched.push(['customField', field.id])
  })
}
