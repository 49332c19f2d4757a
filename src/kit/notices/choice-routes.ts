/** How I want to be told: event by channel, digest, quiet hours; and the records that I do not want to hear of. */
import { z } from 'zod'
import { said, say } from '#engines/say.ts'
import type { Digest, Quiet } from '#engines/notice-time.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { notFound } from '#kit/problem.ts'
import { among, listOf, orNull, shapeOf, TEXT, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { choiceBody, choicesOf, choose } from './choices.ts'
import type { EventName, NoticeEvent } from './events.ts'
import { EVENT_NAMES, NOTICE_EVENTS } from './events.ts'
import type { Mine } from './inbox.ts'
import { mine } from './inbox-routes.ts'
import { dropRecords, dueFor, PILED, putOff, takeOff } from './piles.ts'
import { readersOf, sightOf } from './readers.ts'

export interface ChosenEvent {
  readonly event: EventName
  readonly label: string
  readonly about: string
  readonly isFixed: boolean
  readonly inApp: boolean
  readonly mail: boolean
  readonly push: boolean
}
/** What GET /me/notices answers. */
export interface MyNotices {
  readonly events: readonly ChosenEvent[]
  readonly digest: Digest
  readonly quiet: Quiet | null
  readonly zone: string
  readonly muted: readonly { readonly record: string; readonly id: number; readonly number: string; readonly title: string }[] // oxfmt-ignore
}
const MY_NOTICES = shapeOf<MyNotices>({
  events: listOf(shapeOf<ChosenEvent>({ event: among(...EVENT_NAMES), label: TEXT, about: TEXT, isFixed: YES_NO, inApp: YES_NO, mail: YES_NO, push: YES_NO })), // oxfmt-ignore
  digest: shapeOf<Digest>({ kind: among('off', 'hourly', 'daily', 'weekdays'), at: TEXT }),
  quiet: orNull(shapeOf<Quiet>({ from: TEXT, until: TEXT })),
  zone: TEXT,
  muted: listOf(shapeOf<MyNotices['muted'][number]>({ record: TEXT, id: WHOLE, number: TEXT, title: TEXT })),
})
const muteBody = z.strictObject({
  record: z.string().regex(/^[a-zA-Z]{1,60}$/, 'Give the name of a kind of record.'),
  id: z.number().int().positive(),
  isMuted: z.boolean(),
})
const audited = say`Only how one person wants to be told.`
const tag = 'Notices'
type Parts = { readonly store: Store }

export function choiceRoutes(parts: Parts): Route[] {
  return [
    {
      method: 'GET',
      path: '/me/notices',
      tag,
      access: 'signed-in',
      summary: 'Which events reach me by which channel, my digest and my quiet hours',
      ok: MY_NOTICES,
      handle: async (call) => ({ body: await myNotices(mine(parts, call.actor)) }),
    },
    {
      method: 'PATCH',
      path: '/me/notices',
      tag,
      access: 'signed-in',
      summary: 'Choose; what is not named stays as it is',
      body: choiceBody,
      ok: MY_NOTICES,
      audited,
      handle: (call) => change(parts, call),
    },
    {
      method: 'PUT',
      path: '/me/notices/muted',
      tag,
      access: 'signed-in',
      summary: 'Mute a record, or hear of it again; mentions still arrive',
      body: muteBody,
      okStatus: 204,
      refusals: [404],
      audited,
      handle: (call) => mute(parts, call, muteBody.parse(call.body)),
    },
  ]
}

async function myNotices({ store, actor }: Mine): Promise<MyNotices> {
  const who = { org: actor.org, person: actor.person }
  const [choices, readers, muted] = await Promise.all([choicesOf(store.db, who), readersOf(store.db, actor.org, [actor.person]), mutedBy({ store, actor })]) // oxfmt-ignore
  const events = NOTICE_EVENTS.map(({ name, label, about, ...more }: NoticeEvent & { name: EventName }) => ({
    event: name,
    label: said(label),
    about: said(about),
    isFixed: more.isFixed === true,
    inApp: choices.goes(name, 'inApp'),
    mail: choices.goes(name, 'mail'),
    push: choices.goes(name, 'push'),
  }))
  const { digest, quiet } = choices
  return { events, digest, quiet, zone: readers.get(actor.person)?.zone ?? 'UTC', muted }
}
const MOST_MUTED = 500
async function mutedBy({ store, actor }: Mine): Promise<MyNotices['muted']> {
  const rows = await run<{ record: string; id: number }>(
    store.db,
    sql`select record, record_id as id from notice_mute where org = ${actor.org} and person = ${actor.person} order by at desc limit ${MOST_MUTED}`,
  )
  const made = await Promise.all(
    [...Map.groupBy(rows, ({ record }) => record)].map(async ([name, some]) => {
      const record = store.catalogue.find(name)
      if (record === null) return []
      const ids = some.map(({ id }) => id)
      const found = await store.many(actor, record, ids, { fields: [record.title] })
      return found.map((row) => ({ record: name, id: row.id, number: row.number, title: typeof row[record.title] === 'string' ? String(row[record.title]) : row.number })) // oxfmt-ignore
    }),
  )
  return made.flat()
}
/** What waits goes at the time that holds now. */
async function change(parts: Parts, call: Call): Promise<Answer> {
  const me = mine(parts, call.actor)
  const { store, actor } = me
  const who = { org: actor.org, person: actor.person }
  await store.db.transaction(async (on) => {
    await choose(on, who, choiceBody.parse(call.body))
    const reader = (await readersOf(on, actor.org, [actor.person])).get(actor.person)
    if (reader === undefined) return
    await putOff(on, who, dueFor(reader, store.now()))
    for (const to of PILED)
      await takeOff(on, { ...who, to }, EVENT_NAMES.filter((name) => !reader.choices.goes(name, to))) // oxfmt-ignore
  })
  return { body: await myNotices(me) }
}
async function mute(parts: Parts, call: Call, { record, id, isMuted }: z.infer<typeof muteBody>): Promise<Answer> {
  const { store, actor } = mine(parts, call.actor)
  if (!isMuted) {
    await run(
      store.db,
      sql`delete from notice_mute where org = ${actor.org} and person = ${actor.person} and record = ${record} and record_id = ${id}`,
    )
    return { status: 204 }
  }
  const sees = await sightOf(store.db, store.catalogue, [{ actor, record, id }])
  if (store.catalogue.find(record) === null || !sees(actor, record, id)) throw notFound(say`The record`)
  await muteRecord(store, { org: actor.org, person: actor.person }, { record, id })
  return { status: 204 }
}
/** Nothing more of it by mail or to browsers either, what waits included. */
export async function muteRecord(
  store: Store,
  who: { org: number; person: number },
  of: { record: string; id: number },
): Promise<void> {
  // oxfmt-ignore
  const { org, person } = who
  await store.db.transaction(async (on) => {
    await run(
      on,
      sql`insert into notice_mute (org, person, record, record_id, at) values (${org}, ${person}, ${of.record}, ${of.id}, ${store.now()}::timestamptz) on conflict do nothing`,
    )
    await dropRecords(on, who, [of])
  })
}
