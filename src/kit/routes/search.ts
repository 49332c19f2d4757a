/** Searching all kinds of record at once, by a number or by words; and what mistyped words most likely meant. */
import { say } from '#engines/say.ts'
import { mayAtAll, readable, readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { findWords, newestIds } from '#kit/find.ts'
import { list } from '#kit/list.ts'
import { guesses, meantBy } from '#kit/meant.ts'
import { badRequest } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import { filterContext } from '#kit/rest.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, raw, run, sql } from '#kit/sql.ts'
import { hasWords } from '#kit/write.ts'
import { HIT } from './common-shape.ts'
import { listOf, shapeOf, TEXT_OR_NULL } from './shape.ts'

/** What a search finds. */
export interface SearchHit {
  readonly record: string
  readonly plural: string
  readonly place: string | null
  /** Of the kind of record. */
  readonly label: string
  readonly id: number
  readonly number: string
  readonly title: string
  readonly status: string | null
}

export interface Searched {
  readonly items: readonly SearchHit[]
  /** Where nothing was found: like words that something has. */
  readonly meant: string | null
}

export function searchRoute(parts: RestParts): Route {
  return {
    method: 'GET',
    path: '/search',
    tag: 'Everything',
    access: 'signed-in',
    summary: 'Find records by number or words',
    query: { q: { about: 'A number such as INC-1042, or words.', schema: { type: 'string', maxLength: 500 } } },
    ok: shapeOf<Searched>({ items: listOf(HIT), meant: TEXT_OR_NULL }),
    handle: async (call) => {
      const items = await search(parts, call)
      return { body: { items, meant: items.length === 0 ? await meant(parts, call) : null } }
    },
  }
}

/** Of each kind: more than are shown, as some may lie in the bin. */
const MOST = 20

interface Hit {
  readonly record: string
  readonly id: number
  readonly title: string
  readonly state: string | null
}
/** A number jumps; words find the newest few of every kind that the actor may read. At most twenty. */
async function search(parts: RestParts, call: Call): Promise<SearchHit[]> {
  const q = (call.query['q'] ?? '').trim()
  if (q.includes('\u0000') || q.length > 500) throw badRequest(say`Search for at most 500 characters of text.`)
  if (q === '') return []
  const known = searchedKinds(parts, call.actor)
  const number = parts.store.catalogue.byNumber(q.replace(/^#/, ''))
  const newest = await Promise.all(known.map((record) => newestHits(parts, call.actor, record, q)))
  const kinds = [
    ...(number === null ? [] : [hit(parts, call.actor, number.record, sql`t.id = ${number.id}`)]),
    ...newest.flatMap((ids, at) =>
      ids.length === 0 || known[at] === undefined
        ? []
        : [hit(parts, call.actor, known[at], sql`t.id = any(${ids}::bigint[])`)],
    ),
  ]
  if (kinds.length === 0) return []
  const rows = await run<Hit>(
    parts.store.db.reader,
    join(
      kinds.map((kind) => sql`(${kind})`),
      ' union all ',
    ),
  )
  const unique = new Map(rows.map((row) => [`${row.record}/${row.id}`, row]))
  return fair([...unique.values()], 20).map((row) => {
    const record = parts.store.catalogue.get(row.record)
    return {
      record: row.record,
      plural: record.plural,
      place: record.place ?? null,
      label: record.label,
      id: row.id,
      number: `${record.number}-${row.id}`,
      title: row.title,
      status: row.state,
    }
  })
}
function searchedKinds(parts: RestParts, actor: Actor): RecordType[] {
  return parts.store.catalogue.records.filter(
    (record) => hasWords(record) && record.place !== undefined && mayAtAll(actor, record, 'read'),
  )
}
/** The likeliest over all kinds of record; one whose letters are nearest. */
async function meant(parts: RestParts, call: Call): Promise<string | null> {
  const { reader } = parts.store.db
  const guessed = await guesses(reader, call.actor.org, (call.query['q'] ?? '').trim())
  if (guessed === null) return null
  const context = await filterContext(parts, call.actor)
  return meantBy(reader, context, searchedKinds(parts, call.actor), { guessed, query: {} })
}
async function newestHits(parts: RestParts, actor: Actor, record: RecordType, q: string): Promise<readonly number[]> {
  const { reader } = parts.store.db
  if (readsAll(actor, record, parts.store.catalogue)) return newestIds(reader, actor.org, record, { q, most: MOST })
  // Whoever may read a part of them finds the newest of that part, not what is left of the newest of all.
  const found = await findWords(reader, actor.org, record, q)
  if (found === null) return []
  const context = await filterContext(parts, actor)
  const page = await list(reader, context, record, { q, found, sort: '-id', limit: 12, fields: [] })
  return page.items.map((row) => row.id)
}
function hit(parts: RestParts, actor: Actor, record: RecordType, where: Fragment): Fragment {
  const state = record.flow === null ? raw('null::text') : raw(`t.${snake(record.flow.field)}`)
  return sql`select ${record.name}::text as record, t.id, t.${raw(snake(record.title))}::text as title, ${state} as state from ${raw(record.table)} t where t.org = ${actor.org} and t.binned_at is null and ${readable(actor, record, parts.store.catalogue)} and ${where} order by t.id desc limit 12`
}
/** Every kind gets its turn before one kind fills the list. */
function fair(rows: readonly Hit[], most: number): Hit[] {
  const byKind = Map.groupBy(rows, (row) => row.record)
  const turns = [...byKind.values()].flatMap((kind) => kind.map((row, turn) => ({ row, turn })))
  return turns
    .sort((a, b) => a.turn - b.turn)
    .slice(0, most)
    .map(({ row }) => row)
}
