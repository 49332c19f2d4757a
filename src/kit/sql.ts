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

/** All conditions at once; no condition is true. */
export function all(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0
    ? raw('true')
    : join(
        conditions.map((condition) => sql`(${condition})`),
        ' and ',
      )
}

export function render(fragment: Fragment): { text: string; values: readonly unknown[] } {
  let text = fragment.parts[0] ?? ''
  for (let index = 1; index < fragment.parts.length; index++) text += `$${index}${fragment.parts[index]}`
  return { text, values: fragment.values }
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
