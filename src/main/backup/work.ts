/** What the command line and the schedule do with backups of an open installation: make one, prove one, keep the right ones. */
import path from 'node:path'
import { seal } from '#kit/seal/sealer.ts'
import { readPublicKey } from '#kit/seal/key.ts'
import { backupName, BACKUP_NAME } from '#platform/backup/kept.ts'
import type { BackupStore } from '#platform/backup/kept.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { openStore } from '#platform/backup/store.ts'
import type { Due } from './due.ts'
import { isNewerDue } from './due.ts'
import type { Installation } from '#main/installation.ts'
import { portsOf } from '#main/parts.ts'
import { VERSION } from '#main/version.ts'
import { earlierKeys } from './arrival.ts'
import type { Noted } from './book.ts'
import { begin, done, failed, noted, proof, prune, takeStock } from './book.ts'
import type { Made } from './make.ts'
import { makeBackup } from './make.ts'
import type { Proven } from './prove.ts'
import { prove } from './prove.ts'
import type { SealParts } from './seal-check.ts'
import { keysOf, passphraseOf } from './secrets.ts'
import { readSettings } from './settings.ts'

type Say = (line: string) => void

/** PILOTHOUSE_BACKUP_TO, or the folder `backups` in the data folder. Only the machine's owner can say where, not the screen. */
export function usualPlace(dataFolder: string): string {
  const place = process.env['PILOTHOUSE_BACKUP_TO']?.trim() || path.join(dataFolder, 'backups')
  // As the book names it: what is looked up there must be what was written.
  return place.startsWith('s3://') ? place : path.resolve(place)
}
export function sealParts(of: Installation): SealParts {
  const { key, sink } = portsOf(of)
  return { keys: [key, ...earlierKeys(of.config.dataFolder).map(readPublicKey)], sink, now: () => of.store.now() }
}

/** Makes one and writes it into the book. @throws {BackupRefusal} and whatever the disk or the database said */
export async function backUp(
  of: Installation,
  said: { place: string; isEncrypted: boolean; say: Say },
): Promise<Made & { name: string; place: string }> {
  const passphrase = passphraseOf(process.env)
  if (said.isEncrypted && passphrase === null)
    throw new BackupRefusal(
      'There is no passphrase. Put it into a file and name that in PILOTHOUSE_BACKUP_PASSPHRASE_FILE (or set PILOTHOUSE_BACKUP_PASSPHRASE).',
    )
  const { key, sink } = portsOf(of)
  const store = openStore(said.place, process.env)
  const [id, at] = [crypto.randomUUID(), of.store.now()]
  const name = backupName(at)
  // Before anything that may fail: a place that cannot be written to is a failure that somebody must hear of.
  await begin(of.db, { id, at, place: store.place, name, encrypted: said.isEncrypted })
  try {
    await seal(of.db, key, of.store.now(), sink)
    const target = await store.create(name)
    const made = await makeBackup({
      door: of.backupDoor ?? of.door,
      target,
      program: VERSION,
      now: () => of.store.now(),
      publicKey: key,
      passphrase: said.isEncrypted ? passphrase : null,
      keys: keysOf(of.secret, of.config.dataFolder, process.env),
      filesFolder: path.join(of.config.dataFolder, 'files'),
      say: said.say,
    })
    const { bytes, items, sha256, manifest, header } = made
    await done(of.db, id, {
      at: of.store.now(),
      bytes,
      items,
      sha256,
      entries: header.seal.size,
      unsound: manifest.unsound.length,
    })
    return { ...made, name, place: store.place }
  } catch (error) {
    await failed(of.db, id, of.store.now(), inWords(error)).catch(() => {}) // the error itself says more
    throw error
  }
}

/** @param name a backup of the usual place; the newest when absent */
export async function proveOne(
  of: Installation,
  said: { store: BackupStore; name?: string | undefined; say: Say },
): Promise<Proven & { name: string }> {
  const { store, say } = said
  await takeStock(of.db, store, of.store.now())
  const known = (await noted(of.db, 10_000)).filter((one) => one.place === store.place && one.state === 'done')
  const name = said.name ?? known[0]?.name
  if (name === undefined)
    throw new BackupRefusal(`There is no backup in ${store.place} yet. Make one: pilothouse backup`)
  const row = known.find((one) => one.name === name)
  const { dataFolder, postgresPrograms: binaries } = of.config
  if (row !== undefined) await proof(of.db, row.id, { at: null, state: 'running' })
  try {
    const proven = await prove({
      store,
      name,
      passphrase: passphraseOf(process.env),
      folder: dataFolder,
      binaries,
      seal: sealParts(of),
      say,
    })
    if (row !== undefined) await proof(of.db, row.id, { at: of.store.now(), state: 'good', tookMs: proven.tookMs })
    return { ...proven, name }
  } catch (error) {
    if (row !== undefined) await proof(of.db, row.id, { at: null, state: 'failed', because: inWords(error) })
    throw error
  }
}

/** What the clock asks for: a backup when one is due, a proof when one is due, and the old ones removed. */
export async function byTheClock(of: Installation, say: Say): Promise<void> {
  const settings = await readSettings(of.db, process.env)
  const place = usualPlace(of.config.dataFolder)
  const isDue = async (): Promise<Due> => isNewerDue(settings, await ofPlace(of, place), of.store.now())
  const known = await isDue()
  if (!known.isBackupDue && !known.isProofDue) return
  const store = await readStock(of, place)
  const due = await isDue()
  if (due.isBackupDue) await backUp(of, { place, isEncrypted: passphraseOf(process.env) !== null, say })
  if (due.isProofDue) await proveOne(of, { store, say })
  if (due.isBackupDue || due.isProofDue) await prune(of.db, store, settings, of.store.now())
}
/** A place that cannot even be read, or a passphrase that is not there, counts as a backup that failed. */
async function readStock(of: Installation, place: string): Promise<BackupStore> {
  try {
    passphraseOf(process.env)
    const store = openStore(place, process.env)
    await takeStock(of.db, store, of.store.now())
    return store
  } catch (error) {
    const [id, at] = [crypto.randomUUID(), of.store.now()]
    await begin(of.db, { id, at, place, name: backupName(at), encrypted: false })
    await failed(of.db, id, at, inWords(error))
    throw error
  }
}
function inWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
export async function ofPlace(of: Installation, place: string): Promise<Noted[]> {
  return (await noted(of.db, 10_000)).filter((one) => one.place === place && BACKUP_NAME.test(one.name))
}
