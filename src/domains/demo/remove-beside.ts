/** Takes away the demonstration that stands beside one's own data: every row of its organisation, whichever table it stands in. */
import { presentIndexes } from '#kit/added-index.ts'
import type { Database, Sql, Tx } from '#kit/database.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import { leaveBehind } from '#kit/retention/lost-files.ts'
import { raw, run } from '#kit/sql.ts'
import type { DemoParts } from './load.ts'
import { filesOf } from './remove.ts'

/**
 * Safe to run again where it stopped. What is one's own is not touched: the numbers of organisations keep them apart, and
 * the seal knows nothing of this one. Contents of files go an hour later, unless somebody else keeps the same.
 * @returns how many rows went
 */
export async function removeBeside(parts: Pick<DemoParts, 'db' | 'catalogue'>): Promise<number> {
  const { db } = parts
  const files = await filesOf(parts, BESIDE)
  const rows = await db.transaction(async (tx) => {
    for (const sha256 of files) await leaveBehind(tx, sha256)
    await removeJobs(tx)
    return removeRows(tx)
  })
  for (const [name] of await presentIndexes(db, BESIDE)) await run(db, raw(`drop index concurrently if exists ${name}`))
  // Work that was under way for it may have written until now.
  return rows + (await db.transaction(removeRows))
}

async function removeRows(tx: Tx): Promise<number> {
  // The counts of clocks follow the clocks (by trigger), and go after them.
  let gone = await removed(tx, 'clock')
  for (const name of await tablesOf(tx)) gone += await removed(tx, name)
  await tx.query('delete from organisation where id = $1', [BESIDE])
  return gone
}
async function removed(tx: Tx, table: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `with gone as (delete from ${table} where org = $1 returning 1) select count(*) as n from gone`,
    [BESIDE],
  )
  return row?.n ?? 0
}
/** Also tables that are added later; the leaves of the seal hold nothing of it. */
async function tablesOf(on: Sql): Promise<string[]> {
  const rows = await on.query<{ name: string }>(
    `select quote_ident(c.relname) as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org' and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'journal_leaf' order by 1`,
  )
  return rows.map(({ name }) => name)
}
/** There are no jobs before the first start. */
async function removeJobs(tx: Tx): Promise<void> {
  const [found] = await tx.query<{ isThere: boolean }>(`select to_regclass('jobs.job') is not null as "isThere"`)
  if (found?.isThere === true) await tx.query(`delete from jobs.job where data->>'org' = $1`, [String(BESIDE)])
}

/** What people wrote into it since it came: how many records, and the newest of them by number. */
export async function writtenBeside(
  { db, catalogue }: { readonly db: Database } & Pick<DemoParts, 'catalogue'>,
  most: number,
): Promise<{ written: number; newest: string[] }> {
  const rows = await db.query<{ record: string; id: number }>(
    `select record, record_id as id from journal
     where org = $1 and origin in ('web', 'api', 'cli', 'import') and request not like 'demo-%' and record_id > 0
     group by record, record_id order by max(occurred_at) desc`,
    [BESIDE],
  )
  const named = rows.flatMap(({ record, id }) => {
    const kind = catalogue.find(record)
    return kind === null ? [] : [`${kind.number}-${id}`]
  })
  return { written: named.length, newest: named.slice(0, most) }
}
