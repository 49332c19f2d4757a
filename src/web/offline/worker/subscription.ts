// The browser has ended its push subscription by itself and wants another: the server is told, at once or when it can be
// reached and somebody is signed in again. Until then the old address is kept here, since nobody else knows it any more.
import type { WorkerScope } from './scope.ts'

/** The page forgets what is here with its person (notices/this-browser.ts). */
const CACHE = 'pilothouse-push'
const DEBT = '/push-change'

/** @param from the address that was; null where the browser does not say it */
export async function change(scope: WorkerScope, from: string | null): Promise<void> {
  // Of two changes that nobody could tell, the server knows the address before the first.
  if ((await debt()) === null) await keep({ from })
  await changeAgain(scope)
}

/**
 * Tells what could not be told before. @returns whether the subscription that the browser has now is to be kept: false
 * where nothing is to be told, and where the server does not know the old one
 */
export async function changeAgain({ registration }: WorkerScope): Promise<boolean> {
  const owed = await debt()
  if (owed === null) return false
  try {
    const { pushManager } = registration
    const now = (await pushManager.getSubscription()) ?? (await pushManager.subscribe(await asked()))
    const { endpoint, keys } = now.toJSON()
    const answer = await fetch('/api/v1/me/push/change', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: owed.from, endpoint, keys }),
    })
    if (answer.status !== 204 && answer.status !== 404) return true
    await caches.delete(CACHE)
    return answer.status === 204
  } catch {
    return true // out of reach, or the person has taken the right away: asked again by the next page that opens
  }
}

/** With the key that the server signs with now. @throws when it cannot be asked */
async function asked(): Promise<PushSubscriptionOptionsInit> {
  const answer = await fetch('/api/v1/me/push')
  const { publicKey } = (await answer.json()) as { publicKey?: string }
  if (publicKey === undefined) throw new Error(`The key cannot be had: ${answer.status}.`)
  return { userVisibleOnly: true, applicationServerKey: publicKey }
}

async function debt(): Promise<{ from: string | null } | null> {
  const kept = await caches.match(DEBT, { cacheName: CACHE })
  return kept === undefined ? null : ((await kept.json()) as { from: string | null }) // as `keep` wrote it
}
async function keep(owed: { from: string | null }): Promise<void> {
  await (await caches.open(CACHE)).put(DEBT, new Response(JSON.stringify(owed)))
}
