// Whether the server and its database can be reached. While they cannot, they are asked every two seconds; once they can
// again, everything on the screen is read again, so that nobody has to reload.
import { useSyncExternalStore } from 'react'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

export type Reach = 'here' | 'server' | 'database'

const everyMs = 2_000
const patienceMs = 8_000
const listeners = new Set<() => void>()
const returned = new Set<() => void>()
let reach: Reach = 'here'
let timer = 0
let asking = false

export function useReach(): Reach {
  return useSyncExternalStore(subscribe, () => reach)
}
/** Calls back each time when both can be reached again. */
export function onReturn(listener: () => void): () => void {
  returned.add(listener)
  return () => void returned.delete(listener)
}
/** Something did not answer as it should: finds out what is the matter. */
export function suspect(): void {
  if (asking || timer !== 0) return
  asking = true
  void ask().then((found) => {
    asking = false
    change(found)
    if (found !== 'here') timer = window.setTimeout(askAgain, everyMs)
  })
}
function askAgain() {
  timer = 0
  suspect()
}
function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
function change(found: Reach) {
  const before = reach
  if (found === before) return
  reach = found
  for (const listener of listeners) listener()
  if (found !== 'here') return
  for (const listener of returned) listener()
  say(messages.errors.back)
}

/** A proxy that does not pass this address on answers something else, and is there. */
async function ask(): Promise<Reach> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (answer.status < 500) return 'here'
    const said: unknown = await answer.json()
    return typeof said === 'object' && said !== null && 'reason' in said && said.reason === 'database'
      ? 'database'
      : 'server'
  } catch {
    return 'server'
  }
}
