/** What somebody still has in hand: every open record that names them, of whatever kind, and handing it over to somebody else. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { idOf } from '#kit/condition.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { labelOf } from '#kit/field.ts'
import { recordInfo } from '#kit/info.ts'
import { badRequest, notFound, Refusal, unfit } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Fragment } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { listOf, shape, TEXT, WHOLE, YES_NO } from './shape.ts'

const SHOWN = 20
const MOST = 1000
const handOverBody = z.strictObject({
  /** Who takes over: an id or a number such as P-7. */
  to: z.union([z.number().int().positive(), z.string().max(40)], 'Give the person who takes over, such as P-7.'),
  /** Which of it: chosen by hand, since a time entry of hers is no work of his. */
  what: z
    .array(z.strictObject({ record: z.string().max(60), field: z.string().max(60) }))
    .min(1, 'Choose at least one kind.')
    .max(500),
})
/** A field by which records name a person. */
interface Place {
  readonly record: RecordType
  readonly field: string
}

export function handOverRoutes(parts: { readonly store: Store }): Route[] {
  const person = parts.store.catalogue.get('person')
  const tag = person.labelPlural
  const item = shape({ id: WHOLE, number: TEXT, title: TEXT })
  const group = shape({ record: TEXT, plural: TEXT, label: TEXT, field: TEXT, fieldLabel: TEXT, count: WHOLE, isMore: YES_NO, mayHandOver: YES_NO, items: listOf(item) }) // oxfmt-ignore
  return [
    {
      method: 'GET',
      path: `/${person.plural}/{id}/in-hand`,
      tag,
      access: 'signed-in',
      summary: 'Everything open that names the person, by kind of record and field',
      ok: shape({ groups: listOf(group) }),
      handle: async (call) => ({ body: { groups: await inHand(parts.store, call) } }),
    },
    {
      method: 'POST',
      path: `/${person.plural}/{id}/hand-over`,
      tag,
      access: 'signed-in',
      summary: 'Name somebody else in chosen fields of everything open that names the person; one undo takes it back',
      body: handOverBody,
      ok: shape({ request: TEXT, done: WHOLE, failed: listOf(shape({ number: TEXT, because: TEXT })) }),
      audited: 'journal',
      handle: (call) => handOver(parts.store, call, handOverBody.parse(call.body)),
    },
  ]
}

