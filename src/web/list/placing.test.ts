import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RecordInfo, Row } from '../data/contract.ts'
import { placingOf, stays } from './placing.ts'

const record = {
  name: 'incident',
  fields: [{ name: 'priority' }, { name: 'shelf', custom: true }, { name: 'team' }],
} as unknown as RecordInfo
const row = (by: object): Row => ({ id: 1, number: 'INC-1', priority: 'P1', custom: { shelf: 'A' }, ...by }) as Row

describe('the place of a row in a view', () => {
  const view = { sort: '-priority,createdAt', filter: 'custom.shelf:A team:TEAM-1', group: null }
  const placing = placingOf(view)

  it('hangs on what the view is sorted, filtered and grouped by', () => {
    assert.deepEqual(placing, ['priority', 'createdAt', 'custom.shelf', 'team'])
  })
  it('is another one when an added field changes, be it written with its prefix or without', () => {
    for (const name of ['custom.shelf', 'shelf'])
      assert.equal(stays(record, [name], row({}), row({ custom: { shelf: 'B' } })), false, name)
    assert.equal(stays(record, placing, row({}), row({ custom: { shelf: 'A', other: 'new' } })), true)
  })
  it('is the same when a reference is called something else', () => {
    const team = (title: string) => row({ team: { id: 1, number: 'TEAM-1', title } })
    assert.equal(stays(record, placing, team('Desk'), team('Service desk')), true)
    assert.equal(stays(record, placing, team('Desk'), row({ team: { id: 2, number: 'TEAM-2', title: 'Desk' } })), false)
  })
})
