// How columns share the width of a page.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fitTable } from './table-fit.ts'

/** Nothing has to be shared. */
const WHOLE = { shares: null, scale: 1, isTight: false, breaksWords: false, hasLong: false }
const cells = (...rows: string[][]): string[][] => rows

describe('the columns of a table', () => {
  it('are as wide as they are where all of it fits', () => {
    assert.deepEqual(fitTable(['Number', 'Subject'], cells(['INC-1', 'The ERP is slow']), 60), WHOLE) // oxfmt-ignore
    assert.deepEqual(fitTable(['Number'], [], 60), WHOLE)
  })
  it('have room for their longest word first, and what is long gets the rest', () => {
    const { shares, scale, isTight, breaksWords } = fitTable(
      ['Number', 'Subject'],
      cells(['INC-1', 'word '.repeat(20)]),
      40,
    )
    assert.deepEqual([shares, scale, isTight, breaksWords], [[8, 32], 1, false, false])
  })
  it('become smaller, down to a size that can be read, where not even their words fit', () => {
    const row = Array.from({ length: 4 }, () => 'Bremerhaven')
    const fit = fitTable(['A', 'B', 'C', 'D'], [row], 40)
    assert.deepEqual(fit, {
      shares: [13, 13, 13, 13],
      scale: 40 / 52,
      isTight: true,
      breaksWords: true,
      hasLong: false,
    })
    assert.equal(fitTable(['A', 'B', 'C', 'D'], [row], 10).scale, 0.7)
  })
  it('give a word without end no more than its part', () => {
    const { shares, breaksWords, hasLong } = fitTable(['A', 'B'], cells(['x'.repeat(400), 'short']), 40)
    assert.deepEqual([shares, breaksWords, hasLong], [[33, 7], true, true])
  })
})
