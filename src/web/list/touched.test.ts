import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Row } from '../data/contract.ts'
import { saidMs, stillSaid, touchedBy } from './touched.ts'

const row = (id: number, title: string) => ({ id, updatedBy: { id: 9, number: 'P-9', title } }) as unknown as Row

it('a row says who changed it for its whole time after the last change, whatever changed before', () => {
  const first = touchedBy(new Map(), [row(1, 'Ada'), row(2, 'Ada')], 0)
  const second = touchedBy(first, [row(1, 'Ben')], saidMs - 1)
  const later = stillSaid(second, saidMs)
  assert.deepEqual([...later].map(([id, { name }]) => [id, name]), [[1, 'Ben']]) // oxfmt-ignore
  assert.equal(stillSaid(later, 2 * saidMs - 1).size, 0)
})
