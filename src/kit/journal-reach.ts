/** Which entries of the journal somebody may read: one rule for its search, its export and the proof of one entry. */
import { readsAll } from './access.ts'
import type { Actor } from './actor.ts'
import { isAllowed } from './actor.ts'
import type { RecordType } from './record.ts'
import { SIGN_IN } from './sign-in/deeds.ts'
import type { Store } from './store.ts'

/** An entry, as far as the rule asks: which row of which kind it is about. */
export interface EntryAbout {
  readonly record: string
  readonly record_id: number
}
/** Whether the actor looks after the whole journal: administrators and auditors. */
export function overseesJournal(actor: Actor): boolean {
  return isAllowed(actor, ['auditor'])
}
/**
 * Which of these entries the actor may know of. An entry on a record is for whoever reads that record, by kind or row by
 * row as everywhere; on what is no record (settings, sessions) it is for those who look after the journal.
 */
export async function readableEntries<E extends EntryAbout>(
  store: Store,
  actor: Actor,
  entries: readonly E[],
): Promise<(entry: E) => boolean> {
  const names = [...new Set(entries.map(({ record }) => record))]
  const rules = await Promise.all(
    names.map(async (name) => [name, await ruleFor(store, actor, name, entries)] as const),
  )
  const known = new Map(rules)
  return ({ record, record_id: id }) => known.get(record)?.(id) ?? false
}
async function ruleFor(
  store: Store,
  actor: Actor,
  name: string,
  entries: readonly EntryAbout[],
): Promise<(id: number) => boolean> {
  const record = store.catalogue.find(name)
  if (record === null) {
    // What happens at somebody's door is for administrators here, and for themselves among their sign-ins.
    const isOpen = name === SIGN_IN ? actor.roles.includes('administrator') : overseesJournal(actor)
    return () => isOpen
  }
  if (readsAll(actor, record, store.catalogue)) return () => true
  const seen = await seenOf(store, actor, record, entries)
  return (id) => seen.has(id)
}
async function seenOf(
  store: Store,
  actor: Actor,
  record: RecordType,
  entries: readonly EntryAbout[],
): Promise<Set<number>> {
  const asked = [...new Set(entries.filter((entry) => entry.record === record.name).map((entry) => entry.record_id))]
  const seen = await store.many(actor, record, asked, { binned: true, fields: [] })
  return new Set(seen.map(({ id }) => id))
}
