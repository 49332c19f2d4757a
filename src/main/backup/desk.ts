/** Backups of the running server: what the screen asks for and what the clock starts. The work is done by processes of their own. */
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import type { BackupsPort } from '#kit/routes/backups.ts'
import type { Door } from '#platform/database.ts'
import { GIVING_WAY } from '#platform/postgres/give-way.ts'
import type { Installation } from '#main/installation.ts'
import { ROOT } from '#main/root.ts'
import { baseDue } from '#main/archive/base.ts'
import { archiveOf } from '#main/archive/settings.ts'
import { archiveState } from '#main/archive/standing.ts'
import { noted } from './book.ts'
import { isNewerDue } from './due.ts'
import { passphraseOf } from './secrets.ts'
import { fromEnvironment, keepSettings, readSettings } from './settings.ts'
import { isSameDisk } from './same-disk.ts'
import { tellOfBackups } from './tell.ts'
import { ofPlace, usualPlace } from './work.ts'

export interface BackupDesk extends BackupsPort {
  /** Starts what is due, and tells administrators when something is wrong. Call every minute, on one node. */
  tick(): Promise<void>
}

export function backupDesk(of: Installation): BackupDesk {
  let isRunning = false
  const start = (words: readonly string[]): boolean => {
    if (isRunning) return false
    isRunning = true
    // Detached: it ends by itself when the server is stopped, and the database waits for it.
    const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), ...words], {
      detached: true,
      stdio: 'ignore',
      env: environmentOf(of),
    })
    const over = (): void => {
      isRunning = false
      tellOfBackups(of).catch(() => {}) // the next look tells it
    }
    child.once('exit', over).once('error', over)
    child.unref()
    if (child.pid !== undefined) giveWay(child.pid)
    return true
  }
  const place = usualPlace(of.config.dataFolder)
  return {
    state: async () => ({
      settings: await readSettings(of.db, process.env),
      fixed: Object.keys(fromEnvironment(process.env)),
      place,
      isSameDisk: isSameDisk(place, of.config.dataFolder),
      isEncrypting: passphraseOf(process.env) !== null,
      isBusy: isRunning,
      items: await noted(of.db, 50),
      archive: await archiveState(of),
    }),
    keep: (settings) => keepSettings(of.db, settings),
    start: async (what) => {
      if (what.kind === 'backup') return start(['backup', '--quiet'])
      const one = (await noted(of.db, 10_000)).find(({ id }) => id === what.id)
      return one !== undefined && start(['backup', 'prove', `${one.place}/${one.name}`, '--quiet'])
    },
    tick: async () => {
      await tellOfBackups(of)
      const due = isNewerDue(await readSettings(of.db, process.env), await ofPlace(of, place), of.store.now())
      if (due.isBackupDue || due.isProofDue) start(['backup', 'due'])
      const archive = archiveOf(of.config, of.backupDoor)
      if (archive !== null && (await baseDue(archive, of.store.now())) !== null) start(['archive', 'base', '--quiet'])
    },
  }
}
/** Before it has threads, which take it over. A process that has ended already, or that may not be asked, is left as it is. */
function giveWay(process: number): void {
  try {
    os.setPriority(process, GIVING_WAY)
  } catch {
    // It does its work all the same.
  }
}
/** The same installation for another process. */
function environmentOf(of: Installation): NodeJS.ProcessEnv {
  const { dataFolder, databaseUrl } = of.config
  const url = databaseUrl ?? (of.backupDoor === undefined ? urlOf(of.door) : null)
  const { DATABASE_URL: _, ...rest } = process.env
  return { ...rest, PILOTHOUSE_DATA: dataFolder, ...(url === null ? {} : { DATABASE_URL: url }) }
}
function urlOf(door: Door): string {
  return 'connectionString' in door
    ? door.connectionString
    : `postgres://${door.user}@${encodeURIComponent(door.host)}:${door.port}/${door.database}`
}
