// Rows are held against the journal: what the product alone has written yields nothing, and every hand at the database is named.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { customField } from '#kit/added.ts'
import type { Database } from '#kit/database.ts'
import { entry, JOURNAL_COLUMNS, journalValues } from '#kit/journal.ts'
import { notice } from '#kit/records/notice.ts'
import { anonymise } from '#kit/retention/anonymise.ts'
import { purge } from '#kit/retention/purge.ts'
import { look } from '#kit/seal/rows/look.ts'
import { planOf } from '#kit/seal/rows/plan.ts'
import { compareRows, type RowsCompared } from '#kit/seal/rows/rows.ts'
import { compareWindow } from '#kit/seal/rows/window.ts'
import { noteUpload } from '#kit/kept-files.ts'
import { Store } from '#kit/store.ts'
import { updateRows } from '#kit/write.ts'
import { openComparers } from '#platform/seal/comparers.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { addCustomFields, newStore, person, specimen } from '../setup/specimen.ts'

const now = (): string => new Date().toISOString()
const root = system(1, 'test')
const paper = { sha256: 'a'.repeat(64), title: 'List “1”.pdf', size: 12_345, type: 'application/pdf' }

interface Here {
  db: Database
  connection: Awaited<ReturnType<typeof migratedDatabase>>['connection']
  store: Store
  people: number[]
}
async function begin(): Promise<Here> {
  const { db, connection } = await migratedDatabase([specimen])
  const { store, people } = await newStore(db, [specimen])
  addCustomFields(store)
  await noteUpload(db, { org: 1, person: people[0] ?? 0 }, paper)
  return { db, connection, store, people }
}
const compared = ({ db, store }: Here): Promise<RowsCompared> => compareRows(db, store.catalogue.records, { now })
/** "rowChanged specimen 3 note" */
async function told(here: Here): Promise<string[]> {
  const { findings } = await compared(here)
  return findings.map(({ kind, where }) => `${kind} ${where.record} ${where.recordId}${where.field === null ? '' : ` ${where.field}`}`) // oxfmt-ignore
}
const full = ({ people: [ines, omar, zoe] }: Here): Record<string, unknown> => ({
  name: 'Crate “7”\u2028 of glass',
  note: 'Handle\nwith care.',
  size: 'medium',
  grade: 'b',
  weight: 0.1,
  cost: { minor: 123_456_789_012, currency: 'EUR' },
  fragile: false,
  seenAt: '2026-03-29T03:30:00+02:00',
  bornOn: '2024-02-29',
  effort: 90,
  keeper: ines,
  helpers: [omar, zoe],
  on: { record: 'person', id: ines },
  mail: 'crate@harbour.test',
  page: 'https://harbour.test/crates/7',
  host: '2001:DB8::0:7/64',
  paper,
  shape: { b: [1, 2.5, null], a: { deep: 'Zoë' } },
  tags: ['glass', 'urgent'],
  custom: { mytext: 'blue', mynumber: 1.5, myboolean: true, myinstant: '2026-01-01T00:00:00Z', myday: '2026-01-01' },
})

