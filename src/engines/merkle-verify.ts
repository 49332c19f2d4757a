/** Checks proofs as RFC 9162 2.1.3.2 and 2.1.4.2 say. Sizes are counted in plain numbers, so logs may pass 2³¹ leaves. */

import { nodeHash } from './merkle.ts'

export interface InclusionClaim {
  leaf: Uint8Array
  index: number
  size: number
  root: Uint8Array
  proof: readonly Uint8Array[]
}

export interface ConsistencyClaim {
  first: number
  second: number
  firstRoot: Uint8Array
  secondRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether the proof shows the leaf hash at `index` of a log of `size` with this root. */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false
  const path = { node: index, last: size - 1 }
  let hash = leaf
  for (const sibling of proof) {
    if (path.last === 0) return false
    hash = isRightOrLast(path) ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    climb(path)
  }
  return path.last === 0 && isSame(hash, root)
}

/** Whether the proof shows that the log of `first` leaves begins the log of `second`. An empty log begins every log. */
export function verifyConsistency({ first, second, firstRoot, secondRoot, proof }: ConsistencyClaim): boolean {
  if (!(Number.isSafeInteger(first) && Number.isSafeInteger(second) && first >= 0 && first <= second)) return false
  if (first === second) return proof.length === 0 && isSame(firstRoot, secondRoot)
  if (first === 0) return proof.length === 0
  return showsGrowth({ first, second, firstRoot, secondRoot, proof })
}

function showsGrowth({ first, second, firstRoot, secondRoot, proof }: ConsistencyClaim): boolean {
  const path = { node: first - 1, last: second - 1 }
  while (path.node % 2 === 1) halve(path)
  // A first log that is one perfect subtree is where the proof starts, and is left out of it.
  const [start, ...rest] = path.node === 0 ? [firstRoot, ...proof] : proof
  if (start === undefined) return false
  let [before, after] = [start, start]
  for (const sibling of rest) {
    if (path.last === 0) return false
    if (isRightOrLast(path)) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
    } else {
      after = nodeHash(after, sibling)
    }
    climb(path)
  }
  return path.last === 0 && isSame(before, firstRoot) && isSame(after, secondRoot)
}

/** Positions, in the level reached, of the node proven and of the last node. */
interface Path {
  node: number
  last: number
}

function isRightOrLast({ node, last }: Path): boolean {
  return node % 2 === 1 || node === last
}

/** One level up; a last node without a sibling first climbs to where it has one. */
function climb(path: Path): void {
  if (path.node === path.last) while (path.node % 2 === 0 && path.node > 0) halve(path)
  halve(path)
}

function halve(path: Path): void {
  path.node = Math.floor(path.node / 2)
  path.last = Math.floor(path.last / 2)
}

/** Roots are public, so the time a comparison takes tells nothing. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
