/**
 * Attachments in the archive, so that a moment of before finds those it refers to: also removed ones, also after the disk
 * of the data is lost. Their names are their checksums, and they never change, so each is brought once: on the same disk
 * as a second name of the same file, which costs no room.
 */
import { existsSync } from 'node:fs'
import { copyFile, link, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { filesIn } from '#platform/backup/attachments.ts'
import { fileTarget, readFile as readChunks } from '#platform/backup/folder-target.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Files } from '#platform/files.ts'
import { filesFolder, makeFolder } from './place.ts'
import type { Sealing } from './sealed.ts'
import { seal, unseal } from './sealed.ts'

const LOCKED = '.locked'
const HASH = /^[0-9a-f]{64}$/

function placeOf(folder: string, sha256: string): string {
  return path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/**
 * Brings what is not there yet. @param from the folder of the product's files @param names SHA-256 of each
 * @returns how many came; what is missing in `from` is left out, as the records that refer to it tell already
 */
export async function bringFiles(
  of: Sealing & { root: string; from: string; now: () => string },
  names: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  let count = 0
  for await (const name of names) {
    if (!HASH.test(name)) continue
    const [source, place] = [placeOf(of.from, name), placeOf(filesFolder(of.root), name)]
    const target = of.box === null ? place : `${place}${LOCKED}`
    if (existsSync(target) || !existsSync(source)) continue
    await makeFolder(path.dirname(target))
    if (of.box === null) await bring(source, target)
    else await seal(target, { ...of, archived: 'file', name, at: of.now() }, readChunks(source))
    count++
  }
  return count
}
/** On another disk a copy, which gets its name when it is whole. */
async function bring(source: string, target: string): Promise<void> {
  const linked = await link(source, target).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return true
      if (error.code === 'EXDEV' || error.code === 'EPERM' || error.code === 'EMLINK') return false
      throw error
    },
  )
  if (linked) return
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.partial-${process.pid}`)
  try {
    await copyFile(source, draft)
    const handle = await open(draft, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(draft, target)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Every name in the product's folder of files. */
export async function* namesOf(folder: string): AsyncGenerator<string> {
  for await (const file of filesIn(folder)) yield path.basename(file)
}

/** Puts back what the product's folder lacks. @returns names that the archive does not have either, or only damaged */
export async function putBack(
  of: { root: string; passphrase: string | null; files: Files },
  names: readonly string[],
): Promise<string[]> {
  const missing: string[] = []
  for (const name of names) {
    const found = await of.files.open(name)
    found?.stream.destroy()
    if (found === null && !(await putBackOne(of, name))) missing.push(name)
  }
  return missing
}
async function putBackOne(
  of: { root: string; passphrase: string | null; files: Files },
  name: string,
): Promise<boolean> {
  const place = placeOf(filesFolder(of.root), name)
  const limits = { maxBytes: Number.MAX_SAFE_INTEGER }
  if (existsSync(place)) return (await of.files.put(readChunks(place), limits)).sha256 === name
  if (!existsSync(`${place}${LOCKED}`)) return false
  try {
    const chunks: Buffer[] = []
    await unseal(`${place}${LOCKED}`, { name, passphrase: of.passphrase }, async (chunk) => void chunks.push(chunk))
    return (await of.files.put(Buffer.concat(chunks), limits)).sha256 === name
  } catch (error) {
    if (error instanceof BackupRefusal) return false
    throw error
  }
}

/**
 * Removes what no moment of the window can refer to: what is gone from the product's folder for longer than the window.
 * When each was first missed stands in a list beside them. @returns how many were removed
 */
export async function forgetFiles(of: { root: string; from: string; now: string; keepMs: number }): Promise<number> {
  const list = path.join(filesFolder(of.root), MISSED)
  const before = JSON.parse(await readFile(list, 'utf8').catch(() => '{}')) as Record<string, string> // ours, renamed whole
  const after: Record<string, string> = {}
  let count = 0
  for await (const file of filesIn(filesFolder(of.root), ARCHIVED)) {
    const name = path.basename(file)
    if (existsSync(placeOf(of.from, name.replace(LOCKED, '')))) continue
    const since = before[name] ?? of.now
    if (Date.parse(of.now) - Date.parse(since) <= of.keepMs) after[name] = since
    else {
      await rm(file, { force: true })
      count++
    }
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    const target = await fileTarget(list)
    await target.write([Buffer.from(JSON.stringify(after))])
    await target.finish()
  }
  return count
}
const MISSED = 'missed.json'
const ARCHIVED = /^[0-9a-f]{64}(?:\.locked)?$/
