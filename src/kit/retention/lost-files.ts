/** The contents of files that nothing refers to: noted where they are left behind, looked for once a day, and removed. */
import type { TableWithContents } from '#kit/contents.ts'
import { TABLES_WITH_CONTENTS } from '#kit/contents.ts'
import type { Sql } from '#kit/database.ts'
import type { FilesPort } from '#kit/routes/files.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

const HOUR_MS = 3_600_000
/** An upload may take hours before its row is written. */
const GRACE_MS = 24 * HOUR_MS
const BATCH = 500

/** A content was kept that nothing will refer to; `removeLostFiles` looks at it an hour later. */
export async function leaveBehind(on: Sql, sha256: string): Promise<void> {
  await run(on, sql`insert into lost_file (sha256) values (${sha256}) on conflict do nothing`)
}

/** One content may be the attachment of several records, in several organisations; an import refers to its file as well. @returns how many went */
export async function removeLostFiles(store: Store, files: FilesPort): Promise<number> {
  const lost = await run<{ sha256: string; isUsed: boolean }>(
    store.db,
    sql`select l.sha256, ${raw(await usedBy(store, 'l.sha256'))} as "isUsed" from lost_file l where l.at < now() - interval '1 hour' limit 10000`,
  )
  let gone = 0
  for (const { sha256, isUsed: isKept } of lost) {
    const isRemoved = !isKept && (await files.removeOlder(sha256, HOUR_MS))
    if (isRemoved) gone++
    if (isKept || isRemoved) await run(store.db, sql`delete from lost_file where sha256 = ${sha256}`)
  }
  return gone
}

/** Whatever was kept more than a day ago and that nothing refers to, noted or not: a crash may have come between. @returns how many went */
export async function sweepFiles(store: Store, files: FilesPort): Promise<number> {
  let gone = 0
  let names: string[] = []
  for await (const name of files.older(GRACE_MS)) {
    if (names.push(name) < BATCH) continue
    gone += await removeUnused(store, files, names)
    names = []
  }
  return gone + (await removeUnused(store, files, names))
}
async function removeUnused(store: Store, files: FilesPort, names: readonly string[]): Promise<number> {
  if (names.length === 0) return 0
  const unused = await run<{ sha256: string }>(
    store.db,
    sql`select n.sha256 from unnest(${[...names]}::text[]) n (sha256) where not (${raw(await usedBy(store, 'n.sha256'))})`,
  )
  let gone = 0
  for (const { sha256 } of unused) if (await files.removeOlder(sha256, GRACE_MS)) gone++
  return gone
}

/** SQL: whether anything refers to a content: a row of any table that names one, in the bin too. */
async function usedBy({ db }: Store, sha256: string): Promise<string> {
  const tables = await db.query<TableWithContents>(TABLES_WITH_CONTENTS)
  // None at all would make everything look lost.
  if (tables.length < 2) throw new Error('The tables that refer to files were not found. Nothing is removed.')
  return tables.map(({ name, column }) => `exists (select from ${name} t where t.${column} = ${sha256})`).join(' or ')
}
