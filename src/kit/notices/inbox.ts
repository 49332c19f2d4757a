/** The inbox of a person: read by pages, triaged one by one or all at once, each deed undone by its batch. */
import { randomUUID } from 'node:crypto'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { updateRows } from '#kit/write.ts'
import type { Described, Kept } from './described.ts'
import { described } from './described.ts'
import type { EventName, Happened } from './events.ts'
import { settleRecords, unsettle } from './piles.ts'
import { tellInboxes } from './tell.ts'

export const SHOWN = ['unread', 'all', 'snoozed', 'done'] as const
export type Shown = (typeof SHOWN)[number]
export interface InboxItem extends Described {
  /** Names the row to triage. */
  readonly item: number
  readonly state: 'unread' | 'read' | 'done' | 'snoozed'
  readonly event: EventName
  /** How much happened since it was read. */
  readonly changes: number
  readonly at: string
  readonly snoozedUntil: string | null
  readonly isMuted: boolean
}
/** A person's own door to it. */
export interface Mine {
  readonly store: Store
  readonly actor: Actor & { readonly person: number }
}
export interface InboxQuery {
  readonly show: Shown
  readonly event: EventName | null
  /** Where the page before ended. */
  readonly after: { readonly at: string; readonly item: number } | null
  readonly limit: number
}

interface Row {
  readonly item: number
  readonly record: string
  readonly recordId: number
  readonly state: InboxItem['state']
  readonly event: EventName
  readonly happened: readonly Happened[]
  readonly changes: number
  readonly at: string
  readonly snoozedUntil: string | null
  readonly isMuted: boolean
}
/** What the reader may not see any more is left out, so a page may be shorter than it was asked for. */
export async function inboxPage(
  { store, actor }: Mine,
  query: InboxQuery,
): Promise<{ items: InboxItem[]; next: string | null }> {
  // oxfmt-ignore
  const { after, limit } = query
  const rows = await run<Row>(
    store.db,
    sql`select i.id as item, i.record, i.record_id as "recordId", i.state, i.why as event, i.happened, i.changes, i.last_at as at, i.snoozed_until as "snoozedUntil",
        exists (select 1 from notice_mute m where m.org = i.org and m.person = i.person and m.record = i.record and m.record_id = i.record_id) as "isMuted"
      from inbox i where ${whose({ store, actor }, query)} and ${after === null ? raw('true') : sql`(i.last_at, i.id) < (${after.at}::timestamptz, ${after.item})`}
      order by i.last_at desc, i.id desc limit ${limit + 1}`,
  )
  const shown = rows.slice(0, limit)
  const words = await described(store, actor, shown)
  const items = shown.flatMap(({ item, state, event, changes, at, snoozedUntil, isMuted }, nth): InboxItem[] => {
    const said = words[nth] ?? null
    return said === null ? [] : [{ ...said, item, state, event, changes, at, snoozedUntil, isMuted }]
  })
  const last = shown.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? `${last.at}~${last.item}` : null }
}

/** No bell shows more. */
export const MOST_COUNTED = 100
/** How many unread lines the inbox shows, at most a hundred: read by its index, however long the inbox is. */
export async function unreadCount({ store, actor }: Mine): Promise<number> {
  const rows = await run<Kept>(
    store.db,
    sql`select record, record_id as "recordId", happened from inbox where org = ${actor.org} and person = ${actor.person} and state = 'unread' order by last_at desc, id desc limit ${MOST_COUNTED}`,
  )
  // What nothing may be said of is not shown, and not counted.
  return rows.length === 0 ? 0 : (await described(store, actor, rows)).filter((one) => one !== null).length
}

export type TriageDeed =
  | { readonly deed: 'done' | 'read' | 'unread' }
  | { readonly deed: 'snooze'; readonly until: string }
export type Which = { readonly items: readonly number[] } | { readonly all: Pick<InboxQuery, 'show' | 'event'> }

