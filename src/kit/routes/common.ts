/** Routes that serve every record alike: what records there are, search, undo, bulk, groups, events, the API document. */
import { say } from '#engines/say.ts'
import { spoken } from '#kit/spoken.ts'
import { z } from 'zod'
import { mayAtAll, readable, readsAll } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { bulk } from '#kit/bulk.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import { groups } from '#kit/groups.ts'
import type { PlaceInfo } from '#kit/info.ts'
import { recordInfo } from '#kit/info.ts'
import { CATALOGUE } from '#kit/info-shape.ts'
import { list } from '#kit/list.ts'
import { openApi } from '#kit/openapi.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { ExtraShapes, RestParts } from '#kit/rest.ts'
import { filterContext, viewQuery } from '#kit/rest.ts'
import type { Fragment } from '#kit/sql.ts'
import { join, raw, run, sql } from '#kit/sql.ts'
import { undo } from '#kit/undo.ts'
import { hasWords } from '#kit/write.ts'
import { findWords } from '#kit/find.ts'
import { BULK_RESULT, GROUP, HIT, UNDONE } from './common-shape.ts'
import { itemsOf } from './shape.ts'

export interface CommonParts extends RestParts {
  readonly places: readonly PlaceInfo[]
  readonly extraShapes: ExtraShapes
  readonly version: string
  readonly routes: () => readonly Route[]
  /** Calls back with what changed in an organisation; null means "much". */
  readonly listen: (
    org: number,
    onChange: (touched: readonly (readonly [string, number])[] | null) => void,
  ) => () => void
}
const undoBody = z.strictObject({
  request: z.string('Give the request to undo: the X-Request-Id of its answer.').min(1).max(200),
})
const bulkBody = z.strictObject({
  ids: z.array(z.number().int().positive()).max(5000, 'At most 5,000 at once.').optional(),
  filter: z.string().max(4000).optional(),
  q: z.string().max(500).optional(),
  change: z.record(z.string(), z.unknown()).optional(),
  move: z.string().max(60).optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  bin: z.literal(true).optional(),
})

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

export function commonRoutes(parts: CommonParts): Route[] {
  const tag = 'Everything'
  let document: unknown = null
  return [
    {
      method: 'GET',
      path: '/records',
      tag,
      access: 'signed-in',
      summary: 'Every kind of record with its fields, states and moves',
      ok: CATALOGUE,
      handle: async (call) => ({ body: catalogue(parts, call) }),
    },
    {
      method: 'GET',
      path: '/search',
      tag,
      access: 'signed-in',
      summary: 'Find records by number or words',
      query: { q: { about: 'A number such as INC-1042, or words.', schema: { type: 'string', maxLength: 500 } } },
      ok: itemsOf(HIT),
      handle: async (call) => ({ body: { items: await search(parts, call) } }),
    },
    {
      method: 'POST',
      path: '/undo',
      tag,
      access: 'signed-in',
      summary: 'Take back what a request wrote',
      body: undoBody,
      ok: UNDONE,
      refusals: [404],
      audited: 'journal',
      handle: async (call) => ({ body: await undo(parts.store, call.actor, undoBody.parse(call.body).request) }),
    },
    {
      method: 'GET',
      path: '/events',
      tag,
      access: 'signed-in',
      summary: 'What changes, as server-sent events with ids only',
      okTypes: ['text/event-stream'],
      handle: async (call) => events(parts, call.actor),
    },
    {
      method: 'GET',
      path: '/openapi.json',
      tag,
      access: 'public',
      summary: 'This document',
      ok: { type: 'object', additionalProperties: true, description: 'OpenAPI 3.1.' },
      handle: async () => ({
        body: (document ??= openApi(parts.routes(), { ...parts, records: parts.store.catalogue.records })),
        headers: { 'Cache-Control': 'no-cache' },
      }),
    },
    ...parts.store.catalogue.records.flatMap((record) => setRoutes(parts, record)),
  ]
}
function setRoutes(parts: CommonParts, record: RecordType): Route[] {
  const tag = record.labelPlural
  return [
    {
      method: 'POST',
      path: `/${record.plural}/bulk`,
      tag,
      access: 'signed-in',
      summary: `Change, move or bin many ${tag.toLowerCase()}`,
      body: bulkBody,
      ok: BULK_RESULT,
      audited: 'journal',
      handle: async (call) => {
        const context = await filterContext(parts, call.actor)
        const order = bulkBody.parse(call.body)
        await refuseStrangeNames(parts.store.db, context, record, order.filter)
        return { body: await bulk(parts.store, context, record, order) }
      },
    },
    {
      method: 'GET',
      path: `/${record.plural}/groups`,
      tag,
      access: 'signed-in',
      summary: 'Counts by one or two fields',
      query: {
        by: { about: 'priority, openedAt:month, status,team …', schema: { type: 'string', maxLength: 200 } },
        filter: { about: 'Conditions as in the list.', schema: { type: 'string', maxLength: 4000 } },
        q: { about: 'Words.', schema: { type: 'string', maxLength: 500 } },
      },
      ok: itemsOf(GROUP),
      handle: async (call) => {
        if (!mayAtAll(call.actor, record, 'read')) throw notFound(record.labelPlural)
        const { reader } = parts.store.db
        const context = await filterContext(parts, call.actor)
        await refuseStrangeNames(reader, context, record, call.query['filter'])
        const said = { by: call.query['by'] ?? '', query: viewQuery(call.query) }
        return { body: { items: await groups(reader, context, record, said) } }
      },
    },
  ]
}

