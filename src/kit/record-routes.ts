/** The routes that every record has, made from its declaration. */
import { mayAtAll } from './access.ts'
import type { FilterContext } from './condition.ts'
import type { Answer, Call, JsonSchema, Route } from './contract.ts'
import type { Sql } from './database.ts'
import { foundBy } from './found.ts'
import { history } from './history.ts'
import { timeline, TIMELINE_KINDS, timelineKinds } from './timeline.ts'
import type { ListQuery } from './list.ts'
import { list } from './list.ts'
import { guesses, meantBy } from './meant.ts'
import { rowOf, upper, wholeOf } from './json-schema.ts'
import { notFound } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { RestParts } from './rest.ts'
import { refuseStrangeNames } from './filter-names.ts'
import { checkFields, filterContext, neededRev, readId, viewQuery, whole } from './rest.ts'
import { pageOf as pageShape, shapeOf, TEXT_OR_NULL, WHOLE, YES_NO } from './routes/shape.ts'
import { HISTORY_ITEM, timelineShape } from './history-shape.ts'
import type { Total } from './total.ts'
import { total } from './total.ts'

const VIEW_QUERY: NonNullable<Route['query']> = {
  filter: {
    about:
      'Conditions: status:open,assigned -priority:P4 createdAt>=-7d assignee:me assignee.unit:UNIT-3 clock.resolution:met',
    schema: { type: 'string', maxLength: 4000 },
  },
  sort: { about: 'Up to three fields, "-" descends: priority,-createdAt', schema: { type: 'string', maxLength: 200 } },
  q: { about: 'Words that it holds.', schema: { type: 'string', maxLength: 500 } },
  fields: {
    about: 'Fields to answer, separated by commas; long texts only when asked for.',
    schema: { type: 'string', maxLength: 2000 },
  },
  binned: { about: 'true: what is in the bin.', schema: { type: 'string', enum: ['true', 'false'] } },
}
const PAGE_QUERY: NonNullable<Route['query']> = {
  limit: { about: 'How many, 1 to 500; 50 unless said.', schema: { type: 'integer', minimum: 1, maximum: 500 } },
  after: { about: 'The "next" of the page before.', schema: { type: 'string', maxLength: 2000 } },
}

const TOTAL = shapeOf<Total>({ count: WHOLE, atLeast: YES_NO })

const NO_EXTRAS: RestParts['extras'] = new Map()
/** What the routes of one record share. */
class RecordDoor {
  readonly parts: RestParts
  readonly record: RecordType
  readonly tag: string
  readonly path: string
  readonly whole: JsonSchema
  constructor(parts: RestParts, record: RecordType) {
    this.parts = parts
    this.record = record
    this.tag = record.labelPlural
    this.path = `/${record.plural}`
    this.whole = wholeOf(record)
  }

  /** Whoever may read none of them is not told that they exist. */
  mayAsk(call: Call): void {
    if (!mayAtAll(call.actor, this.record, 'read')) throw notFound(this.record.labelPlural)
  }
  target(call: Call, rev: number | null): { id: number; rev: number | null } {
    return { id: readId(this.record, call.params['id']), rev }
  }
  async answer(call: Call, made: AnyRow, status = 200): Promise<Answer> {
    const location: Readonly<Record<string, string>> =
      status === 201 ? { Location: `/api/v1${this.path}/${made.id}` } : {}
    // A new record has no past yet: what its page shows besides is asked for when the page is opened.
    const parts = status === 201 ? { ...this.parts, extras: NO_EXTRAS } : this.parts
    return {
      status,
      body: await whole(parts, call.actor, this.record, made),
      headers: { ETag: `"${made.rev}"`, ...location },
    }
  }
}

export function recordRoutes(parts: RestParts, record: RecordType): Route[] {
  const door = new RecordDoor(parts, record)
  return [...listRoutes(door), ...rowRoutes(door), ...pastRoutes(door), ...moveRoutes(door)]
}

