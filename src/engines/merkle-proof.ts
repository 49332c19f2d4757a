/**
 * Inclusion and consistency proofs (RFC 9162 2.1.3.1 and 2.1.4.1) over stored hashes. Besides the leaf hashes a log
 * keeps tiles: level 1 holds the root of each complete 256 leaves, level 2 of each 256 of those, and so on; a proof in
 * a log of millions then reads a few hundred hashes.
 */

import { nodeHash, rootOfHashes, emptyRoot } from './merkle.ts'

/** Leaves `from` to `to`, the last not included. */
export interface LeafSpan {
  from: number
  to: number
}

/** `count` hashes of one level from position `from`: level 0 are leaf hashes, level n roots of 256ⁿ leaves. */
export interface HashRead {
  level: number
  from: number
  count: number
}

/** Gives the hashes of one read in order. Load the reads named by `readsFor` first when storage is asynchronous. */
export type HashReader = (read: HashRead) => readonly Uint8Array[]

/** How many hashes of a level one tile covers. */
export const tileWidth = 256

/** The spans whose roots prove that leaf `index` is in the first `size` leaves, nearest first. @throws RangeError outside the log */
export function inclusionSpans(index: number, size: number): LeafSpan[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`Leaf ${index} is not in a log of ${size}.`)
  const spans: LeafSpan[] = []
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + largestPowerBelow(to - from)
    const isLeft = index < middle
    spans.push(isLeft ? { from: middle, to } : { from, to: middle })
    if (isLeft) to = middle
    else from = middle
  }
  return spans.toReversed()
}

/** The spans whose roots prove that the first `first` leaves begin the log of `second`. @throws RangeError unless 0 ≤ first ≤ second */
export function consistencySpans(first: number, second: number): LeafSpan[] {
  if (!(first >= 0 && first <= second)) throw new RangeError(`A log of ${first} cannot begin a log of ${second}.`)
  if (first === 0 || first === second) return []
  const spans: LeafSpan[] = []
  let [from, to] = [0, second]
  while (first !== to) {
    const middle = from + largestPowerBelow(to - from)
    const isLeft = first <= middle
    spans.push(isLeft ? { from: middle, to } : { from, to: middle })
    if (isLeft) to = middle
    else from = middle
  }
  // The old log as a whole is known to the verifier, so its own root is left out.
  if (from > 0) spans.push({ from, to })
  return spans.toReversed()
}

/** The proof hashes that leaf `index` is in the first `size` leaves; empty for a log of one. */
export function inclusionProof(index: number, size: number, read: HashReader): Uint8Array[] {
  return inclusionSpans(index, size).map((span) => spanRoot(span, read))
}

/** The proof hashes that the log only grew from `first` to `second` leaves; empty when equal or when it began empty. */
export function consistencyProof(first: number, second: number, read: HashReader): Uint8Array[] {
  return consistencySpans(first, second).map((span) => spanRoot(span, read))
}

/** Every read that the roots of these spans need. */
export function readsFor(spans: readonly LeafSpan[]): HashRead[] {
  return spans.flatMap((span) => perfectSpans(span).map(readOf))
}

/** The root of the leaves of a span as the proofs cut it; the span 0 to size is the log itself. */
export function spanRoot(span: LeafSpan, read: HashReader): Uint8Array {
  const roots = perfectSpans(span).map((perfect) => rootOfHashes(read(readOf(perfect))))
  return roots.length === 0 ? emptyRoot : roots.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * The tiles that become complete when a log grows, lowest level first, so that each finds its 256 hashes stored.
 * Store for each `rootOfHashes` of the 256 hashes of the level below from position `index × 256`.
 */
export function completedTiles(sizeBefore: number, sizeAfter: number): { level: number; index: number }[] {
  const tiles: { level: number; index: number }[] = []
  for (let level = 1, width = tileWidth; width <= sizeAfter; level++, width *= tileWidth) {
    for (let index = Math.floor(sizeBefore / width); index < Math.floor(sizeAfter / width); index++)
      tiles.push({ level, index })
  }
  return tiles
}

/** Cuts a span into perfect subtrees, largest first. */
function perfectSpans({ from, to }: LeafSpan): LeafSpan[] {
  const spans: LeafSpan[] = []
  for (let at = from; at < to;) {
    const width = largestPowerBelow(to - at + 1)
    spans.push({ from: at, to: at + width })
    at += width
  }
  return spans
}

/** The highest level at which a perfect subtree is made of whole tiles: at most 128 hashes, or 1 exactly. */
function readOf({ from, to }: LeafSpan): HashRead {
  let level = 0
  let width = 1
  while (width * tileWidth <= to - from) {
    level++
    width *= tileWidth
  }
  return { level, from: from / width, count: (to - from) / width }
}

/** The largest power of two below n, for n of 2 and more. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
