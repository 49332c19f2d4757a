// Columns are wide enough for their headings and for the words to choose from.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FieldInfo } from '../data/contract.ts'
import { usualWidth } from './columns.ts'

const choice = (label: string, ...words: string[]): FieldInfo => ({
  name: 'grade',
  label,
  kind: 'choice',
  options: words.map((word) => ({ value: word, label: word, tone: 'good' })),
})

describe('the usual width of a column', () => {
  it('has room for the longest word to choose and for the heading', () => {
    assert.ok(usualWidth(choice('Level', 'On time', 'Breached')) > usualWidth(choice('Level', 'P1', 'P2')))
    assert.ok(usualWidth(choice('Service level', 'P1')) > usualWidth(choice('Level', 'P1')))
    assert.ok(usualWidth({ name: 'owner', label: 'Who may read all of it', kind: 'person' }) > 136)
  })
  it('is not carried away by long words', () => {
    assert.equal(usualWidth(choice('x'.repeat(90), 'y'.repeat(90))), 160)
  })
})
