// Lists page by page: whatever the sort, each row comes once, in the order of a plain sorted select.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { FilterContext } from '#kit/condition.ts'
import type { Database } from '#kit/database.ts'
import { list } from '#kit/list.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { blankRow } from '#kit/blank-row.ts'
import type { Store } from '#kit/store.ts'
import { insertRows } from '#kit/write.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { addCustomFields, newStore, specimen } from '../setup/specimen.ts'

const rows = 160
let db: Database
let store: Store
let context: FilterContext
before(async () => {
  db = (await migratedDatabase([specimen])).db
  const made = await newStore(db)
  store = made.store
  addCustomFields(store)
  context = { catalogue: store.catalogue, actor: made.root, now: store.now(), zone: 'Europe/Berlin' }
  await insertRows(
    { on: db, actor: made.root, now: store.now(), catalogue: store.catalogue },
    specimen,
    samples(made.people).map((after) => ({ before: null, after, action: 'create' })),
  )
})

/** Rows with few different values, so that there are ties, and with a third of them empty. */
function samples(people: readonly number[]): AnyRow[] {
  const any = <T>(...values: readonly T[]): fc.Arbitrary<T | null> => fc.option(fc.constantFrom(...values), { freq: 2 })
  const values = fc.record({
    name: fc.constantFrom('a', 'A', 'ä', 'b "c"', 'z,y', '日本'),
    size: any('small', 'medium', 'large'),
    grade: any('a', 'b', 'c'),
    status: fc.constantFrom('open', 'busy', 'done'),
    weight: any(-1.5, 0, 1e-9, 3, 1e14),
    cost: any({ minor: -5, currency: 'EUR' }, { minor: 500, currency: 'EUR' }, { minor: 500, currency: 'USD' }),
    fragile: any(true, false),
    seenAt: any('1999-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'),
    bornOn: any('1999-12-31', '2024-02-29', '2026-01-01'),
    effort: any(0, 5, 600),
    keeper: any(...people.map((id) => ({ id }))),
    mail: any('a@x.org', 'B@x.org'),
    page: any('https://a.org/', 'https://b.org/'),
    host: any('10.0.0.1', '10.0.0.0/8', '::1'),
    custom: fc.record(
      {
        mytext: any('x', 'X'),
        mychoice: any('z', 'y'),
        mynumber: any(-1, 2.5),
        myboolean: any(true, false),
        myday: any('2026-01-01', '2025-01-01'),
        myinstant: any('2026-01-01T00:00:00.000Z'),
        myemail: any('a@x.org'),
        myduration: any(1, 10),
        myurl: any('https://a.org/', 'https://b.org/'),
        mymoney: any({ minor: -5, currency: 'EUR' }, { minor: 500, currency: 'USD' }),
        myip: any('10.0.0.1', '9.0.0.0/8', '::1'),
        myperson: any(...people.map((id) => ({ id, number: `P-${id}`, title: 'x' }))),
        myref: any(...[3, 20].map((id) => ({ id, number: `SPEC-${id}`, title: 'x' }))),
      },
      { noNullPrototype: true },
    ),
  })
  const actor = context.actor
  return fc
    .sample(values, { numRuns: rows, seed: 7 })
    .map((one, index) =>
      blankRow(
        specimen,
        { id: index + 1, now: new Date(1.7e12 + (index % 9) * 1000).toISOString(), actor },
        { helpers: [], ...one },
      ),
    )
}

/** How PostgreSQL itself would order by each key; written here by hand, not taken from the kit. */
const columns: Readonly<Record<string, string>> = {
  name: 'name',
  size: "array_position(array['small','medium','large'], size)",
  grade: 'grade',
  status: "array_position(array['open','busy','done'], status)",
  weight: 'weight',
  cost: 'cost_minor',
  fragile: 'fragile',
  seenAt: 'seen_at',
  bornOn: 'born_on',
  effort: 'effort',
  keeper: 'keeper',
  mail: 'mail',
  page: 'page',
  host: 'host',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  id: 'id',
  number: 'id',
  'custom.mytext': "custom->>'mytext'",
  mychoice: "array_position(array['z','y'], custom->>'mychoice')",
  'custom.mynumber': "(custom->>'mynumber')::float",
  'custom.myboolean': "(custom->>'myboolean')::boolean",
  'custom.myday': "(custom->>'myday')::date",
  myinstant: "(custom->>'myinstant')::timestamptz",
  myemail: "custom->>'myemail'",
  myduration: "(custom->>'myduration')::float",
  myurl: "custom->>'myurl'",
  mymoney: "(custom->'mymoney'->>'minor')::bigint",
  myip: "(custom->>'myip')::inet",
  myperson: "(custom->>'myperson')::bigint",
  'custom.myref': "(custom->>'myref')::bigint",
}

