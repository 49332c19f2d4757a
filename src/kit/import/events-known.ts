/** Which updates of a file were imported before: importing the same file again, or a longer one, repeats none of them. */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { ReadRow } from './row-reader.ts'

/** Record id → instant → how many imported updates it has of that instant. Updates of imports that were undone count as gone. */
export type KnownEvents = ReadonlyMap<number, ReadonlyMap<string, number>>

export async function knownEvents(
  on: Sql,
  actor: Actor,
  record: RecordType,
  ids: readonly number[],
): Promise<KnownEvents> {
  const known = new Map<number, Map<string, number>>()
  if (ids.length === 0) return known
  const rows = await run<{ record_id: number; occurred_at: string; n: number }>(
    on,
    sql`select record_id, occurred_at, count(*) as n from journal j where org = ${actor.org} and record = ${record.name} and record_id = any(${ids}::bigint[])
      and origin = 'import' and action in ('create', 'change')
      and request not in (select 'import-' || id from import_batch where org = ${actor.org} and state = 'undone') group by 1, 2`,
  )
  for (const row of rows) {
    const times = known.get(row.record_id) ?? new Map<string, number>()
    times.set(row.occurred_at, row.n)
    known.set(row.record_id, times)
  }
  return known
}

/** The rows that are not known yet: the n-th update of an instant is known when n were imported. */
export function unknownRows(
  rows: readonly ReadRow[],
  known: ReadonlyMap<string, number> | undefined,
): readonly ReadRow[] {
  if (known === undefined) return rows
  const seen = new Map<string, number>()
  return rows.filter(({ at }) => {
    if (at === null) return true
    const count = (seen.get(at) ?? 0) + 1
    seen.set(at, count)
    return count > (known.get(at) ?? 0)
  })
}
