/** What a mail's "unsubscribe" opens: a look at what the key is for, and the one click that does it (RFC 8058). */
import { said, say } from '#engines/say.ts'
import type { Call, Route } from '#kit/contract.ts'
import { notFound } from '#kit/problem.ts'
import type { SignInParts } from '#kit/routes/admit.ts'
import { limitFlood } from '#kit/routes/admit.ts'
import { shape, TEXT } from '#kit/routes/shape.ts'
import { muteRecord } from './choice-routes.ts'
import { choose } from './choices.ts'
import { EVENT_NAMES, isEventName, NOTICE_EVENTS } from './events.ts'
import { takeOff } from './piles.ts'
import type { Stop } from './unsubscribe-key.ts'
import { readUnsubscribeKey } from './unsubscribe-key.ts'

const tag = 'Notices'
/** In place of an event: whatever comes by mail and can be switched off. */
const ALL = 'all'

export function unsubscribeRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/unsubscribe/{key}',
      tag,
      access: 'public',
      summary:
        'What the link at the end of a mail switches off; it changes nothing, since programs open links by themselves',
      ok: shape({ what: TEXT }),
      refusals: [404, 429],
      handle: async (call) => ({ body: { what: whatOf(stopOf(parts, call)) } }),
    },
    {
      method: 'POST',
      path: '/unsubscribe/{key}',
      tag,
      access: 'public',
      // A mail program posts List-Unsubscribe=One-Click, from wherever it runs and without a session.
      takesForm: true,
      summary: 'Switch it off, by one click (RFC 8058); again does nothing more',
      okStatus: 204,
      refusals: [404, 429],
      audited: say`Only how one person wants to be told.`,
      handle: async (call) => {
        await switchOff(parts, stopOf(parts, call))
        return { status: 204 }
      },
    },
  ]
}
function stopOf(parts: SignInParts, call: Call): Stop {
  limitFlood(parts, call, 'unsubscribe')
  const stop = readUnsubscribeKey(parts.secret, call.params['key'] ?? '')
  if (stop === null || ('event' in stop && stop.event !== ALL && !isEventName(stop.event)))
    throw notFound(say`This link`)
  return stop
}
/** The number alone: whoever holds a mail of somebody else learns no title. */
function whatOf(stop: Stop): string {
  if ('event' in stop) {
    if (stop.event === ALL) return say`All mails but those about the security of my account`
    const label = NOTICE_EVENTS.find(({ name }) => name === stop.event)?.label ?? stop.event
    return say`Mails about: ${said(label)}`
  }
  return say`Everything about one record`
}
async function switchOff({ store }: SignInParts, stop: Stop): Promise<void> {
  const who = { org: stop.org, person: stop.person }
  if (!('event' in stop)) return muteRecord(store, who, stop)
  const names = stop.event === ALL ? EVENT_NAMES : EVENT_NAMES.filter((name) => name === stop.event)
  const events = Object.fromEntries(names.map((name) => [name, { mail: false }]))
  await store.db.transaction(async (on) => {
    await choose(on, who, { events })
    await takeOff(on, { ...who, to: 'mail' }, names)
  })
}
