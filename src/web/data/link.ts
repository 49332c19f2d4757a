// Addresses that the server gives (`/desk/incidents?filter=…`) as what a router link takes.
import { readSearch, type Search } from './address.ts'

/** Splits the path from the search parameters. */
export function linkTo(address: string): { to: string; search: Search } {
  const at = address.indexOf('?')
  return at < 0 ? { to: address, search: {} } : { to: address.slice(0, at), search: readSearch(address.slice(at + 1)) }
}
