/** Which rows hold some words: all of them when they are few, else the newest of them and how to go on. */
import type { Sql } from './database.ts'
import type { RecordType } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, run, sql } from './sql.ts'
import { wordsQuery } from './words.ts'
import { hasWords } from './write.ts'

export type Found =
  | { readonly kind: 'none' }
  /** Every id, newest first. */
  | { readonly kind: 'few'; readonly ids: readonly number[] }
  /** The newest ids; more are found by going on below. How many there are at least, where that is known. */
  | {
      readonly kind: 'many'
      readonly query: string
      readonly newest: readonly number[]
      readonly atLeast?: number | undefined
    }

/** Of the newest rows, how many are looked at, and how many hits among them make words common. */
const PROBE = 5000
const ENOUGH = 60
const MOST = 10_000
/** For a list of the newest alone: up to so many are all fetched; from so many among the newest rows on, a page is walked to. */
const FEW = 1000
const DENSE = 10
/** So many hits in the probe mean that a thousand are found sooner by walking than by the index. */
const FREQUENT = 250

/** @returns null when nothing was asked for */
export async function findWords(
  on: Sql,
  org: number,
  record: RecordType,
  q: string | undefined,
): Promise<Found | null> {
  if (q === undefined || q.trim() === '') return null
  const query = wordsQuery(q)
  return query === null ? { kind: 'none' } : findQuery(on, org, record, query)
}
/** For the newest rows with some words, under no other condition. @returns null when nothing was asked for */
export async function findNewest(
  on: Sql,
  org: number,
  record: RecordType,
  q: string | undefined,
): Promise<Found | null> {
  if (q === undefined || q.trim() === '') return null
  const query = wordsQuery(q)
  if (query === null || !hasWords(record)) return { kind: 'none' }
  const rows = await run<FoundRow & { at_least: number | null }>(
    on,
    sql`select ids, is_all, at_least from find_words_newest(${side(record)}::regclass, ${org}, ${record.name}, ${query}, ${PROBE}, ${ENOUGH}, ${DENSE}, ${FEW}, ${MOST})`,
  )
  const found = foundIn(rows[0], query)
  return found.kind === 'many' ? { ...found, atLeast: rows[0]?.at_least ?? undefined } : found
}
/** @param query in PostgreSQL's language of word queries, made of folded words alone */
export async function findQuery(on: Sql, org: number, record: RecordType, query: string): Promise<Found> {
  if (!hasWords(record)) return { kind: 'none' }
  const rows = await run<FoundRow>(
    on,
    sql`select ids, is_all from find_words(${side(record)}::regclass, ${org}, ${query}, ${PROBE}, ${ENOUGH}, ${MOST})`,
  )
  return foundIn(rows[0], query)
}
interface FoundRow {
  readonly ids: (number | string)[] | null
  readonly is_all: boolean
}
function foundIn(row: FoundRow | undefined, query: string): Found {
  const ids = (row?.ids ?? []).map(Number).sort((a, b) => b - a)
  if (row?.is_all !== true) return { kind: 'many', query, newest: ids }
  return ids.length === 0 ? { kind: 'none' } : { kind: 'few', ids }
}

/** Some ids of any age for each of these kinds, where it does not matter which; `isAll` when there are no more. */
export async function someHits(
  on: Sql,
  org: number,
  records: readonly RecordType[],
  { query, most }: { query: string; most: number },
): Promise<{ record: RecordType; found: Found & { kind: 'few' }; isAll: boolean }[]> {
  const kinds = records.filter(hasWords)
  if (kinds.length === 0) return []
  const parts = kinds.map((record, at) => sql`select ${raw(String(at))} as at, some_with_words(${side(record)}::regclass, ${org}, ${query}, ${PROBE}, ${most}) as ids`) // oxfmt-ignore
  const rows = await run<{ at: number; ids: (number | string)[] }>(on, join(parts, ' union all '))
  return rows.flatMap(({ at, ids }) => {
    const record = kinds[at]
    const known = [...new Set(ids.map(Number))].sort((a, b) => b - a)
    if (record === undefined || known.length === 0) return []
    return [{ record, found: { kind: 'few', ids: known }, isAll: ids.length < most }]
  })
}