describe('added fields', () => {
  it('are compared by what they point to, one by one, also where a writer did not see all of them', async () => {
    const here = await begin()
    const { db, store, people } = here
    const added = ['ref', 'record', 'money', 'ip', 'text'].map((kind) => ({ record: 'specimen', name: `my${kind}`, field: customField({ kind: kind === 'ref' ? 'person' : kind, label: kind }) })) // oxfmt-ignore
    const secret = { record: 'specimen', name: 'mysecret', field: customField({ kind: 'text', label: 'Secret', confidentiality: 'C4' }) } // oxfmt-ignore
    store.catalogue.replaceCustomFields(1, [...added, secret])
    const custom = { myref: people[0], myrecord: { record: 'person', id: people[1] }, mymoney: { minor: 7, currency: 'EUR' }, myip: '10.0.0.1', mytext: 'a', mysecret: 's' } // oxfmt-ignore
    const row = await store.create(root, specimen, { name: 'Added', custom })
    const target = { id: row.id, rev: null }
    await store.change(root, specimen, target, { custom: { myref: people[2], mytext: null } })
    assert.deepEqual(await told(here), [])
    // As an import does it: what was read lacks what its writer may not know.
    const agent = person(people[0] ?? 0, ['agent'])
    const [seen] = await store.many(agent, specimen, [row.id])
    assert.ok(seen !== undefined && !('mysecret' in seen.custom))
    await store.transaction(agent, async ({ on }) => {
      const after = { ...seen, custom: { ...seen.custom, mytext: 'by the agent' } }
      assert.ok(await updateRows({ catalogue: store.catalogue, on, actor: agent, now: now() }, specimen, [{ before: seen, after, action: 'change' }])) // oxfmt-ignore
    })
    assert.deepEqual(await told(here), [])
    for (const [name, value] of [
      ['myref', '1'],
      ['myrecord', '{"id": 3, "record": "person"}'],
      ['mysecret', '"t"'],
      ['mytext', 'null'],
    ] as const) {
      // oxfmt-ignore
      await db.query('create table before_it as select * from specimen')
      await db.query('update specimen set custom = jsonb_set(custom, array[$2::text], $3::jsonb) where id = $1', [row.id, name, value]) // oxfmt-ignore
      assert.deepEqual(await told(here), [`rowChanged specimen ${row.id} custom.${name}`])
      await db.query('update specimen s set custom = b.custom from before_it b where s.id = b.id')
      await db.query('drop table before_it')
    }
    await store.transaction(root, (unit) => anonymise({ store, unit, actor: root, record: specimen, rule: 'test' }, [row.id])) // oxfmt-ignore
    assert.deepEqual(await told(here), [])
    await store.change(root, specimen, target, { custom: { mytext: 'later' } })
    assert.deepEqual(await told(here), [])
    await db.query(`update specimen set custom = custom || '{"myip": "10.0.0.1"}'`)
    assert.deepEqual(await told(here), [`rowChanged specimen ${row.id} custom.myip`])
  })
})

describe('rows that the product has written', () => {
  let here: Here
  before(async () => {
    here = await begin()
  })

  it('are as the journal says, with a value in every field, emptied, filled again, moved and binned', async () => {
    const { store } = here
    const row = await store.create(root, specimen, full(here))
    const target = { id: row.id, rev: null }
    const empty = Object.fromEntries(Object.keys(full(here)).map((name) => [name, name === 'name' ? 'Empty' : name === 'helpers' || name === 'tags' ? [] : null])) // oxfmt-ignore
    await store.change(root, specimen, target, { ...empty, custom: { mytext: null, mynumber: null } })
    await store.change(root, specimen, target, { ...full(here), host: '10.2.0.7', weight: 1e15, effort: 0 })
    await store.move(person(here.people[0] ?? 0, ['agent']), specimen, { ...target, move: 'take' }, {})
    await store.bin(root, specimen, target)
    await store.bin(root, specimen, target, { restore: true })
    await store.create(root, specimen, { name: 'Bare', shape: {}, fragile: null })
    await store.create(root, specimen, { name: 'Zero', weight: -0, shape: [], fragile: true })
    const bare = await store.create(root, notice, {}, { trusted: true })
    await store.create(root, notice, {}, { trusted: true })
    await store.change(root, notice, { id: bare.id, rev: null }, { readAt: now() })
    const found = await compared(here)
    assert.deepEqual(found.findings, [])
    assert.deepEqual([found.rows, found.entries, found.unjudged], [8, 14, 0])
  })

  it('are right where the clocks of two nodes turned the order of their entries around', async () => {
    const { db, store } = here
    const row = await store.create(root, specimen, { name: 'Clock', size: 'small' })
    const late = new Store({ db, catalogue: store.catalogue, now: () => new Date(Date.now() + 90_000).toISOString(), rules: new Map(), onCommit: () => {} }) // oxfmt-ignore
    await late.change(root, specimen, { id: row.id, rev: null }, { size: 'large', note: 'from the fast clock' })
    await store.change(root, specimen, { id: row.id, rev: null }, { size: 'medium' })
    assert.deepEqual(await told(here), [])
    // What the order of the entries has last is not what the chain of changes ends at.
    for (const size of ['large', 'small']) {
      await db.query('update specimen set size = $2 where id = $1', [row.id, size])
      assert.deepEqual(await told(here), [`rowChanged specimen ${row.id} size`])
    }
    await db.query("update specimen set size = 'medium' where id = $1", [row.id])
    assert.deepEqual(await told(here), [])
  })

  it('are right when they were removed for good, and named when they come back or go by hand', async () => {
    const { db, store } = here
    const [gone, kept] = [await store.create(root, specimen, full(here)), await store.create(root, specimen, full(here))] // oxfmt-ignore
    await db.query('create table kept_specimen as select * from specimen where id = any($1)', [[gone.id, kept.id]])
    await store.transaction(root, (unit) => purge({ store, unit, actor: root, record: specimen, rule: 'test' }, [gone.id])) // oxfmt-ignore
    assert.deepEqual(await told(here), [])
    await db.query('delete from specimen where id = $1', [kept.id])
    assert.deepEqual(await told(here), [`rowMissing specimen ${kept.id}`])
    await db.query('insert into specimen select * from kept_specimen')
    assert.deepEqual(await told(here), [`rowUnexplained specimen ${gone.id}`])
    await db.query('delete from specimen where id = $1', [gone.id])
    assert.deepEqual(await told(here), [])
    await db.query('drop table kept_specimen')
  })
})

