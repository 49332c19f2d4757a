/** Writes a backup file: parts side by side, compressed by several threads, in one row of frames. Memory stays flat. */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { FrameKind, Header, Manifest, PartSpec, PartSummary } from './format.ts'
import { COMPRESSED, digestOf, frameBytes, FRAME_BYTES, headerBytes } from './format.ts'
import type { LockBox } from './lock-box.ts'

/** Where the bytes go. */
export interface Target {
  write(bytes: readonly Buffer[]): Promise<void>
  /** Returns when the file is whole, durable and has its name. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  abort(): Promise<void>
}
export interface Written {
  readonly bytes: number
  /** The last digest: stands for the whole file. */
  readonly sha256: string
  readonly manifest: Manifest
}
interface Open {
  readonly spec: PartSpec
  readonly hash: Hash
  bytes: number
}

const compress = promisify(zstdCompress)
/** Level 1: more costs twice the time and saves a tenth. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
/** Chunks on their way; each is a megabyte, and the threads that compress are four. */
const MOST_UNDER_WAY = 8

export class BackupWriter {
  readonly #target: Target
  readonly #box: LockBox | null
  readonly #open = new Map<number, Open>()
  readonly #parts: (PartSummary & Pick<PartSpec, 'kind' | 'name'>)[] = []
  #next = 1
  #number = 0
  #bytes = 0
  #digest: Buffer
  #header: Buffer
  #tail: Promise<void>
  #underWay = 0
  #waiting: (() => void)[] = []
  #fault: { readonly error: unknown } | null = null

  constructor(target: Target, header: Header, box: LockBox | null) {
    this.#target = target
    this.#box = box
    const bytes = headerBytes(header)
    this.#header = digestOf(bytes)
    this.#digest = this.#header
    this.#bytes = bytes.length + this.#digest.length
    this.#tail = this.#guarded(() => target.write([bytes, this.#header]))
  }

  /** @returns the part's number */
  async begin(spec: PartSpec): Promise<number> {
    const part = this.#next++
    this.#open.set(part, { spec, hash: createHash('sha256'), bytes: 0 })
    await this.#put('part', part, json(spec))
    return part
  }
  /** Resolves when there is room for more. The chunk must not be changed afterwards. @throws when writing has failed */
  async data(part: number, chunk: Buffer): Promise<void> {
    const open = this.#of(part)
    open.hash.update(chunk)
    open.bytes += chunk.length
    await this.#put('data', part, chunk)
  }
  async finish(part: number, items: number): Promise<PartSummary> {
    const { spec, hash, bytes } = this.#of(part)
    this.#open.delete(part)
    const summary = { items, bytes, sha256: hash.digest('hex') }
    this.#parts.push({ kind: spec.kind, name: spec.name, ...summary })
    await this.#put('finish', part, json(summary))
    return summary
  }
  /** @throws when anything before could not be written */
  async end(rest: Omit<Manifest, 'parts'>): Promise<Written> {
    const manifest = { ...rest, parts: this.#parts }
    await this.#put('end', 0, json(manifest))
    await this.#tail
    if (this.#fault !== null) throw this.#fault.error
    await this.#target.finish()
    return { bytes: this.#bytes, sha256: this.#digest.toString('hex'), manifest }
  }
  async abort(): Promise<void> {
    this.#fault ??= { error: new Error('The backup was given up.') }
    await this.#tail
    await this.#target.abort()
  }

  #of(part: number): Open {
    const open = this.#open.get(part)
    if (open === undefined) throw new Error(`Part ${part} is not open.`)
    return open
  }
  async #put(kind: FrameKind, part: number, raw: Buffer): Promise<void> {
    if (this.#fault !== null) throw this.#fault.error
    this.#underWay++
    const compressed = compress(raw, LEVEL)
    compressed.catch(() => {}) // told when its turn comes
    const before = this.#tail
    this.#tail = this.#guarded(async () => {
      await before
      if (this.#fault === null) await this.#write(kind, part, await compressed)
    }).finally(() => {
      this.#underWay--
      this.#waiting.shift()?.()
    })
    if (this.#underWay >= MOST_UNDER_WAY) await new Promise<void>((go) => this.#waiting.push(go))
  }
  async #write(kind: FrameKind, part: number, compressed: Buffer): Promise<void> {
    const length = compressed.length + (this.#box === null ? 0 : 16)
    const head = frameBytes({ kind, flags: COMPRESSED, part, length })
    const payload = this.#box?.lock(this.#number, Buffer.concat([this.#header, head]), compressed) ?? compressed
    this.#number++
    this.#digest = digestOf(this.#digest, head, payload)
    this.#bytes += FRAME_BYTES + payload.length + this.#digest.length
    await this.#target.write([head, payload, this.#digest])
  }
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#fault ??= { error }
    }
  }
}
function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}
