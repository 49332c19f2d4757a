import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Model, RecordInfo } from '../data/contract.ts'
import { keepable } from './keepable.ts'

const field = (name: string, confidentiality: string, custom = false): object => ({ name, confidentiality, custom })
const record = (plural: string, confidentiality: string, fields: object[]): RecordInfo =>
  ({ name: plural.slice(0, -1), plural, confidentiality, fields }) as unknown as RecordInfo
const model = {
  places: [],
  records: [
    record('services', 'C1', [field('name', 'C0'), field('cost', 'C2'), field('shelf', 'C1', true), field('salary', 'C4', true)]), // oxfmt-ignore
    record('incidents', 'C1', [field('subject', 'C1')]),
    record('appraisals', 'C2', [field('subject', 'C1')]),
  ],
} as Model
const row = { id: 1, number: 'SVC-1', rev: 2, name: 'E-mail', cost: 5, extra: 'of a domain', custom: { shelf: 'A', salary: 9 } } // oxfmt-ignore
const clear = { id: 1, number: 'SVC-1', rev: 2, name: 'E-mail', custom: { shelf: 'A' } }

describe('what may stay on a device', () => {
  it('is a record without fields above C1, and without what its class is not known of', () => {
    assert.deepEqual(keepable('/services/SVC-1', row, model), clear)
    assert.deepEqual(keepable('/services?limit=60', { items: [row], next: null }, model), {
      items: [clear],
      next: null,
    })
  })
  it('is no record of a higher class, and nothing that is no record', () => {
    for (const path of [
      '/appraisals/APR-1',
      '/appraisals?limit=1',
      '/admin/mail',
      '/tokens',
      '/journal?limit=9',
      '/me/security',
    ])
      // oxfmt-ignore
      assert.equal(keepable(path, row, model), undefined, path)
    for (const path of ['/incidents/INC-1/history', '/incidents/suggest', '/incidents/export', '/incidents/1/a/b'])
      assert.equal(keepable(path, row, model), undefined, path)
  })
  it('is a timeline without the changes of such fields', () => {
    const change = (name: string): object => ({ field: name, from: 1, to: 2 })
    const told = { items: [{ kind: 'change', change: { changes: [change('name'), change('cost'), change('custom.salary')] } }] } // oxfmt-ignore
    assert.deepEqual(keepable('/services/1/timeline?limit=30', told, model), {
      items: [{ kind: 'change', change: { changes: [change('name')] } }],
    })
  })
  it('counts by no such field: groups are kept where a record has none', () => {
    assert.deepEqual(keepable('/incidents/groups?by=status', { items: [] }, model), { items: [] })
    assert.equal(keepable('/services/groups?by=cost', { items: [] }, model), undefined)
  })
})