/** How many hold common words, counted up to `most`: as was known, among the next rows where they are frequent, else by the index alone. */
export async function countWords(
  on: Sql,
  org: number,
  record: RecordType,
  { found, most }: { found: Found & { kind: 'many' }; most: number },
): Promise<number> {
  const { query, newest, atLeast = 0 } = found
  if (Math.max(newest.length, atLeast) >= most) return most
  if (newest.length >= FREQUENT) {
    const next = await run<{ n: number }>(
      on,
      sql`select coalesce(cardinality(ids), 0) as n from words_before(${side(record)}::regclass, ${org}, ${query}, ${newest.at(-1)}, ${most * 20})`,
    )
    if (newest.length + (next[0]?.n ?? 0) >= most) return most
  }
  const rows = await run<{ n: number }>(
    on,
    sql`select cardinality(words_by_index(${side(record)}::regclass, ${org}, ${query}, ${most})) as n`,
  )
  return rows[0]?.n ?? 0
}

/** The ids of at most so many of the newest rows with some words, under no other condition. */
export async function newestIds(
  on: Sql,
  org: number,
  record: RecordType,
  { q, most }: { q: string; most: number },
): Promise<readonly number[]> {
  const found = await findNewest(on, org, record, q)
  if (found === null) return []
  const ids: number[] = []
  for await (const chunk of hitsNewestFirst(on, org, record, { found, before: null })) {
    ids.push(...chunk)
    if (ids.length >= most) break
  }
  return ids.slice(0, most)
}

/** The condition on the table alias `t`. Common words are asked of each row as it comes by, never joined. */
export function holds(record: RecordType, found: Found): Fragment {
  if (found.kind === 'none') return raw('false')
  if (found.kind === 'few') return sql`t.id = any(${found.ids}::bigint[])`
  return sql`coalesce((select w.words @@ to_tsquery('simple', ${found.query}) from ${raw(side(record))} w where w.org = t.org and w.id = t.id), false)`
}

const FIRST_CHUNK = 200
const LARGEST_CHUNK = 4000
const FIRST_REACH = 10_000
const LARGEST_REACH = 80_000

/** Hits newest first in growing chunks, below an id when one is given: whoever reads them stops when they have enough. */
export async function* hitsNewestFirst(
  on: Sql,
  org: number,
  record: RecordType,
  { found, before }: { found: Found; before: number | null },
): AsyncGenerator<readonly number[]> {
  if (found.kind === 'none') return
  const known = (found.kind === 'few' ? found.ids : found.newest).filter((id) => before === null || id < before)
  let size = FIRST_CHUNK
  for (let at = 0; at < known.length; at += size, size = Math.min(size * 2, LARGEST_CHUNK))
    yield known.slice(at, at + size)
  if (found.kind === 'few') return
  let below: number | null = known.at(-1) ?? before ?? Number.MAX_SAFE_INTEGER
  for (let reach = FIRST_REACH; below !== null; reach = Math.min(reach * 2, LARGEST_REACH)) {
    const rows: { ids: (number | string)[] | null; lowest: number | null }[] = await run(
      on,
      sql`select ids, lowest from words_before(${side(record)}::regclass, ${org}, ${found.query}, ${below}, ${reach})`,
    )
    const ids = (rows[0]?.ids ?? []).map(Number)
    for (let at = 0; at < ids.length; at += LARGEST_CHUNK) yield ids.slice(at, at + LARGEST_CHUNK)
    below = rows[0]?.lowest ?? null
  }
}
function side(record: RecordType): string {
  return `${record.table}_search`
}
