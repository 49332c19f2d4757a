// Reactions to the journal: late commits, crashes, two nodes, a handler that is broken for a while.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Database } from '#kit/database.ts'
import { react, ReactionRunner, type Reaction, type ReactionEntry } from '#kit/reaction.ts'
import { openDatabase } from '#platform/database.ts'
import { type TestDatabase } from '../setup/database.ts'
import { follow } from '../setup/follow.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { ownCluster } from '../setup/alone.ts'
import { specimen } from '../setup/specimen.ts'

ownCluster()

let test: TestDatabase
let db: Database
before(async () => {
  test = await migratedDatabase([specimen])
  db = test.db
})

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

  it('read transactions by their numbers: what 10 wrote comes after what 9 wrote, and nothing is skipped', async () => {
    const seen: string[] = []
    const counting = reaction('counting', async (_, entries) => void seen.push(...requests(entries)))
    await db.query("insert into reaction_cursor (name) values ('counting')")
    for (const xid of ['10', '9', '101', '99'])
      await db.query(
        `insert into journal (id, org, at, occurred_at, request, record, record_id, action, changes, origin, leaf, xid) values (gen_random_uuid(), 1, now(), now(), $1, 'tested', 1, 'test', '{}', 'system', '\\x00', $1::text::xid8)`,
        [xid],
      )
    while ((await react(db, counting, 1)) > 0);
    assert.deepEqual(seen.slice(0, 4), ['9', '10', '99', '101'])
  })

  it('do not skip a transaction that commits late', async () => {
    const seen: string[] = []
    const late = reaction('late', async (_, entries) => void seen.push(...requests(entries)))
    await startAtEnd('late')
    const open = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const slow = db.transaction(async (tx) => {
      await write(tx, 'early, late to commit')
      written.resolve()
      await open.promise
    })
    await written.promise
    await write(db, 'later, quick to commit')
    await everything(late).finally(open.resolve)
    const seenEarly = [...seen]
    await slow
    await follow({ db }, late)
    assert.deepEqual(seenEarly, [], 'what came after an open transaction waits for it')
    assert.deepEqual(seen, ['early, late to commit', 'later, quick to commit'])
  })

  it('neither lose nor double an entry when the handler crashes half way', async () => {
    await db.query('create table effect (request text)')
    await startAtEnd('crashing')
    for (let n = 0; n < 12; n++) await write(db, `crash-${n}`)
    let crashes = 3
    const crashing = reaction('crashing', async (tx, entries) => {
      for (const request of requests(entries)) await tx.query('insert into effect values ($1)', [request])
      if (crashes-- > 0) throw new Error('power cut')
    })
    for (let round = 0; round < 8; round++) await react(db, crashing, 5).catch(() => {})
    await follow({ db }, crashing)
    const effects = (await db.query<{ request: string }>('select request from effect')).map((row) => row.request)
    assert.deepEqual(
      effects,
      Array.from({ length: 12 }, (_, n) => `crash-${n}`),
    )
  })

  it('run on one of two nodes at a time', async () => {
    const other = openDatabase({ connection: test.connection })
    await db.query('create table handled (request text)')
    await startAtEnd('shared')
    for (let n = 0; n < 60; n++) await write(db, `shared-${n}`)
    let running = 0
    const shared = reaction('shared', async (tx, entries) => {
      assert.equal(++running, 1, 'two nodes handle at once')
      for (const request of requests(entries)) await tx.query('insert into handled values ($1)', [request])
      running--
    })
    const rounds = Array.from({ length: 30 }, (_, n) => react(n % 2 === 0 ? db : other, shared, 7))
    await Promise.all(rounds)
    await follow({ db }, shared)
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
    for (const name of ['sick', 'well']) await startAtEnd(name)
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

  it('that tell begin at the end of a journal older than themselves, others at its beginning', async () => {
    const seen: Record<string, string[]> = { teller: [], keeper: [] }
    const noting = (name: string): Reaction =>
      reaction(name, async (_, entries) => void seen[name]?.push(...requests(entries)))
    await write(db, 'old news')
    const runner = new ReactionRunner(db, [{ ...noting('teller'), since: 'now' }, noting('keeper')], (_, error) =>
      assert.fail(String(error)),
    )
    await runner.start()
    await write(db, 'news')
    await runner.settle()
    await runner.stop()
    assert.deepEqual(seen['teller'], ['news'])
    assert.ok(seen['keeper']?.includes('old news') && seen['keeper'].includes('news'))
    const again = new ReactionRunner(db, [{ ...noting('teller'), since: 'now' }], (_, error) =>
      assert.fail(String(error)),
    )
    await write(db, 'written between two starts')
    await again.start()
    await again.settle()
    await again.stop()
    assert.deepEqual(seen['teller'], ['news', 'written between two starts'])
  })

  it('settle only when more than one batch has been handled', async () => {
    let handled = 0
    const many = reaction('many', async (_, entries) => void (handled += entries.length))
    await startAtEnd('many')
    await db.query(
      `insert into journal (id, org, at, occurred_at, request, record, record_id, action, changes, origin, leaf) select gen_random_uuid(), 1, now(), now(), 'many', 'tested', 1, 'test', '{}', 'system', '\\x00' from generate_series(1, 2500)`,
    )
    const runner = new ReactionRunner(db, [many], (_, error) => assert.fail(String(error)))
    await runner.settle()
    assert.equal(handled, 2500)
    await runner.stop()
  })
})

/** So that a reaction of a test does not read what the tests before it wrote. */
async function startAtEnd(name: string): Promise<void> {
  await db.query('insert into reaction_cursor (name, xid) values ($1, journal_horizon())', [name])
}
