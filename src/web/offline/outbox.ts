// Comments that were written and moves that were made without the network. They are sent once each, in the order in which they came, when the server can be reached.
import type { Me } from '../data/contract.ts'
import { call, isUnreachable } from '../data/http.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { meQuery, queryClient } from '../data/queries.ts'
import { onReturn } from '../data/reach.ts'
import { refresh } from '../data/writes.ts'
import { offlineWords } from '../messages/offline.ts'
import { say } from '../ui/toast.tsx'
import { canKeep, inDrawer } from './device.ts'
import { claim, isOwner, ownerOf } from './shelf.ts'

/** Why a comment is not sent by itself: the record is no longer what was read, it was refused (for now or for good), or nobody knows whether it arrived. */
export interface Held {
  readonly kind: 'changed' | 'forbidden' | 'refused' | 'doubtful'
  readonly because: string
}
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
  /** A move of the workflow in place of a comment; `body` is its reason then. */
  readonly move?: { readonly name: string; readonly label: string; readonly input: Readonly<Record<string, unknown>> }
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
  await claimForMe()
  await sendAll()
}
async function claimForMe(): Promise<void> {
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (me !== undefined && me.viewer === null) await claim(ownerOf(me))
}

/** Keeps it until it can be sent. @returns false where nothing is kept */
export async function waitToSend(comment: Omit<Waiting, 'writtenAt' | 'held'>): Promise<boolean> {
  if (!canKeep()) return false
  // What somebody else left here goes first, and not together with this.
  await claimForMe()
  await put({ ...comment, writtenAt: Date.now(), held: null })
  later()
  return true
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

/** One window of the browser sends at a time. Each comment is looked up anew: meanwhile it may have been discarded, or follow one just sent. */
export async function sendAll(): Promise<void> {
  if (!canKeep()) return
  await navigator.locks.request('pilothouse-outbox', async () => {
    await readAgain()
    for (const { key } of waiting) {
      const comment = await inDrawer<Waiting | undefined>('comments', 'readonly', (comments) => comments.get(key))
      if (comment?.held !== null) continue // discarded, or the person's to decide
      if (!(await isTheirs()) || !(await send(comment))) break
    }
    await changed()
  })
  if (waiting.some(({ held }) => held === null)) later()
}

/** Whether the server takes whoever sends now for the one who wrote: another window may have signed somebody else in, or look with another's eyes. */
async function isTheirs(): Promise<boolean> {
  try {
    const { body: me } = await call<Me>('/me', { fresh: true })
    return me.viewer === null && (await isOwner(ownerOf(me)))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return false
  }
}

/** @returns false when the rest had better wait too */
async function send(comment: Waiting): Promise<boolean> {
  const { plural, id, number, body, internal, rev, key, triedAt, move } = comment
  if (triedAt !== null && Date.now() - triedAt > REMEMBERED_MS) {
    await amend(key, { held: { kind: 'doubtful', because: offlineWords.outbox.doubtful } })
    return true
  }
  await amend(key, { triedAt: triedAt ?? Date.now() })
  try {
    await call(`/${plural}/${id}/${move?.name ?? 'comments'}`, {
      method: 'POST',
      body: move?.input ?? { body, internal },
      rev,
      key,
    })
  } catch (error) {
    const held = heldBy(error)
    if (held !== null) await amend(key, { triedAt, held })
    return held !== null
  }
  await inDrawer('comments', 'readwrite', (comments) => comments.delete(key))
  await followed(comment)
  refresh(plural)
  say(move ? offlineWords.outbox.moved(number, move.label) : offlineWords.outbox.sent(number))
  return true
}

/** Null for what passes by itself: no server, no session, too many at once, or a first try that is still under way. */
function heldBy(error: unknown): Held | null {
  if (!(error instanceof Problem)) throw error
  if (isUnreachable(error) || [401, 409, 429].includes(error.status) || error.status >= 500) return null
  const kind = { 412: 'changed', 403: 'forbidden' } as const
  return { kind: kind[error.status as keyof typeof kind] ?? 'refused', because: sentenceOf(error) }
}

/** Our own comment may have changed the record, which must not hold up the next one of ours on it. */
async function followed({ plural, id, rev }: Waiting): Promise<void> {
  await readAgain()
  const next = waiting.filter((one) => one.plural === plural && one.id === id && one.rev === rev && rev !== null)
  if (next.length === 0) return
  const now = await call<{ rev: number }>(`/${plural}/${id}`, { fresh: true }).catch(() => null)
  if (now !== null) for (const { key } of next) await amend(key, { rev: now.body.rev })
}

function later(): void {
  clearTimeout(timer)
  timer = window.setTimeout(() => void sendAll(), AGAIN_MS)
}
async function put(comment: Waiting): Promise<void> {
  await inDrawer('comments', 'readwrite', (comments) => comments.put(comment))
  await changed()
}
/** Changes what still waits, in one step: what was discarded meanwhile stays away. */
async function amend(key: string, by: Partial<Waiting>): Promise<void> {
  await inDrawer<Waiting | undefined>('comments', 'readwrite', (comments) => {
    const found: IDBRequest<Waiting | undefined> = comments.get(key)
    found.addEventListener('success', () => {
      if (found.result) comments.put({ ...found.result, ...by })
    })
    return found
  })
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
