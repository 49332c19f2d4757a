import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Sql } from './database.ts'
import { Gather } from './gather.ts'
import type { ByIds } from './gather.ts'
import { sql } from './sql.ts'

/** A database that answers each statement with a row per id when it is told to. */
function waitingDatabase() {
  const asked: { text: string; values: readonly unknown[]; answer: () => void; fail: () => void }[] = []
  const on: Sql = {
    query: <T extends object>(text: string, values: readonly unknown[] = []) =>
      new Promise<T[]>((resolve, reject) => {
        const ids = values.find((value) => Array.isArray(value)) as readonly number[]
        asked.push({
          text,
          values,
          answer: () => resolve(ids.map((id) => ({ id })) as T[]),
          fail: () => reject(new Error('gone')),
        })
      }),
  }
  return { on, asked }
}
const of =
  (org: number): ByIds =>
  ([ids]) =>
    sql`select id from thing where org = ${org} and id = any(${ids}::bigint[])`
const turn = () => new Promise((done) => setImmediate(done))

describe('rows by their ids', () => {
  it('are read at once by who comes first, and together by who comes while two statements run', async () => {
    const { on, asked } = waitingDatabase()
    const gather = new Gather(on)
    const all = [1, 2, 3, 4, 3].map((id) => gather.rows(on, of(1), [[id]]))
    await turn()
    assert.deepEqual(
      asked.map(({ values }) => values[1]),
      [[1], [2]],
    )
    asked[0]?.answer()
    await turn()
    assert.deepEqual(asked[2]?.values[1], [3, 4])
    for (const { answer } of asked) answer()
    const found = await Promise.all(all)
    assert.ok(found[4]?.some((row) => 'id' in row && row.id === 3))
  })

  it('of others are not read along where the statement says something else', async () => {
    const { on, asked } = waitingDatabase()
    const gather = new Gather(on)
    void [1, 1, 1, 2].map((org) => gather.rows(on, of(org), [[org]]))
    await turn()
    assert.deepEqual(
      asked.map(({ values }) => values[0]),
      [1, 1, 2],
    )
  })

  it('are read alone within a transaction', async () => {
    const { on } = waitingDatabase()
    const { on: transaction, asked } = waitingDatabase()
    const gather = new Gather(on)
    void [1, 2, 3].map((id) => gather.rows(transaction, of(1), [[id]]))
    await turn()
    assert.equal(asked.length, 3)
  })

  it('that cannot be read fail for those who asked, and are asked anew afterwards', async () => {
    const { on, asked } = waitingDatabase()
    const gather = new Gather(on)
    const all = [1, 2, 3, 4].map((id) => gather.rows(on, of(1), [[id]]))
    const outcomes = Promise.allSettled(all)
    await turn()
    asked[0]?.fail()
    asked[1]?.answer()
    await turn()
    asked[2]?.fail()
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['rejected', 'fulfilled', 'rejected', 'rejected'],
    )
    const again = gather.rows(on, of(1), [[5]])
    await turn()
    asked[3]?.answer()
    assert.deepEqual(await again, [{ id: 5 }])
  })
})
