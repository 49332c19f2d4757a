/** Holds a stretch of the journal against its leaves, entry by entry, and computes the tree above it. */
import { levelAbove } from '#engines/merkle.ts'
import type { Place } from '#kit/seal/lines.ts'
import { carefulLeaf, Leaves } from './leaf.ts'
import { COLUMN, Row } from './row.ts'

/** Leaves `from` up to but without `to`: as many as a power of two, beginning at a multiple of it. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** Its entries stand behind this place of the journal, up to and with the other. */
  readonly after: Place
  readonly upTo: Place
  /** Sizes within it for which somebody has signed a root. */
  readonly sizes: readonly number[]
  /** From each of these indexes on an entry may not be older; in order, the first at or before `from` if there is any. */
  readonly notBefore: readonly { readonly index: number; readonly ms: number }[]
}
export interface StretchFound {
  /** Each entry is the one that was sealed, in its place and not older than it may be. False says only: look carefully. */
  readonly isPlain: boolean
  readonly erased: number
  /** The root of the whole stretch. */
  readonly root: Uint8Array
  /** For each of `sizes`, the peaks of the leaves from `from` up to it. */
  readonly peaks: readonly (readonly Uint8Array[])[]
}
/** What is kept of each leaf: the entry's id, the hash. */
const LEAF_BYTES = 48
const ID_BYTES = 16
const HASH_BYTES = 32
/** A leaf as COPY sends it: two columns, each behind its length. */
const LEAF_ROW = { columns: 2, id: 2 + 4, hash: 2 + 4 + ID_BYTES + 4, end: 2 + 4 + ID_BYTES + 4 + HASH_BYTES }

const leavesOf = new Leaves()
const row = new Row()

export class StretchCheck {
  isPlain = true
  readonly #of: Stretch
  readonly #leaves: Buffer
  #sealed = 0
  #met = 0
  #erased = 0
  #rule = -1

  constructor(of: Stretch) {
    this.#of = of
    this.#leaves = Buffer.allocUnsafeSlow((of.to - of.from) * LEAF_BYTES)
  }

  /** The next leaf in the order of the log, as COPY sent its `entry` and `leaf`; all of them before the first row. */
  leaf(bytes: Buffer, begin: number, end: number): void {
    const leaves = this.#leaves
    let at = this.#sealed * LEAF_BYTES
    const isOne =
      end - begin === LEAF_ROW.end &&
      bytes[begin + 1] === LEAF_ROW.columns &&
      bytes[begin + LEAF_ROW.id - 1] === ID_BYTES &&
      bytes[begin + LEAF_ROW.hash - 1] === HASH_BYTES
    if (!isOne || at >= leaves.length) {
      this.isPlain = false
      return
    }
    for (let nth = begin + LEAF_ROW.id; nth < begin + LEAF_ROW.id + ID_BYTES; nth++) leaves[at++] = bytes[nth] ?? 0
    for (let nth = begin + LEAF_ROW.hash; nth < end; nth++) leaves[at++] = bytes[nth] ?? 0
    this.#sealed++
  }

  /** The next entry in the order of the journal, as COPY sent it. */
  row(bytes: Buffer, begin: number, end: number): void {
    if (!this.isPlain) return
    this.isPlain = row.read(bytes, begin, end) && this.#fits()
    this.#met++
  }
  end(): StretchFound {
    const isPlain = this.isPlain && this.#met === this.#of.to - this.#of.from && this.#sealed === this.#met
    const levels = isPlain ? this.#levels() : []
    return {
      isPlain,
      erased: this.#erased,
      root: Uint8Array.from(levels.at(-1) ?? []),
      peaks: isPlain ? this.#of.sizes.map((size) => peaksOf(levels, size - this.#of.from)) : [],
    }
  }

  #fits(): boolean {
    const at = this.#met * LEAF_BYTES
    if (this.#met >= this.#sealed || row.isNull(COLUMN.leaf)) return false
    if (!this.#isAt(at, COLUMN.id, ID_BYTES) || !this.#isAt(at + ID_BYTES, COLUMN.leaf, HASH_BYTES)) return false
    if (row.isNull(COLUMN.salt)) this.#erased++
    const isSame = this.#isHash(leavesOf.quick(row), at + ID_BYTES) || this.#isHash(carefulLeaf(row), at + ID_BYTES)
    return isSame && this.#isFresh(row.ms(COLUMN.at))
  }
  /** Whether the column holds what was kept of the leaf from `at` on. */
  #isAt(at: number, column: number, length: number): boolean {
    const from = row.from[column] ?? 0
    if ((row.end[column] ?? 0) - from !== length) return false
    for (let nth = 0; nth < length; nth++) if (row.bytes[from + nth] !== this.#leaves[at + nth]) return false
    return true
  }
  /** The same of a hash as latin1. */
  #isHash(text: string | null, at: number): boolean {
    if (text?.length !== HASH_BYTES) return false
    for (let nth = 0; nth < HASH_BYTES; nth++) if (text.charCodeAt(nth) !== this.#leaves[at + nth]) return false
    return true
  }
  #isFresh(ms: number): boolean {
    const { notBefore, from } = this.#of
    while ((notBefore[this.#rule + 1]?.index ?? Infinity) <= from + this.#met) this.#rule++
    const rule = notBefore[this.#rule]
    return rule === undefined || rule.ms <= ms
  }
  /** The hashes of each level of the tree, leaves first, each level in one buffer. */
  #levels(): Buffer[] {
    const count = this.#of.to - this.#of.from
    const leaves = Buffer.allocUnsafe(count * HASH_BYTES)
    for (let nth = 0; nth < count; nth++)
      this.#leaves.copy(leaves, nth * HASH_BYTES, nth * LEAF_BYTES + ID_BYTES, (nth + 1) * LEAF_BYTES)
    const levels: Buffer[] = [leaves]
    for (let level: Buffer = leaves; level.length > HASH_BYTES; levels.push(level)) level = levelAbove(level)
    return levels
  }
}
/** The roots of the perfect trees over the first `count` leaves, largest first. */
function peaksOf(levels: readonly Buffer[], count: number): Uint8Array[] {
  const peaks: Uint8Array[] = []
  let done = 0
  for (let level = levels.length - 1; level >= 0; level--) {
    const width = 2 ** level
    if (count - done < width) continue
    const at = (done / width) * HASH_BYTES
    peaks.push(Uint8Array.from(levels[level]?.subarray(at, at + HASH_BYTES) ?? []))
    done += width
  }
  return peaks
}
