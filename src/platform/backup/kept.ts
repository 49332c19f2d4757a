/** A place where backups are kept, whatever it is made of, and how the files there are called. */
import type { Target } from './writer.ts'

export interface BackupStore {
  /** As people say it: the folder, or `s3://bucket/prefix`. */
  readonly place: string
  /** The folder of this machine, or null. */
  readonly folder: string | null
  create(name: string): Promise<Target>
  /** @throws {BackupRefusal} when there is none of this name */
  open(name: string): AsyncIterable<Buffer>
  /** The backups there, by name, oldest first. */
  list(): Promise<{ readonly name: string; readonly bytes: number }[]>
  remove(name: string): Promise<void>
}
/** Names sort by time. */
export const BACKUP_NAME = /^pilothouse-\d{8}T\d{6}Z\.backup$/

/** `pilothouse-20261121T021500Z.backup` */
export function backupName(at: string): string {
  return `pilothouse-${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z.backup`
}
