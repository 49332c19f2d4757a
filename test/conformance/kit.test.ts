// The kit on a real database: numbers, tallies, reactions, migrations, access, undo — alone and under concurrency.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { FilterContext } from '#kit/condition.ts'
import type { Database } from '#kit/database.ts'
import { list } from '#kit/list.ts'
import { total } from '#kit/total.ts'
import { migrate, SchemaMismatch } from '#kit/migrate.ts'
import { Numbers } from '#kit/numbers.ts'
import { Refusal } from '#kit/problem.ts'
import { react, ReactionRunner, startAtEnd, type Reaction, type ReactionEntry } from '#kit/reaction.ts'
import { all, raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { foldTallies, tallies, tallyValue } from '#kit/tally.ts'
import { undo } from '#kit/undo.ts'
import { openDatabase } from '#platform/database.ts'
import { readMigrations } from '#platform/migrations.ts'
import { emptyDatabase, type TestDatabase } from '../setup/database.ts'
import { migratedDatabase, source } from '../setup/migrated.ts'
import { newStore, person, specimen } from '../setup/specimen.ts'

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
const target = (row: { id: number; rev: number }): { id: number; rev: number } => ({ id: row.id, rev: row.rev })
const inRequest = (actor: Actor, request: string): Actor => ({ ...actor, request })
const refused =
  (status: number, because = /./) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.status, status)
    assert.match(error.message, because)
    return true
  }

