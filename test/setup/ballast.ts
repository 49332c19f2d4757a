/** Fills the disk that a folder is on, as something else on the machine would. */
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import path from 'node:path'

export const MEGABYTE = 1024 * 1024

const ballast = (folder: string): string => path.join(folder, 'ballast')

/** Takes what is free of the disk, but for so many bytes. */
export function fillDisk(folder: string, left: number): void {
  const file = openSync(ballast(folder), 'a')
  const block = Buffer.alloc(MEGABYTE / 4)
  try {
    for (;;) {
      const disk = statfsSync(folder)
      const free = disk.bavail * disk.bsize - left
      if (free <= 0) return
      writeSync(file, block, 0, Math.min(block.length, free))
    }
  } catch (error) {
    // Somebody else was quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}
export function makeRoom(folder: string): void {
  rmSync(ballast(folder), { force: true })
}
