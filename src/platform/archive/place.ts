/**
 * The archive's folder:
 *
 *     LINE/wal/SEGMENT          the log, one file for each segment
 *     LINE/base/STAMP.base      a copy of the cluster, and STAMP.json, which appears when the copy is whole
 *     files/ab/cd/SHA256        attachments
 *
 * A line is one history of one cluster. A cluster that was recovered, or put back in another way, begins a new one: so no
 * segment is ever written over, and a moment belongs to one line alone.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Base } from '#engines/wal.ts'
import { SEGMENT } from '#engines/wal.ts'

/** What is known of a base backup without reading it. */
export interface BaseNote extends Base {
  readonly line: string
  readonly startedAt: string
  /** Of the file. */
  readonly bytes: number
  /** Of the cluster in it. */
  readonly clusterBytes: number
  /** The last digest of the file. */
  readonly sha256: string
  readonly encrypted: boolean
  /** Such as `18.4`. */
  readonly postgres: string
}
const LINE = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/
/** In the cluster's folder; not copied into base backups, so that what is recovered from one begins a line of its own. */
export const LINE_FILE = 'pilothouse-line'
const NOTE = '.json'

export const walFolder = (root: string, line: string): string => path.join(root, line, 'wal')
export const baseFolder = (root: string, line: string): string => path.join(root, line, 'base')
export const baseFile = (root: string, { line, name }: Pick<BaseNote, 'line' | 'name'>): string =>
  path.join(baseFolder(root, line), `${name}.base`)
export const filesFolder = (root: string): string => path.join(root, 'files')

/** Oldest first. */
export async function linesOf(root: string): Promise<string[]> {
  return (await namesIn(root)).filter((name) => LINE.test(name))
}
/** Names of segments, oldest first. */
export async function segmentsOf(root: string, line: string): Promise<string[]> {
  return (await namesIn(walFolder(root, line))).filter((name) => SEGMENT.test(name))
}
/** Whole base backups, oldest first. */
export async function basesOf(root: string, line: string): Promise<BaseNote[]> {
  const names = (await namesIn(baseFolder(root, line))).filter((name) => !name.startsWith('.') && name.endsWith(NOTE))
  return Promise.all(names.map(async (name) => readNote(path.join(baseFolder(root, line), name))))
}
async function readNote(file: string): Promise<BaseNote> {
  return JSON.parse(await readFile(file, 'utf8')) as BaseNote // renamed to its name when it was whole
}

/** The line of a cluster, or null when it has none yet. */
export async function lineOf(cluster: string): Promise<string | null> {
  const text = (await readFile(path.join(cluster, LINE_FILE), 'utf8').catch(() => '')).trim()
  return LINE.test(text) ? text : null
}
/** The line of a cluster; a new one when it has none. */
export async function lineFor(cluster: string, now: string): Promise<string> {
  const found = await lineOf(cluster)
  if (found !== null) return found
  const place = path.join(cluster, LINE_FILE)
  const draft = `${place}.${process.pid}`
  await writeFile(draft, `${stampOf(now)}-${randomBytes(3).toString('hex')}\n`, { mode: 0o644, flush: true })
  // Two processes may come at once: the name appears with all of its content, and the first one's stays.
  await link(draft, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  return lineFor(cluster, now)
}
/** From now on the cluster writes another history than its line tells. */
export async function leaveLine(cluster: string): Promise<void> {
  await rm(path.join(cluster, LINE_FILE), { force: true })
}
/** `20261122T012345Z` */
export function stampOf(at: string): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}
async function namesIn(folder: string): Promise<string[]> {
  const found: string[] = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return found.sort()
}
