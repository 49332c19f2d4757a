/** Which rows come after a cursor, split so that an index serves each part by itself. */
import type { SortKey } from './sort-keys.ts'
import type { Fragment } from './sql.ts'
import { all, join, raw, sql } from './sql.ts'

/** A part has the first key filled or empty throughout, so that plain `desc` there can follow an index backwards. */
export function direction(key: SortKey, index: number): string {
  if (!key.descends) return ''
  return key.isNullable && index > 0 ? ' desc nulls last' : ' desc'
}

/** The conditions of a page after the cursor; where the first key can be empty, a second part brings the rows without it. */
export function pageParts(keys: readonly SortKey[], cursor: readonly unknown[] | null): Fragment[][] {
  const first = keys[0]
  if (first === undefined) return []
  if (!first.isNullable)
    return cursor === null ? [[]] : isOneWay(keys, false) ? [[beyond(keys, cursor)]] : afterFirst(first, keys, cursor)
  const filled = sql`${first.expression} is not null`
  const empty = sql`${first.expression} is null`
  if (cursor === null) return [[filled], [empty]]
  if (cursor[0] === null) return [[empty, beyond(keys.slice(1), cursor.slice(1), true)]]
  if (isOneWay(keys, false)) return [[filled, beyond(keys, cursor)], [empty]]
  return [...afterFirst(first, keys, cursor), [empty]]
}
/** Mixed directions: the rest of the present value first, then the values after it; an index serves each by itself. */
function afterFirst(first: SortKey, keys: readonly SortKey[], cursor: readonly unknown[]): Fragment[][] {
  const value = sql`${cursor[0]}::${raw(first.type)}`
  return [
    [sql`${first.expression} = ${value}`, beyond(keys.slice(1), cursor.slice(1), true)],
    [sql`${first.expression} ${raw(first.descends ? '<' : '>')} ${value}`],
  ]
}
function isOneWay(keys: readonly SortKey[], isFirstOpen: boolean): boolean {
  return keys.every((key, at) => key.descends === keys[0]?.descends && (!key.isNullable || (at === 0 && !isFirstOpen)))
}
/** Rows after the cursor. Only where no key can be empty, save a first one that the part has filled, may rows be compared as a whole. */
function beyond(keys: readonly SortKey[], cursor: readonly unknown[], isFirstOpen = false): Fragment {
  const typed = (index: number): Fragment => sql`${cursor[index]}::${raw(keys[index]?.type ?? 'text')}`
  if (isOneWay(keys, isFirstOpen))
    return sql`(${join(keys.map((key) => key.expression))}) ${raw(keys[0]?.descends ? '<' : '>')} (${join(keys.map((_, index) => typed(index)))})`
  const steps = keys.map((key, at) => {
    const same = keys
      .slice(0, at)
      .map((earlier, index) => sql`${earlier.expression} is not distinct from ${typed(index)}`)
    return all([...same, further(key, cursor[at], typed(at))])
  })
  return sql`(${join(
    steps.map((step) => sql`(${step})`),
    ' or ',
  )})`
}
/** Empty values come last in both directions. */
function further(key: SortKey, value: unknown, typed: Fragment): Fragment {
  if (value === null) return raw('false')
  const compared = sql`${key.expression} ${raw(key.descends ? '<' : '>')} ${typed}`
  return key.isNullable ? sql`(${compared} or ${key.expression} is null)` : compared
}
