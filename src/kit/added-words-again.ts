/** Makes the words of rows anew when a field that was added becomes searched, or is searched no more; in sets, while people work. */
import { system } from './actor.ts'
import type { AddedFields } from './added.ts'
import { wholeText } from './added-words.ts'
import type { RecordType } from './record.ts'
import { join, raw, run, sql } from './sql.ts'
import type { Store } from './store.ts'

const SET = 500

export interface WordsAgain {
  readonly store: Store
  readonly org: number
  readonly record: RecordType
  /** The field whose values begin or cease to be searched. */
  readonly name: string
  /** The record's added fields as they are now. */
  readonly added: AddedFields
  readonly signal?: AbortSignal
  readonly onProgress: (percent: number) => Promise<void>
}
/** Only rows that hold a value are looked at. May be started again from the beginning. */
export async function makeAddedWords(of: WordsAgain): Promise<void> {
  const { store, org, record, name } = of
  const [first] = await run<{ top: number | null }>(store.db, sql`select max(id) as top from ${raw(record.table)} where org = ${org}`) // oxfmt-ignore
  const top = first?.top ?? 0
  for (let below = top + 1; below > 0;) {
    of.signal?.throwIfAborted()
    const ids = await store.transaction(system(org, 'added-words'), async ({ on }) => {
      // Whoever changes one of them at this moment waits: their words are written with it, and must not be older.
      const found = await run<{ id: number }>(
        on,
        sql`select t.id from ${raw(record.table)} t where t.org = ${org} and t.id < ${below} and jsonb_exists(t.custom, ${name}) and t.binned_at is null
          order by t.id desc limit ${raw(String(SET))} for share of t`,
      )
      await oneSet(of, on, found.map(({ id }) => id)) // oxfmt-ignore
      return found.map(({ id }) => id)
    })
    below = ids.length < SET ? 0 : (ids.at(-1) ?? 0)
    if (below > 0) await of.onProgress(Math.floor((100 * (top - below)) / top))
  }
}
async function oneSet(
  { store, org, record, added }: WordsAgain,
  on: Parameters<typeof run>[0],
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const searched = Object.keys(record.fields).filter((name) => record.fields[name]?.searchable === true)
  const unit = { on, touched: [] }
  const rows = await store.many(system(org, 'added-words'), record, ids, { unit, fields: searched, isWhole: true })
  const values = rows.map((row) => sql`(${org}::integer, ${row.id}::bigint, to_tsvector('simple', ${wholeText(record, row, added)}))`) // oxfmt-ignore
  await run(
    on,
    sql`insert into ${raw(`${record.table}_search`)} as s (org, id, words) values ${join(values)} on conflict (org, id) do update set words = excluded.words where s.words <> excluded.words`,
  )
}
