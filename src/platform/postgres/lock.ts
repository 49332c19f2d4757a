// One process at a time may start or stop the server of a data folder; and who still uses it is written down,
// so that a command-line run beside the service does not stop the service's database when it ends.
import { link, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isLiving, markOf } from './living.ts'
import { DatabaseRefusal } from './refusal.ts'

const patienceMs = 120_000

/** Runs `fn` while this process alone holds `<folder>/lock`. A lock left by a dead process is taken over. */
export async function withLock<T>(folder: string, fn: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true })
  const lock = path.join(folder, 'lock')
  await takeLock(lock)
  try {
    return await fn()
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(lock: string): Promise<void> {
  const own = `${lock}.${process.pid}.${Math.random().toString(36).slice(2)}`
  await writeFile(own, await markOf(process.pid))
  const deadline = performance.now() + patienceMs
  try {
    // link() fails when the name exists, and the content is there from the first moment: a true test-and-set.
    while (!(await linked(own, lock))) {
      await removeIfLeft(lock)
      if (performance.now() > deadline) throw stuck(lock)
      await sleep(20)
    }
  } finally {
    await rm(own, { force: true })
  }
}

async function linked(own: string, lock: string): Promise<boolean> {
  return link(own, lock).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

async function removeIfLeft(lock: string): Promise<void> {
  const holder = await readFile(lock, 'utf8').catch(() => null)
  if (holder === null || (await isLiving(holder))) return
  const aside = `${lock}.left.${process.pid}`
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  // Another process may have replaced the lock between reading and moving: put a living one back.
  const mark = await readFile(aside, 'utf8')
  if (await isLiving(mark)) await linked(aside, lock)
  await rm(aside, { force: true })
}

function stuck(lock: string): DatabaseRefusal {
  return new DatabaseRefusal(
    `Another Pilothouse has been starting or stopping this database for ${patienceMs / 1000} s (${lock}). Wait for it, or end it and try again.`,
  )
}

/** Writes down that this process uses the server. Call under the lock. */
export async function enter(folder: string): Promise<void> {
  const users = path.join(folder, 'users')
  await mkdir(users, { recursive: true })
  await writeFile(path.join(users, String(process.pid)), await markOf(process.pid))
}

/** Takes this process off the list. @returns how many living processes still use the server. Call under the lock. */
export async function leave(folder: string): Promise<number> {
  const users = path.join(folder, 'users')
  await rm(path.join(users, String(process.pid)), { force: true })
  const names = await readdir(users).catch((): string[] => [])
  const living = await Promise.all(names.map((name) => stillUses(path.join(users, name))))
  return living.filter(Boolean).length
}

async function stillUses(file: string): Promise<boolean> {
  const living = await isLiving(await readFile(file, 'utf8').catch(() => ''))
  if (!living) await rm(file, { force: true })
  return living
}
