/** What stands around the sealed log: entries that wait for their place, and the guards of the journal's tables. */
import { say } from '#engines/say.ts'
import type { Database } from '#kit/database.ts'
import { isSealedOrg } from '#kit/demo-beside.ts'
import { run, sql } from '#kit/sql.ts'
import type { Findings } from './finding.ts'
import { named } from './finding.ts'
import type { Head } from './bounds.ts'

/** Entries behind the sealed end; those older than the last checkpoint by more than the grace are findings. @returns how many wait */
export async function pendingFindings(
  db: Database,
  head: Head,
  checkpoint: { lastMs: number | null; graceMs: number },
  findings: Findings,
): Promise<number> {
  const counts = await run<{ n: number }>(
    db,
    sql`select count(*) as n from journal where ${isSealedOrg} and (xid, id) > (${head.end.xid}::xid8, ${head.end.id}::uuid)`,
  )
  if (checkpoint.lastMs === null) return counts[0]?.n ?? 0
  const oldest = new Date(checkpoint.lastMs - checkpoint.graceMs).toISOString()
  const late = await run<{ id: string; at: string; record: string; recordId: number }>(
    db,
    sql`select j.id::text, j.at, j.record, j.record_id as "recordId" from journal j where (j.xid, j.id) > (${head.end.xid}::xid8, ${head.end.id}::uuid) and j.at < ${oldest}::timestamptz and ${isSealedOrg}
      and not exists (select 1 from journal_leaf l where l.entry = j.id) order by j.xid, j.id limit 101`,
  )
  for (const line of late)
    findings.add(
      'backdated',
      { entry: line.id, record: line.record, recordId: line.recordId, at: line.at },
      say`The entry on ${named(line)} says ${line.at} and is not sealed, though everything was up to ${new Date(checkpoint.lastMs).toISOString()}: it was put in later with an old time. Look at the record, and ask who had access to the database.`,
    )
  return counts[0]?.n ?? 0
}

/** The triggers that refuse changes must be there and on, in every partition. */
export async function protectionFindings(db: Database, findings: Findings): Promise<void> {
  const rows = await run<{ table: string; trigger: string }>(
    db,
    sql`select c.relname as table, want.name as trigger from (select 'journal'::regclass as id union all select inhrelid from pg_inherits where inhparent = 'journal'::regclass) t
      join pg_class c on c.oid = t.id cross join (values ('journal_append_only'), ('journal_no_truncate')) want (name)
      where not exists (select 1 from pg_trigger g where g.tgrelid = t.id and g.tgname = want.name and g.tgenabled in ('O', 'A')) order by 1, 2`,
  )
  for (const { table, trigger } of rows)
    findings.add(
      'unprotected',
      {},
      say`The trigger ${trigger} of ${table}, which refuses changes, is off or gone. Switch it on again: alter table ${table} enable trigger ${trigger}.`,
    )
}
