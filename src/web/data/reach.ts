// Whether the server and its database can be reached, and take what is written. While something is the matter they are
// asked every two seconds; once they can be reached again, everything on the screen is read again, so that nobody has to reload.
import { useSyncExternalStore } from 'react'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

/** full: reading goes on, nothing can be written · busy: some requests are turned away */
export type Reach = 'here' | 'server' | 'database' | 'full' | 'busy'

const everyMs = 2_000
/** Not everybody comes back at the same moment to a server that was asked too much. */
const busySpreadMs = 3_000
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
    const later = everyMs + (found === 'busy' ? Math.random() * busySpreadMs : 0)
    if (found !== 'here') timer = window.setTimeout(askAgain, later)
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
  if (hidesAnswers(before) && !hidesAnswers(found)) for (const listener of returned) listener()
  if (found === 'here') say(overWords(before))
}
/** Then something on the screen may be missing or old. */
function hidesAnswers(of: Reach): boolean {
  return of !== 'here' && of !== 'full'
}
function overWords(before: Reach): string {
  const { back, roomAgain, quietAgain } = messages.errors
  return before === 'full' ? roomAgain : before === 'busy' ? quietAgain : back
}

/** A proxy that does not pass this address on answers something else, and is there. */
async function ask(): Promise<Reach> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (answer.status < 500) return warnedOf(await answer.json().catch(() => null))
    const said: unknown = await answer.json()
    return typeof said === 'object' && said !== null && 'reason' in said && said.reason === 'database'
      ? 'database'
      : 'server'
  } catch {
    return 'server'
  }
}
function warnedOf(said: unknown): Reach {
  const reasons = typeof said === 'object' && said !== null && 'reasons' in said ? said.reasons : []
  if (!Array.isArray(reasons)) return 'here'
  return reasons.includes('no-room') ? 'full' : reasons.includes('overloaded') ? 'busy' : 'here'
}
