/** The Merkle tree of RFC 9162 section 2.1 (the tree of RFC 6962): hashes, and a log that grows while keeping only its peaks. */

import { hash } from 'node:crypto'

/** The root of an empty log: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array())

/** SHA-256(0x00 ‖ data), 32 bytes. */
export function leafHash(data: Uint8Array): Buffer {
  const prefixed = Buffer.allocUnsafe(data.length + 1)
  prefixed[0] = 0
  prefixed.set(data, 1)
  return sha256(prefixed)
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 33)
  return sha256(pair)
}

/** The level of the tree above hashes that stand one behind the other; their count is even. */
export function levelAbove(below: Buffer): Buffer {
  const level = Buffer.allocUnsafe(below.length / 2)
  for (let at = 0; at < level.length; at += 32) {
    below.copy(pair, 1, 2 * at, 2 * at + 64)
    level.write(hash('sha256', pair, 'latin1'), at, 'latin1')
  }
  return level
}

/** Used again for every node: logs are hashed by the million. */
const pair = Buffer.alloc(65, 1)

/** By way of a string, which costs half of what a digest in a buffer of its own does. */
function sha256(data: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', data, 'latin1'), 'latin1')
}

/** A log of `size` leaves, kept as the roots of its perfect subtrees, largest first: one for each 1 bit of `size`. */
export interface CompactRange {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

export const emptyRange: CompactRange = { size: 0, peaks: [] }

/** The log with these leaf hashes at its end; the log given stays as it is. */
export function appendLeaves(range: CompactRange, leafHashes: readonly Uint8Array[]): CompactRange {
  const peaks = [...range.peaks]
  let size = range.size
  for (const leaf of leafHashes) {
    let grown = leaf
    // Each 1 bit at the end of the old size is a peak of the same height that joins the new one.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) grown = nodeHash(peaks.pop() ?? emptyRoot, grown)
    peaks.push(grown)
    size++
  }
  return { size, peaks }
}

/** The root hash of the log. */
export function rangeRoot(range: CompactRange): Uint8Array {
  return range.peaks.length === 0 ? emptyRoot : range.peaks.reduceRight((right, left) => nodeHash(left, right))
}

/** The root over the hashes of one level, split as RFC 9162 2.1.1 does; empty gives the root of an empty log. */
export function rootOfHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return rangeRoot(appendLeaves(emptyRange, hashes))
}