async function paged(sort: string, limit: number, more: { filter?: string } = {}): Promise<number[]> {
  const ids: number[] = []
  let after: string | undefined
  do {
    const page = await list(db, context, specimen, { sort, limit, after, fields: [], ...more })
    assert.ok(page.items.length <= limit)
    ids.push(...page.items.map((row) => row.id))
    assert.ok(ids.length <= rows, `the list ${sort} does not end`)
    after = page.next ?? undefined
  } while (after !== undefined)
  return ids
}
/** Rows that tie in every key come by id, in either direction: it must only be the same on every page. */
async function sorted(found: readonly number[], sort: string, where = 'true'): Promise<void> {
  const [up, down] = [await plain(sort, where, 'asc'), await plain(sort, where, 'desc')]
  assert.deepEqual(found, found.join() === down.join() ? down : up)
}
async function plain(sort: string, where: string, ties: 'asc' | 'desc'): Promise<number[]> {
  const keys = sort
    .split(',')
    .map((key) => ({ column: columns[key.replace('-', '')] ?? '', direction: key.startsWith('-') ? 'desc' : 'asc' }))
  const order = [...keys, { column: 'id', direction: ties }]
    .map(({ column, direction }) => `${column} ${direction} nulls last`)
    .join(', ')
  return (await db.query<{ id: number }>(`select id from specimen where org = 1 and ${where} order by ${order}`)).map(
    (row) => row.id,
  )
}

describe('a list', () => {
  for (const key of Object.keys(columns))
    for (const sort of [key, `-${key}`])
      it(`sorted by ${sort} gives each row once, in order`, async () => {
        await sorted(await paged(sort, 23), sort)
      })

  it(
    'sorted by any keys in any directions, in pages of any size, gives each row once, in order',
    { timeout: 120_000 },
    async () => {
      const key = fc
        .tuple(fc.constantFrom(...Object.keys(columns)), fc.boolean())
        .map(([name, descends]) => (descends ? `-${name}` : name))
      const keys = fc.uniqueArray(key, { minLength: 2, maxLength: 3, selector: (one) => one.replace('-', '') })
      await fc.assert(
        fc.asyncProperty(keys, fc.integer({ min: 7, max: 60 }), async (sort, limit) => {
          await sorted(await paged(sort.join(','), limit), sort.join(','))
        }),
        { numRuns: 60 },
      )
    },
  )

  it('filtered is paged in the same order', async () => {
    await sorted(
      await paged('-weight,size', 7, { filter: 'status:open,busy -grade:a' }),
      '-weight,size',
      "status in ('open', 'busy') and grade is distinct from 'a'",
    )
  })

  it('in pages of one still ends', async () => {
    await sorted(await paged('size,-weight,bornOn', 1), 'size,-weight,bornOn')
  })

  it('refuses a key that is no column, and one that has no order', async () => {
    for (const sort of [
      'nothing',
      'note',
      'helpers',
      'on',
      'shape',
      'constructor',
      'tags',
      'custom',
      'custom.nothing',
      'mylongText',
      'myany',
    ])
      await assert.rejects(
        list(db, context, specimen, { sort }),
        (error: unknown) => error instanceof Refusal && error.status === 400 && error.errors[0]?.pointer === '/sort',
      )
  })

  it('refuses every cursor that is not one of its own', async () => {
    const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const values = [
      null,
      [],
      [1],
      [1, 2, 3],
      ['x', 1],
      [{}, 1],
      [null, null],
      ['2026-01-01', 1.5],
      [true, 1],
      ['1e999', 1],
      ['::::', 1],
      ['2026-01-01 (x)', 1],
      ['2026-13-45', 1],
      ['2026-02-30', 1],
      ['2026-02-30T00:00:00.000Z', 1],
      ['9'.repeat(30), 1],
      ['\u0000', 1],
      ['a', 2 ** 60],
    ]
    for (const sort of Object.keys(columns).filter(
      (key) => !['name', 'mail', 'page', 'grade', 'custom.mytext', 'myemail', 'myurl', 'status'].includes(key),
    ))
      for (const value of values) await decided(list(db, context, specimen, { sort, after: cursor(value) }))
    for (const after of ['x', '%', 'null', 'e30', 'W10'])
      await assert.rejects(list(db, context, specimen, { after }), Refusal)
  })
})

/** Either an answer or a refusal that speaks for itself; anything else is a fault. */
async function decided(answer: Promise<unknown>): Promise<void> {
  await answer.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}