function listRoutes(door: RecordDoor): Route[] {
  const { parts, record, tag, path } = door
  const { store } = parts
  return [
    {
      method: 'GET',
      path,
      tag,
      access: 'signed-in',
      summary: `List ${tag.toLowerCase()}`,
      ok: pageShape(rowOf(record), { total: TOTAL, meant: TEXT_OR_NULL }),
      query: {
        ...VIEW_QUERY,
        ...PAGE_QUERY,
        total: { about: 'true: count them too.', schema: { type: 'string', enum: ['true', 'false'] } },
        meant: {
          about: 'true: where nothing has the words, also answer like words that something has, or null.',
          schema: { type: 'string', enum: ['true', 'false'] },
        },
      },
      handle: async (call) => {
        door.mayAsk(call)
        return { body: await pageOf(parts, record, call) }
      },
    },
    {
      method: 'POST',
      path,
      tag,
      access: 'signed-in',
      summary: `Create ${article(record.label)}`,
      body: { $ref: `#/components/schemas/${upper(record.name)}Draft` },
      ok: door.whole,
      okStatus: 201,
      audited: 'journal',
      handle: async (call) => door.answer(call, await store.create(call.actor, record, call.body), 201),
    },
  ]
}
async function pageOf(parts: RestParts, record: RecordType, call: Call): Promise<unknown> {
  const { db } = parts.store
  const context = await filterContext(parts, call.actor)
  const query = viewQuery(call.query)
  checkFields(context, record, query.fields)
  await refuseStrangeNames(db, context, record, query.filter)
  const words = { ...query, found: await foundBy(db, context, record, query) }
  const [found, counted] = await Promise.all([
    list(db, context, record, words),
    call.query['total'] === 'true' ? total(db, context, record, words) : null,
  ])
  const isEmpty = found.items.length === 0 && words.found !== null && query.after === undefined
  return {
    ...found,
    ...(counted === null ? {} : { total: counted }),
    ...(isEmpty && call.query['meant'] === 'true' ? { meant: await meant(db, context, record, query) } : {}),
  }
}
/** Like words that something has, within the same view; null for none. */
async function meant(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<string | null> {
  const guessed = await guesses(on, context.actor.org, query.q ?? '')
  return guessed === null ? null : meantBy(on, context, [record], { guessed, query })
}

function rowRoutes(door: RecordDoor): Route[] {
  const { record, tag, whole: ok } = door
  const { store } = door.parts
  const path = `${door.path}/{id}`
  const one = { tag, access: 'signed-in' } as const
  return [
    {
      ...one,
      method: 'GET',
      path,
      summary: `One ${record.label.toLowerCase()} with its moves and clocks`,
      ok,
      handle: async (call) => door.answer(call, await store.get(call.actor, record, readId(record, call.params['id']))),
    },
    {
      ...one,
      method: 'PATCH',
      path,
      summary: `Change ${article(record.label)}`,
      body: { $ref: `#/components/schemas/${upper(record.name)}Patch` },
      ok,
      ifMatch: true,
      audited: 'journal',
      handle: async (call) =>
        door.answer(call, await store.change(call.actor, record, door.target(call, neededRev(call)), call.body)),
    },
    {
      ...one,
      method: 'DELETE',
      path,
      summary: `Put ${article(record.label)} into the bin for 30 days`,
      okStatus: 204,
      refusals: [409, 412],
      audited: 'journal',
      handle: async (call) => {
        await store.bin(call.actor, record, door.target(call, call.rev))
        return { status: 204 }
      },
    },
    {
      ...one,
      method: 'POST',
      path: `${path}/restore`,
      summary: `Take ${article(record.label)} out of the bin`,
      ok,
      refusals: [409, 412],
      audited: 'journal',
      handle: async (call) =>
        door.answer(call, await store.bin(call.actor, record, door.target(call, call.rev), { restore: true })),
    },
  ]
}

function pastRoutes(door: RecordDoor): Route[] {
  const { parts, record, tag } = door
  const { store } = parts
  const one = { tag, access: 'signed-in', query: PAGE_QUERY } as const
  return [
    {
      ...one,
      method: 'GET',
      path: `${door.path}/{id}/history`,
      summary: 'Its changes, newest first',
      ok: pageShape(HISTORY_ITEM),
      handle: async (call) => ({
        body: await history(store.db, store.catalogue, call.actor, await stretch(parts, call, record)),
      }),
    },
    {
      ...one,
      method: 'GET',
      path: `${door.path}/{id}/timeline`,
      summary: 'Changes, comments, files, tasks, links, time and mails in one stream',
      ok: timelineShape((name) => store.catalogue.find(name)),
      query: { ...PAGE_QUERY, kinds: { about: `Only these, separated by commas: ${TIMELINE_KINDS.join(', ')}.`, schema: { type: 'string', maxLength: 100 } } }, // oxfmt-ignore
      handle: async (call) => {
        const kinds = timelineKinds(call.query['kinds'] ?? '')
        return { body: await timeline(store, call.actor, { ...(await stretch(parts, call, record)), kinds }) }
      },
    },
  ]
}

function moveRoutes(door: RecordDoor): Route[] {
  const { record, tag, whole: ok } = door
  const moves = [...new Map((record.flow?.moves ?? []).map((move) => [move.name, move])).values()]
  return moves.map((move) => ({
    method: 'POST',
    path: `${door.path}/{id}/${move.name}`,
    tag,
    access: 'signed-in',
    summary: `${move.label}: ${move.from.join(', ')} → ${move.to}`,
    ifMatch: true,
    audited: 'journal',
    ok,
    body: { type: 'object', properties: { reason: { type: 'string', maxLength: 2000 } }, additionalProperties: true },
    handle: async (call) => {
      const target = { ...door.target(call, call.rev), move: move.name }
      return door.answer(
        call,
        await door.parts.store.move(call.actor, record, target, call.body ?? {}, { reason: reasonIn(call) }),
      )
    },
  }))
}
function reasonIn(call: Call): string | null {
  const said = typeof call.body === 'object' && call.body !== null && 'reason' in call.body ? call.body.reason : null
  return typeof said === 'string' ? said.slice(0, 2000).toWellFormed() : null
}
function article(label: string): string {
  return `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label.toLowerCase()}`
}
async function stretch(
  parts: RestParts,
  call: Call,
  record: RecordType,
): Promise<{ record: RecordType; id: number; limit: number; after: string | null }> {
  const found = await parts.store.many(call.actor, record, [readId(record, call.params['id'])], {
    binned: true,
    fields: [],
  })
  const row = found[0]
  if (row === undefined) throw notFound(`${record.number}-${call.params['id']}`)
  const query = viewQuery({ ...call.query, limit: call.query['limit'] ?? '20' })
  return { record, id: row.id, limit: query.limit ?? 20, after: query.after ?? null }
}
