/** Similar incidents of the past with what solved them: those that share the rarest words, and say which. */
import { say } from '#engines/say.ts'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import { fold } from '#kit/words.ts'
import { incident } from './incident.ts'
import type { Weighed } from './words-of-incidents.ts'
import { anyOf, weigh } from './words-of-incidents.ts'

export interface Similar {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly status: string
  readonly resolvedAt: string | null
  /** What restored it, at most 600 characters. */
  readonly resolution: string
  readonly closureCode: string | null
  readonly because: { readonly words: readonly string[]; readonly text: string }
}
export interface Question {
  readonly org: number
  readonly words: readonly string[]
  /** Not to be suggested: the incident itself. */
  readonly except: number | null
  readonly now: string
}
const SUGGESTED = 8
const RAREST = 6
/** Incidents that one question may look at: the bound on its time, however many there are. */
const MOST_LOOKED_AT = 800
/** So many from rare words, and common ones are not asked for. */
const ENOUGH = 3

/** Resolved incidents that share telling words with a text, best first, at most eight. */
export async function similarTo(on: Sql, actor: Actor, question: Question): Promise<Similar[]> {
  const telling = chosen(await weigh(on, question.org, question.words, question.now))
  const found = new Map<number, Similar>()
  for (const query of queries(telling)) {
    const rows = await run<Found>(on, statement(actor, question, { telling, query }))
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, shown(row))
    if (found.size >= ENOUGH) break
  }
  return [...found.values()].slice(0, SUGGESTED)
}
function statement(
  actor: Actor,
  { org, except }: Question,
  { telling, query }: { telling: readonly Weighed[]; query: string },
): Fragment {
  return sql`with telling (word, query, weight) as (
      select word, quote_literal(word)::tsquery, weight
      from unnest(${telling.map((one) => one.word)}::text[], ${telling.map((one) => one.weight)}::float8[]) t (word, weight)
    ), held as materialized (
      select s.id, s.words from incident_search s
      where s.org = ${org} and s.id = any(words_by_index('incident_search', ${org}, ${query}, ${MOST_LOOKED_AT}))
    ), scored as (
      select held.id, m.score, m.words, ts_rank_cd(held.words, ${query}::tsquery, 1) as nearness from held
      cross join lateral (select sum(weight) as score, array_agg(word order by weight desc) as words from telling where held.words @@ telling.query) m
      order by m.score desc, held.id desc limit 100
    )
    select t.id, t.subject, t.status, t.resolved_at, left(t.resolution, 600) as resolution, t.closure_code, scored.words
    from scored join incident t on t.org = ${org} and t.id = scored.id
    where t.id is distinct from ${except}::bigint and t.status in ('resolved', 'closed') and t.duplicate_of is null
      and t.binned_at is null and t.resolution is not null and ${readable(actor, incident)}
    order by scored.score desc, scored.nearness desc, t.resolved_at desc nulls last limit ${SUGGESTED}`
}
/** The words of an incident as they were indexed; none when it has no text. */
export async function wordsOf(on: Sql, org: number, id: number): Promise<string[]> {
  const rows = await run<{ words: string[] }>(
    on,
    sql`select tsvector_to_array(words) as words from incident_search where org = ${org} and id = ${id}`,
  )
  return rows[0]?.words ?? []
}
export function wordsIn(text: string): string[] {
  return fold(text.slice(0, 20_000)).split(' ')
}

interface Found {
  readonly id: number
  readonly subject: string
  readonly status: string
  readonly resolved_at: string | null
  readonly resolution: string
  readonly closure_code: string | null
  readonly words: readonly string[]
}
function shown(row: Found): Similar {
  const named = row.words.slice(0, 6)
  return {
    id: row.id,
    number: `INC-${row.id}`,
    title: row.subject,
    status: row.status,
    resolvedAt: row.resolved_at,
    resolution: row.resolution,
    closureCode: row.closure_code,
    because: { words: named, text: say`Both speak of ${named.map((word) => `“${word}”`).join(', ')}.` },
  }
}

/** The six rarest words that the sample knows, and as many that it has never met: those are rarer still, and cheap. */
function chosen(weighed: readonly Weighed[]): Weighed[] {
  return [false, true].flatMap((isMet) => weighed.filter((one) => one.isMet === isMet).slice(0, RAREST))
}
/**
 * What is asked of the index, in turn until enough is found. Rare words ask alone; common ones only all together, the
 * rarest of them, until few incidents are held: three words that each stand in every tenth stand together in every
 * thousandth. Words that stand in every fifth incident tell nothing and are never asked for.
 */
export function queries(telling: readonly Weighed[], most = MOST_LOOKED_AT): string[] {
  const alone: string[][] = []
  const together: string[] = []
  let held = 0
  let share = 1
  for (const { word, incidents, total } of telling) {
    if (held + incidents <= most) {
      alone.push([word])
      held += incidents
    } else if (incidents <= total / 5 && share * total > most) {
      together.push(word)
      share *= incidents / total
    }
  }
  return [...(alone.length === 0 ? [] : [anyOf(alone)]), ...(together.length === 0 ? [] : [anyOf([together])])]
}
