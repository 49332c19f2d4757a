/**
 * The backup file: a first line, a header in JSON with its digest, then frames, the last of which is the end.
 *
 *     PILOTHOUSE BACKUP\n · version u32 · length u32 · header · SHA-256 of all before
 *     frame: kind u8 · flags u8 · 0 u16 · part u32 · length u32 · payload · digest
 *
 * Each digest is SHA-256 over the digest before it, the frame's twelve bytes and its payload: a frame that is changed,
 * missing, doubled or out of its place breaks the row, and the last digest stands for the whole file. Numbers are
 * big-endian. docs/backup.md has it for administrators, docs/decisions/0012-backup.md the why.
 */
import { createHash } from 'node:crypto'
import type { Locking } from './lock-box.ts'

export const MAGIC = Buffer.from('PILOTHOUSE BACKUP\n')
/** Raised when a program of before could not read the file. */
export const FORMAT = 1
export const FRAME_BYTES = 12
export const DIGEST_BYTES = 32
/** Payloads are smaller; more than this is damage, and is not waited for. */
export const MOST_PAYLOAD = 16 * 1024 * 1024
/** How much of a part goes into one frame. */
export const CHUNK_BYTES = 1024 * 1024
export const COMPRESSED = 1

export type FrameKind = 'part' | 'data' | 'finish' | 'end'
const KINDS: readonly FrameKind[] = ['part', 'data', 'finish', 'end']

/** What stands in the clear, also in an encrypted file: enough to say whether this program can restore it. */
export interface Header {
  /** The program's version. */
  readonly program: string
  readonly createdAt: string
  /** Version of the PostgreSQL it was read from. */
  readonly postgres: string
  /** The schema: migrations that had run, with the checksums of their text. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[]
  /** The journal's seal in the snapshot: entries with a place, their root in base64, the public key of the log. */
  readonly seal: { readonly size: number; readonly root: string; readonly publicKey: string }
  /** Null for a file that anybody can read. */
  readonly locking: Locking | null
  /** A file of the archive (`platform/archive`) in place of a backup. */
  readonly archived?: 'base' | 'segment' | 'file'
}

/** What a part is: rows of a table in PostgreSQL's binary COPY format, attachments, keys, or files of the archive. */
export interface PartSpec {
  readonly kind: 'table' | 'files' | 'keys' | 'cluster' | 'bytes'
  /** The table's name; else the kind again. */
  readonly name: string
  readonly columns: readonly string[]
  /** A month of the journal and the like: made, when it is missing, before its rows come. */
  readonly partition: Partition | null
}
export interface PartSummary {
  /** Rows of a table, files, or keys. */
  readonly items: number
  readonly bytes: number
  /** Over the bytes of the part before compression, hexadecimal. */
  readonly sha256: string
}
/** The last frame: what must be there. */
export interface Manifest {
  readonly endedAt: string
  readonly parts: readonly (PartSummary & Pick<PartSpec, 'kind' | 'name'>)[]
  /** Attachments whose content no longer fits their name, or that are gone. They were so before the backup. */
  readonly unsound: readonly string[]
}
export interface Partition {
  readonly parent: string
  /** `FOR VALUES FROM ('2026-11-01 00:00:00+00') TO (…)` */
  readonly bound: string
}

export interface FrameHead {
  readonly kind: FrameKind
  readonly flags: number
  readonly part: number
  readonly length: number
}

export function headerBytes(header: Header): Buffer {
  const text = Buffer.from(JSON.stringify(header))
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32BE(FORMAT, 0)
  numbers.writeUInt32BE(text.length, 4)
  return Buffer.concat([MAGIC, numbers, text])
}
export function frameBytes({ kind, flags, part, length }: FrameHead): Buffer {
  const bytes = Buffer.alloc(FRAME_BYTES)
  bytes.writeUInt8(KINDS.indexOf(kind) + 1, 0)
  bytes.writeUInt8(flags, 1)
  bytes.writeUInt32BE(part, 4)
  bytes.writeUInt32BE(length, 8)
  return bytes
}
/** Null for what is no frame. */
export function readFrame(bytes: Buffer): FrameHead | null {
  const kind = KINDS[bytes.readUInt8(0) - 1]
  const length = bytes.readUInt32BE(8)
  const isOne = kind !== undefined && bytes.readUInt16BE(2) === 0 && length <= MOST_PAYLOAD
  return isOne ? { kind, flags: bytes.readUInt8(1), part: bytes.readUInt32BE(4), length } : null
}
export function digestOf(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
