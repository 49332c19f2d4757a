// The store of attached files, named by their content: the same file twice is kept once, and a name proves the content.
// PILOTHOUSE_DATA/files/ab/cd/<sha256>
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open as openFile, opendir, rm, stat, utimes } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { say } from '#engines/say.ts'
import { asText, contentType, headBytes } from './content-type.ts'

export interface StoredFile {
  /** 64 hexadecimal digits. */
  sha256: string
  /** Bytes. */
  size: number
  /** By content, whatever the sender called it; `application/octet-stream` when unknown. */
  type: string
}

/** The first byte and the last, both included; the last is there. */
export interface Part {
  readonly from: number
  readonly to: number
}

/** The file is larger than allowed; nothing was kept. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
}

export interface Files {
  /** @throws {FileTooLarge} as soon as `maxBytes` is passed; or what the stream threw. Nothing is kept then. */
  put(content: AsyncIterable<Uint8Array> | Uint8Array, limits: { maxBytes: number }): Promise<StoredFile>
  /** A stream of the content or of a part of it, and the bytes in it; null when it is not here (or the name is no SHA-256). */
  open(sha256: string, part?: Part): Promise<{ stream: Readable; size: number } | null>
  /** The size and the type of the whole, read from it; null when it is not here. */
  facts(sha256: string): Promise<Omit<StoredFile, 'sha256'> | null>
  /** The beginning of a text, at most so many bytes of it; null when it is not here or holds no text. */
  text(sha256: string, mostBytes: number): Promise<{ text: string; isCut: boolean } | null>
  /** Call when no attachment refers to it any more. Removing what is not there is no error. */
  remove(sha256: string): Promise<void>
  /** Removes what was last put here longer ago: somebody may be about to refer to what is younger. @returns whether it is gone */
  removeOlder(sha256: string, ms: number): Promise<boolean>
  /** The names of all that was last put here longer ago; uploads that stopped half way so long ago are removed on the way. */
  older(ms: number): AsyncIterable<string>
}

/** @param folder is made when absent, for this account only. */
export function openFiles(folder: string): Files {
  return {
    put: (content, { maxBytes }) => put(folder, content instanceof Uint8Array ? once(content) : content, maxBytes),
    open: (sha256, part) => open(folder, sha256, part),
    facts: (sha256) => facts(folder, sha256),
    text: (sha256, mostBytes) => text(folder, sha256, mostBytes),
    remove: async (sha256) => {
      if (isHash(sha256)) await rm(placeOf(folder, sha256), { force: true })
    },
    removeOlder: (sha256, ms) => removeOlder(folder, sha256, ms),
    older: (ms) => older(folder, ms),
  }
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function placeOf(folder: string, sha256: string): string {
  return path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}

async function put(folder: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredFile> {
  const incoming = path.join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const draft = path.join(incoming, randomUUID())
  const file = await openFile(draft, 'wx', 0o600)
  try {
    const stored = await write(file, content, maxBytes)
    await file.sync()
    await keep(draft, placeOf(folder, stored.sha256))
    return stored
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

async function write(file: FileHandle, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredFile> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > maxBytes)
      throw new FileTooLarge(say`The file is larger than ${inWords(maxBytes)}. Send a smaller one, or a link to it.`)
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return { sha256: hash.digest('hex'), size, type: await contentType(head, size) }
}

/** A hard link appears whole or not at all, and an equal file that is already there stays. */
async function keep(draft: string, place: string): Promise<void> {
  const folder = path.dirname(place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await link(draft, place).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    await utimes(place, new Date(), new Date())
  })
  // The name is durable only when its folder is.
  const handle = await openFile(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

async function open(folder: string, sha256: string, part?: Part): Promise<{ stream: Readable; size: number } | null> {
  if (!isHash(sha256)) return null
  const place = placeOf(folder, sha256)
  const found = await stat(place).catch(() => null)
  if (found === null) return null
  return part === undefined
    ? { stream: createReadStream(place), size: found.size }
    : { stream: createReadStream(place, { start: part.from, end: part.to }), size: part.to - part.from + 1 }
}

async function facts(folder: string, sha256: string): Promise<Omit<StoredFile, 'sha256'> | null> {
  if (!isHash(sha256)) return null
  const file = await openFile(placeOf(folder, sha256), 'r').catch(() => null)
  if (file === null) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const { size } = await file.stat()
    return { size, type: await contentType(buffer.subarray(0, bytesRead), size) }
  } finally {
    await file.close()
  }
}

async function text(
  folder: string,
  sha256: string,
  mostBytes: number,
): Promise<{ text: string; isCut: boolean } | null> {
  if (!isHash(sha256)) return null
  const file = await openFile(placeOf(folder, sha256), 'r').catch(() => null)
  if (file === null) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0)
    const isCut = (await file.stat()).size > bytesRead
    const found = asText(buffer.subarray(0, bytesRead), isCut)
    return found === null ? null : { text: found, isCut }
  } finally {
    await file.close()
  }
}

async function removeOlder(folder: string, sha256: string, ms: number): Promise<boolean> {
  if (!isHash(sha256)) return true
  const place = placeOf(folder, sha256)
  const found = await stat(place).catch(() => null)
  if (found !== null && Date.now() - found.mtimeMs < ms) return false
  await rm(place, { force: true })
  return true
}

async function* older(folder: string, ms: number): AsyncGenerator<string> {
  for await (const place of filesBelow(folder)) {
    const found = await stat(place).catch(() => null)
    if (found === null || Date.now() - found.mtimeMs < ms) continue
    const name = path.basename(place)
    if (isHash(name)) yield name
    else if (path.dirname(place) === path.join(folder, 'incoming')) await rm(place, { force: true })
  }
}
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for await (const entry of entries) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(place)
    else yield place
  }
}

function inWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : say`${bytes} bytes`
}
