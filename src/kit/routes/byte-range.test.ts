import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rangeOf } from './byte-range.ts'

describe('the part of a file that is asked for', () => {
  for (const [header, from, to] of [
    ['bytes=0-0', 0, 0],
    ['bytes=0-', 0, 999],
    ['bytes=500-599', 500, 599],
    ['bytes=500-5000', 500, 999],
    ['bytes=999-', 999, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-5000', 0, 999],
  ] as const)
    it(`is bytes ${from} to ${to} of a thousand for ${header}`, () =>
      assert.deepEqual(rangeOf(header, 1000), { from, to }))
  for (const header of [
    undefined,
    '',
    'bytes=-',
    'bytes=-0',
    'bytes=1000-',
    'bytes=9-3',
    'bytes=0-1,5-6',
    'bytes=a-b',
    'bytes=0x1-2',
    'items=0-1',
    'bytes=99999999999999999999-',
  ])
    it(`is the whole for ${String(header)}`, () => assert.equal(rangeOf(header, 1000), null))
  it('is the whole of an empty file', () => assert.equal(rangeOf('bytes=0-', 0), null))
})
