/** After rows came from another server: what is counted there must go on counting here. */
import type { Database } from '#kit/database.ts'

/**
 * The journal is read in the order of transactions, and this server counts its own anew. What it writes from now on must
 * come after everything that is there, so a number is added to its count (see the migration 20261121-0030-journal-order).
 */
export async function continueOrder(db: Database): Promise<void> {
  const rows = await db.query<{ ahead: string }>(
    `select greatest(0, max(last) + 1 - (pg_snapshot_xmax(pg_current_snapshot())::text)::bigint)::text as ahead from (
       (select (xid::text)::bigint as last from journal order by xid desc, id desc limit 1)
       union all select (xid::text)::bigint from journal_seal union all select (xid::text)::bigint from reaction_cursor) known`,
  )
  const ahead = BigInt(rows[0]?.ahead ?? '0')
  const counted = (transaction: string): string =>
    ahead === 0n ? transaction : `((${transaction})::text::bigint + ${ahead})::text::xid8`
  await db.query(
    `create or replace function journal_xid() returns xid8 language sql stable as $$ select ${counted('pg_current_xact_id()')} $$`,
  )
  await db.query(
    `create or replace function journal_horizon() returns xid8 language sql stable as $$ select ${counted('pg_snapshot_xmin(pg_current_snapshot())')} $$`,
  )
}

/** Numbers that the server itself gives out go on behind the highest that is there. */
export async function settleSequences(db: Database): Promise<void> {
  const rows = await db.query<{ sequence: string; table: string; column: string }>(
    `select s.relname as sequence, t.relname as table, a.attname as column
     from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
     join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and s.relnamespace = current_schema()::regnamespace`,
  )
  for (const { sequence, table, column } of rows)
    await db.query(
      `select setval(quote_ident('${sequence}')::regclass, coalesce((select max("${column}") from "${table}"), 1), exists (select 1 from "${table}"))`,
    )
}
