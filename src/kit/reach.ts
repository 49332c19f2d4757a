/** What a grant for a part of the organisation reaches, as SQL: made from the scope that a record declares. */
import type { Actor, Reach } from './actor.ts'
import type { RecordType, Scope } from './record.ts'
import { plainSnake, snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, sql } from './sql.ts'

/** The kinds of record that something may hang on. */
export interface Kinds {
  readonly records: readonly RecordType[]
}

/** Rows of the alias that lie within the reach of a grant; 'shared' and undeclared records lie in none. */
export function inReach(
  actor: Actor,
  record: RecordType,
  reach: Reach,
  at: { readonly alias: string; readonly kinds: Kinds | null },
): Fragment {
  if (reach.scope === 'organisation') return raw('true')
  const { scope } = record
  if (scope === undefined || scope === 'shared') return raw('false')
  const ids = 'ids' in reach ? reach.ids : actor.person === null ? [] : [actor.person]
  const own = (scope[reach.scope] ?? []).map((path) => leadsTo(record, path, { alias: at.alias, ids }))
  const above =
    scope.on === undefined || at.kinds === null
      ? []
      : at.kinds.records.flatMap((parent) => hangsWithin(actor, parent, reach, { ...at, on: scope.on ?? '' }))
  return either([...own, ...above])
}
/** Rows that hang on rows of the parent which lie within reach. What hangs on what hangs is not followed. */
function hangsWithin(
  actor: Actor,
  parent: RecordType,
  reach: Reach,
  { alias, on }: { alias: string; on: string },
): Fragment[] {
  if (parent.scope === undefined || parent.scope === 'shared') return []
  const inner = `${alias}p`
  const within = inReach(actor, { ...parent, scope: withoutHanging(parent.scope) }, reach, {
    alias: inner,
    kinds: null,
  })
  return within.parts[0] === 'false' ? [] : [sql`(${hangsOn(parent, { alias, inner, on })} and ${within}))`]
}
function withoutHanging({ unit, team, own }: Scope): Scope {
  return { unit, team, own }
}
/** Up to the condition on the parent, which the caller adds with a closing bracket. */
export function hangsOn(
  parent: RecordType,
  { alias, inner, on }: { alias: string; inner: string; on: string },
): Fragment {
  const column = `${alias}.${plainSnake(on)}`
  return raw(
    `${column}_record = '${parent.name}' and exists (select from ${parent.table} ${inner} where ${inner}.org = ${alias}.org and ${inner}.id = ${column}_id`,
  )
}

function leadsTo(
  record: RecordType,
  path: string,
  { alias, ids }: { alias: string; ids: readonly number[] },
): Fragment {
  const [name = '', next] = path.split('.')
  const field = record.fields[name]
  const column = raw(`${alias}.${snake(name)}`)
  const own = asText(ids)
  if (next === undefined)
    return field?.kind === 'refs' ? sql`${column} && ${own}::bigint[]` : among(column, own, ids.length)
  const inner = `${alias}x`
  return sql`exists (select from ${raw(`${plainSnake(field?.to ?? 'person')} ${inner}`)} where ${raw(`${inner}.org = ${alias}.org and ${inner}.id = `)}${column} and ${raw(`${inner}.${snake(next)}`)} = any(${own}::bigint[]))`
}
/** From so many ids on, most rows are within reach: an index on them would not help. */
const WIDE = 25
/**
 * The planner weighs every id of a list against its statistics, at every execution: with forty of them that takes as long
 * as the rest of planning a list. Behind coalesce() it does not look, and walks the order of the list as for everybody.
 * Few ids stay open to it: whoever sees few rows needs an index on them.
 */
function among(column: Fragment, ids: string, count: number): Fragment {
  const test = sql`${column} = any(${ids}::bigint[])`
  return count < WIDE ? test : sql`coalesce(${test}, false)`
}
/** As PostgreSQL writes an array: the driver would write a list down element by element, for each statement anew. */
function asText(ids: readonly number[]): string {
  return `{${ids.join(',')}}`
}

/** Any of the conditions: `true` and `false` alone stay what they are, so that callers can tell. */
export function either(conditions: readonly Fragment[]): Fragment {
  if (conditions.some((one) => isPlainly(one, 'true'))) return raw('true')
  const kept = conditions.filter((one) => !isPlainly(one, 'false'))
  return kept.length === 0 ? raw('false') : kept.length === 1 && kept[0] ? kept[0] : sql`(${join(kept, ' or ')})`
}
export function both(conditions: readonly Fragment[]): Fragment {
  if (conditions.some((one) => isPlainly(one, 'false'))) return raw('false')
  const kept = conditions.filter((one) => !isPlainly(one, 'true'))
  return kept.length === 0 ? raw('true') : sql`(${join(kept, ' and ')})`
}
export function isPlainly(condition: Fragment, word: 'true' | 'false'): boolean {
  return condition.parts.length === 1 && condition.parts[0] === word
}
