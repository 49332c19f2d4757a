// Whether this browser shows notices while the application is closed: asked of the browser, agreed upon with the server.
import type { MyPush } from '#kit/push/routes.ts'
import { call } from '../data/http.ts'
import { Problem } from '../data/problem.ts'

/** cannot: no such browser, or no TLS; refused: the person said no to the browser, and changes it there. */
export type Standing = 'on' | 'off' | 'refused' | 'cannot'
/** A service of push that does not answer holds nobody up who signs out. */
const PATIENCE_MS = 2_000
/** For what the worker asks of the server and of the service of push. */
const ANSWER_MS = 30_000
/** Whoever opens this page first of all is there before the worker; where browsers allow none, none ever comes. */
const INSTALLED_MS = 3_000

export async function standing(): Promise<Standing> {
  const worker = (await registered()) ?? (await installed(INSTALLED_MS))
  if (worker === null) return 'cannot'
  if (Notification.permission === 'denied') return 'refused'
  return (await worker.pushManager.getSubscription()) === null ? 'off' : 'on'
}

/** Asks the person by the browser's own question. @throws what the browser says when it finds no service of push */
export async function switchOn(publicKey: string): Promise<MyPush | null> {
  const worker = await registered()
  if (worker === null || (await Notification.requestPermission()) !== 'granted') return null
  const before = await worker.pushManager.getSubscription()
  // One that was made with another key, or for somebody else, is of no use.
  await before?.unsubscribe()
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  try {
    return (await call<MyPush>('/me/push', { method: 'POST', body: offerOf(subscription) })).body
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
}
/** Nothing more is shown here, whoever signs in next. */
export async function endHere(): Promise<void> {
  const worker = await registered().catch(() => null)
  const subscription = await worker?.pushManager.getSubscription()
  // What the worker has not told yet is of somebody who is gone (offline/worker/subscription.ts).
  if (worker) await caches.delete('pilothouse-push').catch(() => false)
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  if (subscription) await Promise.race([subscription.unsubscribe().catch(() => false), late])
}
/** Tells the server that this browser is still there, first what the browser changed by itself; one that was ended from elsewhere ends itself. */
export async function stillHere(): Promise<void> {
  const worker = await registered()
  if (worker === null) return
  const isChanged = await changed(worker.active)
  const subscription = await worker.pushManager.getSubscription()
  if (!subscription || isChanged) return
  try {
    await call('/me/push', { method: 'PUT', body: offerOf(subscription) })
  } catch (error) {
    if (error instanceof Problem && error.status === 404) await subscription.unsubscribe()
  }
}

/** Whether the worker had a change to tell, and what there is now is to be kept; so is what nobody knows yet. */
function changed(worker: ServiceWorker | null): Promise<boolean> {
  if (worker === null) return Promise.resolve(false)
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', (event: MessageEvent<boolean>) => resolve(event.data))
    port1.start()
    worker.postMessage('push-change', [port2])
    setTimeout(() => resolve(true), ANSWER_MS)
  })
}
/** The worker once it is there, at the latest after so many milliseconds; null without one until then, or for ever in a browser that has no such thing. */
export async function installed(withinMs: number): Promise<ServiceWorkerRegistration | null> {
  if (!isAble()) return null
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), withinMs))
  return Promise.race([navigator.serviceWorker.ready, late])
}
async function registered(): Promise<ServiceWorkerRegistration | null> {
  return isAble() ? ((await navigator.serviceWorker.getRegistration()) ?? null) : null
}
function isAble(): boolean {
  return globalThis.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis // oxfmt-ignore
}
function offerOf(subscription: PushSubscription): object {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint, keys }
}
