/** Takes the demonstration away, without a trace: rows, history and its seal, numbers, counts, sign-ins, files. */
import type { Tx } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
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
  const kept = await db.query<{ sha256: string }>(
    'select distinct sha256 from file where org = $1 and sha256 is not null',
    [DEMO_ORG],
  )
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
    const all = new Set([...tables, ...OF_ORG, ...more.map(({ name }) => name)])
    await tx.query(`truncate ${[...all].join(', ')}`)
    await truncateJournal(tx)
    await tx.query('delete from organisation where id = $1', [DEMO_ORG])
    return counted[0]?.n ?? 0
  })
  for (const { sha256 } of kept) await files?.remove(sha256)
  log('The demonstration is gone.')
  return { rows }
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
