/** The log tree against the reference answers of Certificate Transparency, and against the definition written out plainly. */

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { appendLeaves, emptyRange, emptyRoot, leafHash, nodeHash, rangeRoot, rootOfHashes } from './merkle.ts'
import {
  completedTiles,
  consistencyProof,
  consistencySpans,
  inclusionProof,
  inclusionSpans,
  readsFor,
  spanRoot,
} from './merkle-proof.ts'
import type { HashRead, HashReader } from './merkle-proof.ts'
import { verifyConsistency, verifyInclusion } from './merkle-verify.ts'

const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = inputs.map((input) => leafHash(Buffer.from(input, 'hex')))
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')
const overLeaves =
  (hashes: readonly Uint8Array[]): HashReader =>
  ({ level, from, count }) => {
    const width = 256 ** level
    return Array.from({ length: count }, (_, index) =>
      naiveRoot(hashes.slice((from + index) * width, (from + index + 1) * width)),
    )
  }

/** RFC 9162 2.1.1 word for word. */
function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length < 2) return hashes[0] ?? emptyRoot
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(naiveRoot(hashes.slice(0, split)), naiveRoot(hashes.slice(split)))
}

/** RFC 9162 2.1.3.1 word for word. */
function naivePath(index: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length < 2) return []
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)]
  return index < split
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index - split, right), naiveRoot(left)]
}

describe('the reference tree of eight leaves', () => {
  it('has the known roots at every size', () => {
    assert.equal(hex(emptyRoot), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    let range = emptyRange
    leaves.forEach((leaf, index) => {
      range = appendLeaves(range, [leaf])
      assert.equal(hex(rangeRoot(range)), roots[index])
    })
    assert.equal(emptyRange.size, 0)
  })

  const paths: [index: number, size: number, path: string[]][] = [
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ]
  for (const [index, size, path] of paths) {
    it(`proves leaf ${index} of ${size}`, () =>
      assert.deepEqual(inclusionProof(index, size, overLeaves(leaves)).map(hex), path))
  }

  const growths: [first: number, second: number, proof: string[]][] = [
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ]
  for (const [first, second, proof] of growths) {
    it(`proves that ${first} leaves became ${second}`, () => {
      assert.deepEqual(consistencyProof(first, second, overLeaves(leaves)).map(hex), proof)
    })
  }
})

describe('proofs of every size up to 40', () => {
  const many = Array.from({ length: 40 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)))
  const read = overLeaves(many)
  const rootAt = Array.from({ length: 41 }, (_, size) => naiveRoot(many.slice(0, size)))

  it('agree with the definition and verify; a changed leaf, root, place or proof does not', () => {
    for (let size = 1; size <= 40; size++) {
      const root = rootAt[size] ?? emptyRoot
      many.slice(0, size).forEach((leaf, index) => {
        const proof = inclusionProof(index, size, read)
        assert.deepEqual(proof.map(hex), naivePath(index, many.slice(0, size)).map(hex))
        const claim = { leaf, index, size, root, proof }
        assert.equal(verifyInclusion(claim), true)
        assert.equal(verifyInclusion({ ...claim, leaf: leafHash(leaf) }), false)
        assert.equal(verifyInclusion({ ...claim, root: leaf.map((byte) => byte ^ 1) }), false)
        assert.equal(verifyInclusion({ ...claim, proof: [...proof, leaf] }), false)
        assert.equal(verifyInclusion({ ...claim, index: size }), false)
        if (size > 1) assert.equal(verifyInclusion({ ...claim, index: index ^ 1 }), false)
        if (size > 1) assert.equal(verifyInclusion({ ...claim, proof: proof.slice(1) }), false)
      })
    }
  })

  it('show growth from every smaller size, and refuse a log that was rewritten', () => {
    for (let second = 1; second <= 40; second++) {
      for (let first = 0; first <= second; first++) {
        const [firstRoot, secondRoot] = [rootAt[first] ?? emptyRoot, rootAt[second] ?? emptyRoot]
        const proof = consistencyProof(first, second, read)
        const claim = { first, second, firstRoot, secondRoot, proof }
        assert.equal(verifyConsistency(claim), true, `${first} to ${second}`)
        if (first === 0) continue
        assert.equal(verifyConsistency({ ...claim, firstRoot: leafHash(firstRoot) }), false)
        assert.equal(verifyConsistency({ ...claim, secondRoot: leafHash(secondRoot) }), false)
        assert.equal(verifyConsistency({ ...claim, proof: [...proof, firstRoot] }), false)
        if (proof.length > 0) assert.equal(verifyConsistency({ ...claim, proof: proof.slice(0, -1) }), false)
      }
    }
  })

  it('refuse places outside the log', () => {
    assert.throws(() => inclusionSpans(3, 3), RangeError)
    assert.throws(() => consistencySpans(4, 3), RangeError)
  })
})

describe('tiles', () => {
  const size = 70_000
  const levels: Uint8Array[][] = [
    Array.from({ length: size }, (_, index) => leafHash(Buffer.from(String(index)))),
    [],
    [],
  ]
  const at = (level: number, from: number, count: number): Uint8Array[] =>
    (levels[level] ?? []).slice(from, from + count)
  for (const { level, index } of [...completedTiles(0, 1000), ...completedTiles(1000, size)]) {
    levels[level]?.push(rootOfHashes(at(level - 1, index * 256, 256)))
  }

  it('are complete in order: one per 256 leaves and one per 65,536', () => {
    assert.deepEqual(
      levels.map((hashes) => hashes.length),
      [size, 273, 1],
    )
    assert.deepEqual(completedTiles(255, 256), [{ level: 1, index: 0 }])
    assert.deepEqual(completedTiles(256, 511), [])
  })

  it('prove from few reads, all of them stored', () => {
    const range = appendLeaves(emptyRange, at(0, 0, size))
    const root = rangeRoot(range)
    let hashes = 0
    const read = (one: HashRead): Uint8Array[] => {
      const found = at(one.level, one.from, one.count)
      assert.equal(found.length, one.count)
      hashes += one.count
      return found
    }
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999, 34_567]) {
      hashes = 0
      const leaf = at(0, index, 1)[0] ?? emptyRoot
      assert.equal(verifyInclusion({ leaf, index, size, root, proof: inclusionProof(index, size, read) }), true)
      assert.ok(hashes < 800, `${hashes} hashes read`)
      assert.equal(
        readsFor(inclusionSpans(index, size)).reduce((sum, one) => sum + one.count, 0),
        hashes,
      )
    }
    for (const first of [1, 255, 256, 65_536, 69_999]) {
      const firstRoot = spanRoot({ from: 0, to: first }, read)
      const proof = consistencyProof(first, size, read)
      assert.equal(verifyConsistency({ first, second: size, firstRoot, secondRoot: root, proof }), true)
    }
  })
})
