/** The key of a row as it is looked up. */
import type { ReadRow } from './row-reader.ts'
import { wishesIn } from './wish.ts'

/** The key fields as they are looked up: wishes by what they turned out to be. */
export function keyValues(row: ReadRow | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = { ...row?.values }
  for (const [name, value] of Object.entries(values)) {
    const [wish] = wishesIn(value)
    if (wish !== undefined) values[name] = wish.ref
  }
  return values
}
