/** Moves everything from the database in use to another one, and holds the copy to its counts and seal before it counts. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileTarget, readFile } from '#platform/backup/folder-target.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Files } from '#platform/files.ts'
import type { SealingKey } from '#kit/seal/key.ts'
import { VERSION } from '#main/version.ts'
import type { Server } from './doors.ts'
import { makeBackup } from './make.ts'
import { markMoved, movedTo } from './moved.ts'
import type { Restored } from './restore.ts'
import { refuseWhileUsed, restore } from './restore.ts'
import type { SealParts } from './seal-check.ts'

export interface Moving {
  readonly from: Server
  readonly to: Server
  /** Takes the place of what the target holds. */
  readonly isReplacing: boolean
  readonly dataFolder: string
  readonly files: Files
  readonly key: SealingKey
  readonly seal: SealParts
  readonly request: string
  readonly say: (line: string) => void
}

/** The old database stays as it is, with a mark that says where it went. @throws {BackupRefusal} and nothing has moved */
export async function move(of: Moving): Promise<Restored> {
  const { from, to, say } = of
  const earlier = await movedTo(from.owner(from.name))
  if (earlier !== null)
    throw new BackupRefusal(
      `${from.place} was moved to ${earlier} already. Run this with the environment that reaches the database in use.`,
    )
  await refuseWhileUsed(from)
  const file = path.join(of.dataFolder, `move-${process.pid}.backup`)
  try {
    say(`reading ${from.place}`)
    await makeBackup({
      door: from.loader(from.name),
      target: await fileTarget(file),
      program: VERSION,
      now: of.seal.now,
      publicKey: of.key,
      passphrase: null,
      keys: null,
      filesFolder: null, // attachments and keys are in the data folder, which stays
      say,
    })
    say(`writing ${to.place}`)
    const isLeft = (await movedTo(to.owner(to.name))) !== null
    const moved = await restore({
      server: to,
      backup: await openBackup(readFile(file), () => null),
      into: of.isReplacing || isLeft ? 'replace' : 'empty',
      files: of.files,
      seal: of.seal,
      request: of.request,
      reason: `moved from ${from.place}`,
      say,
      finish: async () => {},
    })
    await markMoved(from.owner(from.name), to.place)
    return moved
  } finally {
    await rm(file, { force: true })
  }
}