async function inHand(store: Store, call: Call): Promise<object[]> {
  const { actor } = call
  const person = await personIn(store, call)
  const groups: object[] = []
  for (const place of placesOf(store)) {
    const ids = await openIds(store, actor, place, person)
    if (ids.length === 0) continue
    const { record, field } = place
    const rows = await store.many(actor, record, ids.slice(0, SHOWN))
    groups.push({
      record: record.name,
      plural: record.plural,
      label: record.labelPlural,
      field,
      fieldLabel: record.fields[field]?.label ?? labelOf(field),
      count: Math.min(ids.length, MOST),
      isMore: ids.length > MOST,
      mayHandOver: isWork(place) && recordInfo(store.catalogue, actor, record).can.update,
      items: rows.map((row) => ({ id: row.id, number: row.number, title: titleOf(record, row) })),
    })
  }
  return groups
}
async function handOver(store: Store, call: Call, body: z.infer<typeof handOverBody>): Promise<Answer> {
  const { actor } = call
  const person = await personIn(store, call)
  const to = await heir(store, actor, body.to, person)
  const known = placesOf(store).filter(isWork)
  const strange = body.what.find(
    (one) => !known.some(({ record, field }) => record.name === one.record && field === one.field),
  )
  if (strange !== undefined)
    throw badRequest(say`${strange.record} has no field "${strange.field}" that could be handed over.`)
  const isChosen = ({ record, field }: Place): boolean => body.what.some((one) => one.record === record.name && one.field === field) // oxfmt-ignore
  const failed: { number: string; because: string }[] = []
  let done = 0
  for (const place of known.filter(isChosen)) {
    for (const id of (await openIds(store, actor, place, person)).slice(0, MOST)) {
      const because = await handOne(store, actor, place, { id, person, to })
      if (because === null) done++
      else failed.push({ number: `${place.record.number}-${id}`, because })
    }
  }
  return { body: { request: actor.request, done, failed } }
}
/** @returns why it could not be handed over, or null. The same rules hold as when somebody changes the field by hand. */
async function handOne(
  store: Store,
  actor: Actor,
  { record, field }: Place,
  of: { id: number; person: number; to: number },
): Promise<string | null> {
  try {
    const row = await store.get(actor, record, of.id)
    const value = row[field]
    const changed = Array.isArray(value)
      ? [...new Set(value.map(idOfRef).map((id) => (id === of.person ? of.to : id)))]
      : of.to
    await store.change(actor, record, { id: of.id, rev: row.rev }, { [field]: changed })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
function idOfRef(value: unknown): number {
  return typeof value === 'object' && value !== null && 'id' in value ? Number(value.id) : Number(value)
}

/** Fields that a person may fill and that name a person; records of the product's own keeping are left out. */
function placesOf(store: Store): Place[] {
  return store.catalogue.records
    .filter((record) => record.can.update.length > 0)
    .flatMap((record) =>
      Object.entries(record.fields)
        .filter(([, { to, stamped }]) => to === 'person' && !stamped)
        .map(([field]) => ({ record, field })),
    )
}
/** Without a workflow, a field that must be filled says whose fact it is (an absence): that is not handed over. */
function isWork({ record, field }: Place): boolean {
  return record.flow !== null || record.fields[field]?.required !== true
}
/** Those that the actor sees and whose work is not over; without a workflow, until it goes into the bin. At most one more than MOST. */
async function openIds(store: Store, actor: Actor, { record, field }: Place, person: number): Promise<number[]> {
  const column = raw(`t.${snake(field)}`)
  const names =
    record.fields[field]?.kind === 'refs' ? sql`${column} @> array[${person}]::bigint[]` : sql`${column} = ${person}`
  const found = await run<{ id: number }>(
    store.db.reader,
    sql`select t.id from ${raw(record.table)} t where t.org = ${actor.org} and t.binned_at is null and ${names} and ${isOpen(record)} order by t.id desc limit ${MOST + 1}`,
  )
  const ids = found.map(({ id }) => id)
  const seen = await store.many(actor, record, ids, { fields: [] })
  return seen.map(({ id }) => id)
}
function isOpen(record: RecordType): Fragment {
  const { flow } = record
  return flow === null ? raw('true') : sql`not ${raw(`t.${snake(flow.field)}`)} = any(${flow.ends}::text[])`
}
function titleOf(record: RecordType, row: AnyRow): string {
  const value = row[record.title]
  return typeof value === 'object' && value !== null && 'title' in value
    ? String(value.title)
    : String(value ?? row.number)
}

/** @throws not found (404), also when the actor may not see the person */
async function personIn(store: Store, call: Call): Promise<number> {
  const text = call.params['id'] ?? ''
  const id = /^(?:P-)?(\d{1,15})$/i.exec(text)?.[1]
  if (id === undefined) throw notFound(text)
  return (await store.get(call.actor, store.catalogue.get('person'), Number(id))).id
}
async function heir(store: Store, actor: Actor, said: number | string, from: number): Promise<number> {
  const person = store.catalogue.get('person')
  const id = idOf(person, String(said))
  const row = id === null ? undefined : (await store.many(actor, person, [id]))[0]
  if (row === undefined || row['status'] !== 'active')
    throw unfit([{ pointer: '/to', detail: say`Name somebody who is here.` }])
  if (row.id === from) throw unfit([{ pointer: '/to', detail: say`Name somebody else.` }])
  return row.id
}
