/** Proves a backup: restores it into a scratch server, compares every count, and verifies the journal's seal. */
import { openBackup } from '#platform/backup/reader.ts'
import type { BackupStore } from '#platform/backup/kept.ts'
import { openDatabase } from '#platform/database.ts'
import { fill } from './fill.ts'
import type { SealParts } from './seal-check.ts'
import { checkSeal } from './seal-check.ts'
import { inScratch } from './scratch.ts'

export interface Proving {
  readonly store: BackupStore
  readonly name: string
  readonly passphrase: string | null
  /** Where the scratch server may live. */
  readonly folder: string
  readonly binaries: string | null
  readonly seal: SealParts
  readonly say: (line: string) => void
}
export interface Proven {
  /** Rows and files that came out. */
  readonly items: number
  readonly entries: number
  readonly bytes: number
  readonly tookMs: number
}

/** @throws {BackupRefusal} with what is wrong with the backup */
export async function prove(of: Proving): Promise<Proven> {
  const began = performance.now()
  const backup = await openBackup(of.store.open(of.name), () => of.passphrase)
  return inScratch(of.folder, of.binaries, async ({ server, files }) => {
    const filled = await fill({
      backup,
      owner: server.connection,
      loader: server.superuserConnection,
      files,
      now: of.seal.now,
      say: of.say,
    })
    of.say('verifying the seal')
    const db = openDatabase({ connection: server.connection, max: 2 })
    await checkSeal({ db, door: server.connection }, filled.header, of.seal).finally(() => db.close())
    return {
      items: filled.manifest.parts.reduce((sum, part) => sum + part.items, 0),
      entries: filled.header.seal.size,
      bytes: filled.bytes,
      tookMs: performance.now() - began,
    }
  })
}
