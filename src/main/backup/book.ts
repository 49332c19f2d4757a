/** The book of backups: what was made and proven. The files are the truth, so what lies in the place and is not in the book is added. */
import type { Database } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { BackupStore } from '#platform/backup/kept.ts'
import { headerOf } from '#platform/backup/reader.ts'
import { toRemove } from '#engines/retention.ts'
import type { BackupSettings } from './settings.ts'

export interface Noted {
  readonly id: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly state: 'running' | 'done' | 'failed'
  readonly because: string | null
  readonly place: string
  readonly name: string
  readonly bytes: number | null
  /** Entries of the journal that its seal covers. */
  readonly entries: number | null
  readonly items: number | null
  readonly encrypted: boolean
  /** Attachments that were damaged or missing when it was made. */
  readonly unsound: number
  readonly provenAt: string | null
  readonly proof: 'running' | 'good' | 'failed' | null
  readonly proofBecause: string | null
  readonly proofMs: number | null
}
const COLUMNS = `id::text, started_at as "startedAt", ended_at as "endedAt", state, because, place, name, bytes, entries, items, encrypted, unsound, proven_at as "provenAt", proof, proof_because as "proofBecause", proof_ms as "proofMs"`

/** Newest first, without those whose file was removed. */
export async function noted(db: Database, limit = 100): Promise<Noted[]> {
  return db.query<Noted>(`select ${COLUMNS} from backup where removed_at is null order by started_at desc limit $1`, [
    limit,
  ])
}
export async function begin(
  db: Database,
  of: { id: string; at: string; place: string; name: string; encrypted: boolean },
): Promise<void> {
  // Only one is made at a time, so another that seems to run was ended in the middle.
  await run(
    db,
    sql`update backup set state = 'failed', because = 'It was ended in the middle.', ended_at = ${of.at} where state = 'running'`,
  )
  await run(
    db,
    sql`insert into backup (id, started_at, state, place, name, encrypted) values (${of.id}, ${of.at}, 'running', ${of.place}, ${of.name}, ${of.encrypted})`,
  )
}
export async function done(
  db: Database,
  id: string,
  made: { at: string; bytes: number; entries: number; items: number; sha256: string; unsound: number },
): Promise<void> {
  await run(
    db,
    sql`update backup set state = 'done', ended_at = ${made.at}, bytes = ${made.bytes}, entries = ${made.entries}, items = ${made.items}, sha256 = ${made.sha256}, unsound = ${made.unsound} where id = ${id}`,
  )
}
export async function failed(db: Database, id: string, at: string, because: string): Promise<void> {
  await run(db, sql`update backup set state = 'failed', ended_at = ${at}, because = ${because} where id = ${id}`)
}
export async function proof(
  db: Database,
  id: string,
  of: { at: string | null; state: 'running' | 'good' | 'failed'; because?: string; tookMs?: number },
): Promise<void> {
  await run(
    db,
    sql`update backup set proof = ${of.state}, proven_at = coalesce(${of.at}::timestamptz, proven_at), proof_because = ${of.because ?? null}, proof_ms = ${of.tookMs === undefined ? null : Math.round(of.tookMs)} where id = ${id}`,
  )
}

/** Brings the book in line with the place: strangers come in, what is gone goes out. */
export async function takeStock(db: Database, store: BackupStore, now: string): Promise<void> {
  const files = await store.list()
  const known = await db.query<{ name: string; state: string }>(
    'select name, state from backup where place = $1 and removed_at is null',
    [store.place],
  )
  for (const { name, bytes } of files) {
    if (known.some((one) => one.name === name)) continue
    const header = await headerOf(store.open(name)).catch(() => null)
    if (header === null) continue // damaged or not ours; a proof by name says what is wrong
    await run(
      db,
      sql`insert into backup (id, started_at, ended_at, state, place, name, bytes, entries, encrypted) values (${crypto.randomUUID()}, ${header.createdAt}, ${header.createdAt}, 'done', ${store.place}, ${name}, ${bytes}, ${header.seal.size}, ${header.locking !== null})
        on conflict (place, name) do update set removed_at = null`,
    )
  }
  const gone = known
    .filter((one) => one.state === 'done' && !files.some(({ name }) => name === one.name))
    .map(({ name }) => name)
  if (gone.length > 0)
    await run(
      db,
      sql`update backup set removed_at = ${now} where place = ${store.place} and name = any(${gone}::text[])`,
    )
}

/** Removes what the counts no longer keep. @returns the names */
export async function prune(db: Database, store: BackupStore, keep: BackupSettings, now: string): Promise<string[]> {
  const here = (await noted(db, 10_000)).filter((one) => one.place === store.place && one.state === 'done')
  const names = toRemove(
    here.map(({ name, startedAt, proof }) => ({ name, at: startedAt, isProven: proof === 'good' })),
    keep,
  )
  for (const name of names) {
    await store.remove(name)
    await run(db, sql`update backup set removed_at = ${now} where place = ${store.place} and name = ${name}`)
  }
  return names
}
