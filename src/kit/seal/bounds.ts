/** How far a verification goes, and what it forgives. */
import type { Place } from './lines.ts'
import type { Checkers } from './quick/ports.ts'

export interface VerifyOptions {
  readonly now: () => string
  readonly onProgress?: (done: number, total: number) => void
  /** Only from the last checkpoint that leaves at least so many entries; all when absent. */
  readonly newest?: number
  /** True ends the walk early: `isComplete` is false then. */
  readonly isEnough?: () => boolean
  /** How much older than the checkpoint before it an entry may be: long transactions and clocks that differ. */
  readonly graceMs?: number
  /** Look at stretches of the whole log side by side; without them one thread does all. They are closed at the end. */
  readonly checkers?: Checkers | undefined
  /** Entries of a stretch, a power of two. */
  readonly stretch?: number
}
export const GRACE_MS = 15 * 60_000

/** The sealed log as it stood when verification began; what is sealed meanwhile is not looked at. */
export interface Head {
  readonly size: number
  /** The last sealed entry. */
  readonly end: Place
}
