// Thousands of rows in the bin, newer than all others, as an undone import leaves them: no list walks through them, and their own is paged.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { ListQuery } from '#kit/list.ts'
import { list } from '#kit/list.ts'
import { incident } from '#desk'
import { newCatalogue } from '#app'
import type { TestDatabase } from '../setup/database.ts'
import { migratedDatabase } from '../setup/migrated.ts'

const LIVE = 300
const BINNED = 6000
let test: TestDatabase

describe('lists beside a full bin', () => {
  before(async () => {
    test = await migratedDatabase()
    const insert = (from: number, to: number, binned: string): Promise<unknown> =>
      test.db.query(
        `insert into incident (org, id, created_at, updated_at, opened_at, subject, priority, status, binned_at)
         select 1, n, now(), timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute', 'Incident ' || n, 'P3', 'new', ${binned}
         from generate_series(${from}, ${to}) n`,
      )
    await insert(1, LIVE, 'null')
    await insert(LIVE + 1, LIVE + BINNED, 'now()')
    await test.db.query('vacuum analyze incident')
  })

  it('read what they show, in each order', async () => {
    for (const sort of ['-id', 'id', '-openedAt', '-updatedAt', 'priority']) {
      const found = await page({ sort, limit: 50 })
      assert.equal(found.ids.length, 50, sort)
      assert.ok(Math.max(...found.ids) <= LIVE, sort)
      assert.ok(found.passed < BINNED / 10, `${sort} passed ${found.passed} rows by`)
    }
    for (const filter of ['status:new', 'priority:P3', 'priority:P3,P4']) {
      const found = await page({ filter, sort: '-openedAt', limit: 50 })
      assert.equal(found.ids[0], LIVE, filter)
      assert.ok(found.passed < BINNED / 10, `${filter} passed ${found.passed} rows by`)
    }
  })

  it('and of the bin itself is paged to its end, each row once', async () => {
    for (const sort of ['-openedAt', '-updatedAt', '-id']) {
      const seen = new Set<number>()
      for (let after: string | undefined; ;) {
        const found = await page({ sort, binned: true, limit: 500, after })
        for (const id of found.ids) seen.add(id)
        if (found.next === null) break
        after = found.next
      }
      assert.equal(seen.size, BINNED, sort)
      assert.ok(Math.min(...seen) > LIVE)
    }
  })
})

/** A page, and how many rows the database read for it in vain. */
async function page(query: ListQuery): Promise<{ ids: number[]; next: string | null; passed: number }> {
  const sent: [string, readonly unknown[]][] = []
  const on: Sql = {
    query: (text, values = []) => {
      if (text.includes('from incident t')) sent.push([text, values])
      return test.db.query(text, values)
    },
  }
  const context = { catalogue: newCatalogue(), actor: system(1, 'test'), now: '2026-11-22T09:00:00.000Z', zone: 'UTC' }
  const found = await list(on, context, incident, query)
  let passed = 0
  for (const [text, values] of sent) {
    const lines = await test.db.query<Record<string, string>>(`explain (analyze) ${text}`, values)
    const plan = lines.flatMap((line) => Object.values(line)).join('\n')
    for (const [, rows] of plan.matchAll(/Rows Removed by Filter: (\d+)/g)) passed += Number(rows)
  }
  return { ids: found.items.map((row) => row.id), next: found.next, passed }
}
