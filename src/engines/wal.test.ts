import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neededBases, segmentAfter, stretchFrom, unneededSegments } from './wal.ts'

const MB = 1024 * 1024
const name = (number: number): string => `00000001000000000000${number.toString(16).toUpperCase().padStart(4, '0')}`
const base = { name: 'b', from: '2026-11-20T00:00:00Z', first: name(3), last: name(4), segmentBytes: 16 * MB }

describe('segments of the log', () => {
  it('are counted to the end of a log of 4 GB, whatever their size', () => {
    assert.equal(segmentAfter('000000010000000000000001', 16 * MB), '000000010000000000000002')
    assert.equal(segmentAfter('0000000100000000000000FF', 16 * MB), '000000010000000100000000')
    assert.equal(segmentAfter('0000000A0000000F0000003F', 64 * MB), '0000000A0000001000000000')
    assert.equal(segmentAfter('000000010000000000000FFF', MB), '000000010000000100000000')
  })
  it('go on until one is missing', () => {
    assert.deepEqual(stretchFrom(base, [2, 3, 4, 5].map(name)), { last: name(5), missing: null })
    assert.deepEqual(stretchFrom(base, [3, 4, 6].map(name)), { last: name(4), missing: name(5) })
    assert.deepEqual(stretchFrom(base, []), { last: null, missing: name(3) })
    assert.deepEqual(stretchFrom(base, [name(3)]), { last: name(3), missing: name(4) }, 'the base backup ends in 4')
  })
  it('of another timeline do not count as later ones', () => {
    const other = name(9).replace('00000001', '00000002')
    assert.deepEqual(stretchFrom(base, [name(3), name(4), other]), { last: name(4), missing: null })
  })
})

describe('what a window needs', () => {
  const bases = ['2026-11-01', '2026-11-04', '2026-11-07'].map((day, nth) => ({
    ...base,
    from: `${day}T00:00:00.000Z`,
    first: name(10 * (nth + 1)),
  }))
  it('is every base backup in it and the last before it', () => {
    const since = (moment: string): string[] => neededBases(bases, moment).map(({ from }) => from.slice(0, 10))
    assert.deepEqual(since('2026-11-05T12:00:00.000Z'), ['2026-11-07', '2026-11-04'])
    assert.deepEqual(since('2026-11-04T00:00:00.000Z'), ['2026-11-07', '2026-11-04'])
    assert.deepEqual(since('2026-10-01T00:00:00.000Z'), ['2026-11-07', '2026-11-04', '2026-11-01'])
    assert.deepEqual(since('2026-12-01T00:00:00.000Z'), ['2026-11-07'])
  })
  it('is no segment before the oldest base backup; all of them while there is none', () => {
    const all = [9, 10, 11, 20].map(name)
    assert.deepEqual(unneededSegments(all, bases), [name(9)])
    assert.deepEqual(unneededSegments(all, []), [])
  })
})
