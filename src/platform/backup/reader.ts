/** Reads a backup file from its first byte to its last and believes nothing: every frame, part and count is checked. */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { say } from '#engines/say.ts'
import { ByteQueue } from './byte-queue.ts'
import type { FrameHead, Header, Manifest, PartSpec, PartSummary } from './format.ts'
import { COMPRESSED, digestOf, DIGEST_BYTES, FORMAT, FRAME_BYTES, MAGIC, MOST_PAYLOAD, readFrame } from './format.ts'
import type { LockBox } from './lock-box.ts'
import { openLockBox } from './lock-box.ts'
import { BackupRefusal } from './refusal.ts'

/** Told of the parts as they come; several are open at once. Each call is awaited before the next of the same part. */
export interface Receiver {
  begin(part: number, spec: PartSpec): Promise<void>
  /** Resolves when there is room for more. */
  data(part: number, chunk: Buffer): Promise<void>
  /** After it, all of the part is there. */
  finish(part: number, spec: PartSpec, summary: PartSummary): Promise<void>
}
export interface OpenedBackup {
  readonly header: Header
  /** Reads the rest. @throws {BackupRefusal} at the first thing that is wrong, with what and where */
  read(to: Receiver): Promise<{ manifest: Manifest; sha256: string; bytes: number }>
}
interface Open {
  readonly spec: PartSpec
  readonly hash: Hash
  bytes: number
}
interface Frame {
  readonly head: FrameHead
  readonly raw: Promise<Buffer>
  readonly at: number
}
const decompress = promisify(zstdDecompress)
const ANOTHER = 'Take another copy of it, or another backup.'
/** Frames that are being unpacked ahead. */
const AHEAD = 6

/** @throws {BackupRefusal} when it is no backup, a newer one, damaged, or locked with another passphrase. */
export async function openBackup(
  source: AsyncIterable<Buffer>,
  passphrase: () => string | null,
): Promise<OpenedBackup> {
  const queue = new ByteQueue(source)
  const { header, digest } = await readHeader(queue)
  const box = header.locking === null ? null : await openLockBox(header.locking, passphrase())
  return { header, read: (to) => new Reading(queue, { box, digest }).run(to) }
}

/** The header alone, without a passphrase. */
export async function headerOf(source: AsyncIterable<Buffer>): Promise<Header> {
  const queue = new ByteQueue(source)
  const { header } = await readHeader(queue)
  await queue.close()
  return header
}

async function readHeader(queue: ByteQueue): Promise<{ header: Header; digest: Buffer }> {
  const start = await queue.take(MAGIC.length + 8)
  if (start === null || !start.subarray(0, MAGIC.length).equals(MAGIC))
    throw new BackupRefusal(say`This is no backup of Pilothouse. Give the file that \`pilothouse backup\` has made.`)
  const version = start.readUInt32BE(MAGIC.length)
  const length = start.readUInt32BE(MAGIC.length + 4)
  const text = length > MOST_PAYLOAD ? null : await queue.take(length)
  const digest = await queue.take(DIGEST_BYTES)
  if (text === null || digest === null || !digestOf(start, text).equals(digest))
    throw new BackupRefusal(
      say`The backup is damaged in its header (the first ${start.length + length} bytes). ${ANOTHER}`,
    )
  if (version > FORMAT)
    throw new BackupRefusal(
      say`The backup has format ${version} and was made by a newer Pilothouse; this one reads up to format ${FORMAT}. Restore it with the newer program.`,
    )
  return { header: JSON.parse(text.toString('utf8')) as Header, digest } // its digest holds, so it is what we wrote
}

class Reading {
  readonly #queue: ByteQueue
  readonly #box: LockBox | null
  readonly #header: Buffer
  readonly #open = new Map<number, Open>()
  readonly #seen: (PartSummary & Pick<PartSpec, 'kind' | 'name'>)[] = []
  #digest: Buffer
  #number = 0
  #parts = 0

