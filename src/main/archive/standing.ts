/** How the archive stands: facts for the health page, the doctor, and Settings, Backup. */
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ArchiveState } from '#kit/routes/backups.ts'
import { run, sql } from '#kit/sql.ts'
import { linesOf, walFolder, segmentsOf } from '#platform/archive/place.ts'
import { sealedAt } from '#platform/archive/sealed.ts'
import { waiting } from '#platform/archive/ship.ts'
import { reaches, windows } from '#platform/archive/window.ts'
import { isSameDisk } from '#main/backup/same-disk.ts'
import type { Installation } from '#main/installation.ts'
import type { Said } from './said.ts'
import { saidOf } from './said.ts'
import type { Archive } from './settings.ts'
import { archiveOf } from './settings.ts'

export interface Standing extends ArchiveState {
  /** What the server says of itself; null when it cannot be asked. */
  readonly server: {
    readonly isArchiving: boolean
    readonly failedAt: string | null
    readonly archivedAt: string | null
  }
  readonly said: Said
  readonly waiting: { readonly count: number; readonly since: string | null }
  /** The newest base backup's log has a gap behind it. */
  readonly missing: string | null
}

/** Null when nothing is archived. */
export async function standing(of: Installation): Promise<Standing | null> {
  const archive = archiveOf(of.config, of.backupDoor)
  if (archive === null) return null
  const { folder, dataFolder, days, spool } = archive
  let unreadable: string | null = null
  const orNone = (error: unknown): [] => {
    unreadable ??= error instanceof Error ? error.message : String(error)
    return []
  }
  const found = await reaches(folder).catch(orNone)
  const wait = await waiting(spool)
  const said = saidOf(dataFolder)
  return {
    place: folder,
    isSameDisk: isSameDisk(folder, dataFolder),
    days,
    windows: windows(found),
    lastArchived: await lastArchived(archive).catch(() => null), // why is told below
    bases: found.length,
    bytes: await bytesIn(folder),
    trouble: said.shipping?.because ?? said.base?.because ?? unreadable,
    server: await serverFacts(of),
    said,
    waiting: { count: wait.length, since: wait[0]?.at ?? null },
    missing: found[0]?.missing ?? null,
  }
}
/** Of this, what the screen shows. */
export async function archiveState(of: Installation): Promise<ArchiveState | null> {
  const found = await standing(of)
  if (found === null) return null
  const { place, isSameDisk: isNear, days, windows: spans, lastArchived: last, bases, bytes, trouble } = found
  return { place, isSameDisk: isNear, days, windows: spans, lastArchived: last, bases, bytes, trouble }
}
async function serverFacts({ db }: Installation): Promise<Standing['server']> {
  const rows = await run<Standing['server']>(
    db,
    sql`select current_setting('archive_mode') <> 'off' as "isArchiving", last_failed_time as "failedAt", last_archived_time as "archivedAt" from pg_stat_archiver`,
  )
  return rows[0] ?? { isArchiving: false, failedAt: null, archivedAt: null }
}
/** When the server handed over the newest segment that is in the archive. */
async function lastArchived({ folder }: Archive): Promise<string | null> {
  const line = (await linesOf(folder)).at(-1)
  const name = line === undefined ? undefined : (await segmentsOf(folder, line)).at(-1)
  return line === undefined || name === undefined ? null : sealedAt(path.join(walFolder(folder, line), name))
}
/** Of the lines: attachments may share their room with the product's own. */
async function bytesIn(folder: string): Promise<number> {
  let total = 0
  for (const line of await linesOf(folder))
    for (const name of await readdir(path.join(folder, line), { recursive: true }).catch((): string[] => [])) {
      const facts = await stat(path.join(folder, line, name)).catch(() => null) // pruned just now
      if (facts?.isFile() === true) total += facts.size
    }
  return total
}
