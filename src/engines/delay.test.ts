// How delays grow after failed sign-ins.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ACCOUNT, ADDRESS, delaySeconds } from './delay.ts'

it('costs nothing for a few errors, then doubles, then stays at the most', () => {
  const after = [0, 1, 4, 5, 6, 7, 10, 13, 14, 1000, 1e9].map((failures) => delaySeconds(ACCOUNT, failures))
  assert.deepEqual(after, [0, 0, 0, 2, 4, 8, 64, 512, 900, 900, 900])
  assert.equal(delaySeconds(ADDRESS, 50), 0)
  assert.equal(delaySeconds(ADDRESS, 51), 2)
  assert.equal(delaySeconds(ADDRESS, 99), 300)
})
