// Many creates at once share statements; each is still a commit, a journal entry and a refusal of its own.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Database, Sql } from '#kit/database.ts'
import { Inserts } from '#kit/inserts.ts'
import { Refusal } from '#kit/problem.ts'
import { customField } from '#kit/records/setup.ts'
import type { Store } from '#kit/store.ts'
import { blankRow } from '#kit/blank-row.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

let db: Database
let store: Store
let root: Actor
before(async () => {
  ;({ db } = await migratedDatabase([specimen]))
  ;({ store, root } = await newStore(db))
})

describe('creates that come at once', () => {
  it('are each there, with an entry of their own request', async () => {
    const wanted = Array.from({ length: 37 }, (_, n) => ({ name: `together ${n}`, request: `together-${n}` }))
    const made = await Promise.all(
      wanted.map(({ name, request }) => store.create({ ...root, request }, specimen, { name })),
    )
    const rows = await db.query<{ name: string; request: string; words: string }>(
      `select t.name, j.request, s.words::text as words from specimen t
       join journal j on j.org = t.org and j.record = 'specimen' and j.record_id = t.id and j.action = 'create'
       join specimen_search s on s.org = t.org and s.id = t.id where t.id = any($1) order by t.id`,
      [made.map(({ id }) => id)],
    )
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)
    assert.deepEqual(rows.map(({ name, request }) => ({ name, request })).sort(byName), wanted.sort(byName))
    assert.ok(rows.every(({ name, words }) => words.includes(`'${name.split(' ')[1]}'`)))
  })

  it('fail alone: a row that is there twice takes nobody with it', async () => {
    const names = ['one', 'two', 'three', 'two', 'four', 'five', 'six', 'seven', 'eight', 'nine']
    const ends = await Promise.allSettled(
      names.map((name) => store.create(root, customField, { record: 'specimen', name, label: name, kind: 'text' })),
    )
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
    assert.equal(refused.length, 1, String(refused[1] ?? refused[0]))
    assert.ok(refused[0] instanceof Refusal && refused[0].status === 409, String(refused[0]))
    const kept = await db.query<{ name: string }>(
      `select name from custom_field where record = 'specimen' order by name`,
    )
    assert.deepEqual(
      kept.map(({ name }) => name),
      [...new Set(names)].sort(),
    )
  })

  it('are told of a lost connection once; nothing is written twice by trying again', async () => {
    const asked: number[] = []
    const lost: Sql = {
      query: (_text, values = []) => {
        asked.push(values.length)
        return Promise.reject(Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' }))
      },
    }
    const inserts = new Inserts(lost)
    const now = new Date().toISOString()
    const writer = { on: lost, actor: root, now, catalogue: store.catalogue }
    const ends = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6].map((id) =>
        inserts.add(specimen, writer, {
          before: null,
          after: blankRow(specimen, { id, now, actor: root }, { name: 'x' }),
          action: 'create',
        }),
      ),
    )
    assert.ok(ends.every((end) => end.status === 'rejected' && /terminated/.test(String(end.reason))))
    assert.equal(asked.length, 3) // one, another one beside it, and the other four together
  })
})
