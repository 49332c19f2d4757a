/** What of the database goes into a backup: every table of the schema, but for what is worth nothing afterwards. */
import type { Sql } from '#kit/database.ts'
import type { Partition } from './format.ts'

/** A table with rows of its own; a partitioned one has none, its partitions have. */
export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** Bytes on disk without indexes. */
  readonly size: number
  readonly partition: Partition | null
  /** A query in place of the table itself. */
  readonly from?: string
}

/**
 * Left out, with the reason. Sessions and links are doors: who restores signs in again. Answers kept for repeated
 * requests may hold a token in the clear, and nobody repeats a request of before the restore.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  session: 'everybody signs in again',
  setup_link: 'a new one is made when it is needed',
  sign_in_step: 'a sign-in that is half done begins anew',
  password_wish: 'whoever forgot a password asks again',
  view_as: 'it belongs to a session',
  idempotency: 'no request of before is repeated after',
  presence: 'whoever is still there says so within seconds',
  backup: 'made anew from the files that are kept',
  restored_job: 'jobs are taken from the queue itself',
}

/** Of these, what is emptied where a whole cluster comes back (`main/archive`). */
export const DOORS = ['session', 'setup_link', 'sign_in_step', 'password_wish', 'view_as', 'idempotency'] as const

/** Largest first, so that the last to be copied are small and the connections end together. */
export async function tablesOf(on: Sql): Promise<Table[]> {
  return on.query<Table>(
    `select c.relname as name, pg_table_size(c.oid) as size,
       (select json_build_object('parent', p.relname, 'bound', pg_get_expr(c.relpartbound, c.oid)) from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid and c.relispartition) as partition,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration' and not (c.relname = any($1::text[]))
     order by 2 desc, 1`,
    [Object.keys(LEFT_OUT)],
  )
}
