/** The chronicle of a major incident: what was told, what moved and what came in, in one stream with minutes since it was declared. */
import { said, say } from '#engines/say.ts'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Ref } from '#kit/field.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { personRef } from './absences.ts'
import { majorIncident, news } from './around.ts'
import { incident } from './incident.ts'
import { RUNNING } from './major.ts'

export interface ChronicleItem {
  readonly kind: 'declared' | 'news' | 'move' | 'child'
  readonly at: string
  /** Whole minutes since the declaration; negative before it. */
  readonly minutes: number
  readonly text: string
  readonly actor: Ref | null
  readonly about: Ref
}
export interface NextNews {
  readonly dueAt: string
  readonly isLate: boolean
  /** Minutes; 0 when it is not late. */
  readonly lateMinutes: number
}
export interface Chronicle {
  readonly declaredAt: string
  readonly next: NextNews | null
  /** Oldest first, at most 1,000. */
  readonly items: readonly ChronicleItem[]
}
interface Row {
  readonly kind: 'news' | 'move' | 'child'
  readonly at: string
  readonly text: string
  readonly actor: number | null
  readonly actor_name: string | null
  readonly prefix: string
  readonly id: number
  readonly title: string | null
}

/** @throws not found when the actor may not see it */
export async function chronicle(store: Store, actor: Actor, id: number): Promise<Chronicle> {
  const major = await store.get(actor, majorIncident, id)
  const [rows, next] = await Promise.all([
    happened(store, actor, { id, incident: idIn(major['incident']) }),
    nextNewsOf(store, actor.org, id),
  ])
  const declared = {
    kind: 'declared',
    at: major.createdAt,
    minutes: 0,
    text: say`${major.number} was declared`,
    actor: major.createdBy,
    about: { id, number: major.number, title: String(major['subject']) },
  } as const
  const items = rows.map((row) => item(store, row, major.createdAt))
  return {
    declaredAt: major.createdAt,
    next,
    items: [...items, declared].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  }
}
async function happened(store: Store, actor: Actor, of: { id: number; incident: number | null }): Promise<Row[]> {
  return run<Row>(
    store.db,
    sql`select e.*, p.name as actor_name from (
      (select 'news' as kind, t.created_at as at, t.message as text, t.created_by as actor, 'NEWS' as prefix, t.id, t.audience as title from news t where t.org = ${actor.org} and t.major = ${of.id} and t.binned_at is null and ${readable(actor, news)} order by t.id desc limit 300)
      union all
      (select 'move', j.occurred_at, j.action, j.actor, case j.record when 'incident' then 'INC' else 'MAJ' end, j.record_id, case when j.salt is not null then j.reason end from journal j
        where j.org = ${actor.org} and (j.record = 'incident' and j.record_id = ${of.incident} or j.record = 'majorIncident' and j.record_id = ${of.id}) and j.action like 'move:%' order by j.occurred_at desc limit 300)
      union all
      (select 'child', t.opened_at, t.subject, t.created_by, 'INC', t.id, t.subject from incident t where t.org = ${actor.org} and t.parent = ${of.incident} and t.binned_at is null and ${readable(actor, incident)} order by t.id desc limit 300)
    ) e left join person p on p.org = ${actor.org} and p.id = e.actor`,
  )
}
function item(store: Store, row: Row, declaredAt: string): ChronicleItem {
  const minutes = Math.floor((Date.parse(row.at) - Date.parse(declaredAt)) / 60_000)
  const number = `${row.prefix}-${row.id}`
  const text =
    row.kind === 'move'
      ? moveText(store, row, number)
      : row.kind === 'child'
        ? say`${number} was opened: ${row.text}`
        : row.text
  return {
    kind: row.kind,
    at: row.at,
    minutes,
    text,
    actor: row.actor === null ? null : personRef(row.actor, row.actor_name),
    about: { id: row.id, number, title: row.title ?? number },
  }
}
function moveText(store: Store, row: Row, number: string): string {
  const record = store.catalogue.byNumber(number)?.record
  const move = record?.flow?.moves.find((one) => `move:${one.name}` === row.text)
  const moved = move === undefined ? row.text.replace('move:', '') : said(move.label, 'move')
  return `${number}: ${moved}${row.title === null ? '' : ` (${row.title})`}`
}

interface NewsRow {
  readonly org: number
  readonly id: number
  readonly next_at: string | null
}
/** When those affected should hear something again; null when nothing more is promised. Before the first news it counts from the declaration. */
export async function nextNewsOf(store: Store, org: number, id: number): Promise<NextNews | null> {
  return (await nextNews(store.db, { org, id, now: store.now() })).at(0)?.next ?? null
}
export interface RunningMajor {
  readonly major: Ref
  readonly status: string
  readonly incident: Ref | null
  readonly commander: Ref | null
  readonly declaredAt: string
  readonly next: NextNews | null
}
/** Every running major incident that the actor may read, with its promised news: the most overdue first, then those that promise none. */
export async function runningMajors(store: Store, actor: Actor): Promise<RunningMajor[]> {
  const late = await nextNews(store.db, { org: actor.org, id: null, now: store.now() })
  const rows = await store.many(
    actor,
    majorIncident,
    late.map((one) => one.id),
  )
  return rows.map((row) => ({
    major: { id: row.id, number: row.number, title: String(row['subject']) },
    status: String(row['status']),
    incident: asRef(row['incident']),
    commander: asRef(row['commander']),
    declaredAt: row.createdAt,
    next: late.find((one) => one.id === row.id)?.next ?? null,
  }))
}
/** @param of no id stands for all that are running, no organisation for each of them (the schedule) */
export async function nextNews(
  on: Sql,
  of: { org: number | null; id: number | null; now: string },
): Promise<{ org: number; id: number; next: NextNews | null }[]> {
  const rows = await run<NewsRow>(
    on,
    sql`select m.org, m.id, case when n.is_last then null else coalesce(n.next_at, coalesce(n.created_at, m.created_at) + make_interval(mins => nullif(m.news_every, 0))) end as next_at from major_incident m
      left join lateral (select next_at, is_last, created_at from news where org = m.org and major = m.id and binned_at is null order by id desc limit 1) n on true
      where (${of.org}::integer is null or m.org = ${of.org}) and (${of.id}::bigint is null or m.id = ${of.id}) and m.status = any(${RUNNING}) and m.binned_at is null order by 2 nulls last, 1`,
  )
  return rows.map(({ org, id, next_at }) => {
    if (next_at === null) return { org, id, next: null }
    const late = Math.max(0, Math.floor((Date.parse(of.now) - Date.parse(next_at)) / 60_000))
    return { org, id, next: { dueAt: next_at, isLate: next_at < of.now, lateMinutes: late } }
  })
}
function asRef(value: unknown): Ref | null {
  const isRef = typeof value === 'object' && value !== null && 'id' in value && 'number' in value && 'title' in value
  return isRef ? { id: Number(value.id), number: String(value.number), title: String(value.title) } : null
}
