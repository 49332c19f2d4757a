/** Calendar feeds: an address with a key that calendar programs read, shown once, revoked like a token. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { said, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { calendarText } from '#kit/calendar-feed/calendar-text.ts'
import type { CalendarEntry } from '#kit/calendar-feed/calendar-text.ts'
import type { FeedParts } from '#kit/calendar-feed/entries.ts'
import { datedRecords, feedRows, MOST_ENTRIES } from '#kit/calendar-feed/entries.ts'
import { conditions } from '#kit/condition.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { conflict, forbidden, notFound, Refusal, unfit } from '#kit/problem.ts'
import type { FieldProblem } from '#kit/problem.ts'
import { filterContext } from '#kit/rest.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import type { FeedPart } from '#kit/sign-in/token-scope.ts'
import { run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { INSTANT, INSTANT_OR_NULL, listOf, shape, shapeOf, TEXT, WHOLE } from './shape.ts'
import { newToken, revokeToken } from './tokens.ts'

export interface CalendarFeedShown {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  /** When a program read it last; null: never. */
  readonly usedAt: string | null
  readonly parts: readonly FeedPart[]
}
/** More than anybody subscribes to; each is read every quarter of an hour. */
const MOST_FEEDS = 20
const feedBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the feed a name.').max(100),
  parts: z.array(z.strictObject({ record: z.string().max(60), filter: z.string().max(2000).default('') })).min(1, 'Choose at least one kind of record.').max(20), // oxfmt-ignore
})
const PART = shapeOf<FeedPart>({ record: TEXT, filter: TEXT })
const FEED = shapeOf<CalendarFeedShown>({ id: WHOLE, name: TEXT, createdAt: INSTANT, usedAt: INSTANT_OR_NULL, parts: listOf(PART) }) // oxfmt-ignore

type Parts = FeedParts & SignInParts

export function calendarFeedRoutes(parts: Parts): Route[] {
  const tag = 'Calendar feeds'
  return [
    {
      method: 'GET',
      path: '/calendar-feeds',
      tag,
      access: 'signed-in',
      summary: 'My calendar feeds',
      ok: shape({ items: listOf(FEED) }),
      handle: async ({ actor }) => ({ body: { items: await feedsOf(parts, actor) } }),
    },
    {
      method: 'POST',
      path: '/calendar-feeds',
      tag,
      access: 'signed-in',
      summary: 'Make a calendar feed; its address is shown once',
      body: feedBody,
      ok: shape({ id: WHOLE, address: TEXT }),
      okStatus: 201,
      audited: 'journal',
      answersSecret: true,
      handle: (call) => makeFeed(parts, call, feedBody.parse(call.body)),
    },
    {
      method: 'DELETE',
      path: '/calendar-feeds/{id}',
      tag,
      access: 'signed-in',
      summary: 'End a calendar feed',
      okStatus: 204,
      audited: 'journal',
      handle: (call) => endFeed(parts, call),
    },
    {
      method: 'GET',
      path: '/calendar-feeds/{file}',
      tag,
      access: 'signed-in',
      byKeyIn: 'file',
      summary: 'The calendar behind an address (iCalendar), for calendar programs',
      okTypes: ['text/calendar'],
      refusals: [304, 404],
      handle: (call) => readFeed(parts, call),
    },
  ]
}

async function feedsOf({ store }: Parts, { org, person }: Actor): Promise<CalendarFeedShown[]> {
  return run<CalendarFeedShown>(
    store.db,
    sql`select id, name, created_at as "createdAt", used_at as "usedAt", scope->'feed' as parts from api_token where org = ${org} and person = ${person} and scope ? 'feed' order by id desc`,
  )
}

