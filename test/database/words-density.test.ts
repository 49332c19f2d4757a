// Words of any density among many rows: the newest rows with them, page by page, and how many there are.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import { newestIds } from '#kit/find.ts'
import { list } from '#kit/list.ts'
import type { Store } from '#kit/store.ts'
import { total } from '#kit/total.ts'
import type { Total } from '#kit/total.ts'
import { keepVocabulary } from '#kit/vocabulary.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

/** More than are looked at before the index is asked (src/kit/find.ts), and than a page of all words holds. */
const ROWS = 30_000
const PROBE = 5000
/** Each word with the rows that have it, by their distance from the newest. */
const DENSITIES: Readonly<Record<string, (age: number) => boolean>> = {
  nowhere: () => false,
  once: (age) => age === 17_000,
  few: (age) => age % 400 === 3,
  fewyoung: (age) => age < 900,
  walked: (age) => age % 20 === 0 && (age >= PROBE || age % 300 === 0),
  dense: (age) => age % 25 === 7,
  sparse: (age) => (age < PROBE ? age % 1000 === 1 : age % 10 === 4),
  past: (age) => age > 6000 && age % 2 === 0,
  old: (age) => age > 20_000 && age % 5 === 0,
  common: (age) => age % 7 === 1,
  everywhere: () => true,
}

let db: Database
let store: Store
let root: Actor
let newest = 0
before(async () => {
  ;({ db } = await migratedDatabase([specimen]))
  ;({ store, root } = await newStore(db))
  const { id } = await store.create(root, specimen, { name: 'the first' })
  const words = (age: number): string =>
    Object.entries(DENSITIES)
      .flatMap(([word, has]) => (has(age) ? [word] : []))
      .join(' ')
  const columns = await db.query<{ column: string }>(
    `select column_name as column from information_schema.columns where table_name = 'specimen' and column_name not in ('id', 'name') and is_generated = 'NEVER' order by 1`,
  )
  const others = columns.map(({ column }) => `"${column}"`).join(', ')
  newest = id + ROWS
  const texts = Array.from({ length: ROWS }, (_, nth) => words(ROWS - 1 - nth))
  await db.query(
    `insert into specimen (id, name, ${others}) select $1 + n.at, 'x', ${others} from specimen, generate_series(1, $2) n (at) where id = $1`,
    [id, ROWS],
  )
  await db.query(
    `insert into specimen_search (org, id, words) select 1, $1 + w.at, to_tsvector('simple', w.text) from unnest($2::text[]) with ordinality w (text, at)`,
    [id, texts],
  )
  await db.query('analyze specimen_search')
})
const context = (): Parameters<typeof list>[1] => ({
  catalogue: store.catalogue,
  actor: root,
  now: store.now(),
  zone: 'UTC',
})
async function pages(q: string, limit: number, most: number): Promise<number[]> {
  const ids: number[] = []
  for (let after: string | undefined; ids.length < most;) {
    const page = await list(db, context(), specimen, { q, limit, ...(after === undefined ? {} : { after }) })
    ids.push(...page.items.map((row) => row.id))
    if (page.next === null) break
    after = page.next
  }
  return ids
}
const counted = (q: string): Promise<Total> => total(db, context(), specimen, { q })
function those(word: string): number[] {
  return Array.from({ length: ROWS }, (_, age) => age).flatMap((age) =>
    DENSITIES[word]?.(age) === true ? [newest - age] : [],
  )
}

describe('words of any density', () => {
  for (const word of Object.keys(DENSITIES))
    it(`"${word}" is found newest first, page by page, and counted`, async () => {
      const expected = those(word)
      assert.deepEqual(await pages(`${word} `, 50, 150), expected.slice(0, 150))
      assert.deepEqual(await pages(`${word} `, 500, ROWS), expected)
      assert.deepEqual(await counted(`${word} `), {
        count: Math.min(expected.length, 1000),
        atLeast: expected.length > 1000,
      })
    })
  it('of each the newest are found alone', async () => {
    const found = (word: string): Promise<readonly number[]> => newestIds(db, 1, specimen, { q: `${word} `, most: 40 })
    for (const word of Object.keys(DENSITIES)) assert.deepEqual(await found(word), those(word).slice(0, 40), word)
    assert.deepEqual(await newestIds(db, 1, specimen, { q: 'ol', most: 5 }), those('old').slice(0, 5))
    assert.deepEqual(await newestIds(db, 1, specimen, { q: ' ', most: 5 }), [])
  })
  it('two words together are found where both stand', async () => {
    const both = those('common').filter((id) => DENSITIES['dense']?.(newest - id) === true)
    assert.deepEqual(await pages('common dense ', 500, ROWS), both)
  })
  it('of common words the number is known without counting, until they are common no more', async () => {
    assert.ok((await keepVocabulary(db, [specimen], '2026-11-22T10:00:00.000Z')) > 0)
    const noted = await db.query<{ word: string }>(
      `select word from common_word_search where org = 1 and record = 'specimen' order by 1`,
    )
    assert.deepEqual(
      noted.map(({ word }) => word),
      Object.keys(DENSITIES)
        .filter((word) => those(word).length > 1000)
        .sort(),
    )
    assert.deepEqual(await counted('common '), { count: 1000, atLeast: true })
    await db.query(`delete from specimen_search where words @@ to_tsquery('simple', 'common') and id % 50 <> 0`)
    assert.ok((await keepVocabulary(db, [specimen], '2026-11-22T11:00:01.000Z')) > 0)
    const left = those('common').filter((id) => id % 50 === 0)
    assert.deepEqual(await counted('common '), { count: left.length, atLeast: false })
  })
})
