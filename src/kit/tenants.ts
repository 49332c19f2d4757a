/**
 * Organisations are kept apart by the database itself (row-level security): what a request asks runs as a role that sees
 * the rows of one organisation only, even where a statement forgets to say `org`. The owner of the tables, as which
 * migrations, reactions and jobs run, sees all.
 *
 * Two kinds of table stay outside, because a condition that PostgreSQL may not push below a policy could use no index
 * there: the words beside a table (`…_search`: words and ids; what they find is read from the table itself, `vocabulary_search` too), and the
 * leaves of the seal (hashes; one tree holds all organisations).
 */
import type { Sql, Tx } from './database.ts'

/** The setting that says for which organisation a connection speaks; unset, it sees no row. */
export const TENANT_SETTING = 'pilothouse.org'
const OWN = `(select nullif(current_setting('${TENANT_SETTING}', true), '')::integer)`
const OUTSIDE = `c.relname <> 'journal_leaf' and c.relname not like '%\\_search'`

/** The role's name, ready for SQL; null when there is none, or none that may use this database yet. */
export async function tenantRole(on: Sql): Promise<string | null> {
  const found = await roleOf(on)
  return found?.isReady === true ? found.role : null
}
async function roleOf(on: Sql): Promise<{ role: string; isReady: boolean } | null> {
  const rows = await on.query<{ role: string; isReady: boolean }>(
    `select quote_ident(rolname) as role, coalesce(has_table_privilege(oid, to_regclass('public.organisation'), 'select'), false) as "isReady"
     from pg_roles where rolname = current_user || '_tenant' and pg_has_role(current_user, oid, 'member')`,
  )
  return rows[0] ?? null
}

/**
 * Gives every table of organisations its policy and the role its rights; tables that have them are left alone.
 * @param isChanged whether migrations have just run
 * @returns whether the role exists
 */
export async function keepApart(tx: Tx, isChanged: boolean): Promise<boolean> {
  const known = await roleOf(tx)
  const role = known?.role ?? (await madeRole(tx))
  if (role === null) return false
  const tables = await unguarded(tx)
  for (const { name, column } of tables) {
    await tx.query(`alter table ${name} enable row level security`)
    await tx.query(`create policy own_organisation on ${name} using (${column} = ${OWN})`)
  }
  if (isChanged || tables.length > 0 || known?.isReady !== true) {
    await grantAll(tx, role, 'public')
    await tx.query(`revoke insert, update, delete on schema_migration from ${role}`)
    await tx.query(
      `do $$ begin if to_regclass('public.journal') is not null then revoke update, delete on journal from ${role}; end if;
        if to_regclass('public.journal_erasure') is not null then revoke insert, update, delete on journal_erasure from ${role}; end if; end $$`,
    )
  }
  return true
}
const GRANT_LOCK = 730_073_011
/** Lets the role use all tables of a schema, those to come as well. Nodes that start at once wait for each other: PostgreSQL refuses two grants on one table at a time. */
export async function grantAll(on: Sql, role: string, schema: string): Promise<void> {
  await on.query(`do $$ begin
    perform pg_advisory_xact_lock(${GRANT_LOCK});
    grant usage on schema ${schema} to ${role};
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
    grant usage, select on all sequences in schema ${schema} to ${role};
  end $$`)
}

/** Tables that hold rows of organisations and have no policy yet. */
export async function unguarded(on: Sql): Promise<{ name: string; column: string }[]> {
  return on.query(`select c.oid::regclass::text as name, case when c.relname = 'organisation' then 'id' else 'org' end as column
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and ${OUTSIDE}
      and (c.relname = 'organisation' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org' and not a.attisdropped))
      and not exists (select from pg_policy p where p.polrelid = c.oid and c.relrowsecurity) order by 1`)
}
async function madeRole(tx: Tx): Promise<string | null> {
  const rows = await tx.query<{ role: string; owner: string; isThere: boolean }>(
    `select quote_ident(rolname || '_tenant') as role, quote_ident(rolname) as owner,
       exists (select from pg_roles t where t.rolname = r.rolname || '_tenant') as "isThere"
     from pg_roles r where rolname = current_user and (rolcreaterole or rolsuper)`,
  )
  const found = rows[0]
  if (found === undefined || found.isThere) return null
  await tx.query(`create role ${found.role} nologin`)
  await tx.query(`grant ${found.role} to ${found.owner}`)
  return found.role
}
