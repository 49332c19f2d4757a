/** The machine below: room on the disk and in memory. */
import { decimal, say } from '#engines/say.ts'
import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'
import process from 'node:process'
import type { HealthItem } from '#kit/routes/admin.ts'

export function diskItem(folder: string): HealthItem {
  const disk = statfsSync(folder)
  const free = (disk.bavail * disk.bsize) / 1e9
  const share = disk.bavail / disk.blocks
  const state = free < 1 || share < 0.03 ? 'bad' : free < 5 || share < 0.1 ? 'warn' : 'good'
  return {
    name: say`Disk`,
    state,
    value: say`${decimal(free)} GB free (${Math.round(share * 100)} %)`,
    todo:
      state === 'good'
        ? ''
        : say`Free space on the disk that holds the data folder, or move the folder to a larger one.`,
  }
}
/** Of the machine, or of the container when it has a limit. */
export function memoryItem(): HealthItem {
  const limit = process.constrainedMemory()
  const total = limit > 0 && limit < totalmem() ? limit : totalmem()
  return memoryVerdict({ own: process.memoryUsage.rss(), available: process.availableMemory(), total })
}
/** All in bytes. */
export function memoryVerdict(of: { own: number; available: number; total: number }): HealthItem {
  const share = of.available / of.total
  const state = of.available < 64e6 || share < 0.02 ? 'bad' : of.available < 256e6 || share < 0.05 ? 'warn' : 'good'
  return {
    name: say`Memory`,
    state,
    value: say`${decimal(of.available / 1e9)} of ${decimal(of.total / 1e9)} GB available, ${Math.round(of.own / 1e6)} MB used by this process`,
    todo:
      state === 'good'
        ? ''
        : say`Give the machine or the container more memory, or end what else runs there. When none is left the system ends a process, perhaps the database.`,
  }
}
