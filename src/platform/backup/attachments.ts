/**
 * Attachments as one part: for each the SHA-256 that is its name, its content in pieces of `length u32 · bytes`, a zero
 * length, and one byte that says whether the content fitted its name when it was read.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { say } from '#engines/say.ts'
import type { Files } from '#platform/files.ts'
import { ByteQueue } from './byte-queue.ts'
import { CHUNK_BYTES } from './format.ts'
import { BackupRefusal } from './refusal.ts'
import type { BackupWriter } from './writer.ts'

const HASH = /^[0-9a-f]{64}$/
const PAIR = /^[0-9a-f]{2}$/
const MOST_BYTES = Number.MAX_SAFE_INTEGER

/**
 * Writes every file of the folder. @param wanted those that records refer to
 * @returns names of files that are damaged or missing: the backup cannot mend them, so it tells
 */
export async function packFiles(folder: string, wanted: ReadonlySet<string>, to: BackupWriter): Promise<string[]> {
  const part = await to.begin({ kind: 'files', name: 'files', columns: [], partition: null })
  const pack = new Pack((chunk) => to.data(part, chunk))
  const unsound: string[] = []
  const missing = new Set(wanted)
  let count = 0
  for await (const file of filesIn(folder)) {
    const name = path.basename(file)
    missing.delete(name)
    if (!(await packOne(file, name, pack))) unsound.push(name)
    count++
  }
  await pack.flush()
  await to.finish(part, count)
  return [...unsound, ...missing]
}
async function packOne(file: string, name: string, pack: Pack): Promise<boolean> {
  const hash = createHash('sha256')
  await pack.add(Buffer.from(name, 'hex'))
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES / 4 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    await pack.add(number(chunk.length))
    await pack.add(chunk)
  }
  const isSound = hash.digest('hex') === name
  await pack.add(Buffer.concat([number(0), Buffer.of(isSound ? 1 : 0)]))
  return isSound
}
/** In the order of their names; nothing when the folder is not there. */
export async function* filesIn(folder: string, called = HASH): AsyncGenerator<string> {
  for (const one of (await names(folder)).filter((name) => PAIR.test(name)))
    for (const two of await names(path.join(folder, one))) {
      const below = path.join(folder, one, two)
      for (const name of (await names(below)).filter((name) => called.test(name))) yield path.join(below, name)
    }
}
async function names(folder: string): Promise<string[]> {
  const found: string[] = await readdir(folder).catch(() => [])
  return found.sort()
}

/** Puts the files of a part into the store; what is there already stays. @returns how many came */
export async function unpackFiles(source: AsyncIterable<Buffer>, files: Files): Promise<number> {
  const queue = new ByteQueue(source)
  for (let count = 0; ; count++) {
    const name = await queue.take(32)
    if (name === null) return count
    const state = { isSound: false }
    // An unsound one is kept under the hash of what it is, where nobody refers to it: it can still be looked at.
    const stored = await files.put(contentOf(queue, state), { maxBytes: MOST_BYTES })
    if (state.isSound && stored.sha256 !== name.toString('hex'))
      throw new BackupRefusal(say`The attachment ${name.toString('hex')} came out as another one. Take another backup.`)
  }
}
async function* contentOf(queue: ByteQueue, state: { isSound: boolean }): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await queue.take(4))?.readUInt32BE(0)
    const chunk = length === undefined ? null : await queue.take(length === 0 ? 1 : length)
    if (chunk === null) throw new BackupRefusal(say`The attachments of this backup end too early. Take another backup.`)
    if (length !== 0) yield chunk
    else {
      state.isSound = chunk[0] === 1
      return
    }
  }
}

/** Small pieces into chunks of a good size. */
export class Pack {
  readonly #give: (chunk: Buffer) => Promise<void>
  #pieces: Buffer[] = []
  #length = 0
  constructor(give: (chunk: Buffer) => Promise<void>) {
    this.#give = give
  }
  async add(piece: Buffer): Promise<void> {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length >= CHUNK_BYTES) await this.flush()
  }
  async flush(): Promise<void> {
    if (this.#length === 0) return
    const chunk = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#length = 0
    await this.#give(chunk)
  }
}
function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
