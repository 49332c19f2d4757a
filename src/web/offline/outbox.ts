// Comments that were written without the network. They are sent once each, in the order in which they were written, when the server can be reached.
import { call, isUnreachable } from '../data/http.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { meQuery, queryClient } from '../data/queries.ts'
import { onReturn } from '../data/reach.ts'
import { refresh } from '../data/writes.ts'
import { offlineWords } from '../messages/offline.ts'
import { say } from '../ui/toast.tsx'
import { canKeep, inDrawer } from './device.ts'
import { claim, ownerOf } from './shelf.ts'

/** Why a comment is not sent by itself: the record is no longer what was read, it was refused, or nobody knows whether it arrived. */
export type Held = { readonly kind: 'changed' | 'refused' | 'doubtful'; readonly because: string }
export interface Waiting {
  /** Of the request: however often it is sent, the server takes it once. */
  readonly key: string
  readonly plural: string
  readonly id: number
  readonly number: string
  readonly title: string
  readonly place: string
  readonly body: string
  readonly internal: boolean
  /** Of the record as it was read; null sends whatever it is now. */
  readonly rev: number | null
  /** Milliseconds. */
  readonly writtenAt: number
  /** When it was first sent without an answer; null when it never was. */
  readonly triedAt: number | null
  readonly held: Held | null
}

const AGAIN_MS = 15_000
/** The server remembers keys for a day. */
const REMEMBERED_MS = 23 * 60 * 60_000
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('pilothouse-outbox') : null
const listeners = new Set<() => void>()
let waiting: readonly Waiting[] = []
let timer = 0
let isWatching = false

export function allWaiting(): readonly Waiting[] {
  return waiting
}
export function subscribeToWaiting(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Reads what waits here, and sends it now and whenever the server comes back. */
export async function watchOutbox(): Promise<void> {
  if (!canKeep() || isWatching) return
  isWatching = true
  channel?.addEventListener('message', () => void readAgain())
  window.addEventListener('online', () => void sendAll())
  onReturn(() => void sendAll())
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (me !== undefined && me.viewer === null) await claim(ownerOf(me))
  await sendAll()
}

/** Keeps a comment until it can be sent. */
export async function waitToSend(comment: Omit<Waiting, 'writtenAt' | 'held'>): Promise<void> {
  await put({ ...comment, writtenAt: Date.now(), held: null })
  later()
}
export async function discard(comment: Waiting): Promise<void> {
  await inDrawer('comments', 'readwrite', (comments) => comments.delete(comment.key))
  await changed()
}
/** The person has looked: it is sent to the record as it is now. */
export async function sendAnyway(comment: Waiting): Promise<void> {
  await put({ ...comment, rev: null, held: null, triedAt: null })
  await sendAll()
}

/** One window of the browser sends at a time. */
export async function sendAll(): Promise<void> {
  await navigator.locks.request('pilothouse-outbox', async () => {
    await readAgain()
    for (const comment of waiting.filter(({ held }) => held === null)) if (!(await send(comment))) break
    await changed()
  })
  if (waiting.some(({ held }) => held === null)) later()
}

/** @returns false when the rest had better wait too */
async function send(comment: Waiting): Promise<boolean> {
  if (comment.triedAt !== null && Date.now() - comment.triedAt > REMEMBERED_MS) {
    await put({ ...comment, held: { kind: 'doubtful', because: offlineWords.outbox.doubtful } })
    return true
  }
  const { plural, id, number, body, internal, rev, key } = comment
  await put({ ...comment, triedAt: comment.triedAt ?? Date.now() })
  try {
    await call(`/${plural}/${id}/comments`, { method: 'POST', body: { body, internal }, rev, key })
  } catch (error) {
    const held = heldBy(error)
    if (held !== null) await put({ ...comment, held })
    return held !== null
  }
  await inDrawer('comments', 'readwrite', (comments) => comments.delete(key))
  await followed(comment)
  refresh(plural)
  say(offlineWords.outbox.sent(number))
  return true
}

/** Null for what passes by itself: no server, no session, too many at once, or a first try that is still under way. */
function heldBy(error: unknown): Held | null {
  if (!(error instanceof Problem)) throw error
  if (isUnreachable(error) || [401, 409, 429].includes(error.status) || error.status >= 500) return null
  return { kind: error.status === 412 ? 'changed' : 'refused', because: sentenceOf(error) }
}

/** Our own comment may have changed the record, which must not hold up the next one of ours on it. */
async function followed({ plural, id, rev }: Waiting): Promise<void> {
  const next = waiting.filter((one) => one.plural === plural && one.id === id && one.rev === rev && rev !== null)
  if (next.length <= 1) return
  const now = await call<{ rev: number }>(`/${plural}/${id}`).catch(() => null)
  await readAgain()
  for (const one of waiting)
    if (now !== null && one.plural === plural && one.id === id && one.rev === rev)
      await put({ ...one, rev: now.body.rev })
}

function later(): void {
  clearTimeout(timer)
  timer = window.setTimeout(() => void sendAll(), AGAIN_MS)
}
async function put(comment: Waiting): Promise<void> {
  await inDrawer('comments', 'readwrite', (comments) => comments.put(comment))
  await changed()
}
async function changed(): Promise<void> {
  await readAgain()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no origin argument
  channel?.postMessage('changed')
}
async function readAgain(): Promise<void> {
  const all = await inDrawer<Waiting[]>('comments', 'readonly', (comments) => comments.getAll())
  waiting = all.toSorted((one, other) => one.writtenAt - other.writtenAt)
  for (const listener of listeners) listener()
}
