/** Looking through the journal of the organisation: by person, record, action, origin, time and request, newest first. */
import { said } from '#engines/say.ts'
import type { Actor, Origin } from './actor.ts'
import type { Sql } from './database.ts'
import type { Ref } from './field.ts'
import type { HistoryChange, JournalSeen } from './history.ts'
import { shownChanges } from './history.ts'
import { readableEntries } from './journal-reach.ts'
import { SIGN_IN } from './sign-in/deeds.ts'
import { snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { all, raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'

export const ORIGINS = ['web', 'api', 'cli', 'import', 'rule', 'system', 'setup', 'sign-in', 'directory', 'scim'] as const satisfies readonly Origin[] // oxfmt-ignore

/** What is looked for; a part that is absent does not matter. */
export interface JournalQuery {
  readonly person?: number | undefined
  /** A kind of record, and which one of it. */
  readonly record?: string | undefined
  readonly recordId?: number | undefined
  readonly action?: string | undefined
  readonly origin?: Origin | undefined
  readonly request?: string | undefined
  /** Written down at this instant or later. */
  readonly from?: string | undefined
  /** Written down before this instant. */
  readonly before?: string | undefined
  readonly limit: number
  /** The id of the last entry that was looked at. */
  readonly after?: string | undefined
}
export interface JournalItem {
  readonly id: string
  readonly at: string
  readonly occurredAt: string
  readonly actor: Ref | null
  readonly onBehalfOf: Ref | null
  readonly record: string
  /** The record in words. */
  readonly label: string
  readonly recordId: number
  /** Null for what has no number, such as the settings. */
  readonly number: string | null
  readonly action: string
  readonly changes: readonly HistoryChange[]
  readonly reason: string | null
  readonly origin: string
  readonly request: string
  /** Values of it were erased: what is shown is what was left. */
  readonly isErased: boolean
}
export interface JournalPage {
  readonly items: readonly JournalItem[]
  readonly next: string | null
}
interface Row extends JournalSeen {
  readonly id: string
  readonly at: string
  readonly occurred_at: string
  readonly actor: number | null
  readonly actor_name: string | null
  readonly on_behalf_of: number | null
  readonly behalf_name: string | null
  readonly record: string
  readonly record_id: number
  readonly action: string
  readonly reason: string | null
  readonly origin: string
  readonly request: string
  readonly is_erased: boolean
}
/** Entries that the reader may not see are passed over; after so many turns a page is given out short, with its `next`. */
const MOST_TURNS = 10

/** One page. It may hold fewer entries than asked for and still go on at `next`. */
export async function searchJournal(on: Sql, store: Store, actor: Actor, query: JournalQuery): Promise<JournalPage> {
  const items: JournalItem[] = []
  let after = query.after
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const rows = await found(on, store, actor, { ...query, after })
    const seen = await readableEntries(store, actor, rows)
    for (const row of rows) {
      if (items.length === query.limit) return { items, next: after ?? null }
      after = row.id
      if (seen(row)) items.push(item(store, actor, row))
    }
    if (rows.length <= query.limit) return { items, next: null }
  }
  return { items, next: after ?? null }
}

/** One more than a page, so that its end is known. */
function found(on: Sql, store: Store, actor: Actor, query: JournalQuery): Promise<Row[]> {
  const person = store.catalogue.get('person')
  const name = raw(snake(person.title))
  const table = raw(person.table)
  return run<Row>(
    on,
    sql`select h.*, p.${name} as actor_name, b.${name} as behalf_name from (
      select j.id, j.at, j.occurred_at, j.actor, j.on_behalf_of, j.record, j.record_id, j.action, j.changes, case when j.salt is not null then j.reason end as reason, j.origin, j.request, j.salt is null as is_erased
      from journal j where ${all([sql`j.org = ${actor.org}`, ...hiddenKinds(actor), ...conditions(query)])}
      order by j.id desc limit ${query.limit + 1}
    ) h left join ${table} p on p.org = ${actor.org} and p.id = h.actor
      left join ${table} b on b.org = ${actor.org} and b.id = h.on_behalf_of order by h.id desc`,
  )
}
function conditions(query: JournalQuery): Fragment[] {
  const { person, record, recordId, action, origin, request, from, before, after } = query
  const from_ = from === undefined ? [] : [sql`j.at >= ${from}::timestamptz and j.id >= ${firstIdAt(from)}::uuid`]
  const before_ = before === undefined ? [] : [sql`j.at < ${before}::timestamptz and j.id < ${firstIdAt(before)}::uuid`]
  return [
    ...(person === undefined ? [] : [sql`j.actor = ${person}`]),
    ...(record === undefined ? [] : [sql`j.record = ${record}`]),
    ...(recordId === undefined ? [] : [sql`j.record_id = ${recordId}`]),
    ...(action === undefined ? [] : [isAction(action)]),
    // Written out, not as a parameter: only so does PostgreSQL see that the partial index fits.
    ...(origin === undefined ? [] : [raw(`j.origin = '${ORIGINS.find((one) => one === origin)}'`)]),
    ...(request === undefined ? [] : [sql`j.request = ${request}`]),
    ...(after === undefined ? [] : [sql`j.id < ${after}::uuid`]),
    ...from_,
    ...before_,
  ]
}
/** The index of actions leaves out the two that most entries have; PostgreSQL sees that it fits only where that is said. */
function isAction(action: string): Fragment {
  const isCommon = action === 'create' || action === 'change'
  const isRare = raw(isCommon ? '' : " and j.action <> 'create' and j.action <> 'change'")
  return sql`j.action = ${action}${isRare}`
}
/** The smallest id (UUID version 7) that an entry of this instant can have. */
function firstIdAt(instant: string): string {
  const hex = Math.max(0, Date.parse(instant)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`
}

/** Left out by the index, so that pages are not read for nothing; the rule itself stands in journal-reach.ts. */
function hiddenKinds(actor: Actor): Fragment[] {
  return actor.roles.includes('administrator') ? [] : [sql`j.record <> ${SIGN_IN}`]
}
function item({ catalogue }: Store, actor: Actor, row: Row): JournalItem {
  const record = catalogue.find(row.record)
  return {
    id: row.id,
    at: row.at,
    occurredAt: row.occurred_at,
    actor: personRef(row.actor, row.actor_name),
    onBehalfOf: personRef(row.on_behalf_of, row.behalf_name),
    record: row.record,
    label: said(record?.label ?? row.record),
    recordId: row.record_id,
    number: record === null ? null : `${record.number}-${row.record_id}`,
    action: row.action,
    changes: shownChanges(catalogue, actor, record, row),
    reason: row.reason,
    origin: row.origin,
    request: row.request,
    isErased: row.is_erased,
  }
}
function personRef(id: number | null, name: string | null): Ref | null {
  return id === null ? null : { id, number: `P-${id}`, title: name ?? `P-${id}` }
}
