/** Puts the files of a base backup into a new folder. The folder is good for nothing unless all of it came. */
import { chown, mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { ByteQueue } from '#platform/backup/byte-queue.ts'
import { Channel } from '#platform/backup/channel.ts'
import { readFile } from '#platform/backup/folder-target.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'

export interface Unpacking {
  readonly file: string
  readonly passphrase: string | null
  /** Where to; exists and is empty. */
  readonly cluster: string
  /** Who must own it; null: we ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
}
export interface Unpacked {
  readonly files: number
  /** The keys of the installation as JSON, or null. */
  readonly keys: string | null
}

/** @throws {BackupRefusal} when the base backup is damaged, cut off, or locked with another passphrase */
export async function unpack(of: Unpacking): Promise<Unpacked> {
  const opened = await openBackup(readFile(of.file), () => of.passphrase)
  if (opened.header.archived !== 'base') throw new BackupRefusal(`${of.file} is no base backup.`)
  const channel = new Channel(6)
  const keys: Buffer[] = []
  let [clusterPart, fault]: [number, { readonly error: unknown } | null] = [0, null]
  const writing = write(new ByteQueue(channel), of).catch((error: unknown) => {
    fault = { error }
    channel.close()
    return 0
  })
  try {
    await opened.read({
      begin: async (part, { kind }) => void (kind === 'cluster' && (clusterPart = part)),
      data: async (part, chunk) => {
        if (fault !== null) throw fault.error
        if (part === clusterPart) await channel.put(chunk)
        else keys.push(chunk)
      },
      finish: async () => {},
    })
  } finally {
    channel.close()
  }
  const files = await writing
  if (fault !== null) throw (fault as { error: unknown }).error
  return { files, keys: keys.length === 0 ? null : Buffer.concat(keys).toString('utf8') }
}

async function write(queue: ByteQueue, of: Unpacking): Promise<number> {
  for (let count = 0; ; count++) {
    const length = await queue.take(4)
    if (length === null) return count
    const name = (await queue.take(length.readUInt32BE(0)))?.toString('utf8') ?? ''
    const place = path.join(of.cluster, name)
    if (name === '' || !place.startsWith(`${of.cluster}${path.sep}`))
      throw new BackupRefusal(`The base backup names a file "${name}", which no cluster has.`)
    if (name.endsWith('/')) await mkdir(place, { mode: 0o700 })
    else await writeOne(queue, place)
    if (of.owner !== null) await chown(place, of.owner.uid, of.owner.gid)
  }
}
async function writeOne(queue: ByteQueue, place: string): Promise<void> {
  const handle: FileHandle = await open(place, 'wx', 0o600)
  try {
    for (;;) {
      const length = (await queue.take(4))?.readUInt32BE(0)
      if (length === 0) return
      const chunk = length === undefined ? null : await queue.take(length)
      if (chunk === null) throw new BackupRefusal('The files of this base backup end too early.')
      await handle.writeFile(chunk)
    }
  } finally {
    await handle.close()
  }
}
