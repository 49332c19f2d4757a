// Completion in a filter: it knows the piece at the caret, and puts an offer exactly there.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offers, pieceAt, taken, type Known } from './complete.ts'

const known: Known[] = [
  {
    name: 'status',
    label: 'State',
    values: [
      { value: 'new', label: 'New' },
      { value: 'waiting', label: 'Waiting for somebody' },
    ],
  },
  { name: 'priority', label: 'Priority', values: [{ value: 'P1', label: 'P1' }] },
  { name: 'openedAt', label: 'Opened', values: [] },
]
const at = (text: string, caret = text.length): string[] => offers(pieceAt(text, caret), known).map((one) => one.text)

describe('completion in a filter', () => {
  it('offers fields by their name or a word of their label', () => {
    assert.deepEqual(at('st'), ['status:'])
    assert.deepEqual(at('status:new ope'), ['openedAt:'])
    assert.deepEqual(at('-pri'), ['priority:'])
    assert.deepEqual(at(''), ['status:', 'priority:', 'openedAt:'])
  })
  it('offers values of the field, also the second of several', () => {
    assert.deepEqual(at('status:'), ['status:new', 'status:waiting'])
    assert.deepEqual(at('status:new,wai'), ['status:new,waiting'])
    assert.deepEqual(at('status:some'), ['status:waiting'])
    assert.deepEqual(at('openedAt>='), [])
  })
  it('offers what the server found, in quotes where it has a space', () => {
    const found = [{ value: 'Service desk', label: 'Service desk' }]
    assert.deepEqual(offers(pieceAt('team:ser', 8), known, found), [{ text: 'team:"Service desk"', about: '' }])
  })
  it('knows a piece in quotes as one', () => {
    const text = 'subject~"mill stands'
    const piece = pieceAt(text, text.length)
    assert.deepEqual([piece.from, piece.field, piece.begun], [0, 'subject', 'mill stands'])
  })
  it('puts an offer where it was typed, and leaves what stands behind it', () => {
    const text = '-sta priority:P1'
    const piece = pieceAt(text, 4)
    assert.deepEqual(taken(text, piece, { text: 'status:', about: '' }), { text: '-status: priority:P1', caret: 8 })
    const value = 'status:ne priority:P1'
    assert.deepEqual(taken(value, pieceAt(value, 9), { text: 'status:new', about: '' }), {
      text: 'status:new priority:P1',
      caret: 11,
    })
    assert.deepEqual(taken('status:ne', pieceAt('status:ne', 9), { text: 'status:new', about: '' }), {
      text: 'status:new ',
      caret: 11,
    })
  })
})
