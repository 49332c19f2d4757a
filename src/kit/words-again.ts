/**
 * Makes the words of older rows anew after their form has changed: in the background, newest first, in small sets.
 * Nothing waits for it and it locks no row: words that were written meanwhile are newer than what was read, and stay.
 */
import { setImmediate } from 'node:timers/promises'
import type { AddedFields } from './added.ts'
import { wholeText } from './added-words.ts'
import type { Catalogue } from './catalogue.ts'
import type { Database, Sql } from './database.ts'
import type { RecordType } from './record.ts'
import { ownReader } from './select.ts'
import { raw, run, sql } from './sql.ts'
import { columnsOf } from './table.ts'
import { WORDS_FORM } from './words.ts'
import { hasWords } from './write.ts'

const SET = 1000
/** Texts made before others have their turn. */
const AT_A_STRETCH = 25
/** Rows looked at in one run: a million take less than an hour of a run each minute, and no run takes long. */
const ROWS_PER_RUN = 30_000
/** When the second pass may begin: nodes of an older version have been replaced by then. */
const SECOND_AFTER_MS = 3_600_000
const PASSES = 2

interface Standing {
  readonly org: number
  readonly record: string
  readonly form: number
  readonly pass: number
  readonly below: number | null
  readonly at: string
}
interface Part {
  readonly org: number
  readonly record: RecordType
}

/** @returns how many rows got other words */
export async function makeWordsAgain(
  db: Database,
  kinds: Pick<Catalogue, 'records' | 'customFields'>,
  now: string,
): Promise<number> {
  let left = ROWS_PER_RUN
  let changed = 0
  for (const part of await waiting(db, kinds.records, now)) {
    let below = part.below
    while (below !== null && left > 0) {
      const done = await oneSet(db, { ...part, added: kinds.customFields(part.org, part.record.name) }, below)
      left -= SET
      changed += done.changed
      below = done.below
      await note(db, part, { ...part, below, at: now })
    }
    if (left <= 0) break
  }
  return changed
}

/** Of an organisation that this program has just filled: nothing of it is older than the present form. */
export async function wordsAreNew(
  on: Sql,
  { org, records, now }: { org: number; records: readonly RecordType[]; now: string },
): Promise<void> {
  for (const record of records.filter(hasWords)) await note(on, { org, record }, { pass: PASSES, below: null, at: now })
}

/** What is not yet of the present form, with the place from which to go on. */
async function waiting(
  db: Database,
  records: readonly RecordType[],
  now: string,
): Promise<(Part & { pass: number; below: number | null })[]> {
  const orgs = await run<{ id: number }>(db, sql`select id from organisation order by id`)
  const all = await run<Standing>(db, sql`select org, record, form, pass, below, at from words_again`)
  const known = new Map(all.map((one) => [`${one.org} ${one.record}`, one]))
  const TOP = Number.MAX_SAFE_INTEGER
  return orgs.flatMap(({ id: org }) =>
    records.filter(hasWords).flatMap((record) => {
      const was = known.get(`${org} ${record.name}`)
      if (was === undefined || was.form !== WORDS_FORM) return [{ org, record, pass: 1, below: TOP }]
      if (was.below !== null) return [{ org, record, pass: was.pass, below: was.below }]
      const isDue = was.pass < PASSES && Date.parse(now) - Date.parse(was.at) >= SECOND_AFTER_MS
      return isDue ? [{ org, record, pass: was.pass + 1, below: TOP }] : []
    }),
  )
}
async function note(
  on: Sql,
  { org, record }: Part,
  { pass, below, at }: { pass: number; below: number | null; at: string },
): Promise<void> {
  await run(
    on,
    sql`insert into words_again (org, record, form, pass, below, at) values (${org}, ${record.name}, ${WORDS_FORM}, ${pass}, ${below}, ${at}::timestamptz)
      on conflict (org, record) do update set form = excluded.form, pass = excluded.pass, below = excluded.below, at = excluded.at`,
  )
}

/** @returns where the next set begins; null at the end */
async function oneSet(
  on: Sql,
  { org, record, added }: Part & { readonly added: AddedFields },
  below: number,
): Promise<{ changed: number; below: number | null }> {
  const fields = Object.entries(record.fields).filter(([, field]) => field.searchable === true)
  const columns = fields
    .flatMap(([name, field]) => columnsOf(name, field).map((column) => `t.${column.name}`))
    .join(', ')
  const readers = fields.map(([name, field]) => [name, ownReader(name, field)] as const)
  const side = raw(`${record.table}_search`)
  const rows = await run<{ id: number; version: string; tags: string[]; custom: Record<string, unknown> }>(
    on,
    sql`select s.id, s.xmin::text as version, t.tags, t.custom, ${raw(columns)} from ${side} s join ${raw(record.table)} t on t.org = s.org and t.id = s.id
      where s.org = ${org} and s.id < ${below} order by s.id desc limit ${SET}`,
  )
  const texts: { id: number; version: string; text: string }[] = []
  for (const row of rows) {
    // A long text takes a millisecond; people's requests come in between.
    if (texts.length % AT_A_STRETCH === AT_A_STRETCH - 1) await setImmediate()
    const own = {
      tags: row.tags,
      custom: row.custom,
      ...Object.fromEntries(readers.map(([name, read]) => [name, read(row)])),
    }
    texts.push({ id: row.id, version: row.version, text: wholeText(record, own, added) })
  }
  const changed = texts.length === 0 ? [] : await run(
    on,
    sql`update ${side} s set words = n.words from (
        select v.id, v.version, to_tsvector('simple', v.text) as words
        from unnest(${texts.map(({ id }) => id)}::bigint[], ${texts.map(({ version }) => version)}::text[], ${texts.map(({ text }) => text)}::text[]) v (id, version, text)
      ) n where s.org = ${org} and s.id = n.id and s.xmin::text = n.version and s.words <> n.words returning 1 as one`,
  ) // oxfmt-ignore
  // Until it is sorted in, each search reads what is new in the index from end to end.
  if (changed.length > 0) await on.query(`select gin_clean_pending_list('${record.table}_search_words_idx')`)
  return { changed: changed.length, below: rows.length < SET ? null : (rows.at(-1)?.id ?? null) }
}
