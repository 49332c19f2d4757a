// The view in which each list was seen last, so that the way back from a record leads to it.
import type { Search } from '../data/address.ts'

const seen = new Map<string, Search>()

/** `name` of the kind of record. */
export function keepView(name: string, search: Search): void {
  seen.set(name, search)
}
/** Empty where the list was not seen yet. */
export function lastView(name: string): Search {
  return seen.get(name) ?? {}
}
