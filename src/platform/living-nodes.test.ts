// Who is taken for dead, and when.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Living } from './living-nodes.ts'

const look = (living: Living, seen: string[], times: number): (readonly string[] | null)[] =>
  Array.from({ length: times }, () => living.heard(seen))

describe('living nodes', () => {
  it('tell of a death after three looks, once', () => {
    const living = new Living('a')
    look(living, ['a', 'b'], 12)
    assert.deepEqual(look(living, ['a'], 5), [null, null, ['a'], null, null])
  })
  it('do not take a node for dead that is missing for two looks', () => {
    const living = new Living('a')
    look(living, ['a', 'b'], 12)
    assert.deepEqual(
      [...look(living, ['a'], 2), living.heard(['a', 'b']), ...look(living, ['a'], 2)],
      Array(5).fill(null),
    )
  })
  it('give everybody time to come back after our own connection was lost', () => {
    const living = new Living('a')
    look(living, ['a', 'b'], 12)
    living.begin()
    const told = look(living, ['a'], 12)
    assert.deepEqual(told.slice(0, 9), Array(9).fill(null))
    assert.deepEqual(told[9], ['a'])
  })
  it('are told once after the beginning, when nobody is on the way back any more', () => {
    const living = new Living('a')
    living.begin()
    const told = look(living, ['a', 'b'], 12)
    assert.deepEqual(
      told.map((one) => one?.toSorted() ?? null),
      [...Array(9).fill(null), ['a', 'b'], null, null],
    )
  })
})
