/** Faults of the database that pass are told as such, and everything else as a fault of ours. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { problemOf } from './problems.ts'

const fault = (code: string | null, message = 'x'): Error =>
  Object.assign(new Error(message), code === null ? {} : { code })

describe('a fault of the database', () => {
  it('that is away, turns connections away or was killed is 503', () => {
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '08006', '53300', '57P01', '57P02', '57P03'])
      assert.equal(problemOf(fault(code), 'r').status, 503, code)
    for (const said of [
      'Connection terminated unexpectedly',
      'Connection terminated due to connection timeout',
      'timeout exceeded when trying to connect',
    ])
      assert.equal(problemOf(fault(null, said), 'r').status, 503, said)
  })
  it('of a full disk says so', () => {
    const { status, detail } = problemOf(fault('53100'), 'r')
    assert.equal(status, 503)
    assert.match(detail, /disk of the database is full\. Nothing was changed/)
  })
  it('that nobody expected stays 500, with the number to tell', () => {
    const { status, detail } = problemOf(fault('42703'), 'r-7')
    assert.equal(status, 500)
    assert.match(detail, /r-7/)
    assert.equal(problemOf(fault(null, 'Cannot read properties of undefined'), 'r').status, 500)
  })
})
