/** Brings full segments of the log from the folder where the server leaves them into the archive, oldest first. */
import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { SEGMENT } from '#engines/wal.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { leaveLine, lineFor, makeFolder, walFolder } from './place.ts'
import { seal, unseal } from './sealed.ts'
import type { Sealing } from './sealed.ts'

export interface Shipping extends Sealing {
  readonly root: string
  /** The running cluster's folder. */
  readonly cluster: string
  readonly spool: string
  /** Opens what was archived before. */
  readonly passphrase: string | null
  readonly now: () => string
  /** Asked before each segment: true leaves the rest for later. */
  readonly isOver?: () => boolean
}
/** The server's own drafts; what a crash left of them is of no use. */
const DRAFT = /^\.|^archtemp/
const OLD_DRAFT_MS = 3_600_000
const READ_BYTES = 1024 * 1024

/** Full segments that wait, oldest first, with the moments when the server handed them over. */
export async function waiting(spool: string): Promise<{ name: string; at: string; bytes: number }[]> {
  const names = (await readdir(spool).catch((): string[] => [])).filter((name) => SEGMENT.test(name)).sort()
  const found = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(path.join(spool, name)).catch(() => null) // another process may have shipped it
      return facts === null ? [] : [{ name, at: new Date(facts.mtimeMs).toISOString(), bytes: facts.size }]
    }),
  )
  return found.flat()
}

/**
 * One after the other in a process; another process may ship at the same time, which comes to the same.
 * @returns the names that are in the archive now. @throws whatever the disk said; what was not shipped waits on
 */
export function ship(of: Shipping): Promise<string[]> {
  const shipped = last.then(() => shipAll(of))
  last = shipped.catch(() => {}) // told to who asked for it
  return shipped
}
let last: Promise<unknown> = Promise.resolve()

async function shipAll(of: Shipping): Promise<string[]> {
  const names: string[] = []
  for (const one of await waiting(of.spool)) {
    if (of.isOver?.() === true) break
    await shipOne(of, one)
    names.push(one.name)
  }
  await removeRest(of.spool, Date.parse(of.now()))
  return names
}

async function shipOne(of: Shipping, { name, at }: { name: string; at: string }): Promise<void> {
  const source = path.join(of.spool, name)
  const target = await placeFor(of, source, name)
  if (target !== null) {
    await makeFolder(path.dirname(target))
    const read = (): AsyncIterable<Buffer> => createReadStream(source, { highWaterMark: READ_BYTES })
    await seal(target, { program: of.program, box: of.box, archived: 'segment', name, at }, read()).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT' || error.path !== source) throw error // another process has shipped it
      },
    )
  }
  await rm(source, { force: true })
}
/** Null when the same content is there already. Another content under this name: the cluster's history has parted from its line. */
async function placeFor(of: Shipping, source: string, name: string): Promise<string | null> {
  const target = path.join(walFolder(of.root, await lineFor(of.cluster, of.now())), name)
  if ((await stat(target).catch(absent)) === null) return target
  const there = await unseal(target, { name, passphrase: of.passphrase }, async () => {}).catch((error: unknown) => {
    if (error instanceof BackupRefusal) return null // damaged, or locked with an earlier passphrase: nothing to rely on
    throw error
  })
  if (there !== null && there.sha256 === (await sha256(source))) return null
  await leaveLine(of.cluster)
  return path.join(walFolder(of.root, await lineFor(of.cluster, of.now())), name)
}
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Notes that PostgreSQL leaves for tools that we do not use, and drafts of a server that died. */
async function removeRest(spool: string, nowMs: number): Promise<void> {
  for (const name of await readdir(spool).catch((): string[] => [])) {
    if (SEGMENT.test(name)) continue
    const facts = await stat(path.join(spool, name)).catch(() => null)
    if (DRAFT.test(name) && nowMs - (facts?.mtimeMs ?? 0) < OLD_DRAFT_MS) continue
    await rm(path.join(spool, name), { force: true })
  }
}

/**
 * The disk of the data must not fill because the archive's does: beyond `mostBytes` the oldest are given up. The log then
 * has a gap, and a new base backup begins after it. @returns the names given up
 */
export async function giveUpOldest(spool: string, mostBytes: number): Promise<string[]> {
  const all = await waiting(spool)
  let total = all.reduce((sum, { bytes }) => sum + bytes, 0)
  const gone: string[] = []
  for (const { name, bytes } of all) {
    if (total <= mostBytes) break
    await rm(path.join(spool, name), { force: true })
    total -= bytes
    gone.push(name)
  }
  return gone
}
