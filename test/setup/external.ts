// An external PostgreSQL as another machine would run it: Debian's 15 on a loopback port, which a test stops, freezes and starts.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findBinaries } from '#platform/postgres/binaries.ts'
import { startEmbedded, type Embedded } from '#platform/postgres/embedded.ts'
import { unpackPackage } from './apt.ts'
import { ownFolder } from './backup.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

const cache = path.join(import.meta.dirname, '../../.cache/postgresql-15')
const inside = 'usr/lib/postgresql/15/bin'
const places = [`/${inside}`, path.join(cache, inside)]

/** @returns why this machine has no PostgreSQL 15 that starts, or null */
export async function postgres15Missing(): Promise<string | null> {
  if (place() === null) await unpackPackage('postgresql-15', cache, console.log)
  const found = place()
  if (found === null) return 'needs PostgreSQL 15, which is not installed: apt-get install postgresql-15'
  return findBinaries(found).then(
    () => null,
    (error: Error) => `needs PostgreSQL 15: ${error.message}`,
  )
}
function place(): string | null {
  return places.find((one) => existsSync(path.join(one, 'postgres'))) ?? null
}

export interface External {
  /** For DATABASE_URL. */
  readonly url: string
  start(): Promise<void>
  stop(): Promise<void>
  /** It takes calls and answers nothing, like a machine that hangs. */
  freeze(): void
  thaw(): void
}
/** Its folder goes with the test file. */
export async function startExternal(): Promise<External> {
  const folder = ownFolder()
  const port = await freePort()
  let running: Embedded | null = null
  let frozen: number[] = []
  const start = async (): Promise<void> => {
    running = await startEmbedded(folder, {
      binaries: place() ?? undefined,
      settings: { listen_addresses: '127.0.0.1', port: String(port) },
    })
  }
  const thaw = (): void => {
    for (const pid of frozen.splice(0)) process.kill(pid, 'SIGCONT')
  }
  const stop = async (): Promise<void> => {
    thaw()
    await running?.stop()
    running = null
  }
  atEnd(stop)
  await start()
  const freeze = (): void => {
    const first = Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    frozen = [first, ...childrenOf(first)]
    for (const pid of frozen) process.kill(pid, 'SIGSTOP')
  }
  return { url: `postgres://pilothouse@127.0.0.1:${port}/pilothouse`, start, stop, freeze, thaw }
}
/** A forked process that ends while we look is none. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === String(parent))
    .map(Number)
}
function parentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
  } catch {
    return undefined // it has just ended
  }
}
