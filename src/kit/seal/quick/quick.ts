/**
 * The quick part of a verification: stretches of the log side by side, as long as everything is as it was sealed. It names
 * nothing: before the first stretch that is not plain it ends, and the careful walk goes on from there.
 */
import { emptyRange, nodeHash, rangeRoot } from '#engines/merkle.ts'
import type { CompactRange } from '#engines/merkle.ts'
import type { Database } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { Head, VerifyOptions } from '#kit/seal/bounds.ts'
import { GRACE_MS } from '#kit/seal/bounds.ts'
import type { ClockSet } from '#kit/seal/clock-set.ts'
import { notBefore } from '#kit/seal/clock-set.ts'
import type { DeclaredLoss } from '#kit/seal/fork.ts'
import { isDeclared } from '#kit/seal/fork.ts'
import type { Place } from '#kit/seal/lines.ts'
import { START } from '#kit/seal/lines.ts'
import type { Signed } from '#kit/seal/roots.ts'
import type { Checkers } from './ports.ts'
import type { Stretch, StretchFound } from './stretch.ts'

export interface QuickParts {
  readonly checkers: Checkers
  readonly head: Head
  readonly signed: readonly Signed[]
  readonly losses: readonly DeclaredLoss[]
  readonly clock: readonly ClockSet[]
  readonly options: VerifyOptions
}
/** What is known of the log before the careful walk: its front, up to a place of the journal. */
export interface Start {
  readonly range: CompactRange
  readonly place: Place
  /** Looked at so far, and how many of them are erased. */
  readonly entries: number
  readonly erased: number
}
/** A power of two. Each stretch is asked for by two statements, and some 10 MB of rows pass by. */
export const STRETCH = 16384
/** At the end stretches become shorter, down to this: the careful walk, which does the rest, takes several times as long. */
const LEAST = 512

/** As far as everything is as it was sealed. */
export async function quickly(db: Database, of: QuickParts): Promise<Start> {
  const { isEnough = () => false, onProgress = () => {} } = of.options
  const stretches = await stretchesOf(db, of)
  const front = new Front(of)
  let next = 0
  const follow = async (): Promise<void> => {
    for (;;) {
      const stretch = stretches[next++]
      if (stretch === undefined || front.hasStopped || isEnough()) return
      front.takes(stretch, await of.checkers.check(stretch))
      onProgress(front.range.size, of.head.size)
    }
  }
  const works = await Promise.allSettled(Array.from({ length: of.checkers.count }, follow))
  for (const work of works) if (work.status === 'rejected') throw work.reason
  const { range, place, erased } = front
  return { range, place, entries: range.size, erased }
}

/** Stretches from the front; at least the last entry is left for the careful walk, which looks at the end as well. */
async function stretchesOf(db: Database, { head, signed, clock, options }: QuickParts): Promise<Stretch[]> {
  const { stretch: width = STRETCH, graceMs = GRACE_MS } = options
  const ends = endsOf(head.size - 1, width)
  const places = await run<Place & { index: number }>(
    db,
    sql`select l.index, j.xid::text, j.id::text from journal_leaf l join journal j on j.org = l.org and j.id = l.entry and j.at = l.at where l.index = any(${ends.map((end) => end - 1)}::bigint[])`,
  )
  const placeOf = new Map(places.map(({ index, xid, id }) => [index + 1, { xid, id }]))
  const bySize = signed.toSorted((a, b) => a.size - b.size)
  const stretches: Stretch[] = []
  let after = START
  let from = 0
  for (const to of ends) {
    const upTo = placeOf.get(to)
    if (upTo === undefined) break // its last entry is gone: the careful walk names it
    const begin = from
    const before = bySize.findLast((one) => one.size <= begin)
    const within = bySize.filter((one) => one.size > begin && one.size < to)
    stretches.push({
      from,
      to,
      after,
      upTo,
      sizes: [...new Set(within.map((one) => one.size))],
      notBefore: [...(before === undefined ? [] : [before]), ...within].map((one) => ({
        index: one.size,
        ms: notBefore(one.at, clock) - graceMs,
      })),
    })
    after = upTo
    from = to
  }
  return stretches
}
/** Where stretches end within the first `size` entries: each is as long as a power of two and begins at a multiple of it. */
function endsOf(size: number, most: number): number[] {
  const ends: number[] = []
  let end = 0
  for (let width = most; width >= Math.min(most, LEAST); width /= 2)
    for (; end + width <= size; end += width) ends.push(end + width)
  return ends
}

/** Puts stretches together in their order, and holds each signed root against the tree. */
class Front {
  range: CompactRange = emptyRange
  place: Place = START
  erased = 0
  hasStopped = false
  readonly #waiting = new Map<number, { stretch: Stretch; found: StretchFound }>()
  readonly #roots: ReadonlyMap<number, readonly Signed[]>

  constructor({ signed, losses }: QuickParts) {
    // Of what was declared lost, the outside tells of another log.
    const told = signed.filter((one) => !isDeclared(losses, one.size))
    this.#roots = Map.groupBy(told, (one) => one.size)
    if (!this.#isSigned(emptyRange)) this.hasStopped = true
  }
  takes(stretch: Stretch, found: StretchFound): void {
    this.#waiting.set(stretch.from, { stretch, found })
    for (;;) {
      const next = this.#waiting.get(this.range.size)
      if (next === undefined || this.hasStopped) return
      this.#waiting.delete(this.range.size)
      this.#append(next.stretch, next.found)
    }
  }
  #append({ from, to, sizes, upTo }: Stretch, { isPlain, root, peaks, erased }: StretchFound): void {
    const { peaks: before } = this.range
    const grown = withTree(this.range, to - from, root)
    const isRight =
      isPlain &&
      this.#isSigned(grown) &&
      sizes.every((size, nth) => this.#isSigned({ size, peaks: [...before, ...(peaks[nth] ?? [])] }))
    if (!isRight) {
      this.hasStopped = true
      return
    }
    this.range = grown
    this.place = upTo
    this.erased += erased
  }
  /** Whether all that was signed for this size has this root. */
  #isSigned(range: CompactRange): boolean {
    const signed = this.#roots.get(range.size) ?? []
    return signed.every((one) => one.root.equals(rangeRoot(range)))
  }
}
/** The log with a perfect tree at its end, whose width divides its size. */
function withTree(range: CompactRange, width: number, root: Uint8Array): CompactRange {
  const peaks = [...range.peaks]
  let grown = root
  for (let rest = range.size / width; rest % 2 === 1; rest = Math.floor(rest / 2))
    grown = nodeHash(peaks.pop() ?? root, grown)
  return { size: range.size + width, peaks: [...peaks, grown] }
}