  constructor(queue: ByteQueue, of: { box: LockBox | null; digest: Buffer }) {
    this.#queue = queue
    this.#box = of.box
    this.#header = of.digest
    this.#digest = of.digest
  }
  async run(to: Receiver): Promise<{ manifest: Manifest; sha256: string; bytes: number }> {
    const coming: Frame[] = []
    let isEnd = false
    try {
      for (;;) {
        while (!isEnd && coming.length < AHEAD) {
          const frame = await this.#frame()
          coming.push(frame)
          isEnd = frame.head.kind === 'end'
        }
        const frame = coming.shift()
        if (frame === undefined) throw this.#damaged(this.#queue.at, 'the end is missing')
        const raw = await frame.raw
        if (frame.head.kind === 'end') return await this.#end(raw, frame.at)
        await this.#deliver(frame, raw, to)
      }
    } finally {
      await this.#queue.close()
    }
  }
  async #frame(): Promise<Frame> {
    const at = this.#queue.at
    const bytes = await this.#queue.take(FRAME_BYTES)
    if (bytes === null) throw this.#truncated(at)
    const head = readFrame(bytes)
    if (head === null) throw this.#damaged(at, 'no frame begins there')
    const payload = await this.#queue.take(head.length)
    const digest = payload === null ? null : await this.#queue.take(DIGEST_BYTES)
    if (payload === null || digest === null) throw this.#truncated(at)
    const wanted = digestOf(this.#digest, bytes, payload)
    if (!wanted.equals(digest)) throw this.#damaged(at, 'the checksum does not fit')
    this.#digest = wanted
    const clear =
      this.#box === null ? payload : this.#box.unlock(this.#number, Buffer.concat([this.#header, bytes]), payload)
    if (clear === null) throw this.#damaged(at, 'the encryption does not fit: somebody has changed it')
    this.#number++
    const raw = (head.flags & COMPRESSED) === 0 ? Promise.resolve(clear) : this.#unpacked(clear, at)
    raw.catch(() => {}) // told when its turn comes
    return { head, raw, at }
  }
  async #unpacked(clear: Buffer, at: number): Promise<Buffer> {
    try {
      return await decompress(clear, { maxOutputLength: MOST_PAYLOAD })
    } catch {
      throw this.#damaged(at, 'it cannot be unpacked')
    }
  }
  async #deliver({ head, at }: Frame, raw: Buffer, to: Receiver): Promise<void> {
    const { kind, part } = head
    if (kind === 'part') {
      if (part !== this.#parts + 1) throw this.#damaged(at, say`part ${part} begins out of turn`)
      this.#parts = part
      const spec = JSON.parse(raw.toString('utf8')) as PartSpec // the digests hold: this is what we wrote
      this.#open.set(part, { spec, hash: createHash('sha256'), bytes: 0 })
      return to.begin(part, spec)
    }
    const open = this.#open.get(part)
    if (open === undefined) throw this.#damaged(at, say`it belongs to part ${part}, which is not open`)
    if (kind === 'data') {
      open.hash.update(raw)
      open.bytes += raw.length
      return to.data(part, raw)
    }
    const summary = JSON.parse(raw.toString('utf8')) as PartSummary
    if (summary.bytes !== open.bytes || summary.sha256 !== open.hash.digest('hex'))
      throw this.#damaged(at, say`the part "${open.spec.name}" is not what was written`)
    this.#open.delete(part)
    this.#seen.push({ kind: open.spec.kind, name: open.spec.name, ...summary })
    await to.finish(part, open.spec, summary)
  }
  async #end(raw: Buffer, at: number): Promise<{ manifest: Manifest; sha256: string; bytes: number }> {
    const manifest = JSON.parse(raw.toString('utf8')) as Manifest
    if (this.#open.size > 0 || JSON.stringify(manifest.parts) !== JSON.stringify(this.#seen))
      throw this.#damaged(at, 'the parts are not those that the end tells of')
    const bytes = this.#queue.at
    if ((await this.#queue.take(1)) !== null) throw this.#damaged(bytes, 'something follows the end')
    return { manifest, sha256: this.#digest.toString('hex'), bytes }
  }
  #damaged(at: number, what: string): BackupRefusal {
    return new BackupRefusal(say`The backup is damaged at byte ${at}: ${what}. Nothing was changed. ${ANOTHER}`)
  }
  #truncated(at: number): BackupRefusal {
    return new BackupRefusal(
      say`The backup is cut off: it ends at byte ${this.#queue.length}, in the middle of what begins at byte ${at}. Nothing was changed. ${ANOTHER}`,
    )
  }
}
