/** SQL that composes: fragments carry their values, so no value is ever part of a statement's text. */
import type { Sql } from './database.ts'

export interface Fragment {
  readonly parts: readonly string[]
  readonly values: readonly unknown[]
}

/** A statement or a piece of one; an interpolated fragment is spliced in, anything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...holes: readonly unknown[]): Fragment {
  const parts: string[] = [strings[0] ?? '']
  const values: unknown[] = []
  holes.forEach((hole, index) => {
    const after = strings[index + 1] ?? ''
    if (isFragment(hole)) splice(parts, values, hole)
    else {
      values.push(hole)
      parts.push('')
    }
    parts[parts.length - 1] += after
  })
  return { parts, values }
}

/** Text that the program itself wrote (names of tables and columns); never anything from a request. */
export function raw(text: string): Fragment {
  return { parts: [text], values: [] }
}

export function join(fragments: readonly Fragment[], between = ', '): Fragment {
  const parts: string[] = ['']
  const values: unknown[] = []
  fragments.forEach((fragment, index) => {
    if (index > 0) parts[parts.length - 1] += between
    splice(parts, values, fragment)
  })
  return { parts, values }
}

/**
 * Whether a bigint column is one of these ids. One alone is compared plainly: of a list the planner expects ten, so a
 * plan that is kept looks dearer to it than one made anew, and it makes one anew each time (1 ms of a record's page).
 */
export function among(column: string, ids: readonly number[]): Fragment {
  return ids.length === 1 ? sql`${raw(column)} = ${ids[0]}::bigint` : sql`${raw(column)} = any(${ids}::bigint[])`
}

/** All conditions at once; no condition is true. */
export function all(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0
    ? raw('true')
    : join(
        conditions.map((condition) => sql`(${condition})`),
        ' and ',
      )
}

/** Long texts that come again, such as the units of somebody's reach in each arm of a list, are sent once. */
export function render(fragment: Fragment): { text: string; values: readonly unknown[] } {
  const { parts } = fragment
  const values: unknown[] = []
  const places = new Map<string, number>()
  let text = parts[0] ?? ''
  fragment.values.forEach((value, index) => {
    const after = parts[index + 1] ?? ''
    const key = repeatable(value, after)
    const known = key === null ? undefined : places.get(key)
    if (known === undefined) values.push(value)
    if (known === undefined && key !== null) places.set(key, values.length)
    text += `$${known ?? values.length}${after}`
  })
  return { text, values }
}
const LONG = 32
/** The value with its cast: one parameter has one type. Null for what is not worth it, or has no cast behind it. */
function repeatable(value: unknown, after: string): string | null {
  if (typeof value !== 'string' || value.length < LONG || !after.startsWith('::')) return null
  const cast = /^::\w+(\[\])?/.exec(after)?.[0]
  return cast === undefined ? null : `${cast} ${value}`
}

export function run<T extends object>(on: Sql, fragment: Fragment): Promise<T[]> {
  const { text, values } = render(fragment)
  return on.query<T>(text, values)
}

function splice(parts: string[], values: unknown[], fragment: Fragment): void {
  parts[parts.length - 1] += fragment.parts[0] ?? ''
  parts.push(...fragment.parts.slice(1))
  values.push(...fragment.values)
}
function isFragment(value: unknown): value is Fragment {
  return (
    typeof value === 'object' && value !== null && 'parts' in value && 'values' in value && Array.isArray(value.parts)
  )
}
