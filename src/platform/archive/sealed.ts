/** One file of the archive: the same format as a backup, compressed, checksummed to the last byte, encrypted if asked. */
import { createHash } from 'node:crypto'
import type { Header, PartSpec } from '#platform/backup/format.ts'
import { fileTarget, readFile } from '#platform/backup/folder-target.ts'
import type { LockBox } from '#platform/backup/lock-box.ts'
import { headerOf, openBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { BackupWriter } from '#platform/backup/writer.ts'

/** What all files that one process writes have in common. */
export interface Sealing {
  /** The program's version. */
  readonly program: string
  /** Makes the key of one file; null leaves it open. */
  readonly box: (() => LockBox) | null
}
export interface Sealed {
  readonly bytes: number
  /** Of the content. */
  readonly content: { readonly bytes: number; readonly sha256: string }
}

export function archiveHeader(
  { program }: Pick<Sealing, 'program'>,
  of: { archived: 'base' | 'segment' | 'file'; at: string; locking: Header['locking'] },
): Header {
  const seal = { size: 0, root: '', publicKey: '' }
  return { program, createdAt: of.at, postgres: '', migrations: [], seal, locking: of.locking, archived: of.archived }
}

/** Writes a file that was not there, or writes it anew: it appears whole. @param at stands in its header */
export async function seal(
  file: string,
  of: Sealing & { archived: 'segment' | 'file'; name: string; at: string },
  content: AsyncIterable<Buffer>,
): Promise<Sealed> {
  const box = of.box?.() ?? null
  const target = await fileTarget(file)
  const writer = new BackupWriter(target, archiveHeader(of, { ...of, locking: box?.locking ?? null }), box)
  try {
    const part = await writer.begin(bytesPart(of.name))
    for await (const chunk of content) await writer.data(part, chunk)
    const { bytes, sha256 } = await writer.finish(part, 1)
    const written = await writer.end({ endedAt: of.at, unsound: [] })
    return { bytes: written.bytes, content: { bytes, sha256 } }
  } catch (error) {
    await writer.abort()
    throw error
  }
}
function bytesPart(name: string): PartSpec {
  return { kind: 'bytes', name, columns: [], partition: null }
}

/**
 * Hands out the content while it is checked: only when this returns was all of it good.
 * @throws {BackupRefusal} when it is damaged, cut off, another one, or locked with another passphrase
 */
export async function unseal(
  file: string,
  of: { name: string; passphrase: string | null },
  take: (chunk: Buffer) => Promise<void>,
): Promise<Sealed['content']> {
  const opened = await openBackup(readFile(file), () => of.passphrase)
  const hash = createHash('sha256')
  let bytes = 0
  await opened.read({
    begin: async (_, { name }) => {
      if (name !== of.name) throw new BackupRefusal(`It holds "${name}", not "${of.name}".`)
    },
    data: async (_, chunk) => {
      hash.update(chunk)
      bytes += chunk.length
      await take(chunk)
    },
    finish: async () => {},
  })
  return { bytes, sha256: hash.digest('hex') }
}
/** What its header tells. @throws {BackupRefusal} when that is damaged */
export async function sealedAt(file: string): Promise<string> {
  return (await headerOf(readFile(file))).createdAt
}
