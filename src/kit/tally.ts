/** Counts that are kept, not counted: each write appends what it changes; totals are folded from time to time. */
import type { Actor } from './actor.ts'
import type { Sql } from './database.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, run, sql } from './sql.ts'

export interface Delta {
  readonly by: string
  readonly value: string
  readonly n: number
}

/** What a write changes in the counts of its record; a binned row counts nowhere. */
export function tallyDeltas(record: RecordType, before: AnyRow | null, after: AnyRow | null): Delta[] {
  const old = counted(record, before)
  const now = counted(record, after)
  const made: Delta[] = []
  for (const [by, value] of now) if (old.get(by) !== value) made.push({ by, value, n: 1 })
  for (const [by, value] of old) if (now.get(by) !== value) made.push({ by, value, n: -1 })
  return made
}
/** combination → value; the empty combination is the total. */
function counted(record: RecordType, row: AnyRow | null): Map<string, string> {
  if (row === null || row.binnedAt !== null) return new Map()
  return new Map(
    [[], ...(record.tallies ?? [])].map((fields: readonly string[]) => [
      fields.join('+'),
      fields.map((field) => tallyValue(row[field])).join('|'),
    ]),
  )
}
export function tallyValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' && 'id' in value ? String(value.id) : String(value)
}

export function tallyInsert(org: number, record: string, deltas: readonly Delta[]): Fragment {
  const rows = deltas.map((delta) => sql`(${org}, ${record}, ${delta.by}, ${delta.value}, ${delta.n})`)
  return sql`insert into tally_delta (org, record, by, value, n) values ${join(rows)}`
}

/** The counts of one combination by value: 'new|P1' → 12. Zero counts are left out. */
export async function tallies(
  on: Sql,
  actor: Actor,
  record: string,
  by: readonly string[],
): Promise<Map<string, number>> {
  const name = by.join('+')
  const rows = await run<{ value: string; n: number }>(
    on,
    sql`select value, sum(n)::bigint as n from (
      select value, n from tally where org = ${actor.org} and record = ${record} and by = ${name}
      union all select value, n from tally_delta where org = ${actor.org} and record = ${record} and by = ${name}
    ) counts group by value having sum(n) <> 0`,
  )
  return new Map(rows.map((row) => [row.value, row.n]))
}

/** Folds at most `most` changes into the totals; returns how many. Two folders at once share the work. */
export async function foldTallies(on: Sql, most = 50_000): Promise<number> {
  const rows = await run<Delta & { org: number; record: string; taken: number }>(
    on,
    sql`with taken as (
      delete from tally_delta where ctid = any(array(select ctid from tally_delta limit ${most} for update skip locked)) returning *
    ), sums as (select org, record, by, value, sum(n) as n from taken group by org, record, by, value order by 1, 2, 3, 4),
    kept as (
      insert into tally (org, record, by, value, n) select org, record, by, value, n from sums
      on conflict (org, record, by, value) do update set n = tally.n + excluded.n returning org, record, by, value, n
    ), counted as (select count(*)::bigint as taken from taken)
    select c.taken, k.* from counted c left join kept k on k.n = 0`,
  )
  await forgetZeros(
    on,
    rows.filter((row) => row.n === 0),
  )
  return rows[0]?.taken ?? 0
}
/** Folds everything that waits, set by set. */
export async function foldAllTallies(on: Sql, most = 50_000): Promise<void> {
  while ((await foldTallies(on, most)) === most);
}
/** What counts nothing any more would make every sum longer. Waits for nobody; who adds to it meanwhile makes it anew. */
async function forgetZeros(
  on: Sql,
  rows: readonly { org: number; record: string; by: string; value: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await run(
    on,
    sql`delete from tally where ctid = any(array(
      select t.ctid from tally t join unnest(${rows.map(({ org }) => org)}::integer[], ${rows.map(({ record }) => record)}::text[], ${rows.map(({ by }) => by)}::text[], ${rows.map(({ value }) => value)}::text[]) z (org, record, by, value)
        on t.org = z.org and t.record = z.record and t.by = z.by and t.value = z.value where t.n = 0 for update of t skip locked
    )) and n = 0`,
  )
}