describe('a hand at the database', () => {
  let here: Here
  let id = 0
  before(async () => {
    here = await begin()
    id = (await here.store.create(root, specimen, full(here))).id
    await here.store.change(root, specimen, { id, rev: null }, { grade: 'c' })
    await here.store.create(root, specimen, { name: 'Beside' })
  })
  /** Each column with another value, and the field that is then named. */
  const OTHER: readonly (readonly [column: string, value: string, field: string])[] = [
    ['name', "'Crate'", 'name'],
    ['note', "note || ' '", 'note'],
    ['note', 'null', 'note'],
    ['size', "'large'", 'size'],
    ['grade', "'b'", 'grade'],
    ['status', "'done'", 'status'],
    ['weight', '0.10000000000000002', 'weight'],
    ['cost_minor', 'cost_minor - 1', 'cost'],
    ['cost_currency', "'USD'", 'cost'],
    ['fragile', 'true', 'fragile'],
    ['fragile', 'null', 'fragile'],
    ['seen_at', "seen_at - interval '1 millisecond'", 'seenAt'],
    ['born_on', 'born_on + 1', 'bornOn'],
    ['effort', '91', 'effort'],
    ['keeper', 'keeper + 1', 'keeper'],
    ['helpers', 'helpers[2:2] || helpers[1:1]', 'helpers'],
    ['helpers', "'{}'", 'helpers'],
    ['twin', '1', 'twin'],
    ['on_record', "'specimen'", 'on'],
    ['on_id', '2', 'on'],
    ['mail', "'other@harbour.test'", 'mail'],
    ['page', "'https://harbour.test/crates/8'", 'page'],
    ['host', "'2001:db8::7'", 'host'],
    ['paper_sha256', "repeat('b', 64)", 'paper'],
    ['paper_name', "'List.pdf'", 'paper'],
    ['paper_sha256', 'null', 'paper'],
    ['shape', `'{"a": {"deep": "Zoe"}, "b": [1, 2.5, null]}'`, 'shape'],
    ['checked_by', '1', 'checkedBy'],
    ['tags', "'{glass}'", 'tags'],
    ['custom', `custom || '{"mynumber": 1.25}'`, 'custom.mynumber'],
    ['custom', `custom || '{"secret": 1}'`, 'custom.secret'],
    ['binned_at', 'now()', 'binnedAt'],
    ['rev', 'rev + 1', 'rev'],
    ['rev', 'rev - 1', 'rev'],
  ]
  for (const [column, value, field] of OTHER)
    it(`is named when it writes ${column} = ${value}`, async () => {
      await here.db.query(`create table before_it as select * from specimen where id = ${id}`)
      await here.db.query(`update specimen set ${column} = ${value} where id = ${id}`)
      assert.deepEqual(await told(here), [`rowChanged specimen ${id} ${field}`])
      await here.db.query(`update specimen s set ${column} = b.${column} from before_it b where s.id = b.id`)
      await here.db.query('drop table before_it')
      assert.deepEqual(await told(here), [])
    })

  it('is named when it puts a row in, also where the product then changes it', async () => {
    await here.db.query("insert into specimen (org, id, created_at, updated_at, name, status) values (1, 900, now(), now(), 'Forged', 'open'), (2, -1, now(), now(), 'Forged', 'open'), (1, 9007199254740991, now(), now(), 'Forged', 'open')") // oxfmt-ignore
    const unexplained = ['specimen 900', 'specimen 9007199254740991', 'specimen -1'].map((one) => `rowUnexplained ${one}`) // oxfmt-ignore
    assert.deepEqual(await told(here), unexplained)
    await here.store.change(root, specimen, { id: 900, rev: null }, { name: 'Changed' })
    assert.deepEqual(await told(here), unexplained)
    await here.db.query('delete from specimen where id in (-1, 900, 9007199254740991)')
    assert.deepEqual(await told(here), [])
  })

  it('is named in a row of another organisation, by its number', async () => {
    const row = await here.store.create(system(2, 'test'), specimen, { name: 'Elsewhere' })
    await here.db.query("update specimen set name = 'Here' where org = 2")
    const [finding] = (await compared(here)).findings
    assert.match(finding?.says ?? '', new RegExp(`^SPEC-${row.id} of organisation 2: name is not what the journal says`)) // oxfmt-ignore
    assert.doesNotMatch(finding?.says ?? '', /Elsewhere|Here\b/)
    assert.deepEqual(finding?.values, ['"Elsewhere"', '"Here"'])
    await here.db.query("update specimen set name = 'Elsewhere' where org = 2")
  })

  it('is named in a long text, in a row with thousands of entries, and by threads as well', async () => {
    const { store, db } = here
    const long = await store.create(root, specimen, { name: 'Long', note: 'x'.repeat(90_000) })
    await store.change(root, specimen, { id: long.id, rev: null }, { shape: { list: Array.from({ length: 9000 }, (_, n) => n) } }) // oxfmt-ignore
    const busy = await store.create(root, specimen, { name: 'Busy', weight: 0 })
    const after = await store.create(root, specimen, { name: 'After' })
    const steps = Array.from(
      { length: 6000 },
      (_, n) =>
      journalValues(entry(root, now(), { record: 'specimen', recordId: busy.id, action: 'change', changes: { weight: [n, n + 1] } })), // oxfmt-ignore
    )
    await db.copyFrom('journal', JOURNAL_COLUMNS, steps)
    await db.query('update specimen set weight = 6000, rev = 6001 where id = $1', [busy.id])
    assert.deepEqual(await told(here), [])
    await db.query('update specimen set weight = 5999 where id = $1', [busy.id])
    await db.query("update specimen set note = note || 'y' where id = $1", [long.id])
    await db.query("update specimen set name = 'Later' where id = $1", [after.id])
    const expected = [`${long.id} note`, `${busy.id} weight`, `${after.id} name`].map((one) => `rowChanged specimen ${one}`) // oxfmt-ignore
    assert.deepEqual(await told(here), expected)
    const { findings } = await compareRows(db, store.catalogue.records, { now, comparers: openComparers(here.connection) }) // oxfmt-ignore
    assert.deepEqual(findings.map(({ kind, where }) => `${kind} ${where.record} ${where.recordId} ${where.field}`), expected) // oxfmt-ignore
  })
})

