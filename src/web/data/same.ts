// Whether two values of a field are the same, as the server would see it.
import { isRef } from '../fields/format.ts'

/** References by their id alone: what they are called may have come or gone. Nothing and null are one. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other))
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  return isRef(value) ? value.id : (value ?? null)
}
