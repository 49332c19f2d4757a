// The database port on a real server: values, transactions, COPY, LISTEN.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, DatabaseError } from '#kit/database.ts'
import { openDatabase } from '#platform/database.ts'
import { emptyDatabase, type TestDatabase } from '../setup/database.ts'

let test: TestDatabase
let db: Database
before(async () => {
  test = await emptyDatabase()
  db = test.db
  await db.query(
    'create table thing (id bigint primary key, name text unique, at timestamptz(3), doc jsonb, tags text[], raw bytea)',
  )
})

describe('values', () => {
  const cases: [string, unknown][] = [
    [`timestamptz '2026-01-01 00:00:00Z'`, '2026-01-01T00:00:00.000Z'],
    [`timestamptz '2026-01-01 00:00:00.5Z'`, '2026-01-01T00:00:00.500Z'],
    [`timestamptz '2026-01-01 00:00:00.123456+02'`, '2025-12-31T22:00:00.123Z'],
    [`timestamptz 'infinity'`, 'infinity'],
    [`array[timestamptz '2026-01-01Z', null]`, ['2026-01-01T00:00:00.000Z', null]],
    [`date '2024-02-29'`, '2024-02-29'],
    [`9007199254740991::bigint`, 9007199254740991],
    [`array[1::bigint, null]`, [1, null]],
    [`1.10::numeric`, '1.10'],
    [`'{"a":[1]}'::jsonb`, { a: [1] }],
    [`'\\x00ff'::bytea`, Buffer.from([0, 255])],
    [`null::timestamptz`, null],
    [`interval '90 minutes'`, 'PT1H30M'],
  ]
  for (const [sql, expected] of cases) {
    it(`reads ${sql}`, async () => {
      assert.deepEqual(await db.query(`select ${sql} as value`), [{ value: expected }])
    })
  }

  it('refuses a bigint that a number cannot hold', async () => {
    await assert.rejects(db.query('select 9007199254740993::bigint as value'), /too large for a number/)
  })

  it('reads a timestamp in another session zone too, as behind a pooler', async () => {
    const pooled = openDatabase({ connection: test.connection, isPrepared: false })
    const rows = await pooled.transaction(async (tx) => {
      await tx.query(`set local timezone = 'Asia/Kolkata'`)
      return tx.query(`select timestamptz '2026-01-01 00:00:00Z' as value`)
    })
    assert.deepEqual(rows, [{ value: '2026-01-01T00:00:00.000Z' }])
    await pooled.close()
  })

  it('names the constraint and the code of a refusal', async () => {
    await db.query(`insert into thing (id, name) values (-1, 'taken')`)
    await assert.rejects(db.query(`insert into thing (id, name) values (-2, 'taken')`), (error: DatabaseError) => {
      assert.equal(error.code, '23505')
      assert.equal(error.constraint, 'thing_name_key')
      return true
    })
  })
})

describe('statements', () => {
  it('plans a text that comes again once per connection, and leaves a single one unnamed', async () => {
    await db.transaction(async (tx) => {
      for (let round = 0; round < 3; round++) await tx.query('select $1::int as number, 1 as again', [round])
      await tx.query('select $1::int as number, 2 as single', [1])
      const named = await tx.query<{ statement: string }>('select statement from pg_prepared_statements')
      const texts = named.map(({ statement }) => statement)
      assert.ok(texts.some((text) => text.includes('as again')))
      assert.ok(!texts.some((text) => text.includes('as single')))
    })
  })

  it('answers a prepared select * after a column was added', async () => {
    await db.query('create table growing (a int)')
    const all = 'select * from growing'
    for (let round = 0; round < 3; round++) await db.query(all)
    await db.query('alter table growing add b int default 2')
    await db.query('insert into growing values (1)')
    assert.deepEqual(await db.query(all), [{ a: 1, b: 2 }])
    assert.deepEqual(await db.transaction((tx) => tx.query(all)), [{ a: 1, b: 2 }])
  })
})

describe('transactions', () => {
  it('keeps nothing when the work throws', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (10)')
      throw new Error('no')
    })
    await assert.rejects(work, /^Error: no$/)
    assert.deepEqual(await db.query('select id from thing where id = 10'), [])
  })

  it('refuses to call a rolled back transaction a success', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query('insert into thing (id) values (11)')
      await tx.query('select 1/0').catch(() => {})
    })
    await assert.rejects(work, /rolled back/)
  })

  it('runs again after a serialization failure', async () => {
    await db.query('insert into thing (id, doc) values (12, \'{"count":0}\')')
    let runs = 0
    let reads = 0
    let letGo = (): void => {}
    const bothHaveRead = new Promise<void>((done) => (letGo = done))
    const add = (): Promise<void> =>
      db.transaction(async (tx) => {
        runs++
        await tx.query('set transaction isolation level serializable')
        const [row] = await tx.query<{ count: number }>(`select (doc->>'count')::int as count from thing where id = 12`)
        if (++reads === 2) letGo()
        await bothHaveRead
        await tx.query('update thing set doc = $1 where id = 12', [{ count: (row?.count ?? 0) + 1 }])
      })
    await Promise.all([add(), add()])
    assert.deepEqual(await db.query('select doc from thing where id = 12'), [{ doc: { count: 2 } }])
    assert.ok(runs > 2)
  })

  it('takes statements at once, and refuses one that comes after the end', async () => {
    let kept: { query(text: string): Promise<object[]> } | undefined
    const rows = await db.transaction((tx) => {
      kept = tx
      return Promise.all([tx.query('select 1 as n'), tx.query('select 2 as n')])
    })
    assert.deepEqual(rows, [[{ n: 1 }], [{ n: 2 }]])
    await assert.rejects(kept?.query('select 1') ?? Promise.resolve(), /has ended/)
  })

  it('does not lose a connection when a hundred of them fail', async () => {
    const fail = (): Promise<void> => db.transaction(() => Promise.reject(new Error('no')))
    await Promise.all(Array.from({ length: 100 }, () => assert.rejects(fail())))
    assert.deepEqual(await db.query('select 1 as n'), [{ n: 1 }])
  })
})

