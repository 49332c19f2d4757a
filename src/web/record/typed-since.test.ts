import assert from 'node:assert/strict'
import { it } from 'node:test'
import { typedSince } from './typed-since.ts'

it('what was typed while a comment went out stays, and nothing of what went out', () => {
  assert.equal(typedSince('On my way.', 'On my way.'), '')
  assert.equal(typedSince('On my way.', 'On my way. There now'), 'There now')
  assert.equal(typedSince('On my way.', 'On his way.'), 'On his way.')
  assert.equal(typedSince('', 'Only files went out'), 'Only files went out')
})
