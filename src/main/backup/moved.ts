/** The mark that a move leaves on the database it came from, so that nobody goes on working in a copy. */
import type { Database } from '#kit/database.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Door } from '#platform/database.ts'
import { ask } from './doors.ts'

const NAME = 'moved'

export async function markMoved(door: Door, to: string): Promise<void> {
  await ask(
    door,
    `insert into installation_setting (name, value) values ($1, to_jsonb($2::text)) on conflict (name) do update set value = excluded.value, at = now()`,
    [NAME, to],
  )
}
/** Where it moved to, or null. */
export async function movedTo(door: Door): Promise<string | null> {
  const there = await ask<{ there: boolean }>(door, `select to_regclass('installation_setting') is not null as there`)
  if (there[0]?.there !== true) return null
  const rows = await ask<{ to: string }>(
    door,
    `select value #>> '{}' as to from installation_setting where name = $1`,
    [NAME],
  )
  return rows[0]?.to ?? null
}
/** @throws {BackupRefusal} with where it is now */
export async function refuseIfMoved(db: Database): Promise<void> {
  const rows = await db.query<{ to: string; at: string }>(
    `select value #>> '{}' as to, at from installation_setting where name = $1`,
    [NAME],
  )
  const row = rows[0]
  if (row !== undefined)
    throw new BackupRefusal(
      `This database was moved to ${row.to} on ${row.at.slice(0, 16).replace('T', ' ')} UTC. Set (or leave out) DATABASE_URL so that Pilothouse finds it there; \`pilothouse move\` takes it back.`,
    )
}
