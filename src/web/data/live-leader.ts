// One connection for live changes in the whole browser: the tab that holds the lock listens and tells the others; with one
// connection per tab the sixth tab would hang (HTTP/1.1 allows six connections to a host).
import type { Heard } from './live.ts'
import { suspect } from './reach.ts'

type Tell = (heard: Heard) => void

const pollMs = 60_000
const againMs = 3_000
const lockName = 'pilothouse-live'

/** Calls back with what is heard here or by another tab of this browser. Answers the function that stops. */
export function listenTogether(take: Tell): () => void {
  const stop = new AbortController()
  const channel = new BroadcastChannel(lockName)
  channel.addEventListener('message', (event: MessageEvent<Heard>) => take(event.data))
  const tell: Tell = (heard) => {
    take(heard)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no origin argument
    channel.postMessage(heard)
  }
  if (!('EventSource' in window)) poll(stop.signal, take)
  else if ('locks' in navigator) void lead(stop.signal, tell)
  // Without encryption browsers have no locks: then each tab listens for as long as it is looked at.
  else whileSeen(stop.signal, take)
  return () => {
    stop.abort()
    channel.close()
  }
}

/** Whoever waited for the lock follows a tab that is gone: what was told between the two is read again. */
async function lead(signal: AbortSignal, tell: Tell) {
  const hold = (isAgain: boolean) =>
    new Promise<void>((release) => {
      if (signal.aborted) return release()
      listen(signal, tell, isAgain)
      signal.addEventListener('abort', () => release())
    })
  try {
    const isTaken = await navigator.locks.request(lockName, { ifAvailable: true }, (lock) =>
      lock === null ? true : hold(false),
    )
    if (isTaken === true) await navigator.locks.request(lockName, { signal }, () => hold(true))
  } catch {
    // Stopped while it waited.
  }
}

/**
 * Listens until told to stop. The browser connects again by itself after a lost connection, but gives up for ever at the
 * first answer that is no stream, such as that of a proxy whose servers are just restarted.
 */
function listen(signal: AbortSignal, tell: Tell, isAgain: boolean) {
  const source = new EventSource('/api/v1/events', { withCredentials: true })
  const over = new AbortController() // of this source: it takes its listeners along
  let dropped = isAgain
  source.addEventListener('error', () => {
    dropped = true
    suspect()
    if (source.readyState !== EventSource.CLOSED || signal.aborted) return
    over.abort()
    setTimeout(() => {
      if (!signal.aborted) listen(signal, tell, true)
    }, againMs)
  })
  source.addEventListener('open', () => {
    if (dropped) tell(null)
    dropped = false
  })
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const heard = heardIn(event.data)
    if (heard !== undefined) tell(heard)
  })
  signal.addEventListener('abort', () => source.close(), { signal: over.signal })
}

function whileSeen(signal: AbortSignal, take: Tell) {
  let turn: AbortController | null = null
  let isAgain = false
  const look = () => {
    if (document.visibilityState === 'visible' && turn === null) {
      turn = new AbortController()
      listen(turn.signal, take, isAgain)
      isAgain = true
    } else if (document.visibilityState === 'hidden') {
      turn?.abort()
      turn = null
    }
  }
  look()
  document.addEventListener('visibilitychange', look, { signal })
  signal.addEventListener('abort', () => turn?.abort())
}

/** Without a connection of its own the page reads again every minute. */
function poll(signal: AbortSignal, take: Tell) {
  const timer = setInterval(() => take(null), pollMs)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** The contract: {"changed": [["incident", 5], …], "here": […]}; a change of null is "much". Anything else says nothing. */
function heardIn(text: string): Heard | undefined {
  try {
    const event = JSON.parse(text) as { changed?: Exclude<Heard, null>['changed'] | null } | null
    if (event?.changed === null) return null
    return event?.changed === undefined ? undefined : { ...event, changed: event.changed }
  } catch {
    return undefined
  }
}
