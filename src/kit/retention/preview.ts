/** What a rule would do today, before it is kept: nothing is changed. */
import type { Sql } from '#kit/database.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { isBinDue, isDue } from './due.ts'
import type { Rule } from './rules.ts'
import { isRemovable } from './rules.ts'

export interface Preview {
  /** Rows whose time is over today. */
  readonly due: number
  /** Rows that would leave the bin for good. */
  readonly binned: number
  /** Of both, on a legal hold. What hangs on the row and is held is found when the rule is carried out. */
  readonly held: number
  /** The day on which the oldest row that is not due yet began its time; null when there is none. */
  readonly oldest: string | null
}

/** @param on sees the organisation's rows; holds have been marked when they were placed */
export async function preview(
  on: Sql,
  store: Store,
  of: { org: number; record: RecordType },
  rule: Rule,
): Promise<Preview> {
  const now = store.now()
  const due = await count(on, of, isDue(of.record, rule, now))
  const binned = await count(on, of, isRemovable(of.record) ? isBinDue(rule, now) : null)
  const rows = await run<{ oldest: string | null }>(
    on,
    sql`select min(t.created_at) as oldest from ${raw(of.record.table)} t where t.org = ${of.org}`,
  )
  return { due: due.n, binned: binned.n, held: due.held + binned.held, oldest: rows[0]?.oldest ?? null }
}
async function count(
  on: Sql,
  { org, record }: { org: number; record: RecordType },
  due: Fragment | null,
): Promise<{ n: number; held: number }> {
  if (due === null) return { n: 0, held: 0 }
  const rows = await run<{ n: number; held: number }>(
    on,
    sql`select count(*) as n, count(*) filter (where exists (select from held_row h join legal_hold l on l.org = h.org and l.id = h.hold and l.status = 'active'
        where h.org = t.org and h.record = ${record.name} and h.id = t.id)) as held from ${raw(record.table)} t where t.org = ${org} and ${due}`,
  )
  return rows[0] ?? { n: 0, held: 0 }
}
