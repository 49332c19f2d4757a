/** The data of an issue: canonical JSON in the store of files, named by its hash, so that nothing of it changes unseen. */
import { createHash } from 'node:crypto'
import { canonical } from '#engines/jcs.ts'
import { say } from '#engines/say.ts'
import { conflict } from '#kit/problem.ts'
import type { FilesPort } from '#kit/routes/files.ts'
import type { Snapshot } from './page.ts'
import { pageSchema } from './page.ts'

const MOST_BYTES = 20_000_000

export function bytesOf(snapshot: Snapshot): Buffer {
  return Buffer.from(canonical(snapshot))
}
/** @returns the SHA-256 under which it is kept */
export async function keepSnapshot(files: FilesPort, snapshot: Snapshot): Promise<string> {
  const bytes = bytesOf(snapshot)
  if (bytes.length > MOST_BYTES) throw conflict(say`The report holds more than ${MOST_BYTES / 1_000_000} MB. Make its tables shorter.`) // oxfmt-ignore
  const { sha256 } = await files.put(once(bytes), { maxBytes: MOST_BYTES })
  return sha256
}
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
/** @throws a refusal when it is gone, or is not what was kept */
export async function openSnapshot(files: FilesPort, sha256: unknown): Promise<Snapshot> {
  const kept = typeof sha256 === 'string' ? await files.open(sha256) : null
  if (kept === null) throw conflict(say`The data of this issue is not there any more. Bring it back from a backup.`)
  const parts: Buffer[] = []
  for await (const part of kept.stream) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw conflict(say`The data of this issue is not what was kept. Bring it back from a backup.`)
  const snapshot = JSON.parse(bytes.toString()) as Snapshot // by its hash, what keepSnapshot wrote
  return { ...snapshot, page: pageSchema.parse(snapshot.page) }
}
