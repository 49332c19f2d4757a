/** Whether two places are lost together. */
import { mkdirSync, statSync } from 'node:fs'

/** @param place a folder, which is made when absent, or `s3://…` */
export function isSameDisk(place: string, dataFolder: string): boolean {
  if (place.startsWith('s3://')) return false
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    return statSync(place).dev === statSync(dataFolder).dev
  } catch {
    return false // the backup itself says why it cannot write there
  }
}
