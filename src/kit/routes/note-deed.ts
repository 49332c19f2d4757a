/** Writes down what is no change of a record: signing in, tokens. */
import { system } from '#kit/actor.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

export async function noteDeed(
  store: Store,
  who: { org: number; person: number | null; request: string },
  said: { record: string; recordId: number; action: string },
): Promise<void> {
  const actor = { ...system(who.org, who.request, 'web'), person: who.person }
  await run(store.db, journalInsert([entry(actor, store.now(), { ...said, changes: {} })]))
}
