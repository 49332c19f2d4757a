// How much a figure changed, and whether that has to be explained.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { changeOf, isBeyond } from './read-figures.ts'

const PERCENT: readonly [value: number | null, before: number | null, change: number | null][] = [
  [5, 4, 25],
  [4, 5, -20],
  [0, 5, -100],
  [1, 3, -66.7],
  [-2, -4, 50],
  [3, 3, 0],
  [0, 0, 0],
  // From nothing there is no percentage.
  [5, 0, null],
  [null, 3, null],
  [3, null, null],
]
const POINTS: readonly [value: number, before: number, change: number][] = [
  [0.4, 0.25, 15],
  [0.3333, 0.25, 8.3],
  [0.5, 0, 50],
  [0.2, 0.9, -70],
]
const BEYOND: readonly [
  value: number | null,
  before: number | null,
  change: number | null,
  threshold: number | null,
  is: boolean,
][] = [
  [5, 4, 25, 25, true],
  [5, 4, 25, 25.1, false],
  [4, 5, -20, 20, true],
  [4, 5, -20, 21, false],
  [5, 4, 25, null, false],
  // Nothing changed: not even where every change counts.
  [3, 3, 0, 0, false],
  [5, 4, 25, 0, true],
  [5, 0, null, 10_000, true],
  [null, 4, null, 1, false],
  [4, null, null, 1, false],
]

describe('a change', () => {
  for (const [value, before, change] of PERCENT)
    it(`from ${before} to ${value} is ${change} percent`, () => {
      assert.ok(Object.is(changeOf(value, before, false), change))
    })
  for (const [value, before, change] of POINTS)
    it(`of a share from ${before} to ${value} is ${change} points`, () => {
      assert.equal(changeOf(value, before, true), change)
    })
  for (const [value, before, change, threshold, is] of BEYOND)
    it(`from ${before} to ${value} ${is ? 'has' : 'need not'} to be explained from ${threshold} on`, () => {
      assert.equal(isBeyond({ value, before, change, threshold }), is)
    })
})
