/** Whether two values of a field are the same to a person, and what a set of values makes of a row. */
import { canonical } from '#engines/jcs.ts'
import type { Values } from '#kit/draft.ts'
import type { Changes } from '#kit/journal.ts'
import type { AnyRow } from '#kit/record.ts'
import { idIn } from '#kit/write.ts'

/** References by what they point to, structures by what they hold; empty and absent are one. */
export function isSame(before: unknown, after: unknown): boolean {
  const [old, now] = [before ?? null, after ?? null]
  if (old === now) return true
  if (old === null || now === null || typeof old !== 'object' || typeof now !== 'object') return false
  if (Array.isArray(old) && Array.isArray(now))
    return old.length === now.length && old.every((one, index) => isSame(one, now[index]))
  return isReference(old) && isReference(now)
    ? idIn(old) === idIn(now) && recordIn(old) === recordIn(now)
    : canonical(old) === canonical(now)
}
function isReference(value: object): boolean {
  return idIn(value) !== null && 'number' in value
}
function recordIn(value: object): unknown {
  return 'record' in value ? value.record : null
}

/** The row with these values; what is the same stays the very value that it was. `custom.x` goes into `custom`. */
export function withValues(row: AnyRow, values: Values): AnyRow {
  const made: Record<string, unknown> = { ...row }
  let custom: Values | null = null
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith('custom.')) {
      const bare = name.slice('custom.'.length)
      custom ??= { ...row.custom }
      if (!isSame(custom[bare], value)) custom[bare] = value
    } else if (!isSame(row[name], value)) made[name] = value
  }
  if (custom !== null && !isSame(row.custom, custom)) made['custom'] = custom
  // Every part of a row is there; only values of its own fields were exchanged.
  return made as unknown as AnyRow
}
/** What differs; both rows were made by `withValues`, so the same value is the same object. */
export function differences(before: AnyRow, after: AnyRow, cached: readonly string[]): Changes {
  const made: Record<string, readonly [unknown, unknown]> = {}
  for (const name of Object.keys(after))
    if (
      before[name] !== after[name] &&
      !STAMPS.has(name) &&
      !cached.includes(name) &&
      !isSame(before[name], after[name])
    )
      made[name] = [before[name] ?? null, after[name] ?? null]
  return made
}
const STAMPS: ReadonlySet<string> = new Set(['id', 'number', 'rev', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'])
