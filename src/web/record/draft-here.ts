// What is typed in a comment, kept in this window: after a reload it stands there at once, also without the network. The copy of the server (unsent.ts) goes farther and comes later.
import type { Me } from '../data/contract.ts'

const BEGINS = 'draft:'

/** Where it lies in the session storage: the next person who signs in here has a place of their own. */
export function draftKeyOf({ org, person }: Me, record: string, id: number): string {
  return `${BEGINS}${org.id}/${person?.id ?? 0}:${record}:${id}`
}

/** Whoever signs out leaves none. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(BEGINS)) sessionStorage.removeItem(key)
}
