/** Which files the database refers to. */
import type { TableWithContents } from '#kit/contents.ts'
import { contentsIn, TABLES_WITH_CONTENTS } from '#kit/contents.ts'
import type { Door } from '#platform/database.ts'
import { ask } from '#main/backup/doors.ts'

/** SHA-256 of files whose records were made or changed since. None before the schema is there. */
export async function filesOf(door: Door, since: string): Promise<string[]> {
  const there = await ask<{ there: boolean }>(door, `select to_regclass('public.import_batch') is not null as there`)
  if (there[0]?.there !== true) return []
  const tables = await ask<TableWithContents>(door, TABLES_WITH_CONTENTS)
  const rows = await ask<{ sha256: string }>(door, contentsIn(tables, '$1'), [since])
  return rows.map(({ sha256 }) => sha256)
}
