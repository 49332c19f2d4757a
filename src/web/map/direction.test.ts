import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { directionFor, placeOf } from './direction.ts'
import type { Thing } from './contract.ts'

const thing = (level: number, beside: number): Thing => ({
  id: `${level}/${beside}`,
  label: '',
  kind: '',
  tone: 'good',
  state: '',
  address: null,
  level,
  beside,
})

describe('the direction of a map', () => {
  it('goes down when there are many levels, in a wide room too', () => {
    const tall = Array.from({ length: 8 }, (_, level) => thing(level, 0))
    assert.equal(directionFor(tall, { width: 880, height: 640 }), 'down')
  })
  it('goes right when many stand beside each other', () => {
    const wide = Array.from({ length: 9 }, (_, beside) => thing(0, beside)).concat(thing(1, 4))
    assert.equal(directionFor(wide, { width: 880, height: 640 }), 'right')
  })
  it('turns levels into columns', () => {
    assert.deepEqual(placeOf({ level: 1, beside: 0 }, 'right'), { x: 280, y: 0 })
    assert.deepEqual(placeOf({ level: 1, beside: 0 }, 'down'), { x: 0, y: 104 })
  })
})