/** @returns how many, and the batch by which they are taken back */
export async function triage(mine: Mine, which: Which, deed: TriageDeed): Promise<{ count: number; batch: string }> {
  const { store, actor } = mine
  const batch = randomUUID()
  const state = deed.deed === 'snooze' ? 'snoozed' : deed.deed
  const until = deed.deed === 'snooze' ? deed.until : null
  const chosen = 'all' in which ? whose(mine, which.all) : sql`${own(mine)} and i.id = any(${which.items}::bigint[])`
  const count = await store.transaction(actor, async (unit) => {
    const { on } = unit
    const rows = await run<{ record: string; record_id: number }>(
      on,
      sql`update inbox i set state_before = i.state, snoozed_before = i.snoozed_until, batch = ${batch}, state = ${state}, snoozed_until = ${until}::timestamptz
        where ${chosen} and (i.state <> ${state} or i.snoozed_until is distinct from ${until}::timestamptz) returning i.record, i.record_id`,
    )
    if (state === 'read' || state === 'done') await settle(unit, mine, { batch, rows })
    await tellInboxes(on, actor.org, [actor.person])
    return rows.length
  })
  return { count, batch }
}
/** What was read needs no mail and no browser any more, and the notices of steps about it are read as well. */
async function settle(
  unit: Unit,
  { store, actor }: Mine,
  { batch, rows }: { batch: string; rows: readonly { record: string; record_id: number }[] },
): Promise<void> {
  if (rows.length === 0) return
  const { on } = unit
  const { org, person } = actor
  const asked = sql`(select distinct * from unnest(${rows.map(({ record }) => record)}::text[], ${rows.map((row) => row.record_id)}::bigint[])) w (record, record_id)`
  await settleRecords(on, { org, person, batch }, rows.map((row) => ({ record: row.record, id: row.record_id }))) // oxfmt-ignore
  const read = await run<{ id: number }>(
    on,
    sql`select n.id from notice n join ${asked} on n.on_record = w.record and n.on_id = w.record_id where n.org = ${org} and n.person = ${person} and n.read_at is null and n.binned_at is null order by n.id for update of n`,
  )
  for (let at = 0; at < read.length; at += AT_ONCE)
    await markRead(unit, { store, actor }, read.slice(at, at + AT_ONCE).map(({ id }) => id)) // oxfmt-ignore
}
const AT_ONCE = 500
/** Notices of one's own that are locked, by one statement: whoever reads everything at once may have very many. */
async function markRead(unit: Unit, { store, actor }: Mine, ids: readonly number[]): Promise<void> {
  const record = store.catalogue.get('notice')
  const now = store.now()
  const rows = await store.many(actor, record, ids, { unit, isWhole: true })
  if (rows.length === 0) return
  const writes = rows.map((before) => ({ before, after: { ...before, readAt: now }, action: 'change' }))
  await updateRows({ on: unit.on, actor, now, catalogue: store.catalogue }, record, writes)
  unit.touched.push(...rows.map(({ id }): [string, number] => [record.name, id]))
}
/** Takes a batch back, as far as nothing new has come to its rows. @returns how many */
export async function undoTriage({ store, actor }: Mine, batch: string): Promise<number> {
  return store.db.transaction(async (on) => {
    const rows = await run(
      on,
      sql`update inbox i set state = i.state_before, snoozed_until = i.snoozed_before, batch = null where ${own({ actor })} and i.batch = ${batch}::uuid and i.state_before is not null returning 1 as one`,
    )
    await unsettle(on, { org: actor.org, person: actor.person, batch })
    await tellInboxes(on, actor.org, [actor.person])
    return rows.length
  })
}
/** Wakes what was put off until now. By schedule. */
export async function wakeSnoozed(store: Store): Promise<void> {
  await store.db.transaction(async (on) => {
    const rows = await run<{ org: number; person: number }>(
      on,
      sql`update inbox set state = 'unread', snoozed_until = null, batch = null where state = 'snoozed' and snoozed_until <= ${store.now()}::timestamptz returning org, person`,
    )
    for (const [org, some] of Map.groupBy(rows, (row) => row.org)) await tellInboxes(on, org, some.map(({ person }) => person)) // oxfmt-ignore
  })
}

function own({ actor }: Pick<Mine, 'actor'>): Fragment {
  return sql`i.org = ${actor.org} and i.person = ${actor.person}`
}
function whose(mine: Mine, { show, event }: Pick<InboxQuery, 'show' | 'event'>): Fragment {
  const state = { unread: "i.state = 'unread'", snoozed: "i.state = 'snoozed'", done: "i.state = 'done'", all: "i.state in ('unread', 'read')" }[show] // oxfmt-ignore
  return sql`${own(mine)} and ${raw(state)} and ${event === null ? raw('true') : sql`i.why = ${event}`}`
}

const KEPT_DAYS = 90
/** What is done goes after three months, anything else after a year. By schedule. */
export async function forgetNotices(on: Sql): Promise<void> {
  await run(on, sql`delete from inbox where state = 'done' and last_at < now() - make_interval(days => ${KEPT_DAYS})`)
  await run(on, sql`delete from inbox where last_at < now() - interval '1 year'`)
  await run(on, sql`delete from notice_due where due_on < now() - interval '1 year'`)
}
