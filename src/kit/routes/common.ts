/** Routes that serve every record alike: what records there are, search, undo, bulk, groups, events, the API document. */
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
import { openApi } from '#kit/openapi.ts'
import { INBOX } from '#kit/notices/tell.ts'
import { notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { ExtraShapes, RestParts } from '#kit/rest.ts'
import { filterContext, viewQuery } from '#kit/rest.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { HERE } from '#kit/presence.ts'
import { undo } from '#kit/undo.ts'
import { bulkBody } from './bulk-body.ts'
import { BULK_RESULT, GROUP, UNDONE } from './common-shape.ts'
import { searchRoute } from './search.ts'
import type { HereParts } from './here.ts'
import { hereRoutes } from './here.ts'
import { itemsOf } from './shape.ts'

export interface CommonParts extends RestParts, HereParts {
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
    searchRoute(parts),
    ...hereRoutes(parts),
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
        binned: { about: 'true: of what is in the bin.', schema: { type: 'string', enum: ['true', 'false'] } },
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
        const told = apart(await visible(parts, actor, gathered))
        if (told.changed.length + (told.here?.length ?? 0) > 0 && !closed.aborted)
          send(`data: ${JSON.stringify(told)}\n\n`)
      }
      const stop = parts.listen(actor.org, (touched) => {
        if (touched === null) return send('data: {"changed":null}\n\n')
        for (const one of touched)
          if (isMine(actor, one) || mayKnow(parts, actor, one[0])) waiting.set(one.join('/'), one)
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
/** What was written, and at which records somebody came, left or writes. */
function apart(touched: readonly (readonly [string, number])[]): {
  changed: (readonly [string, number])[]
  here?: (readonly [string, number])[]
} {
  const here = touched.filter(([name]) => name.endsWith(HERE))
  const changed = touched.filter(([name]) => !name.endsWith(HERE))
  return here.length === 0 ? { changed } : { changed, here: here.map(([name, id]) => [recordIn(name), id]) }
}
/** The kind of record in what the notifier tells. */
function recordIn(name: string): string {
  return name.endsWith(HERE) ? name.slice(0, -HERE.length) : name
}
/** Of the changes only those that the actor may read: who is related to some records hears of no others. */
async function visible(
  parts: CommonParts,
  actor: Actor,
  changed: readonly (readonly [string, number])[],
): Promise<(readonly [string, number])[]> {
  const byRecord = Map.groupBy(changed, ([name]) => name)
  const known = [...byRecord].map(async ([name, some]) => {
    if (name === INBOX) return some
    const record = parts.store.catalogue.get(recordIn(name))
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
/** Of somebody's inbox they alone hear. */
function isMine({ person }: Actor, [name, id]: readonly [string, number]): boolean {
  return name === INBOX && id === person
}
function mayKnow(parts: CommonParts, actor: Actor, name: string): boolean {
  const record = parts.store.catalogue.find(recordIn(name))
  return record !== null && mayAtAll(actor, record, 'read')
}