describe('a write that happens meanwhile', () => {
  it('makes a row doubtful, and is never named', async () => {
    const here = await begin()
    const { db, store } = here
    const rows = await Promise.all(Array.from({ length: 30 }, (_, n) => store.create(root, specimen, { name: `n ${n}` }))) // oxfmt-ignore
    const kind = planOf(specimen)
    const upTo = Number.MAX_SAFE_INTEGER
    let doubted = 0
    let statements = 0
    const between = {
      count: 1,
      close: async () => {},
      // Rows are read first, then their entries: what happens between the two statements.
      compare: async (
        ...[plan, window]: Parameters<typeof compareWindow> extends [unknown, ...infer R] ? R : never
      ) => {
        const on: Pick<Database, 'query'> = {
          query: async <T extends object>(text: string, values?: readonly unknown[]): Promise<T[]> => {
            if (plan.name === 'specimen' && ++statements === 2) await writeMuch()
            return db.query<T>(text, values)
          },
        }
        const found = await compareWindow(on, plan, window)
        doubted += found.doubtful.length
        return found
      },
    }
    const writeMuch = async (): Promise<void> => {
      for (const { id } of rows.slice(0, 10)) await store.change(root, specimen, { id, rev: null }, { note: 'meanwhile' }) // oxfmt-ignore
      for (const { id } of rows.slice(10, 20)) await store.bin(root, specimen, { id, rev: null })
      await store.create(root, specimen, { name: 'meanwhile' })
      await store.transaction(root, (unit) => purge({ store, unit, actor: root, record: specimen, rule: 'test' }, rows.slice(20).map(({ id }) => id))) // oxfmt-ignore
    }
    const found = await compareRows(db, store.catalogue.records, { now, comparers: between })
    assert.deepEqual(found.findings, [])
    assert.equal(doubted, 31)
    assert.deepEqual(
      (await compareWindow(db, kind, { org: 1, after: 0, upTo })).doubtful.length,
      10,
      'what was removed',
    )
    assert.deepEqual(await told(here), [])
  })

  it('is never named where it comes between the row and its entries, as they are read for good', async () => {
    const { db, store } = await begin()
    const row = await store.create(root, specimen, { name: 'Now' })
    let written = 0
    const looking: Database = {
      ...db,
      transaction: (fn) =>
        db.transaction((tx) =>
          fn({
            copyFrom: (...said) => tx.copyFrom(...said),
            query: async <T extends object>(text: string, values?: readonly unknown[]): Promise<T[]> => {
              if (text.startsWith('declare') && written++ === 0)
                await store.change(root, specimen, { id: row.id, rev: null }, { name: 'Later' })
              return tx.query<T>(text, values)
            },
          }),
        ),
    }
    const looked = await look(looking, planOf(specimen), { org: 1, ids: [row.id] })
    assert.deepEqual([written, looked.findings], [1, []])
  })

  it('is never named, however many write', async () => {
    const here = await begin()
    const { store } = here
    const ids = (await Promise.all(Array.from({ length: 20 }, (_, n) => store.create(root, specimen, { name: `n ${n}` })))).map(({ id }) => id) // oxfmt-ignore
    let isOver = false
    let written = 0
    const writer = async (own: readonly number[]): Promise<void> => {
      for (; !isOver; written++) {
        const id = own[written % own.length] ?? 0
        await store.change(root, specimen, { id, rev: null }, { note: `${written}`, weight: written, custom: { mytext: `${written}` } }).catch(() => {}) // oxfmt-ignore
        if (written % 5 === 0) await store.create(root, specimen, { name: `more ${written}` })
      }
    }
    const writers = [writer(ids.slice(0, 10)), writer(ids.slice(10))]
    for (let turn = 0; turn < 5 || written < 100; turn++) assert.deepEqual(await told(here), [])
    isOver = true
    await Promise.all(writers)
    assert.deepEqual(await told(here), [])
  })
})
