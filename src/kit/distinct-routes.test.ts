// Two routes of one address are refused, but for one that says it replaces the other.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Route } from './contract.ts'
import { distinctRoutes } from './distinct-routes.ts'

const route = (path: string, more: Partial<Route> = {}): Route => ({
  method: 'POST',
  path,
  summary: path,
  tag: 'Test',
  access: 'signed-in',
  handle: async () => ({}),
  ...more,
})

describe('routes', () => {
  it('may not have one address, whatever their parameters are called', () => {
    assert.throws(() => distinctRoutes([route('/loans/{id}/history'), route('/loans/{loan}/history')]), /Two routes/)
    assert.equal(distinctRoutes([route('/loans'), route('/loans', { method: 'GET' })]).length, 2)
  })
  it('replace one another only when they say so, and then once', () => {
    const own = route('/imports', { replaces: true })
    assert.deepEqual(distinctRoutes([own, route('/imports')]), [own])
    assert.throws(() => distinctRoutes([own, route('/imports'), route('/imports')]), /Two routes/)
    assert.throws(() => distinctRoutes([route('/imports'), own]), /Two routes/)
    assert.throws(() => distinctRoutes([own]), /there is none/)
  })
})
