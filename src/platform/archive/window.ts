/** Which moments the archive can bring back, and what stands in the way of more. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { neededBases, stretchFrom, unneededSegments } from '#engines/wal.ts'
import { rm } from 'node:fs/promises'
import type { BaseNote } from './place.ts'
import { baseFile, basesOf, linesOf, segmentsOf, walFolder } from './place.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { sealedAt } from './sealed.ts'

/** From one base backup on. */
export interface Reach {
  readonly base: BaseNote
  /** The moment up to which the log goes on; null when not even the base backup's own segments are there. */
  readonly until: string | null
  /** The segment that is missing before later ones, or for the base backup itself; null while none is. */
  readonly missing: string | null
}

/** Of all lines, newest base backup first. */
export async function reaches(root: string): Promise<Reach[]> {
  const found: Reach[] = []
  for (const line of await linesOf(root)) {
    const segments = await segmentsOf(root, line)
    for (const base of await basesOf(root, line)) found.push(await reachOf(root, base, segments))
  }
  return found.sort((a, b) => (a.base.from < b.base.from ? 1 : -1))
}
async function reachOf(root: string, base: BaseNote, segments: readonly string[]): Promise<Reach> {
  const { last, missing } = stretchFrom(base, segments)
  if (last === null || last < base.last) return { base, missing, until: null }
  const until = await sealedAt(path.join(walFolder(root, base.line), last)).catch((error: unknown) => {
    if (error instanceof BackupRefusal) return null // damaged in its first bytes: as good as missing
    throw error
  })
  return { base, missing: until === null ? last : missing, until }
}

export interface Window {
  readonly from: string
  readonly until: string
}
/** Newest first; stretches that touch are one. Moments between them cannot be reached. @param found of `reaches` */
export function windows(found: readonly Reach[]): Window[] {
  const all: Window[] = []
  for (const { base, until } of found) {
    if (until === null) continue
    const later = all.at(-1)
    if (later !== undefined && later.from <= until) all[all.length - 1] = { from: base.from, until: later.until }
    else all.push({ from: base.from, until })
  }
  return all
}

/**
 * Removes what a window of so many days does not need: base backups but for those in it and the last before it, segments
 * before the oldest of these, and lines that ended before it. @returns names of what was removed
 */
export async function pruneArchive(of: { root: string; line: string | null; since: string }): Promise<string[]> {
  const removed: string[] = []
  for (const line of await linesOf(of.root)) {
    const [bases, segments] = [await basesOf(of.root, line), await segmentsOf(of.root, line)]
    if (line !== of.line && (await endOf(of.root, line, segments)) < of.since) {
      await rm(path.join(of.root, line), { recursive: true, force: true })
      removed.push(line)
      continue
    }
    const needed = neededBases(bases, of.since)
    for (const base of bases.filter(({ name }) => !needed.some((one) => one.name === name))) {
      const file = baseFile(of.root, base)
      // The note first: what has none counts as half-made.
      await rm(file.replace(/\.base$/, '.json'), { force: true })
      await rm(file, { force: true })
      removed.push(`${line}/${base.name}`)
    }
    for (const name of unneededSegments(segments, needed)) {
      await rm(path.join(walFolder(of.root, line), name), { force: true })
      removed.push(`${line}/${name}`)
    }
  }
  return removed
}
/** When a line was last written to. */
async function endOf(root: string, line: string, segments: readonly string[]): Promise<string> {
  const last = segments.at(-1)
  const place = last === undefined ? path.join(root, line) : path.join(walFolder(root, line), last)
  return new Date((await stat(place)).mtimeMs).toISOString()
}
