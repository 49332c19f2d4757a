/** What the words of a list have found, by the way that fits what the list asks besides. */
import { readsAll } from './access.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import type { Found } from './find.ts'
import { findNewest, findWords } from './find.ts'
import type { ListQuery } from './list.ts'
import type { RecordType } from './record.ts'

/** No condition but the words. */
export function isWhole(context: FilterContext, record: RecordType, query: ListQuery): boolean {
  return (
    (query.filter ?? '').trim() === '' && query.binned !== true && readsAll(context.actor, record, context.catalogue)
  )
}
/** Words without an order of their own are listed newest first. */
export function isNewestFirst(query: ListQuery): boolean {
  return (query.sort ?? '-id') === '-id'
}
/** @returns null when no words are asked for; what the caller knew already */
export function foundBy(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery,
): Promise<Found | null> | Found | null {
  if (query.found !== undefined) return query.found
  const find = isNewestFirst(query) && isWhole(context, record, query) ? findNewest : findWords
  return find(on, context.actor.org, record, query.q)
}
