/** How telling each word is: in how many incidents it stands, estimated from a sample that a schedule refreshes. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

/** Incidents looked at per organisation. */
const SAMPLE = 20_000
/** Words that are known by the sample at least this often; rarer ones count as rare. */
const LEAST = 2

export interface Weighed {
  readonly word: string
  /** In about how many incidents it stands, of how many in all. */
  readonly incidents: number
  readonly total: number
  /** Inverse document frequency, ln(total / incidents): rare words tell more (Spärck Jones 1972). */
  readonly weight: number
  /** Whether the sample holds it; what it does not hold is rarer still. */
  readonly isMet: boolean
}

/** Counts words anew for every organisation. @returns how many organisations */
export async function refreshWords(on: Sql, now: string): Promise<number> {
  const orgs = await run<{ id: number }>(on, sql`select id from organisation order by id`)
  for (const { id } of orgs) await refreshWordsOf(on, id, now)
  return orgs.length
}
async function refreshWordsOf(on: Sql, org: number, now: string): Promise<void> {
  const totals = await run<{ total: number }>(on, sql`select count(*) as total from incident_search where org = ${org}`)
  const total = totals[0]?.total ?? 0
  const percent = Math.min(100, (SAMPLE / Math.max(1, total)) * 100)
  // ts_stat reads its rows by a query given as text; only numbers of our own go into it.
  const rows = `select words from incident_search tablesample system (${percent.toFixed(4)}) repeatable (1) where org = ${org} limit ${SAMPLE}`
  await run(
    on,
    sql`with counted as materialized (select word, ndoc from ts_stat(${rows}) where ndoc >= ${LEAST} and length(word) <= 60),
      sampled as (select least(${SAMPLE}::bigint, ${total}::bigint) as n),
      gone as (delete from incident_word w where w.org = ${org} and not exists (select 1 from counted c where c.word = w.word)),
      kept as (insert into incident_word (org, word, n) select ${org}, word, ndoc from counted on conflict (org, word) do update set n = excluded.n where incident_word.n <> excluded.n)
      insert into incident_word_sample (org, sampled, total, at) select ${org}, greatest(n, 1), ${total}, ${now}::timestamptz from sampled
      on conflict (org) do update set sampled = excluded.sampled, total = excluded.total, at = excluded.at`,
  )
}

/**
 * The words with their weights, most telling first; "the", "not" and "nicht" are none (PostgreSQL's own lists of such
 * words). An organisation that was never counted is counted now, once.
 */
export async function weigh(on: Sql, org: number, words: readonly string[], now: string): Promise<Weighed[]> {
  const asked = [...new Set(words)].filter((word) => /^[\p{L}\p{N}]{2,60}$/u.test(word)).slice(0, 2000)
  if (asked.length === 0) return []
  const read = (): Promise<{ word: string; n: number | null; sampled: number; total: number }[]> =>
    run(
      on,
      sql`select a.word, w.n, s.sampled, s.total from incident_word_sample s cross join unnest(${asked}::text[]) a (word) left join incident_word w on w.org = s.org and w.word = a.word
        where s.org = ${org} and ts_lexize('english_stem', a.word) <> '{}' and ts_lexize('german_stem', a.word) <> '{}'`,
    )
  let rows = await read()
  if (rows.length === 0 && !(await wasCounted(on, org))) {
    await refreshWordsOf(on, org, now)
    rows = await read()
  }
  const weighed = rows.map(({ word, n, sampled, total }) => {
    const scale = Math.max(1, total / sampled)
    const incidents = n === null ? scale / 2 : n * scale
    return {
      word,
      incidents,
      total,
      isMet: n !== null,
      weight: Math.log(1 + Math.max(1, total) / Math.max(1, incidents)),
    }
  })
  return weighed.sort((a, b) => b.weight - a.weight || b.word.length - a.word.length)
}

async function wasCounted(on: Sql, org: number): Promise<boolean> {
  return (await run(on, sql`select 1 as one from incident_word_sample where org = ${org}`)).length > 0
}

/** A query of words that are joined by "or": each is quoted, so that nothing in it is an operator. */
export function anyOf(alternatives: readonly (readonly string[])[]): string {
  return alternatives.map((words) => words.map((word) => `'${word}'`).join(' & ')).join(' | ')
}
