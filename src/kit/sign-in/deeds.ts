/**
 * What happens at the door, in the journal: signed in, failed, password changed, token made … Kept as a record of its own
 * ("sign-in" of a person), so that it is not part of the history that everybody reads who may read the person.
 */
import { system } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Changes } from '#kit/journal.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { deviceWords } from './device.ts'

export const SIGN_IN = 'signIn'

export interface Deed {
  readonly org: number
  /** Whose sign-in it is about. */
  readonly person: number
  /** Who did it: the person, or an administrator; null for somebody who was not let in. */
  readonly by: number | null
  readonly request: string
  readonly action: string
  /** Where from. No secret, and nothing that was typed. */
  readonly address?: string | undefined
  readonly agent?: string | undefined
  readonly said?: Readonly<Record<string, unknown>>
}

export async function noteSignIn(
  store: Pick<Store, 'now'> & { readonly db: Sql },
  deed: Deed,
  on: Sql = store.db,
): Promise<void> {
  const { address, agent } = deed
  const facts = { ...(address === undefined ? {} : { address }), ...(agent === undefined ? {} : { device: deviceWords(agent) }), ...deed.said } // oxfmt-ignore
  const changes: Changes = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [null, value]]))
  const actor = { ...system(deed.org, deed.request, 'web'), person: deed.by }
  await run(
    on,
    journalInsert([
      entry(actor, store.now(), { record: SIGN_IN, recordId: deed.person, action: deed.action, changes }),
    ]),
  )
}

export interface SignInEntry {
  readonly at: string
  readonly action: string
  readonly by: { readonly id: number; readonly number: string; readonly title: string } | null
  readonly facts: Readonly<Record<string, unknown>>
}
/** The newest entries about one person's sign-ins. For that person and administrators. */
export async function signInEntries(
  on: Sql,
  who: { org: number; person: number },
  limit: number,
): Promise<SignInEntry[]> {
  const rows = await run<{ at: string; action: string; actor: number | null; name: string | null; changes: Changes }>(
    on,
    sql`select j.at, j.action, j.actor, p.name, j.changes from journal j left join person p on p.org = j.org and p.id = j.actor
      where j.org = ${who.org} and j.record = ${SIGN_IN} and j.record_id = ${who.person} order by j.occurred_at desc, j.id desc limit ${limit}`,
  )
  return rows.map(({ at, action, actor, name, changes }) => ({
    at,
    action,
    by: actor === null ? null : { id: actor, number: `P-${actor}`, title: name ?? `P-${actor}` },
    facts: Object.fromEntries(Object.entries(changes).map(([key, [, value]]) => [key, value])),
  }))
}
