/** Opens an installation: configuration, database, schema, store. The server, the commands and the tests begin here. */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Catalogue } from '#kit/catalogue.ts'
import { loadOrganisations } from '#kit/reload.ts'
import type { Database } from '#kit/database.ts'
import { migrate } from '#kit/migrate.ts'
import { Store } from '#kit/store.ts'
import type { Config } from '#platform/config.ts'
import { now } from '#platform/clock.ts'
import type { Door } from '#platform/database.ts'
import { openDatabase } from '#platform/database.ts'
import { openFiles } from '#platform/files.ts'
import { readMigrations } from '#platform/migrations.ts'
import type { Notifier } from '#platform/notify.ts'
import { openNotifier } from '#platform/notify.ts'
import { reachDatabase } from '#platform/reach.ts'
import { allRules, newCatalogue } from '#app'
import { takeArrivedKeys } from './backup/arrival.ts'
import { refuseIfMoved } from './backup/moved.ts'
import { makeDataFolder } from './data-folder.ts'
import { ROOT } from './root.ts'

export { ROOT }

export interface Installation {
  readonly config: Config
  readonly door: Door
  /** The superuser's of the embedded database, for backups: no policy hides a row from it. Absent: `door`. */
  readonly backupDoor?: Door | undefined
  readonly db: Database
  readonly catalogue: Catalogue
  readonly store: Store
  readonly notifier: Notifier
  readonly files: ReturnType<typeof openFiles>
  readonly secret: Buffer
  /** Breaks every connection to a database that has gone silent. */
  readonly cut?: () => void
  /** Stops what was started here; the embedded server only when nobody else uses it. */
  close(): Promise<void>
}

/** @throws a refusal with a sentence when the database cannot be used */
export async function openInstallation(config: Config, say: (line: string) => void): Promise<Installation> {
  const of = await reachInstallation(config, say)
  await migrate(of.db, readMigrations(path.join(ROOT, 'src')), now().slice(0, 10), say)
  await refuseIfMoved(of.db)
  await takeArrivedKeys(config.dataFolder, of.db, now().slice(0, 19).replaceAll(/[-:]/g, ''))
  await loadOrganisations(of.store)
  return of
}

/**
 * The installation as it stands: nothing is migrated, so its tables may be missing or of another version. For looking alone.
 * @throws a refusal with a sentence when the database cannot be reached
 */
export async function reachInstallation(config: Config, say: (line: string) => void): Promise<Installation> {
  makeDataFolder(config.dataFolder)
  const reached = await reachDatabase(config, say)
  const { door } = reached
  const reader = config.readerUrl === null ? {} : { reader: { connectionString: config.readerUrl } }
  const db = openDatabase({ connection: door, ...reader, isPrepared: config.isPrepared, name: 'pilothouse' })
  const notifier = openNotifier(db)
  const catalogue = newCatalogue()
  const store = new Store({
    db,
    catalogue,
    now,
    rules: allRules(),
    onCommit: (org, touched) => notifier.changed(org, touched),
  })
  return {
    config,
    door,
    backupDoor: reached.superuserDoor ?? undefined,
    db,
    catalogue,
    store,
    notifier,
    files: openFiles(path.join(config.dataFolder, 'files')),
    secret: ownSecret(config.dataFolder),
    cut: () => db.cut(),
    close: async () => {
      await notifier.flush().catch(() => {}) // the database may be gone already; nothing is lost but a repaint
      await db.close()
      await reached.stop()
    },
  }
}

/** A secret of this installation; several nodes share it through PILOTHOUSE_SECRET. */
function ownSecret(folder: string): Buffer {
  const given = process.env['PILOTHOUSE_SECRET']
  if (given !== undefined && given.length >= 32) return Buffer.from(given)
  const file = path.join(folder, 'secret')
  if (!existsSync(file)) {
    // The first start in this folder. Whole at once: another node may start at the same moment.
    const draft = `${file}.new-${process.pid}`
    writeFileSync(draft, randomBytes(32), { mode: 0o600 })
    linkUnlessThere(draft, file)
    rmSync(draft)
  }
  return readFileSync(file)
}
function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}
