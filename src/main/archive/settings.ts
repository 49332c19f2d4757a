/** The archive of this installation: where it is, and how what goes into it is sealed. */
import path from 'node:path'
import type { LockBox } from '#platform/backup/lock-box.ts'
import { lockBoxes } from '#platform/backup/lock-box.ts'
import type { ArchiveConfig, Config } from '#platform/config.ts'
import type { Door } from '#platform/database.ts'
import type { Sealing } from '#platform/archive/sealed.ts'
import { spoolOf } from '#platform/postgres/embedded.ts'
import { passphraseOf } from '#main/backup/secrets.ts'
import { VERSION } from '#main/version.ts'

export interface Archive extends ArchiveConfig {
  readonly dataFolder: string
  readonly cluster: string
  readonly spool: string
  /** The superuser's, of the running server. */
  readonly door: Door
}

/** Null when nothing is archived: switched off, or an external server. */
export function archiveOf(config: Config, door: Door | null | undefined): Archive | null {
  const { archive, dataFolder } = config
  if (archive === null || door === null || door === undefined) return null
  return { ...archive, dataFolder, door, cluster: path.join(dataFolder, 'postgres'), spool: spoolOf(dataFolder) }
}

/** With a passphrase all of the archive is encrypted, as backups are. The key is derived once in a process. */
export async function sealing(): Promise<Sealing & { passphrase: string | null }> {
  const passphrase = passphraseOf(process.env)
  if (boxes?.passphrase !== passphrase)
    boxes = { passphrase, box: passphrase === null ? Promise.resolve(null) : lockBoxes(passphrase) }
  return { program: VERSION, passphrase, box: await boxes.box }
}
let boxes: { readonly passphrase: string | null; readonly box: Promise<(() => LockBox) | null> } | null = null

/** A base backup is made so often: a third of the window, so that at most a third more is kept than was asked for. */
export function baseEveryMs({ days }: ArchiveConfig): number {
  return Math.max(1, Math.floor(days / 3)) * 86_400_000
}
