/** The addresses of one's own inbox: pages, the count for the bell, triage, Undo. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { snoozeUntil } from '#engines/snooze-time.ts'
import type { Actor } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import { among, INSTANT, INSTANT_OR_NULL, listOf, pageOf, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from '#kit/routes/shape.ts' // oxfmt-ignore
import type { Store } from '#kit/store.ts'
import type { Line } from './described.ts'
import { EVENT_NAMES, isEventName } from './events.ts'
import type { InboxItem, InboxQuery, Mine, TriageDeed, Which } from './inbox.ts'
import { inboxPage, SHOWN, triage, undoTriage, unreadCount } from './inbox.ts'

const LINE = shapeOf<Line>({ event: among(...EVENT_NAMES), at: INSTANT, text: TEXT, excerpt: TEXT_OR_NULL })
const ITEM = shapeOf<InboxItem>({
  item: WHOLE,
  record: TEXT,
  id: WHOLE,
  number: TEXT,
  title: TEXT,
  kind: TEXT,
  path: TEXT,
  state: among('unread', 'read', 'done', 'snoozed'),
  event: among(...EVENT_NAMES),
  why: TEXT,
  lines: listOf(LINE),
  changes: WHOLE,
  at: INSTANT,
  snoozedUntil: INSTANT_OR_NULL,
  isMuted: YES_NO,
})
const PAGE = 50
const MOST_ITEMS = 500
const MOST_DAYS = 366
const triageBody = z.strictObject({
  items: z.array(z.number().int().positive()).max(MOST_ITEMS, 'At most 500 at once.').optional(),
  all: z.strictObject({ show: z.enum(SHOWN), event: z.enum(EVENT_NAMES).nullish() }).optional(),
  deed: z.enum(['done', 'read', 'unread', 'snooze']),
  until: z.string().max(40).optional(),
})
const undoBody = z.strictObject({ batch: z.uuid('Give the batch that the deed answered.') })
const audited = say`Only how one person keeps their own inbox; what it tells stands in the journal already.`
const tag = 'Notices'

export interface InboxParts {
  readonly store: Store
  readonly zone: (actor: Actor) => Promise<string>
}

export function inboxRoutes(parts: InboxParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/inbox',
      tag,
      access: 'signed-in',
      summary: 'What concerns me, the newest first: a line for each record, with why I am told',
      query: {
        show: { about: 'unread (usual), all that is not done, snoozed, done', schema: { type: 'string', enum: [...SHOWN] } }, // oxfmt-ignore
        event: { about: 'Only lines that are there for this event.', schema: { type: 'string', enum: [...EVENT_NAMES] } }, // oxfmt-ignore
        after: { about: 'Where the page before ended.', schema: { type: 'string', maxLength: 60 } },
      },
      ok: pageOf(ITEM),
      handle: async (call) => ({ body: await inboxPage(mine(parts, call.actor), queryOf(call)) }),
    },
    {
      method: 'GET',
      path: '/inbox/count',
      tag,
      access: 'signed-in',
      summary: 'How many lines are unread, at most a hundred',
      ok: shape({ unread: WHOLE }),
      // A program that is nobody has an empty inbox.
      handle: async ({ actor }) => ({ body: { unread: actor.person === null ? 0 : await unreadCount(mine(parts, actor)) } }), // oxfmt-ignore
    },
    {
      method: 'POST',
      path: '/inbox/triage',
      tag,
      access: 'signed-in',
      summary: 'Mark lines as done, read or unread, or put them off: some by their item, or all that a filter shows',
      body: triageBody,
      ok: shape({ count: WHOLE, batch: TEXT }),
      audited,
      handle: async (call) => doTriage(parts, call, triageBody.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/inbox/undo',
      tag,
      access: 'signed-in',
      summary: 'Take a deed in the inbox back',
      body: undoBody,
      ok: shape({ count: WHOLE }),
      audited,
      handle: async (call) => ({ body: { count: await undoTriage(mine(parts, call.actor), undoBody.parse(call.body).batch) } }), // oxfmt-ignore
    },
  ]
}

/** @throws forbidden for a program that is nobody */
export function mine({ store }: { readonly store: Store }, actor: Actor): Mine {
  const { person } = actor
  if (person === null) throw forbidden(say`Only a person has an inbox.`)
  return { store, actor: { ...actor, person } }
}
function queryOf({ query }: Call): InboxQuery {
  const { show, event, after } = query
  const cut = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)~(\d{1,15})$/.exec(after ?? '')
  if (after !== undefined && after !== '' && (cut === null || Number.isNaN(Date.parse(cut[1] ?? ''))))
    throw badRequest(say`"after" is not where a page ended. Begin with the first page.`)
  return {
    show: SHOWN.find((one) => one === show) ?? 'unread',
    event: event !== undefined && isEventName(event) ? event : null,
    after: cut === null ? null : { at: cut[1] ?? '', item: Number(cut[2]) },
    limit: PAGE,
  }
}
async function doTriage(parts: InboxParts, call: Call, body: z.infer<typeof triageBody>): Promise<Answer> {
  // oxfmt-ignore
  const { items, all, deed, until } = body
  if ((items === undefined) === (all === undefined))
    throw badRequest(say`Say which lines: by "items", or "all" that a filter shows.`)
  const which: Which =
    all === undefined ? { items: items ?? [] } : { all: { show: all.show, event: all.event ?? null } }
  const me = mine(parts, call.actor)
  const zone = await parts.zone(call.actor)
  return { body: await triage(me, which, deedOf({ now: parts.store.now(), zone }, deed, until)) }
}
/** @param until hours, tomorrow, monday, a local time, or an instant */
function deedOf({ now, zone }: { now: string; zone: string }, deed: TriageDeed['deed'], until = ''): TriageDeed {
  if (deed !== 'snooze') return { deed }
  const at = snoozeUntil(until, Temporal.Instant.from(now), zone)?.epochMilliseconds ?? 0
  const nowMs = Date.parse(now)
  if (at <= nowMs || at > nowMs + MOST_DAYS * 86_400_000)
    throw badRequest(say`Say until when, within a year: "until" is a moment that is still to come.`)
  return { deed, until: new Date(at).toISOString() }
}
