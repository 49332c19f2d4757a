/** One stream of what happened on a record: its journal and what hangs on it, merged newest first and read page by page. */
import { say } from '#engines/say.ts'
import { readable } from './access.ts'
import type { Actor } from './actor.ts'
import { checkValue } from './check.ts'
import type { Ref } from './field.ts'
import { instant } from './field.ts'
import type { HistoryItem, HistoryPage } from './history.ts'
import { entriesOf } from './history.ts'
import type { MailOfRecord } from './mail/of-record.ts'
import { MAIL_AT, mailsOn } from './mail/of-record.ts'
import { badRequest } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { Fragment } from './sql.ts'
import { all, raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'

export interface TimelineItem {
  readonly kind: 'change' | 'comment' | 'attachment' | 'task' | 'link' | 'time' | 'mail'
  readonly at: string
  readonly actor: Ref | null
  readonly row?: AnyRow
  readonly change?: HistoryItem
  readonly mail?: Omit<MailOfRecord, 'at'>
}

/** Records that hang on others → their kind in a timeline. */
export const HANGING = {
  comment: 'comment',
  file: 'attachment',
  task: 'task',
  link: 'link',
  timeEntry: 'time',
} as const

/** What a timeline can be narrowed to; `move` is those changes that moved the record. */
export const TIMELINE_KINDS = ['change', 'move', ...Object.values(HANGING), 'mail'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export interface TimelineAsked {
  readonly record: RecordType
  readonly id: number
  readonly limit: number
  readonly after: string | null
  /** Empty: everything. */
  readonly kinds: readonly TimelineKind[]
}
/** Of what is from one moment, mails come last. */
const MAIL_RANK = Object.keys(HANGING).length + 1
/** Up to where a page went: of what is from one moment, first the journal, then what hangs, kind by kind, then mails. */
interface Cursor {
  readonly at: string
  readonly rank: number
  readonly id: string
}
interface Found {
  readonly rank: number
  readonly id: string
  readonly item: TimelineItem
}

/** The kinds in `kinds=comment,time`. @throws bad request for one that there is not */
export function timelineKinds(text: string): TimelineKind[] {
  const names = text.split(',').filter((name) => name !== '')
  return names.map((name) => {
    const known = TIMELINE_KINDS.find((kind) => kind === name)
    if (known === undefined)
      throw badRequest(
        say`There is no kind of entry "${name.slice(0, 40)}". Write one of: ${TIMELINE_KINDS.join(', ')}.`,
      )
    return known
  })
}

/** The caller has made sure that the actor may see the record. @throws bad request for a cursor of something else */
export async function timeline(store: Store, actor: Actor, of: TimelineAsked): Promise<HistoryPage<TimelineItem>> {
  const cursor = of.after === null ? null : readCursor(of.after)
  const parts = await Promise.all([
    journalOf(store, actor, of, cursor),
    ...Object.entries(HANGING).map(([name, kind], at) => {
      const record = store.catalogue.find(name)
      const isWanted = of.kinds.length === 0 || of.kinds.includes(kind)
      return record === null || !isWanted ? [] : hangingOn(store, actor, of, { record, kind, rank: at + 1, cursor })
    }),
    mailsAbout(store, actor, of, cursor),
  ])
  const found = parts.flat().toSorted(newestFirst)
  const page = found.slice(0, of.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => item),
    next: found.length > of.limit && last !== undefined ? writeCursor(last) : null,
  }
}
async function journalOf(store: Store, actor: Actor, of: TimelineAsked, cursor: Cursor | null): Promise<Found[]> {
  const isWhole = of.kinds.length === 0 || of.kinds.includes('change')
  if (!isWhole && !of.kinds.includes('move')) return []
  const where = all([
    older({ at: raw('j.occurred_at'), id: raw('j.id'), type: raw('uuid'), rank: 0 }, cursor),
    isWhole ? raw('true') : raw(`j.action like 'move:%'`),
  ])
  const entries = await entriesOf(store.db, store.catalogue, actor, { ...of, limit: of.limit + 1, where })
  return entries.map((change) => ({
    rank: 0,
    id: change.id,
    item: { kind: change.kind, at: change.at, actor: change.actor, change },
  }))
}
async function hangingOn(
  store: Store,
  actor: Actor,
  of: TimelineAsked,
  hanging: { record: RecordType; kind: (typeof HANGING)[keyof typeof HANGING]; rank: number; cursor: Cursor | null },
): Promise<Found[]> {
  const { record, kind, rank, cursor } = hanging
  const place = { at: raw('t.created_at'), id: raw('t.id'), type: raw('bigint'), rank }
  const rows = await run<{ id: number }>(
    store.db,
    sql`select t.id from ${raw(record.table)} t where t.org = ${actor.org} and t.on_record = ${of.record.name} and t.on_id = ${of.id} and t.binned_at is null
      and ${older(place, cursor)} and ${readable(actor, record, store.catalogue)} order by t.created_at desc, t.id desc limit ${of.limit + 1}`,
  )
  const seen = await store.many(actor, record, rows.map(({ id }) => id)) // oxfmt-ignore
  return seen.map((row) => ({ rank, id: String(row.id), item: { kind, at: row.createdAt, actor: row.createdBy, row } }))
}
async function mailsAbout(store: Store, actor: Actor, of: TimelineAsked, cursor: Cursor | null): Promise<Found[]> {
  if (of.kinds.length > 0 && !of.kinds.includes('mail')) return []
  const place = { at: MAIL_AT, id: raw('t.id'), type: raw('bigint'), rank: MAIL_RANK }
  const found = await mailsOn(store, actor, { ...of, where: older(place, cursor), limit: of.limit + 1 })
  return found.map(({ at, ...mail }) => ({ rank: MAIL_RANK, id: String(mail.id), item: { kind: 'mail', at, actor: null, mail } })) // oxfmt-ignore
}
/** Rows of one source that come after the cursor. */
function older(
  { at, id, type, rank }: { at: Fragment; id: Fragment; type: Fragment; rank: number },
  cursor: Cursor | null,
): Fragment {
  if (cursor === null) return raw('true')
  const moment = sql`${cursor.at}::timestamptz`
  if (rank > cursor.rank) return sql`${at} <= ${moment}`
  return rank < cursor.rank ? sql`${at} < ${moment}` : sql`(${at}, ${id}) < (${moment}, ${cursor.id}::${type})`
}
function newestFirst(one: Found, other: Found): number {
  if (one.item.at !== other.item.at) return one.item.at < other.item.at ? 1 : -1
  if (one.rank !== other.rank) return one.rank - other.rank
  return one.rank === 0 ? (one.id < other.id ? 1 : -1) : Number(other.id) - Number(one.id)
}
function writeCursor({ rank, id, item }: Found): string {
  return Buffer.from(JSON.stringify([item.at, rank, id])).toString('base64url')
}
function readCursor(text: string): Cursor {
  const [, at, rank, id = ''] =
    /^\["([^"]{20,30})",([0-6]),"([0-9a-f-]{1,36})"\]$/.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? []
  const isId = rank === '0' ? /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) : /^\d{1,15}$/.test(id)
  if (at === undefined || !isId || 'because' in checkValue(instant(), at))
    throw badRequest(say`The cursor "after" does not belong to this history. Take it from "next" of the page before.`)
  return { at, rank: Number(rank), id }
}
