/** On which browsers I am told while the application is closed: switched on there, listed everywhere, ended from anywhere. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { notFound, unfit } from '#kit/problem.ts'
import { ownSession, whoIs } from '#kit/routes/proof.ts'
import { INSTANT, INSTANT_OR_NULL, listOf, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import type { Store } from '#kit/store.ts'
import { areKeys } from './encrypt.ts'
import { pushKey } from './key.ts'
import type { Offered, PushBrowser } from './subscriptions.ts'
import { browsersOf, endBrowser, replace, stillThere, subscribe } from './subscriptions.ts'

/** What GET /me/push answers. */
export interface MyPush {
  /** The public key of this installation, base64url: a browser subscribes with it. */
  readonly publicKey: string
  readonly browsers: readonly PushBrowser[]
}
const MY_PUSH = shapeOf<MyPush>({
  publicKey: TEXT,
  browsers: listOf(shapeOf<PushBrowser>({ id: WHOLE, device: TEXT, createdAt: INSTANT, seenAt: INSTANT, deliveredAt: INSTANT_OR_NULL, lastError: TEXT_OR_NULL, isThis: YES_NO })), // oxfmt-ignore
})
const key = z.string().regex(/^[\w-]{10,200}={0,2}$/, 'Give it in base64url, as the browser has it.')
/** As `PushSubscription.toJSON()` has it; services of push are reached over TLS alone (RFC 8030, 8). */
const endpoint = z.url({ protocol: /^https$/, error: 'Give the https address that the browser has.' }).max(1000)
const offerBody = z.object({
  endpoint,
  keys: z.object({ p256dh: key, auth: key }),
})
/** `from` is the address that this one takes the place of; null where the browser no longer knows it. */
const changeBody = offerBody.extend({ from: endpoint.nullable() })
const audited = say`Only on which browsers one person is told.`
const tag = 'Notices'
export interface PushParts {
  readonly store: Store
  readonly secret: Buffer
}

export function pushRoutes(parts: PushParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/me/push',
      tag,
      access: 'signed-in',
      summary: 'The browsers that show me notices, and the key with which one subscribes',
      ok: MY_PUSH,
      refusals: [403],
      handle: (call) => mine(parts, call),
    },
    {
      method: 'POST',
      path: '/me/push',
      tag,
      access: 'signed-in',
      summary: 'Show notices in this browser, by its push subscription (RFC 8030, 8291)',
      body: offerBody,
      ok: MY_PUSH,
      refusals: [403],
      audited,
      handle: (call) => begin(parts, call),
    },
    {
      method: 'PUT',
      path: '/me/push',
      tag,
      access: 'signed-in',
      summary: 'This browser still shows notices; 404 when it was ended meanwhile',
      body: offerBody,
      okStatus: 204,
      refusals: [403, 404],
      audited,
      handle: (call) => goOn(parts, call),
    },
    changeRoute(parts),
    {
      method: 'DELETE',
      path: '/me/push/{id}',
      tag,
      access: 'signed-in',
      summary: 'No more notices in a browser of mine',
      okStatus: 204,
      refusals: [403, 404],
      audited,
      handle: (call) => end(parts, call),
    },
  ]
}

function changeRoute(parts: PushParts): Route {
  return {
    method: 'POST',
    path: '/me/push/change',
    tag,
    access: 'signed-in',
    summary: 'This browser has another push subscription than before; 404 when the old one is not mine',
    body: changeBody,
    okStatus: 204,
    refusals: [403, 404],
    audited,
    handle: (call) => change(parts, call),
  }
}

async function mine({ store, secret }: PushParts, call: Call): Promise<Answer> {
  const own = ownSession(call)
  const { publicKey } = await pushKey(store.db, secret)
  const browsers = await browsersOf(store.db, whoIs(own), own.session)
  return { body: { publicKey: publicKey.toString('base64url'), browsers } satisfies MyPush }
}
async function begin(parts: PushParts, call: Call): Promise<Answer> {
  const own = ownSession(call)
  await subscribe(parts.store.db, whoIs(own), subscribing(call, own.session))
  return mine(parts, call)
}
async function goOn({ store }: PushParts, call: Call): Promise<Answer> {
  const own = ownSession(call)
  if (!(await stillThere(store.db, whoIs(own), subscribing(call, own.session)))) throw notFound(say`This browser`)
  return { status: 204 }
}
async function change({ store }: PushParts, call: Call): Promise<Answer> {
  const own = ownSession(call)
  const { from } = changeBody.parse(call.body)
  if (!(await replace(store.db, whoIs(own), from, subscribing(call, own.session)))) throw notFound(say`This browser`)
  return { status: 204 }
}
async function end({ store }: PushParts, call: Call): Promise<Answer> {
  const own = ownSession(call)
  const id = call.params['id'] ?? ''
  const isGone = /^\d{1,15}$/.test(id) && (await endBrowser(store.db, whoIs(own), Number(id)))
  if (!isGone) throw notFound(say`This browser`)
  return { status: 204 }
}
/** @throws a refusal (422) for keys that nothing can be encrypted with */
function subscribing(call: Call, session: string): Parameters<typeof subscribe>[2] {
  const { endpoint, keys } = offerBody.parse(call.body)
  const offered: Offered = { endpoint, p256dh: Buffer.from(keys.p256dh, 'base64url'), auth: Buffer.from(keys.auth, 'base64url') } // oxfmt-ignore
  if (!areKeys(offered))
    throw unfit([{ pointer: '/keys', detail: say`These are no keys of a push subscription (RFC 8291).` }])
  return { session, agent: call.headers['user-agent'], offered }
}