async function makeFeed(parts: Parts, call: Call, body: z.infer<typeof feedBody>): Promise<Answer> {
  const { actor, door } = call
  if (actor.person === null) throw forbidden(say`Only a person has calendar feeds.`)
  const who = { org: actor.org, person: actor.person }
  const misfits = await misfitsOf(parts, actor, body.parts)
  if (misfits.length > 0) throw unfit(misfits)
  if ((await feedsOf(parts, actor)).length >= MOST_FEEDS)
    throw conflict(say`You have ${MOST_FEEDS} calendar feeds already. End one that no program reads any more.`)
  const scope = { readOnly: true, records: body.parts.map((part) => part.record), feed: body.parts }
  const { id, token } = await newToken(parts.store, who, {
    name: body.name,
    days: null,
    scope,
    until: door?.kind === 'token' ? door.expiresAt : null,
  })
  await noteSignIn(parts.store, { ...who, by: who.person, request: call.request, action: 'token-created', address: call.address, said: { token: id, name: body.name, scope } }) // oxfmt-ignore
  return { status: 201, body: { id, address: `${parts.publicUrl}/api/v1/calendar-feeds/${token}.ics` } }
}
async function misfitsOf(parts: Parts, actor: Actor, asked: readonly FeedPart[]): Promise<FieldProblem[]> {
  const context = await filterContext(parts, actor)
  const known = new Map(datedRecords(parts, actor).map((record) => [record.name, record]))
  return asked.flatMap(({ record: name, filter }, at) => {
    const record = known.get(name)
    if (record === undefined) {
      const names = [...known.keys()].join(', ')
      return [{ pointer: `/parts/${at}/record`, detail: say`Nothing of this stands in a calendar. Choose among: ${names}.` }] // oxfmt-ignore
    }
    try {
      conditions(context, record, filter)
      return []
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return [{ pointer: `/parts/${at}/filter`, detail: refusal.message }]
    }
  })
}

async function endFeed(parts: Parts, call: Call): Promise<Answer> {
  const id = /^\d{1,15}$/.test(call.params['id'] ?? '') ? Number(call.params['id']) : 0
  const { org, person } = call.actor
  const isMine = (await feedsOf(parts, call.actor)).some((feed) => feed.id === id)
  if (person === null || !isMine || !(await revokeToken(parts, { org, person }, id)))
    throw notFound('The calendar feed')
  await noteSignIn(parts.store, { org, person, by: person, request: call.request, action: 'token-revoked', address: call.address, said: { token: id } }) // oxfmt-ignore
  return { status: 204 }
}

async function readFeed(parts: Parts, call: Call): Promise<Answer> {
  const { door, actor } = call
  const feed = door?.kind === 'token' ? door.scope?.feed : undefined
  if (door?.kind !== 'token' || feed === undefined) throw notFound('The calendar feed')
  const { entries, isCut } = await feedRows(parts, actor, feed)
  const name = (await feedsOf(parts, actor)).find(({ id }) => id === door.id)?.name ?? 'Pilothouse'
  const text = calendarText(name, isCut ? [...entries, cutEntry(parts)] : entries)
  const mark = `"${createHash('sha256').update(text).digest('base64url')}"`
  const headers = { ETag: mark, 'Cache-Control': 'private, no-cache' }
  if (call.headers['if-none-match'] === mark) return { status: 304, headers }
  return { body: text, headers: { ...headers, 'Content-Type': 'text/calendar; charset=utf-8' } }
}
/** Nothing is left out unsaid: an entry of today says so. */
function cutEntry({ store, publicUrl }: Parts): CalendarEntry {
  const today = store.now().slice(0, 10)
  return {
    uid: `cut@${new URL(publicUrl).host}`,
    title: say`This calendar shows its first ${MOST_ENTRIES} entries`,
    description: say`There are more. Make feeds of fewer kinds, or of your own alone, in the settings.`,
    url: `${publicUrl}/settings/calendars`,
    category: said('Calendar feeds'),
    when: { first: today, last: today },
    rev: 0,
    updatedAt: `${today}T00:00:00.000Z`,
  }
}
