/** Where backups are kept: a folder, or a bucket of S3-compatible storage. */
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { say } from '#engines/say.ts'
import type { BackupStore } from './kept.ts'
import { BACKUP_NAME } from './kept.ts'
import { fileTarget, readFile, sizeOf } from './folder-target.ts'
import { BackupRefusal } from './refusal.ts'
import { s3Store } from './s3-store.ts'

type Environment = Readonly<Record<string, string | undefined>>
/** @param place a folder, or `s3://bucket/prefix`; the keys of the latter come from the environment. */
export function openStore(place: string, environment: Environment): BackupStore {
  return place.startsWith('s3://') ? s3Store(place, environment) : folderStore(path.resolve(place))
}
/** A file anywhere: splits `s3://bucket/prefix/name` and `/folder/name`. */
export function storeOf(file: string, environment: Environment): { store: BackupStore; name: string } {
  const at = file.lastIndexOf('/')
  const place = at < 0 ? '.' : file.slice(0, at) || '/'
  return { store: openStore(place, environment), name: file.slice(at + 1) }
}

function folderStore(folder: string): BackupStore {
  return {
    place: folder,
    folder,
    create: (name) => fileTarget(path.join(folder, name)),
    open: (name) => existing(path.join(folder, name)),
    list: async () => {
      const names = (await readdir(folder).catch(noneYet)).filter((name) => BACKUP_NAME.test(name)).sort()
      return Promise.all(names.map(async (name) => ({ name, bytes: await sizeOf(path.join(folder, name)) })))
    },
    remove: (name) => rm(path.join(folder, name), { force: true }),
  }
}
/** A folder that is not there holds nothing; one that cannot be read is not known to. */
function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
async function* existing(file: string): AsyncGenerator<Buffer> {
  try {
    yield* readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new BackupRefusal(
        say`There is no file ${file}. Give the path of a backup; \`pilothouse backup list\` shows them.`,
      )
    throw error
  }
}
