/** The contents of files that no attachment refers to any more: looked at an hour later, and removed. */
import type { FilesPort } from '#kit/routes/files.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

const HOUR_MS = 3_600_000

/** One content may be the attachment of several records, in several organisations; an import refers to its file as well. @returns how many went */
export async function removeLostFiles(store: Store, files: FilesPort): Promise<number> {
  const tables = store.catalogue.records.filter(({ fields }) => fields['sha256'] !== undefined)
  const isUsed = tables.map(({ table }) => `exists (select from ${table} t where t.sha256 = l.sha256)`).join(' or ')
  const lost = await run<{ sha256: string; isUsed: boolean }>(
    store.db,
    sql`select l.sha256, ${raw(isUsed)} as "isUsed" from lost_file l where l.at < now() - interval '1 hour' limit 10000`,
  )
  let gone = 0
  for (const { sha256, isUsed: isKept } of lost) {
    const isRemoved = !isKept && (await files.removeOlder(sha256, HOUR_MS))
    if (isRemoved) gone++
    if (isKept || isRemoved) await run(store.db, sql`delete from lost_file where sha256 = ${sha256}`)
  }
  return gone
}
