/** What an API token may do at most; never more than its person. The one place where this is decided. */
import { say } from '#engines/say.ts'
import type { Route } from '#kit/contract.ts'
import { forbidden } from '#kit/problem.ts'

export interface TokenScope {
  readonly readOnly: boolean
  /** Names of the kinds of record that it reaches; null: all that its person reaches. */
  readonly records: readonly string[] | null
  /** It opens this calendar feed, by the key in its address, and nothing else. */
  readonly feed?: readonly FeedPart[]
}
/** Rows of one kind that stand in a feed. */
export interface FeedPart {
  /** The kind of record. */
  readonly record: string
  /** As in a list; empty: all that its person may read. */
  readonly filter: string
}
/** Addresses beside records that every token may read: who it is, and what there is. */
const OPEN = new Set(['/me', '/records', '/openapi.json'])

/**
 * @param recordOf the kind of record whose plural begins an address, or null
 * @throws a refusal (403) when the token's scope does not hold this route
 */
export function refuseBeyondScope(
  scope: TokenScope | null,
  route: Pick<Route, 'method' | 'path' | 'byKeyIn'>,
  recordOf: (plural: string) => string | null,
): void {
  if ((scope?.feed !== undefined) !== (route.byKeyIn !== undefined))
    throw forbidden(say`The key of a calendar feed opens its own address, and nothing else does.`)
  if (scope === null || scope.feed !== undefined) return
  if (scope.readOnly && route.method !== 'GET')
    throw forbidden(say`This token may only read. Make one that may write, if the program needs to.`)
  if (scope.records === null || (OPEN.has(route.path) && route.method === 'GET')) return
  const record = recordOf(route.path.split('/')[1] ?? '')
  if (record === null || !scope.records.includes(record))
    throw forbidden(say`This token reaches ${scope.records.join(', ')} alone. Make one that reaches this too.`)
}
