import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { join, render, sql } from './sql.ts'

describe('a statement', () => {
  const ids = `{${Array.from({ length: 30 }, (_, n) => n).join(',')}}`
  it('sends a long text that comes again once, where it has the same type', () => {
    const arm = sql`unit = any(${ids}::bigint[]) and state = ${'open'}`
    const { text, values } = render(join([arm, arm], ' or '))
    assert.equal(text, 'unit = any($1::bigint[]) and state = $2 or unit = any($1::bigint[]) and state = $3')
    assert.deepEqual(values, [ids, 'open', 'open'])
  })
  it('keeps apart what has another type, no type, or is short', () => {
    const { text, values } = render(
      sql`${ids}::bigint[] ${ids}::text[] ${ids} ${ids} ${'x'}::text ${'x'}::text ${ids}::bigint[]`,
    )
    assert.equal(text, '$1::bigint[] $2::text[] $3 $4 $5::text $6::text $1::bigint[]')
    assert.equal(values.length, 6)
  })
})
