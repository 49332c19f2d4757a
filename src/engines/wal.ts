/** Arithmetic of PostgreSQL's write-ahead log: names of its segments, what follows on what, which base backups are needed. */

/** Timeline, log and segment, eight hexadecimal digits each (PostgreSQL manual, 69.1 WAL internals). */
export const SEGMENT = /^[0-9A-F]{24}$/

export interface Base {
  readonly name: string
  /** From this moment on every moment can be reached from it, as long as the log goes on. */
  readonly from: string
  /** Segments that it needs at least: the first, and the one in which it ended. */
  readonly first: string
  readonly last: string
  readonly segmentBytes: number
}
/** How far the log goes on from a base backup without a gap. */
export interface Stretch {
  /** Null when not even the first is there. */
  readonly last: string | null
  /** The first that is missing although later ones are there, or although the base backup needs it. */
  readonly missing: string | null
}

/** @param segmentBytes how large segments are, 16 MB as a rule */
export function segmentAfter(name: string, segmentBytes: number): string {
  const perLog = 0x1_0000_0000 / segmentBytes
  const number = Number.parseInt(name.slice(8, 16), 16) * perLog + Number.parseInt(name.slice(16), 16) + 1
  return `${name.slice(0, 8)}${hex(Math.floor(number / perLog))}${hex(number % perLog)}`
}
function hex(number: number): string {
  return number.toString(16).toUpperCase().padStart(8, '0')
}

/** @param segments names in the archive, in any order; those of another timeline do not count */
export function stretchFrom(base: Base, segments: readonly string[]): Stretch {
  const there = new Set(segments)
  let [last, next]: [string | null, string] = [null, base.first]
  while (there.has(next)) [last, next] = [next, segmentAfter(next, base.segmentBytes)]
  const isLater = segments.some((name) => name.slice(0, 8) === next.slice(0, 8) && name > next)
  return { last, missing: isLater || next <= base.last ? next : null }
}

/**
 * Base backups that a window of time needs: those that begin in it, and the last one before it.
 * @param since the earliest moment that must be reachable
 */
export function neededBases<T extends Pick<Base, 'from'>>(bases: readonly T[], since: string): T[] {
  const newest = [...bases].sort((a, b) => (a.from < b.from ? 1 : -1))
  const before = newest.findIndex(({ from }) => from <= since)
  return before < 0 ? newest : newest.slice(0, before + 1)
}

/** Segments that no base backup needs any more: all before the first of the oldest. None while there is no base backup. */
export function unneededSegments(segments: readonly string[], bases: readonly Pick<Base, 'first'>[]): string[] {
  const oldest = bases.map(({ first }) => first).sort()[0]
  return oldest === undefined ? [] : segments.filter((name) => name < oldest)
}
