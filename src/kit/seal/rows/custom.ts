/**
 * Added fields: one object in the row, and one in each entry. A writer may not have seen all of it and writes only what it
 * changes, so each name has a history of its own.
 */
import { canonical } from '#engines/jcs.ts'
import { storedCustom } from '#kit/added.ts'
import type { RowLine } from './values.ts'

type Custom = Readonly<Record<string, unknown>>

/** A text that is the same for values that are kept the same: a reference is what it points to. */
export function addedIdentity(value: unknown): string {
  return canonical(storedCustom({ value: value ?? null })['value'])
}
/** What an entry changed of them: the sides of each name that differs. */
export function addedChanges([from, to]: readonly [unknown, unknown]): (readonly [
  name: string,
  from: unknown,
  to: unknown,
])[] {
  // oxfmt-ignore
  const [before, after] = [objectOf(from), objectOf(to)]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => {
    const sides = [name, before[name] ?? null, after[name] ?? null] as const
    return addedIdentity(sides[1]) === addedIdentity(sides[2]) ? [] : [sides]
  })
}
export function addedOf(row: RowLine): Custom {
  return objectOf(row['custom'])
}
function objectOf(value: unknown): Custom {
  return typeof value === 'object' && value !== null ? (value as Custom) : {} // an object: just asked
}
