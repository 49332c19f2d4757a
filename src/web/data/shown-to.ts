// To whom this page is shown. Each write names them: while a page stays open, somebody else may sign in in the same browser, look as
// somebody else or visit the demonstration, and nothing that was written here may be theirs.
import type { Me } from './contract.ts'

const listeners = new Set<() => void>()
let shown: string | null = null
let isOther = false

/** Tells who the server takes this page for; the first one it ever was is whom it is shown to. */
export function isShownTo({ org, person }: Pick<Me, 'org' | 'person'>): void {
  const now = person === null ? null : `${org.id}/${person.id}`
  shown ??= now
  turn(now !== shown)
}
/** The server has refused a write of this page: it was shown to somebody else. */
export function isNotTheirs(): void {
  turn(true)
}
/** Whether whoever is signed in now is somebody else. */
export function isSomebodyElse(): boolean {
  return isOther
}
export function subscribeToPerson(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
/** The header of a write; none before somebody has signed in. */
export function personHeader(): Readonly<Record<string, string>> {
  return shown === null ? {} : { 'x-pilothouse-person': shown }
}

function turn(to: boolean): void {
  if (to === isOther) return
  isOther = to
  for (const listener of listeners) listener()
}
