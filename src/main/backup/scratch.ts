/** A scratch PostgreSQL of our own for proofs: what happens there costs the real server nothing, and nothing of it stays. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openFiles } from '#platform/files.ts'
import type { Embedded } from '#platform/postgres/embedded.ts'
import { startEmbedded } from '#platform/postgres/embedded.ts'
import { isLiving, markOf } from '#platform/postgres/living.ts'
import { runningPostmaster } from '#platform/postgres/postmaster.ts'

export interface Scratch {
  readonly server: Embedded
  readonly files: ReturnType<typeof openFiles>
}
/** Nothing in it has to survive anything. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  archive_mode: 'off',
  autovacuum: 'off',
  max_wal_size: '1GB',
}
const PREFIX = 'proof-'
/** Names the process that works there. */
export const OWNER = 'owner'

/** @param folder a place with room for the whole database, such as the data folder */
export async function inScratch<T>(
  folder: string,
  binaries: string | null,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  await removeLeft(folder, PREFIX)
  const home = await mkdtemp(path.join(folder, PREFIX))
  await writeFile(path.join(home, OWNER), await markOf(process.pid))
  try {
    const server = await startEmbedded(home, { binaries: binaries ?? undefined, settings: SETTINGS })
    try {
      return await work({ server, files: openFiles(path.join(home, 'files')) })
    } finally {
      await server.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Removes what was left by who was ended in the middle: the server there goes on alone. */
export async function removeLeft(folder: string, prefix: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.startsWith(prefix))) {
    const home = path.join(folder, name)
    if (await isLiving(await readFile(path.join(home, OWNER), 'utf8').catch(() => ''))) continue
    const server = await runningPostmaster(path.join(home, 'postgres'))
    if (server !== null) process.kill(server.pid, 'SIGQUIT')
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