function catalogue(parts: CommonParts, call: Call): unknown {
  const known = parts.store.catalogue.records.filter((record) => mayAtAll(call.actor, record, 'read'))
  const records = known.map((record) => recordInfo(parts.store.catalogue, call.actor, record))
  return spoken({ records, places: parts.places })
}

interface Hit {
  readonly record: string
  readonly id: number
  readonly title: string
  readonly state: string | null
}
/** A number jumps; words find the newest few of every kind that the actor may read. At most twenty. */
async function search(parts: CommonParts, call: Call): Promise<SearchHit[]> {
  const q = (call.query['q'] ?? '').trim()
  if (q.includes('\u0000') || q.length > 500) throw badRequest(say`Search for at most 500 characters of text.`)
  if (q === '') return []
  const known = parts.store.catalogue.records.filter(
    (record) => hasWords(record) && record.place !== undefined && mayAtAll(call.actor, record, 'read'),
  )
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
async function newestHits(parts: CommonParts, actor: Actor, record: RecordType, q: string): Promise<number[]> {
  const found = await findWords(parts.store.db.reader, actor.org, record, q)
  // Whoever may read a part of them finds the newest of that part, not what is left of the newest of all.
  if (found !== null && !readsAll(actor, record, parts.store.catalogue)) {
    const context = await filterContext(parts, actor)
    const page = await list(parts.store.db.reader, context, record, { q, found, sort: '-id', limit: 12, fields: [] })
    return page.items.map((row) => row.id)
  }
  const ids = found === null || found.kind === 'none' ? [] : found.kind === 'few' ? found.ids : found.newest
  return [...ids].sort((a, b) => b - a).slice(0, 40)
}
function hit(parts: CommonParts, actor: Actor, record: RecordType, where: Fragment): Fragment {
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

const HEARTBEAT_MS = 25_000
const GATHER_MS = 100
function events(parts: CommonParts, actor: Actor): Answer {
  return {
    events: (send, closed) => {
      let waiting = new Map<string, readonly [string, number]>()
      let timer: NodeJS.Timeout | null = null
      const flush = async (): Promise<void> => {
        timer = null
        const gathered = [...waiting.values()]
        waiting = new Map()
        const changed = await visible(parts, actor, gathered)
        if (changed.length > 0 && !closed.aborted) send(`data: ${JSON.stringify({ changed })}\n\n`)
      }
      const stop = parts.listen(actor.org, (touched) => {
        if (touched === null) return send('data: {"changed":null}\n\n')
        for (const one of touched) if (mayKnow(parts, actor, one[0])) waiting.set(one.join('/'), one)
        if (waiting.size > 0)
          timer ??= setTimeout(() => void flush().catch(() => send('data: {"changed":null}\n\n')), GATHER_MS) // what cannot be told apart now is read again
      })
      const beat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      send('retry: 2000\n\n')
      closed.addEventListener('abort', () => {
        stop()
        clearInterval(beat)
        if (timer !== null) clearTimeout(timer)
      })
    },
  }
}
/** Of the changes only those that the actor may read: who is related to some records hears of no others. */
async function visible(
  parts: CommonParts,
  actor: Actor,
  changed: readonly (readonly [string, number])[],
): Promise<(readonly [string, number])[]> {
  const byRecord = Map.groupBy(changed, ([name]) => name)
  const known = [...byRecord].map(async ([name, some]) => {
    const record = parts.store.catalogue.get(name)
    if (readsAll(actor, record, parts.store.catalogue)) return some
    const rows = await run<{ id: number }>(
      parts.store.db,
      sql`select t.id from ${raw(record.table)} t where t.org = ${actor.org} and t.id = any(${some.map(([, id]) => id)}::bigint[]) and ${readable(actor, record, parts.store.catalogue)}`,
    )
    const ids = new Set(rows.map((row) => row.id))
    return some.filter(([, id]) => ids.has(id))
  })
  return (await Promise.all(known)).flat()
}
function mayKnow(parts: CommonParts, actor: Actor, name: string): boolean {
  const record = parts.store.catalogue.find(name)
  return record !== null && mayAtAll(actor, record, 'read')
}
