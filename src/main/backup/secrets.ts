/**
 * What a backup needs beside the database. The installation's secret encrypts second factors and signs links, the sealing
 * key signs checkpoints: both are in an encrypted backup, and never in one that anybody could read.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { BackupRefusal } from '#platform/backup/refusal.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Keys {
  /** Base64. */
  readonly secret: string
  readonly sealKey: string
}
/** From PILOTHOUSE_BACKUP_PASSPHRASE, or the first line of the file that PILOTHOUSE_BACKUP_PASSPHRASE_FILE names; null when neither is set. */
export function passphraseOf(environment: Environment): string | null {
  const file = environment['PILOTHOUSE_BACKUP_PASSPHRASE_FILE']?.trim()
  if (file !== undefined && file !== '') {
    if (!existsSync(file)) throw new BackupRefusal(`PILOTHOUSE_BACKUP_PASSPHRASE_FILE: there is no file ${file}.`)
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? null
  }
  const text = environment['PILOTHOUSE_BACKUP_PASSPHRASE'] ?? ''
  return text === '' ? null : text
}
export function keysOf(secret: Buffer, dataFolder: string, environment: Environment): Keys {
  const place = environment['PILOTHOUSE_SEAL_KEY']?.trim() || path.join(dataFolder, 'seal-key.pem')
  return { secret: secret.toString('base64'), sealKey: readFileSync(place, 'utf8') }
}
