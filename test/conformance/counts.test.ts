// Numbers and kept counts under concurrency, and against counting by hand.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Actor } from '#kit/actor.ts'
import type { FilterContext } from '#kit/condition.ts'
import type { Database } from '#kit/database.ts'
import { list } from '#kit/list.ts'
import { total } from '#kit/total.ts'
import { Numbers } from '#kit/numbers.ts'
import { Refusal } from '#kit/problem.ts'
import type { Store } from '#kit/store.ts'
import { foldTallies, tallies, tallyValue } from '#kit/tally.ts'
import { undo } from '#kit/undo.ts'
import { openDatabase } from '#platform/database.ts'
import { type TestDatabase } from '../setup/database.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

let test: TestDatabase
let db: Database
let store: Store
let root: Actor
let people: number[]
before(async () => {
  test = await migratedDatabase([specimen])
  db = test.db
  ;({ store, root, people } = await newStore(db))
})
const inRequest = (actor: Actor, request: string): Actor => ({ ...actor, request })

describe('numbers', () => {
  it('are given once each to a hundred writers of two nodes', async () => {
    const other = openDatabase({ connection: test.connection })
    const nodes = [new Numbers(db), new Numbers(other)]
    const taken = await Promise.all(
      Array.from({ length: 400 }, (_, n) => nodes[n % 2]?.take(7, 'thing', (n % 3) + 1) ?? Promise.resolve(0)),
    )
    const every = taken.flatMap((first, n) => Array.from({ length: (n % 3) + 1 }, (_, more) => first + more))
    assert.equal(new Set(every).size, every.length)
    assert.equal(Math.max(...every), every.length)
    await other.close()
  })
  it('are counted per organisation and kind', async () => {
    const numbers = new Numbers(db)
    assert.deepEqual(await Promise.all([numbers.take(8, 'a'), numbers.take(8, 'b'), numbers.take(9, 'a')]), [1, 1, 1])
  })
  it('are told to nobody when the database refuses', async () => {
    const broken = new Numbers({ query: () => Promise.reject(new Error('gone')) })
    const asked = await Promise.allSettled([broken.take(1, 'a'), broken.take(1, 'a')])
    assert.deepEqual(
      asked.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })
})

describe('tallies', () => {
  const deed = fc.oneof(
    fc.record({ do: fc.constant('create' as const), size: fc.option(fc.constantFrom('small', 'large')) }),
    fc.record({
      do: fc.constantFrom('take', 'finish', 'reopen', 'bin', 'restore', 'resize', 'fold', 'undo', 'fail'),
      pick: fc.nat(),
    }),
  )
  it('equal what is counted, after any writes, moves, bins, undos and failures', { timeout: 60_000 }, async () => {
    const actor = { ...root, person: people[0] ?? null }
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
        const made: number[] = (
          await db.query<{ id: number }>('select id from specimen where org = 1 order by id')
        ).map((row) => row.id)
        for (const [index, one] of deeds.entries())
          await deedOf(one, { made, actor: inRequest(actor, `deed-${made.length}-${index}`) }).catch(onlyRefusals)
        await compareTallies()
      }),
      { numRuns: 12 },
    )
  })
  async function deedOf(
    one: { do: string; size?: string | null; pick?: number },
    { made, actor }: { made: number[]; actor: Actor },
  ): Promise<void> {
    const id = made[(one.pick ?? 0) % made.length] ?? 0
    const at = { id, rev: null }
    switch (one.do) {
      case 'create':
        return void made.push((await store.create(actor, specimen, { name: 'x', size: one.size })).id)
      case 'take':
        return void (await store.move(actor, specimen, { ...at, move: 'take' }, { keeper: people[1] }))
      case 'finish':
      case 'reopen':
        return void (await store.move(actor, specimen, { ...at, move: one.do }, {}))
      case 'bin':
        return void (await store.bin(actor, specimen, at))
      case 'restore':
        return void (await store.bin(actor, specimen, at, { restore: true }))
      case 'resize':
        return void (await store.change(actor, specimen, at, { size: ['small', 'medium', null][id % 3] }))
      case 'fold':
        return void (await Promise.all([foldTallies(db, 3), foldTallies(db)]))
      case 'undo':
        return void (await undo(
          store,
          actor,
          (
            await db.query<{ request: string }>(
              'select request from journal where record = $1 and record_id = $2 order by id desc limit 1',
              ['specimen', id],
            )
          )[0]?.request ?? '',
        ))
      default:
        return store.transaction(actor, async (unit) => {
          await store.create(actor, specimen, { name: 'never' }, { unit })
          throw new Refusal(409, 'test', 'rolled back')
        })
    }
  }
  async function compareTallies(): Promise<void> {
    const rows = await db.query<Record<string, unknown>>(
      'select size, status from specimen where org = 1 and binned_at is null',
    )
    for (const by of [[], ['status'], ['size'], ['status', 'size']]) {
      const counted = new Map<string, number>()
      for (const row of rows) {
        const value = by.map((name) => tallyValue(row[name])).join('|')
        counted.set(value, (counted.get(value) ?? 0) + 1)
      }
      assert.deepEqual(Object.fromEntries(await tallies(db, root, 'specimen', by)), Object.fromEntries(counted))
    }
  }
  it('answer the total of a list only where they say the same as counting', async () => {
    const context: FilterContext = { catalogue: store.catalogue, actor: root, now: store.now(), zone: 'UTC' }
    for (const filter of [
      '',
      'status:open',
      '-status:open',
      'size:small,large status:open',
      '-size:small status:open -status:busy',
      'status:none',
      'size:none',
      'name:x',
      '-size:small',
    ]) {
      const kept = await total(db, context, specimen, { filter })
      const found = await list(db, context, specimen, { filter, limit: 500 })
      assert.deepEqual(kept, { count: found.items.length, atLeast: false }, filter)
    }
  })
})
async function onlyRefusals(error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) throw error
}
