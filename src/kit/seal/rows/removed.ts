/** Which rows the journal says were removed for good. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { KindPlan } from './plan.ts'

/**
 * What was removed lost the values of its entries in the same transaction in which one entry named it: by that transaction it
 * is found with look-ups alone. What is not found that way is looked for in all such entries.
 */
export async function removedForGood(
  on: Sql,
  kind: KindPlan,
  { org, ids }: { org: number; ids: readonly number[] },
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const asked = sql`unnest(${ids}::bigint[], ${ids.map((id) => `${kind.number}-${id}`)}::text[]) v (id, number)`
  const near = await run<{ id: number }>(
    on,
    sql`select v.id from ${asked} where exists (
      select from journal j join journal_erasure x on x.org = j.org and x.entry = j.id join journal e on e.org = x.org and e.id = x.erasure
        join journal p on p.xid = e.xid and p.org = e.org and p.record = 'retention' and p.action = 'purge' and p.changes->'removed'->1 ? v.number
      where j.org = ${org} and j.record = ${kind.name} and j.record_id = v.id)`,
  )
  const found = new Set(near.map(({ id }) => id))
  if (found.size === ids.length) return found
  const far = await run<{ id: number }>(
    on,
    sql`select v.id from ${asked} where not v.id = any(${[...found]}::bigint[]) and exists (
      select from journal p where p.org = ${org} and p.record = 'retention' and p.record_id = 0 and p.action = 'purge' and p.changes->'removed'->1 ? v.number)`,
  )
  for (const { id } of far) found.add(id)
  return found
}
