/** Takes the demonstration away, without a trace: rows, history and its seal, numbers, counts, sign-ins, jobs, files. */
import type { Tx } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
import { contentColumns } from '#kit/retention/purge.ts'
import { hasWords } from '#kit/write.ts'
import type { DemoParts } from './load.ts'
import { DEMO_ORG } from './load.ts'

/** Tables of the kit that belong to an organisation, beside those of the records. */
const OF_ORG = [
  'tally',
  'tally_delta',
  'counter',
  'clock',
  'credential',
  'role_grant',
  'session',
  'api_token',
  'preference',
  'idempotency',
  'journal_leaf',
  'journal_tile',
  'journal_checkpoint',
  'setup_link',
  'upload',
] as const

/**
 * Removes the demonstration's organisation and everything in it, the journal included.
 * @param files removes the content of an attachment, after the rows are gone.
 * @throws a refusal (409) when the organisation is not the demonstration, or another one shares the database
 */
export async function removeDemo(
  parts: DemoParts,
  files: { remove(sha256: string): Promise<void> } | null = null,
): Promise<{ rows: number }> {
  const { db, catalogue, log } = parts
  const kept = await filesOf(parts)
  const rows = await db.transaction(async (tx) => {
    await refuseUnlessDemo(tx)
    const tables = catalogue.records.flatMap((record) => [
      record.table,
      ...(hasWords(record) ? [`${record.table}_search`] : []),
    ])
    const counted = await tx.query<{ n: number }>(
      'select coalesce(sum(last), 0)::bigint as n from counter where org = $1',
      [DEMO_ORG],
    )
    const more = await tx.query<{ name: string }>(
      "select table_name as name from information_schema.columns where table_schema = current_schema() and column_name = 'org' and table_name not like 'journal%'",
    )
    const all = new Set([...tables, ...OF_ORG, 'journal_erasure', ...more.map(({ name }) => name)])
    await tx.query(`truncate ${[...all].join(', ')}`)
    await truncateJournal(tx)
    await tx.query('update journal_seal set (xid, id) = (default, default)')
    await removeJobs(tx)
    await tx.query('delete from organisation where id = $1', [DEMO_ORG])
    return counted[0]?.n ?? 0
  })
  for (const sha256 of kept) await files?.remove(sha256)
  log('The demonstration is gone.')
  return { rows }
}

/** Records that people wrote since it was loaded, by screen, import or program: they would go too. */
export async function writtenByPeople({ db }: Pick<DemoParts, 'db'>, org = DEMO_ORG): Promise<number> {
  const rows = await db.query<{ n: number }>(
    `select count(distinct (record, record_id))::bigint as n from journal
     where org = $1 and origin in ('web', 'api', 'cli', 'import') and request not like 'demo-%'`,
    [org],
  )
  return rows[0]?.n ?? 0
}

/** The contents that attachments and imports keep, of the demonstration or of `org`. */
export async function filesOf(
  { db, catalogue }: Pick<DemoParts, 'db' | 'catalogue'>,
  org = DEMO_ORG,
): Promise<string[]> {
  const columns = catalogue.records.flatMap((record) =>
    contentColumns(record).map((column) => `select ${column} as sha256 from ${record.table} where org = $1`),
  )
  const found = await db.query<{ sha256: string | null }>(
    [...columns, 'select sha256 from upload where org = $1'].join(' union '),
    [org],
  )
  return found.flatMap(({ sha256 }) => sha256 ?? [])
}
/** What waits, failed or was done speaks of rows that are gone. There are no jobs before the first start. */
async function removeJobs(tx: Tx): Promise<void> {
  const found = await tx.query<{ isThere: boolean }>(`select to_regclass('jobs.job') is not null as "isThere"`)
  if (found[0]?.isThere === true) await tx.query('delete from jobs.job')
}

/** The journal belongs to the database's owner, who alone may open its lock; it closes again with the same transaction. */
async function truncateJournal(tx: Tx): Promise<void> {
  const parts = await tx.query<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c where c.oid = 'journal'::regclass or c.oid in (select inhrelid from pg_inherits where inhparent = 'journal'::regclass)",
  )
  for (const { name } of parts) await tx.query(`alter table ${name} disable trigger journal_no_truncate`)
  await tx.query('truncate journal')
  for (const { name } of parts) await tx.query(`alter table ${name} enable trigger journal_no_truncate`)
}

async function refuseUnlessDemo(tx: Tx): Promise<void> {
  const found = await tx.query<{ id: number; name: string; isDemo: boolean }>(
    `select id, name, coalesce(settings->'demo' = 'true', false) as "isDemo" from organisation order by id for update`,
  )
  const other = found.find((one) => one.id !== DEMO_ORG || !one.isDemo)
  if (found.length === 0) throw conflict('There is no demonstration here to remove.')
  if (other !== undefined)
    throw conflict(
      `"${other.name}" is no demonstration. Nothing was removed; only a database that holds nothing but the demonstration is emptied.`,
    )
}
