/** The Merkle tree of RFC 9162 section 2.1 (the tree of RFC 6962): hashes, and a log that grows while keeping only its peaks. */

import { hash } from 'node:crypto'

/** The length says nothing new, but spares a fifth of the call: without it the name of the hash is looked at each time. */
const AS_TEXT = { outputEncoding: 'latin1', outputLength: 32 } as const

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

/**
 * The level of the tree above hashes that stand one behind the other; their count is even. Byte by byte: a call into the
 * system for each would cost as much as half of the hash.
 */
export function levelAbove(below: Uint8Array): Buffer {
  const level = Buffer.allocUnsafe(below.length / 2)
  for (let at = 0; at < level.length; at += 32) {
    for (let nth = 0; nth < 64; nth++) pair[nth + 1] = below[2 * at + nth] ?? 0
    const text = digestText(pair)
    for (let nth = 0; nth < 32; nth++) level[at + nth] = text.charCodeAt(nth)
  }
  return level
}

/** SHA-256 as 32 characters of latin1: half of the cost of a digest in a buffer of its own. */
export function digestText(data: Uint8Array): string {
  return hash('sha256', data, AS_TEXT)
}

/** Used again for every node: logs are hashed by the million. */
const pair = Buffer.alloc(65, 1)

function sha256(data: Uint8Array): Buffer {
  return Buffer.from(digestText(data), 'latin1')
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
