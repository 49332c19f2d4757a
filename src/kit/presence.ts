/** Who is at which record now: browsers tell it every twenty seconds, and it is forgotten after fifty. */
import type { Actor } from './actor.ts'
import type { Ref } from './field.ts'
import type { RecordType } from './record.ts'
import type { Store } from './store.ts'
import type { Sql } from './database.ts'
import { raw, run, sql } from './sql.ts'

/** `writing`: a comment or a field is under edit. */
export type Stay = 'here' | 'writing' | 'gone'
export interface Present {
  readonly person: Ref
  readonly isWriting: boolean
  /** Since when they are there without a break. */
  readonly since: string
}
export interface Staying {
  readonly record: RecordType
  readonly id: number
  /** One of several windows of the same person. */
  readonly tab: string
  readonly stay: Stay
}
/** Two and a half times what a browser waits between two heartbeats. */
const GONE_AFTER = raw(`interval '50 seconds'`)

/** Under this name the notifier tells that somebody came to a record, left it, began to write or stopped. */
export const HERE = '~here'

/** Writes down one heartbeat. @returns whether others see something else than before */
export async function noteStay(on: Sql, { org, person }: Actor, { record, id, tab, stay }: Staying): Promise<boolean> {
  const key = sql`org = ${org} and record = ${record.name} and record_id = ${id} and person = ${person} and tab = ${tab}`
  if (stay === 'gone') return (await run(on, sql`delete from presence where ${key} returning 1 as one`)).length > 0
  const isWriting = stay === 'writing'
  const [before] = await run<{ isSame: boolean }>(
    on,
    sql`with before as (select is_writing, seen_at > now() - ${GONE_AFTER} as is_fresh from presence where ${key}),
      told as (
        insert into presence (org, record, record_id, person, tab, is_writing) values (${org}, ${record.name}, ${id}, ${person}, ${tab}, ${isWriting})
        on conflict (org, record, record_id, person, tab) do update set is_writing = excluded.is_writing, seen_at = now(),
          since = case when presence.seen_at > now() - ${GONE_AFTER} then presence.since else now() end
      )
      select is_fresh and is_writing = ${isWriting} as "isSame" from before`,
  )
  return before?.isSame !== true
}

/** Everybody else who is there, the longest first; only people whom the actor may read. */
export async function presentAt(
  store: Store,
  actor: Actor,
  { record, id }: Pick<Staying, 'record' | 'id'>,
): Promise<Present[]> {
  const rows = await run<{ person: number; isWriting: boolean; since: string }>(
    store.db,
    sql`select person, bool_or(is_writing) as "isWriting", min(since) as since from presence
      where org = ${actor.org} and record = ${record.name} and record_id = ${id} and person <> ${actor.person ?? 0} and seen_at > now() - ${GONE_AFTER}
      group by person order by min(since), person limit 20`,
  )
  const kind = store.catalogue.get('person')
  const known = await store.many(actor, kind, rows.map(({ person }) => person), { fields: [kind.title] }) // oxfmt-ignore
  const byId = new Map(known.map((row) => [row.id, row]))
  return rows.flatMap(({ person, ...more }) => {
    const row = byId.get(person)
    return row === undefined
      ? []
      : [{ person: { id: row.id, number: row.number, title: String(row[kind.title]) }, ...more }]
  })
}

/** Whoever did not take leave, such as a browser that was ended. */
export async function forgetPresence(on: Sql): Promise<void> {
  await on.query("delete from presence where seen_at < now() - interval '1 hour'")
}