describe('numbers', () => {
  it('are given once each to a hundred writers of two nodes', async () => {
    const other = openDatabase({ connection: test.connection })
    const nodes = [new Numbers(db), new Numbers(other)]
    const taken = await Promise.all(
      Array.from({ length: 400 }, (_, n) => nodes[n % 2]?.take(7, 'thing', (n % 3) + 1) ?? 0),
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
      assert.deepEqual(new Map([...(await tallies(db, root, 'specimen', by))].sort()), new Map([...counted].sort()))
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

describe('reactions', () => {
  const write = (on: { query: Database['query'] }, request: string): Promise<unknown> =>
    on.query(
      `insert into journal (id, org, at, occurred_at, request, record, record_id, action, changes, origin, leaf) values (gen_random_uuid(), 1, now(), now(), $1, 'tested', 1, 'test', '{}', 'system', '\\x00')`,
      [request],
    )
  const reaction = (name: string, handle: Reaction['handle']): Reaction => ({ name, records: ['tested'], handle })
  const requests = (entries: readonly ReactionEntry[]): string[] => entries.map((entry) => entry.request)
  const everything = async (one: Reaction): Promise<void> => {
    while ((await react(db, one, 5)) > 0);
  }

  it('do not skip a transaction that commits late', async () => {
    const seen: string[] = []
    const late = reaction('late', async (_, entries) => void seen.push(...requests(entries)))
    await startAtEnd(db, 'late')
    const open = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const slow = db.transaction(async (tx) => {
      await write(tx, 'early, late to commit')
      written.resolve()
      await open.promise
    })
    await written.promise
    await write(db, 'later, quick to commit')
    await everything(late)
    assert.deepEqual(seen, [], 'what came after an open transaction waits for it')
    open.resolve()
    await slow
    await everything(late)
    assert.deepEqual(seen, ['early, late to commit', 'later, quick to commit'])
  })

  it('neither lose nor double an entry when the handler crashes half way', async () => {
    await db.query('create table effect (request text)')
    await startAtEnd(db, 'crashing')
    for (let n = 0; n < 12; n++) await write(db, `crash-${n}`)
    let crashes = 3
    const crashing = reaction('crashing', async (tx, entries) => {
      for (const request of requests(entries)) await tx.query('insert into effect values ($1)', [request])
      if (crashes-- > 0) throw new Error('power cut')
    })
    for (let round = 0; round < 8; round++) await react(db, crashing, 5).catch(() => {})
    const effects = (await db.query<{ request: string }>('select request from effect')).map((row) => row.request)
    assert.deepEqual(
      effects,
      Array.from({ length: 12 }, (_, n) => `crash-${n}`),
    )
  })

  it('run on one of two nodes at a time', async () => {
    const other = openDatabase({ connection: test.connection })
    await db.query('create table handled (request text)')
    await startAtEnd(db, 'shared')
    for (let n = 0; n < 60; n++) await write(db, `shared-${n}`)
    let running = 0
    const shared = reaction('shared', async (tx, entries) => {
      assert.equal(++running, 1, 'two nodes handle at once')
      for (const request of requests(entries)) await tx.query('insert into handled values ($1)', [request])
      running--
    })
    const rounds = Array.from({ length: 30 }, (_, n) => react(n % 2 === 0 ? db : other, shared, 7))
    await Promise.all(rounds)
    await everything(shared)
    const [count] = await db.query<{ n: number; different: number }>(
      'select count(*) as n, count(distinct request) as different from handled',
    )
    assert.deepEqual(count, { n: 60, different: 60 })
    await other.close()
  })

  it('say what broke, go on with the others, and catch up when it is mended', async () => {
    let isBroken = true
    const seen: string[] = []
    const told: string[] = []
    const runner = new ReactionRunner(
      db,
      [
        reaction('sick', async () => {
          if (isBroken) throw new Error('no luck')
        }),
        reaction('well', async (_, entries) => void seen.push(...requests(entries))),
      ],
      (name) => void told.push(name),
    )
    for (const name of ['sick', 'well']) await startAtEnd(db, name)
    await write(db, 'one')
    await runner.settle()
    assert.deepEqual([seen, told.includes('sick')], [['one'], true])
    const state = async (): Promise<unknown> =>
      (await db.query('select failures > 0 as failing, last_error from reaction_cursor where name = $1', ['sick']))[0]
    assert.deepEqual(await state(), { failing: true, last_error: 'no luck' })
    isBroken = false
    await runner.settle()
    assert.deepEqual(await state(), { failing: false, last_error: null })
    await runner.stop()
  })

  it('settle only when more than one batch has been handled', async () => {
    let handled = 0
    const many = reaction('many', async (_, entries) => void (handled += entries.length))
    await startAtEnd(db, 'many')
    await db.query(
      `insert into journal (id, org, at, occurred_at, request, record, record_id, action, changes, origin, leaf) select gen_random_uuid(), 1, now(), now(), 'many', 'tested', 1, 'test', '{}', 'system', '\\x00' from generate_series(1, 2500)`,
    )
    const runner = new ReactionRunner(db, [many], (_, error) => assert.fail(String(error)))
    await runner.settle()
    assert.equal(handled, 2500)
    await runner.stop()
  })
})

describe('migrations', () => {
  const first = {
    name: 'kit/20260101-0000-kit',
    sql: 'create function journal_partition(month date) returns void language sql as $$ select 1 $$;\ncreate table a (n int);',
  }
  const second = {
    name: 'desk/20260101-0001-desk',
    sql: 'alter table a add column m int;\ninsert into a values (1, 2);',
  }
  const today = '2026-11-21'
  it('run once, in the order of their names, whatever area they belong to', async () => {
    const { db } = await emptyDatabase()
    assert.deepEqual(await migrate(db, [second, first], today), [first.name, second.name])
    assert.deepEqual(await migrate(db, [first, second], today), [])
    assert.deepEqual(await db.query('select * from a'), [{ n: 1, m: 2 }])
  })
  it('run once when two start at the same moment', async () => {
    const { db, connection } = await emptyDatabase()
    const other = openDatabase({ connection })
    const applied = await Promise.all([migrate(db, [first, second], today), migrate(other, [first, second], today)])
    assert.deepEqual(applied.map((names) => names.length).sort(), [0, 2])
    await other.close()
  })
  it('of a newer program are named by an older one, which changes nothing', async () => {
    const { db } = await emptyDatabase()
    await migrate(db, [first, second], today)
    await assert.rejects(
      migrate(db, [first, { name: 'kit/20260101-0003-mine', sql: 'create table b (n int);' }], today),
      (error: unknown) =>
        error instanceof SchemaMismatch &&
        error.message ===
          'This database was made by a newer Pilothouse (it knows desk/20260101-0001-desk). Start the newer program, or restore a backup from before the upgrade.',
    )
    assert.deepEqual(await db.query("select to_regclass('b') as b"), [{ b: null }])
  })
  it('may not be edited after they ran', async () => {
    const { db } = await emptyDatabase()
    await migrate(db, [first], today)
    await assert.rejects(
      migrate(db, [{ ...first, sql: `${first.sql} -- better` }], today),
      /kit\/20260101-0000-kit was changed after it ran here/,
    )
  })
  it('that fail leave nothing behind', async () => {
    const { db } = await emptyDatabase()
    await assert.rejects(
      migrate(db, [first, { name: 'x/20260101-0002-bad', sql: 'create table c (n int);\nselect nonsense;' }], today),
      /nonsense/,
    )
    assert.deepEqual(await db.query("select to_regclass('a') as a, to_regclass('c') as c"), [{ a: null, c: null }])
  })
  it('of the product make journal partitions for three months, and none twice', async () => {
    const { db } = await emptyDatabase()
    const migrations = readMigrations(source)
    await migrate(db, migrations, '2026-11-30')
    await migrate(db, migrations, '2026-11-30')
    const made = await db.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = 'journal' order by 1`,
    )
    assert.deepEqual(
      made.map(({ name }) => name),
      ['journal_2026_11', 'journal_2026_12', 'journal_2027_01'],
    )
  })
})

describe('the journal', () => {
  it('refuses to be changed, shortened or emptied', async () => {
    await store.create(root, specimen, { name: 'kept' })
    for (const statement of [
      "update journal set reason = 'x'",
      'delete from journal',
      'truncate journal',
      `truncate journal_${store.now().slice(0, 7).replace('-', '_')}`,
    ])
      await assert.rejects(db.query(statement), /append-only/)
  })
  it('has no entry of a write that was rolled back', async () => {
    const [earlier] = await db.query('select count(*) as n from journal')
    await assert.rejects(
      store.transaction(root, async (unit) => {
        await store.create(root, specimen, { name: 'x' }, { unit })
        throw new Error('no')
      }),
    )
    assert.deepEqual((await db.query('select count(*) as n from journal'))[0], earlier)
  })
})

describe('access', () => {
  const seen = async (actor: Actor): Promise<number[]> =>
    (
      await run<{ id: number }>(
        db,
        sql`select t.id from specimen t where ${all([sql`t.org = ${actor.org}`, readable(actor, specimen), raw('t.binned_at is null')])} order by id`,
      )
    ).map((row) => row.id)
  it('by role shows everything, by relation what is related, without either nothing', async () => {
    const [keeper = 0, other = 0] = people
    const row = await store.create(root, specimen, { name: 'mine', keeper })
    assert.ok((await seen(person(other, ['agent']))).includes(row.id))
    assert.deepEqual(await seen(person(keeper, ['requester'])), [row.id])
    assert.deepEqual(
      await seen(person(other, ['requester'])),
      (
        await db.query<{ id: number }>('select id from specimen where keeper = $1 and binned_at is null order by id', [
          other,
        ])
      ).map(({ id }) => id),
    )
    assert.deepEqual(await seen(person(keeper, [])), [row.id])
    assert.deepEqual(await seen(person(keeper, ['requester'], 2)), [])
    assert.deepEqual(await seen({ ...person(1, []), person: null }), [])
  })
  it('that ends with the relation ends at once', async () => {
    const [keeper = 0] = people
    const row = await store.create(root, specimen, { name: 'lent', keeper })
    const actor = person(keeper, ['requester'])
    await store.change(actor, specimen, target(row), { keeper: people[1] })
    await assert.rejects(store.get(actor, specimen, row.id), refused(404))
    await assert.rejects(store.change(actor, specimen, { id: row.id, rev: 2 }, { name: 'x' }), refused(404))
  })
  it('lets the related change but not bin what only managers bin', async () => {
    const row = await store.create(root, specimen, { name: 'mine', keeper: people[0] })
    const actor = person(people[0] ?? 0, ['requester'])
    assert.equal((await store.change(actor, specimen, target(row), { name: 'ours' }))['name'], 'ours')
    await assert.rejects(store.bin(actor, specimen, { id: row.id, rev: 2 }), refused(403, /may not remove/))
    await assert.rejects(store.create(actor, specimen, { name: 'x' }), refused(403, /may not create/))
  })
})

describe('two writers', () => {
  it('of one record do not lose each other: one is told that it is stale', async () => {
    const row = await store.create(root, specimen, { name: 'x', weight: 0 })
    const both = await Promise.allSettled([
      store.change(root, specimen, target(row), { weight: 1 }),
      store.change(root, specimen, target(row), { name: 'y' }),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    assert.equal((await store.get(root, specimen, row.id)).rev, 2)
  })
})

describe('undo', () => {
  it('takes back every kind of value, and says so when somebody changed it since', async () => {
    const [one = 0, two = 0] = people
    const values = {
      note: 'n',
      size: 'small',
      weight: 1.5,
      cost: { minor: 5, currency: 'EUR' },
      fragile: false,
      seenAt: '2026-01-01T00:00:00.000Z',
      bornOn: '2024-02-29',
      effort: 5,
      keeper: one,
      helpers: [two, one],
      on: `P-${two}`,
      mail: 'a@b.org',
      page: 'https://a.org/',
      host: '2001:db8::1',
      shape: { b: 1, a: [null, 'x'] },
      tags: ['t'],
    }
    const empty = await store.create(root, specimen, { name: 'plain' })
    for (const [name, value] of Object.entries(values)) {
      const before = await store.get(root, specimen, empty.id)
      await store.change(inRequest(root, `set ${name}`), specimen, target(before), { [name]: value })
      const changed = await store.get(root, specimen, empty.id)
      assert.notDeepEqual(changed[name], before[name], name)
      const undone = await undo(store, inRequest(root, `undo ${name}`), `set ${name}`)
      assert.deepEqual([undone.undone, undone.kept], [1, []], name)
      assert.deepEqual((await store.get(root, specimen, empty.id))[name], before[name], name)
      await undo(store, inRequest(root, `redo ${name}`), `undo ${name}`)
      assert.deepEqual((await store.get(root, specimen, empty.id))[name], changed[name], `${name} again`)
    }
  })
  it('takes back an added field', async () => {
    store.catalogue.replaceCustomFields(1, [
      { record: 'specimen', name: 'wheels', field: { kind: 'number', required: false, stamped: false } },
    ])
    const row = await store.create(root, specimen, { name: 'cart' })
    await store.change(inRequest(root, 'wheels'), specimen, target(row), { custom: { wheels: 4 } })
    await undo(store, inRequest(root, 'no wheels'), 'wheels')
    const custom = (await store.get(root, specimen, row.id)).custom
    assert.equal(custom['wheels'] ?? null, null)
  })
  it('keeps what was changed since, and says which field', async () => {
    const row = await store.create(root, specimen, { name: 'a', keeper: people[0] })
    await store.change(inRequest(root, 'first'), specimen, target(row), { keeper: people[1], weight: 3 })
    await store.change(root, specimen, { id: row.id, rev: 2 }, { keeper: people[2] })
    await assert.rejects(undo(store, root, 'first'), refused(409, /Keeper of SPEC-\d+ was changed again since/))
  })
  it('is not disturbed by a new title of what a reference points to', async () => {
    const row = await store.create(root, specimen, { name: 'a' })
    await store.change(inRequest(root, 'keep'), specimen, target(row), { keeper: people[0] })
    const keeper = await store.get(root, store.catalogue.get('person'), people[0] ?? 0)
    await store.change(root, store.catalogue.get('person'), target(keeper), { name: 'Ines Novak' })
    assert.equal((await undo(store, inRequest(root, 'unkeep'), 'keep')).undone, 1)
    assert.equal((await store.get(root, specimen, row.id))['keeper'], null)
  })
  it('of a creation bins it, of that undo restores it, of a bin restores, of a move goes back with its stamps', async () => {
    const actor = { ...root, person: people[0] ?? null }
    const row = await store.create(inRequest(actor, 'made'), specimen, { name: 'a' })
    const state = async (): Promise<unknown[]> => {
      const now = await store.get(root, specimen, row.id)
      return [now.binnedAt !== null, now['status'], (now['checkedBy'] as { id: number } | null)?.id ?? null]
    }
    await undo(store, inRequest(actor, 'unmade'), 'made')
    assert.deepEqual(await state(), [true, 'open', null])
    await undo(store, inRequest(actor, 'made again'), 'unmade')
    assert.deepEqual(await state(), [false, 'open', null])
    await store.bin(inRequest(actor, 'binned'), specimen, { id: row.id, rev: null })
    await undo(store, inRequest(actor, 'unbinned'), 'binned')
    assert.deepEqual(await state(), [false, 'open', null])
    await store.move(
      inRequest(actor, 'taken'),
      specimen,
      { id: row.id, rev: null, move: 'take' },
      { keeper: people[1] },
    )
    assert.deepEqual(await state(), [false, 'busy', people[0]])
    await undo(store, inRequest(actor, 'untaken'), 'taken')
    assert.deepEqual(await state(), [false, 'open', null])
  })
  it('is for the person who did it and for administrators', async () => {
    const actor = person(people[0] ?? 0, ['agent'])
    await store.create(inRequest(actor, 'his'), specimen, { name: 'a' })
    await assert.rejects(undo(store, person(people[1] ?? 0, ['agent']), 'his'), refused(404))
    await assert.rejects(undo(store, { ...actor, org: 2 }, 'his'), refused(404))
    assert.equal((await undo(store, inRequest(actor, 'unhis'), 'his')).undone, 1)
  })
})
