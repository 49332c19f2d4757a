// Who may write and see, two writers at once, and taking back what was written.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { noteUpload } from '#kit/kept-files.ts'
import { history } from '#kit/history.ts'
import { Refusal } from '#kit/problem.ts'
import { all, raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { undo } from '#kit/undo.ts'
import { type TestDatabase } from '../setup/database.ts'
import { migratedDatabase } from '../setup/migrated.ts'
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

describe('many writers', () => {
  it('of one revision do not lose each other: one is kept, the others are told', async () => {
    const row = await store.create(root, specimen, { name: 'x', weight: 0 })
    const all = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) =>
        store.change(root, specimen, target(row), n % 2 === 0 ? { weight: n + 1 } : { name: `name ${n}` }),
      ),
    )
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const one of all) if (one.status === 'rejected') refused(412)(one.reason)
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
      paper: { sha256: 'a'.repeat(64), title: 'b.pdf', size: 5, type: 'application/pdf' },
      shape: { b: 1, a: [null, 'x'] },
      tags: ['t'],
    }
    await noteUpload(db, { org: 1, person: one }, { ...values.paper, title: 'a.pdf' })
    const empty = await store.create(root, specimen, { name: 'plain' })
    for (const [name, value] of Object.entries(values)) {
      const before = await store.get(root, specimen, empty.id)
      const by = name === 'paper' ? { ...inRequest(root, `set ${name}`), person: one } : inRequest(root, `set ${name}`)
      await store.change(by, specimen, target(before), { [name]: value })
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
    // The history tells it as the field it is, not as the object that holds it.
    const { items } = await history(db, store.catalogue, root, { record: specimen, id: row.id, limit: 1, after: null })
    assert.deepEqual(items[0]?.changes, [{ field: 'custom.wheels', label: 'Wheels', from: null, to: 4 }])
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
