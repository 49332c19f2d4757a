import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { share, ticks } from './scale.ts'

describe('the scale of a chart', () => {
  it('has round ticks that hold every value', () => {
    assert.deepEqual(ticks(82.1, 98.3), [80, 85, 90, 95, 100])
    assert.deepEqual(ticks(0, 0.07), [0, 0.02, 0.04, 0.06, 0.08])
    assert.deepEqual(ticks(-5, 5, 2), [-5, 0, 5])
  })
  it('has a span even where all values are the same', () => {
    const [first, ...more] = ticks(100, 100)
    assert.ok(first !== undefined && first <= 100 && more.some((tick) => tick > 100))
  })
  it('places a value between its ends, in the middle when they are one', () => {
    assert.equal(share(25, 0, 100), 0.25)
    assert.equal(share(7, 7, 7), 0.5)
  })
})
