/** How many records a list holds: kept counts where they answer it, else counted up to a thousand. */
import { readsAll } from './access.ts'
import type { FilterContext } from './condition.ts'
import type { Sql } from './database.ts'
import { parseFilter } from './filter.ts'
import type { Found } from './find.ts'
import { countWords, holds } from './find.ts'
import { foundBy, isWhole } from './found.ts'
import type { ListQuery } from './list.ts'
import { listConditions } from './list.ts'
import type { RecordType } from './record.ts'
import { all, raw, run, sql } from './sql.ts'
import { tallies } from './tally.ts'

export interface Total {
  readonly count: number
  /** There are more; counting stopped here. */
  readonly atLeast: boolean
}
const COUNT_UP_TO = 1000
/** Rows that are looked at for common words. */
const LOOKED_AT = 5000

/** How many there are: kept counts where they answer it, else counted up to a thousand. */
export async function total(on: Sql, context: FilterContext, record: RecordType, query: ListQuery): Promise<Total> {
  const kept = await keptTotal(on, context, record, query)
  if (kept !== null) return { count: kept, atLeast: false }
  const found = await foundBy(on, context, record, query)
  if (found !== null && isWhole(context, record, query))
    return upTo(await countFound(on, context.actor.org, record, found))
  if (found?.kind === 'many') return countCommon(on, context, record, { ...query, found })
  const where = all(await listConditions(on, context, record, { ...query, found }))
  const rows = await run<{ n: number }>(
    on,
    sql`select count(*) as n from (select 1 from ${raw(record.table)} t where ${where} limit ${COUNT_UP_TO + 1}) counted`,
  )
  return upTo(rows[0]?.n ?? 0)
}
function upTo(n: number): Total {
  return { count: Math.min(n, COUNT_UP_TO), atLeast: n > COUNT_UP_TO }
}
async function countFound(on: Sql, org: number, record: RecordType, found: Found): Promise<number> {
  if (found.kind === 'many') return countWords(on, org, record, { found, most: COUNT_UP_TO + 1 })
  return found.kind === 'few' ? found.ids.length : 0
}
/** Common words: among the newest rows that meet the other conditions; the rest is "at least". */
async function countCommon(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery & { found: Found },
): Promise<Total> {
  const others = all(await listConditions(on, context, record, { ...query, found: null }))
  const rows = await run<{ n: number; seen: number }>(
    on,
    sql`select count(*) filter (where ${holds(record, query.found)}) as n, count(*) as seen from (select t.org, t.id from ${raw(record.table)} t where ${others} order by t.id desc limit ${raw(String(LOOKED_AT))}) t`,
  )
  const { n, seen } = rows[0] ?? { n: 0, seen: 0 }
  return { ...upTo(n), atLeast: n > COUNT_UP_TO || seen === LOOKED_AT }
}
async function keptTotal(
  on: Sql,
  context: FilterContext,
  record: RecordType,
  query: ListQuery,
): Promise<number | null> {
  if ((query.q ?? '').trim() !== '' || query.binned === true || !readsAll(context.actor, record, context.catalogue))
    return null
  const parsed = parseFilter(query.filter ?? '')
  if ('problem' in parsed) return null
  const terms = parsed.terms
  const isPlain = terms.every(
    (term) =>
      term.operator === 'is' &&
      !term.values.some((value) => value === 'none' || value === 'any' || value === 'me') &&
      ['choice', 'states'].includes(record.fields[term.field]?.kind ?? ''),
  )
  const combination = [[], ...(record.tallies ?? [])].find(
    (fields: readonly string[]) => fields.length === terms.length && terms.every((term) => fields.includes(term.field)),
  )
  if (!isPlain || combination === undefined) return null
  const counts = await tallies(on, context.actor, record.name, combination)
  let sum = 0
  for (const [value, n] of counts) {
    const values = value.split('|')
    const holds = terms.every(
      (term) => term.values.includes(values[combination.indexOf(term.field)] ?? '') !== term.not,
    )
    if (holds) sum += n
  }
  return sum
}
