import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Titles } from './titles.ts'

describe('Titles', () => {
  it('remembers what was read, per organisation and kind', () => {
    const titles = new Titles()
    titles.keep(1, 'team', titles.of(1, 'team').generation, [[5, 'Network']])
    assert.equal(titles.of(1, 'team').titles.get(5), 'Network')
    assert.equal(titles.of(2, 'team').titles.get(5), undefined)
  })
  it('forgets a kind with each write of it, and nothing of another', () => {
    const titles = new Titles()
    titles.keep(1, 'team', 0, [[5, 'Network']])
    titles.keep(1, 'service', 0, [[5, 'ERP']])
    titles.forget(1, ['team'])
    assert.equal(titles.of(1, 'team').titles.get(5), undefined)
    assert.equal(titles.of(1, 'service').titles.get(5), 'ERP')
    titles.forget(1, null)
    assert.equal(titles.of(1, 'service').titles.get(5), undefined)
  })
  it('does not keep what was read before a write that came meanwhile', () => {
    const titles = new Titles()
    const { generation } = titles.of(1, 'team')
    titles.forget(1, ['team'])
    titles.keep(1, 'team', generation, [[5, 'as it was before']])
    assert.equal(titles.of(1, 'team').titles.get(5), undefined)
  })
})
