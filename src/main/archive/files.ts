/** Which attachments and imported files the database refers to. */
import type { Door } from '#platform/database.ts'
import { ask } from '#main/backup/doors.ts'

/** SHA-256 of files whose records were made or changed since. None before the schema is there. */
export async function filesOf(door: Door, since: string): Promise<string[]> {
  const there = await ask<{ there: boolean }>(door, `select to_regclass('public.import_batch') is not null as there`)
  if (there[0]?.there !== true) return []
  const rows = await ask<{ sha256: string }>(
    door,
    'select sha256 from file where sha256 is not null and updated_at >= $1 union select sha256 from import_batch where sha256 is not null and updated_at >= $1',
    [since],
  )
  return rows.map(({ sha256 }) => sha256)
}
