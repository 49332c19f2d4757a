import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isSameBlocks, putBack } from './block-order.ts'
import type { Block } from './contract.ts'

const text = (id: string, words = id): Block => ({ kind: 'text', id, text: words })
const ids = (blocks: readonly Block[]) => blocks.map(({ id }) => id)

describe('the blocks of a report', () => {
  it('take a removed one back without what was changed since', () => {
    const now = [text('a'), text('c', 'changed since'), text('d')]
    const back = putBack(now, text('b'), 'a')
    assert.deepEqual(ids(back), ['a', 'b', 'c', 'd'])
    assert.deepEqual(back[2], text('c', 'changed since'))
    assert.deepEqual(ids(putBack(now, text('b'), null)), ['b', 'a', 'c', 'd'])
    assert.deepEqual(ids(putBack(now, text('b'), 'gone as well')), ['a', 'c', 'd', 'b'])
    assert.deepEqual(ids(putBack(now, text('c'), 'a')), ['a', 'c', 'd'])
  })
  it('are the same in whatever order their names stand, and not in another order of blocks', () => {
    const turned = { text: 'a', id: 'a', kind: 'text' } as const
    assert.ok(isSameBlocks([text('a'), text('b')], [turned, text('b')]))
    assert.ok(!isSameBlocks([text('a'), text('b')], [text('b'), turned]))
  })
})
