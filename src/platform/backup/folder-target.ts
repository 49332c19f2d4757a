/** Backups in a folder: written under another name, moved to their own when whole and on the disk. */
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { isRunning } from '#platform/postgres/living.ts'
import type { Target } from './writer.ts'

const READ_BYTES = 1024 * 1024
/** `.name.partial-<process>` */
const PARTIAL = /^\.(.+)\.partial-(\d+)$/

/** @param file where it will stand; its folder is made when absent, for this account only. */
export async function fileTarget(file: string): Promise<Target> {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removePartial(folder)
  const draft = path.join(folder, `.${path.basename(file)}.partial-${process.pid}`)
  const handle = await open(draft, 'wx', 0o600)
  return {
    write: (bytes) => writeAll(handle, bytes),
    finish: async () => {
      await handle.sync()
      await handle.close()
      await rename(draft, file)
      await syncFolder(folder)
    },
    abort: async () => {
      await handle.close().catch(() => {}) // closed already
      await rm(draft, { force: true })
    },
  }
}

/** What a process left that was ended in the middle. */
async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = PARTIAL.exec(name)?.[2]
    if (pid !== undefined && !(await isRunning(Number(pid)))) await rm(path.join(folder, name), { force: true })
  }
}
/** A short write says how much it wrote (a full disk): the rest is tried again, which tells the reason. */
async function writeAll(handle: FileHandle, bytes: readonly Buffer[]): Promise<void> {
  const wanted = bytes.reduce((sum, one) => sum + one.length, 0)
  const { bytesWritten } = await handle.writev([...bytes])
  if (bytesWritten < wanted) await handle.writeFile(Buffer.concat([...bytes]).subarray(bytesWritten))
}
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

export function readFile(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: READ_BYTES })
}
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size
}