describe('reports', () => {
  it('reads, and may not write', async () => {
    assert.deepEqual(await db.reader.query('select $1::int as n', [3]), [{ n: 3 }])
    await assert.rejects(db.reader.query('delete from thing'), /read-only/)
    const [limit] = await db.reader.query<{ limit: string }>(`select current_setting('statement_timeout') as limit`)
    assert.equal(limit?.limit, '30s')
  })
})

describe('COPY', () => {
  it('brings every awkward value back as it was', async () => {
    const awkward = 'tab\t newline\n return\r backslash \\ \\N "quote" é 日本 \u{1F6A2}'
    const rows = [
      [
        100,
        awkward,
        '2026-01-01T00:00:00.000Z',
        { text: awkward },
        [awkward, '', 'NULL', 'a,b{}'],
        Buffer.from([0, 92, 10]),
      ],
      [101, '', null, null, [], Buffer.alloc(0)],
      [102, '\\N', null, JSON.stringify([1, 'a']), null, undefined],
    ]
    assert.equal(await db.copyFrom('public.thing', ['id', 'name', 'at', 'doc', 'tags', 'raw'], rows), 3)
    const read = await db.query('select id, name, at, doc, tags, raw from thing where id >= 100 order by id')
    assert.deepEqual(read[0], {
      id: 100,
      name: awkward,
      at: rows[0]?.[2],
      doc: rows[0]?.[3],
      tags: rows[0]?.[4],
      raw: rows[0]?.[5],
    })
    assert.deepEqual(read[1], { id: 101, name: '', at: null, doc: null, tags: [], raw: Buffer.alloc(0) })
    assert.deepEqual(read[2], { id: 102, name: '\\N', at: null, doc: [1, 'a'], tags: null, raw: null })
  })

  it('takes two hundred thousand rows without holding them', async () => {
    await db.query('create table many (id int, text text)')
    async function* rows(): AsyncGenerator<unknown[]> {
      for (let id = 0; id < 200_000; id++) yield [id, `row ${id} `.repeat(5)]
    }
    assert.equal(await db.copyFrom('many', ['id', 'text'], rows()), 200_000)
    assert.deepEqual(await db.query('select count(*) as n, sum(id)::text as sum from many'), [
      { n: 200_000, sum: '19999900000' },
    ])
  })

  it('keeps nothing when the rows throw, and says what was thrown', async () => {
    function* rows(): Generator<unknown[]> {
      yield [900_001, 'x']
      throw new Error('line 2 is broken')
    }
    await assert.rejects(db.copyFrom('many', ['id', 'text'], rows()), /line 2 is broken/)
    assert.deepEqual(await db.query('select 1 from many where id = 900001'), [])
  })

  it("stops at the server's refusal with its reason", async () => {
    function* rows(): Generator<unknown[]> {
      for (let id = 0; id < 300_000; id++) yield [id === 5 ? 'five' : id, 'x'.repeat(50)]
    }
    await assert.rejects(db.copyFrom('many', ['id', 'text'], rows()), /invalid input syntax for type integer: "five"/)
    assert.deepEqual(await db.query('select 1 as n'), [{ n: 1 }])
  })

  it('copies inside a transaction', async () => {
    const work = db.transaction(async (tx) => {
      await tx.copyFrom('many', ['id', 'text'], [[900_002, 'y']])
      throw new Error('undo')
    })
    await assert.rejects(work, /undo/)
    assert.deepEqual(await db.query('select 1 from many where id = 900002'), [])
  })
})

describe('LISTEN', () => {
  it('hears a notification, and still hears after its connection was cut', async () => {
    const heard: string[] = []
    const again = Promise.withResolvers<void>()
    const stop = await db.listen('news', (payload) => heard.push(payload), again.resolve)
    await db.query(`select pg_notify('news', 'one')`)
    await until(() => heard.length === 1)
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query ilike '%listen "news"%' and pid <> pg_backend_pid()`,
    )
    await again.promise
    await db.query(`select pg_notify('news', 'two')`)
    await until(() => heard.length === 2)
    assert.deepEqual(heard, ['one', 'two'])
    await stop()
    await db.query(`select pg_notify('news', 'three')`)
    await sleep(50)
    assert.equal(heard.length, 2)
  })
})

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!isSo()) {
    assert.ok(Date.now() < deadline, 'waited five seconds in vain')
    await sleep(5)
  }
}
