/** Lists: filtered, sorted, paged by key; a page costs the same wherever it is. */
import { readable } from './access.ts'
import { indexedOrg } from './added-index.ts'
import { armsOf } from './arms.ts'
import { clearFields } from './clearance.ts'
import type { Found } from './find.ts'
import { findWords, hitsNewestFirst, holds } from './find.ts'
import { foundBy, isNewestFirst } from './found.ts'
import { conditions } from './condition.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import { direction, pageParts } from './page-parts.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { DatabaseRow } from './select.ts'
import { listFields, rowsFrom, selection } from './select.ts'
import type { SortKey } from './sort-keys.ts'
import { readCursor, sortKeys, writeCursor } from './sort-keys.ts'
import type { Fragment } from './sql.ts'
import { all, join, raw, run, sql } from './sql.ts'

export interface ListQuery {
  readonly filter?: string
  readonly sort?: string
  readonly limit?: number
  readonly after?: string
  readonly q?: string
  /** What `q` found, when the caller knows it already; null when `q` is empty. */
  readonly found?: Found | null
  readonly fields?: readonly string[]
  readonly binned?: boolean
}
export interface Page {
  readonly items: readonly AnyRow[]
  readonly next: string | null
}
const MOST = 500

/** What a list, its count and its export have in common. */
export async function listConditions(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery,
): Promise<Fragment[]> {
  const found = query.found === undefined ? await findWords(on, context.actor.org, record, query.q) : query.found
  const made = [
    sql`t.org = ${context.actor.org}`,
    ...indexedOrg(context.catalogue, context.actor.org, record),
    query.binned === true ? raw('t.binned_at is not null') : raw('t.binned_at is null'),
    readable(context.actor, record, context.catalogue),
    ...conditions(context, record, query.filter ?? ''),
  ]
  return found === null ? made : [...made, holds(record, found)]
}

/** @throws a refusal (400) for a filter, sort or cursor that is not understood. */
export async function list(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Page> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), MOST)
  const found = await foundBy(on, context, record, query)
  if (found !== null && isNewestFirst(query)) return searchPage(on, context, record, { ...query, limit, found })
  const keys = sortKeys(context, record, query.sort ?? record.sort)
  const where = await listConditions(on, context, record, { ...query, found })
  const names = query.fields ?? listFields(record)
  const selected = selection(record, names, clearFields(context.actor, record))
  const cursor = query.after === undefined ? null : readCursor(query.after, keys)
  const arms = armsOf(context, record, query.filter ?? '', keys)
  const read: DatabaseRow[] = []
  for (const part of pageParts(keys, cursor)) {
    if (read.length > limit) break
    const page = { selected, keys, where: [...where, ...part], arms, limit: limit + 1 - read.length }
    read.push(...(await run<DatabaseRow>(on, pageStatement(record, page))))
  }
  const rows = read.slice(0, limit)
  const last = rows.at(-1)
  const items = await rowsFrom(on, context.catalogue, context.actor, selected, rows)
  return { items, next: read.length > limit && last !== undefined ? writeCursor(last, keys) : null }
}

/** Words without an order of their own: hits newest first, a chunk at a time, until the page is full. */
async function searchPage(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery & { limit: number; found: Found },
): Promise<Page> {
  const { limit, found } = query
  const keys = sortKeys(context, record, '-id')
  const cursor = query.after === undefined ? null : readCursor(query.after, keys)
  const where = await listConditions(on, context, record, { ...query, found: null })
  const selected = selection(record, query.fields ?? listFields(record), clearFields(context.actor, record))
  const read: DatabaseRow[] = []
  for await (const ids of hitsNewestFirst(on, context.actor.org, record, {
    found,
    before: cursor === null ? null : Number(cursor[0]),
  })) {
    read.push(
      ...(await run<DatabaseRow>(
        on,
        pageStatement(record, {
          selected,
          keys,
          where: [...where, sql`t.id = any(${ids}::bigint[])`],
          limit: limit + 1 - read.length,
        }),
      )),
    )
    if (read.length > limit) break
  }
  const rows = read.slice(0, limit)
  const last = rows.at(-1)
  return {
    items: await rowsFrom(on, context.catalogue, context.actor, selected, rows),
    next: read.length > limit && last !== undefined ? writeCursor(last, keys) : null,
  }
}

interface PageOf {
  readonly selected: { readonly columns: string }
  readonly keys: readonly SortKey[]
  readonly where: readonly Fragment[]
  readonly arms?: readonly Fragment[]
  readonly limit: number
}
function pageStatement(record: RecordType, { selected, keys, where, arms = [], limit }: PageOf): Fragment {
  const order = join(keys.map((key, index) => sql`${key.expression}${raw(direction(key, index))}`))
  const sortColumns = join(keys.map((key, index) => sql`${key.expression} as ${raw(`sort_${index}`)}`))
  const piece = (more: readonly Fragment[]): Fragment =>
    sql`select ${raw(selected.columns)}, ${sortColumns} from ${raw(record.table)} t where ${all([...where, ...more])} order by ${order} limit ${raw(String(limit))}`
  if (arms.length === 0) return piece([])
  const pieces = join(
    arms.map((arm) => sql`(${piece([arm])})`),
    ' union all ',
  )
  const together = keys.map((key, index) => `sort_${index}${direction(key, index)}`).join(', ')
  return sql`select * from (${pieces}) t order by ${raw(together)} limit ${raw(String(limit))}`
}
