/** Indexes and keys are taken off before the rows come and made after: sorted once is several times quicker than row by row. */
import type pg from 'pg'

export interface TableIndexes {
  readonly table: string
  /** Statements that make them again, in order. */
  readonly make: readonly string[]
}
interface Found {
  readonly table: string
  readonly drop: string
  readonly make: string
  /** 0 foreign keys, 1 other constraints, 2 indexes. */
  readonly rank: number
}

/**
 * Takes all indexes and keys of the schema off. Trap: the definition of a partitioned table's index says ON ONLY, which
 * would leave its partitions without one. @returns how to make them, table by table
 */
export async function takeOff(client: pg.Client): Promise<TableIndexes[]> {
  const { rows } = await client.query<Found>(
    `select * from (
       select c.relname as table, format('alter table %I drop constraint %I', c.relname, k.conname) as drop,
         format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as make, case k.contype when 'f' then 0 else 1 end as rank
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       where c.relnamespace = current_schema()::regnamespace and not c.relispartition and k.contype in ('p', 'u', 'x', 'f') and c.relname <> 'schema_migration'
       union all
       select c.relname, format('drop index %I', i.relname), replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON '), 2
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
       where c.relnamespace = current_schema()::regnamespace and not c.relispartition and c.relkind in ('r', 'p')
         and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
     ) found order by rank, 1, 2`,
  )
  for (const { drop } of rows) await client.query(drop)
  const tables = [...new Set(rows.map(({ table }) => table))]
  // Foreign keys come last: they need the keys of other tables.
  const own = rows.filter(({ rank }) => rank > 0)
  const foreign = rows.filter(({ rank }) => rank === 0)
  return [
    ...tables.map((table) => ({ table, make: own.filter((one) => one.table === table).map(({ make }) => make) })),
    ...(foreign.length === 0 ? [] : [{ table: '', make: foreign.map(({ make }) => make) }]),
  ]
}
