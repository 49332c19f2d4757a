/** A file as a stream of bytes, unpacked when it is gzip, within the limits, its faults named. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { say } from '#engines/say.ts'
import type { ReadLimits } from './limits.ts'
import { UnreadableFile, damaged, sizeText } from './unreadable.ts'

export interface OpenedBytes {
  path: string
  size: number
  isGzip: boolean
  /** The first bytes as they lie on disk, at most 4 KB. */
  head: Buffer
}

/** @throws UnreadableFile missing, empty, too-large */
export async function openBytes(path: string, limits: ReadLimits): Promise<OpenedBytes> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UnreadableFile(
      'missing',
      say`The file ${path} cannot be opened. Check its name and that it may be read.`,
      cause,
    )
  })
  if (!found.isFile()) throw new UnreadableFile('missing', say`${path} is not a file. Name the file to read.`)
  if (found.size === 0) throw new UnreadableFile('empty', say`The file is empty: it has no bytes. Export it again.`)
  if (found.size > limits.rawBytes) {
    throw new UnreadableFile(
      'too-large',
      say`The file has ${sizeText(found.size)}; at most ${sizeText(limits.rawBytes)} are read. Split it, or import a narrower period.`,
    )
  }
  const head = await firstBytes(path, 4096)
  return { path, size: found.size, isGzip: head[0] === 0x1f && head[1] === 0x8b, head }
}

/** The unpacked bytes in chunks of about 64 KB. @throws UnreadableFile damaged, bomb, too-large */
export async function* unpackedBytes(file: OpenedBytes, limits: ReadLimits): AsyncGenerator<Buffer, void> {
  const disk = createReadStream(file.path, { highWaterMark: 65_536 })
  const stream = file.isGzip ? disk.pipe(createGunzip({ chunkSize: 65_536 })) : disk
  disk.on('error', (fault) => stream.destroy(fault))
  let total = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      total += chunk.length
      refuseBomb(file.size, total, limits)
      yield chunk
    }
  } catch (cause) {
    throw damaged(file.isGzip ? say`The gzip file` : say`The file`, cause)
  } finally {
    disk.destroy()
    stream.destroy()
  }
}

/** @throws UnreadableFile when the unpacked size is over the limit, or out of all proportion to the packed one. */
export function refuseBomb(packed: number, unpacked: number, limits: ReadLimits): void {
  if (unpacked > limits.inflatedBytes) {
    throw new UnreadableFile(
      'too-large',
      say`Unpacked, the file has more than ${sizeText(limits.inflatedBytes)}. Split it, or import a narrower period.`,
    )
  }
  if (unpacked > limits.ratioFromBytes && unpacked > packed * limits.ratio) {
    throw new UnreadableFile(
      'bomb',
      say`The file unpacks to more than ${limits.ratio} times its size, as files made to exhaust a computer do. Save it unpacked (CSV) and import that.`,
    )
  }
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new UnreadableFile('missing', say`The file ${path} cannot be opened. Check that it may be read.`, cause)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
