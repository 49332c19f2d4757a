/**
 * The words of an organisation, from which a mistyped one is guessed: of the newest rows of each kind, counted anew each
 * hour, so that what was removed or changed is forgotten. A word in it is no answer yet: `meant.ts` proposes only what
 * stands in a text that the asker may read.
 */
import { classOf, isWithin } from './clearance.ts'
import type { Database, Sql } from './database.ts'
import type { RecordType } from './record.ts'
import { run, sql } from './sql.ts'
import { hasWords } from './write.ts'

/** Rows of one kind that are counted. */
const NEWEST = 50_000
/** Words that are kept, the commonest. */
const MOST = 50_000
/** Where a kind has more rows than this, a word that stands in only one of them is more likely mistyped itself. */
const FEW = 5000
const EVERY_MS = 3_600_000
/** Among so many of the newest rows of a kind, a word that stands in so many is common: nobody counts further (total.ts). */
const LATELY = 100_000
const COMMON = 1001

/** Counts the words of organisations that were not counted for an hour. @returns how many were counted */
export async function keepVocabulary(db: Database, records: readonly RecordType[], now: string): Promise<number> {
  const rows = await run<{ ready: boolean }>(db, sql`select trigrams_ready() as ready`)
  if (rows[0]?.ready !== true) return 0
  let counted = 0
  for (const { id } of await run<{ id: number }>(db, sql`select id from organisation order by id`))
    if (await db.transaction((tx) => countAnew(tx, id, records, now))) counted++
  return counted
}
/** Whoever notes the time first counts; another waits for it and finds nothing to do. */
async function countAnew(tx: Sql, org: number, records: readonly RecordType[], now: string): Promise<boolean> {
  const before = new Date(Date.parse(now) - EVERY_MS).toISOString()
  const due = await run(
    tx,
    sql`insert into vocabulary (org, at) values (${org}, ${now}::timestamptz)
      on conflict (org) do update set at = excluded.at where vocabulary.at <= ${before}::timestamptz returning org`,
  )
  if (due.length === 0) return false
  await countWordsOf(tx, org, records)
  await noteCommon(tx, org, records.filter(isOpen))
  return true
}

/** Kinds above C2 lend no words, and no kind of which a field is. */
function isOpen(record: RecordType): boolean {
  const searchable = Object.values(record.fields).filter((field) => field.searchable === true)
  return hasWords(record) && [record, ...searchable].every((one) => isWithin(classOf(one), 'C2'))
}
async function countWordsOf(on: Sql, org: number, records: readonly RecordType[]): Promise<void> {
  // ts_stat reads its rows by a query given as text; only numbers and names of our own go into it.
  const counts = records.filter(isOpen).map(({ table }) => {
    const from = `${table}_search where org = ${org}`
    return `select word, ndoc from ts_stat('select words from ${from} order by id desc limit ${NEWEST}')
      where ndoc > (select (count(*) > ${FEW})::integer from (select from ${from} limit ${FEW + 1}) counted)`
  })
  await on.query(
    `with counted as materialized (
       select word, floor(log(2, sum(ndoc)))::smallint as often from (${counts.join(' union all ')}) every_kind
       where length(word) between 3 and 40 and word !~ '[0-9]' group by word order by sum(ndoc) desc, word limit ${MOST}
     ), gone as (delete from vocabulary_search v where v.org = $1 and not exists (select from counted c where c.word = v.word))
     insert into vocabulary_search (org, word, often) select $1, word, often from counted
       on conflict (org, word) do update set often = excluded.often where vocabulary_search.often <> excluded.often`,
    [org],
  )
}
/** The words of each kind that are common. Kinds with fewer rows than a list counts have none. */
async function noteCommon(on: Sql, org: number, records: readonly RecordType[]): Promise<void> {
  const counts = records.map(({ name, table }) => {
    const from = `${table}_search where org = ${org}`
    return `select '${name}' as record, word, ndoc from ts_stat('select words from ${from} order by id desc limit ${LATELY}')
      where ndoc >= ${COMMON}`
  })
  await on.query('delete from common_word_search where org = $1', [org])
  await on.query(
    `insert into common_word_search (org, record, word, rows) select $1, record, word, ndoc from (${counts.join(' union all ')}) every_kind`,
    [org],
  )
}
