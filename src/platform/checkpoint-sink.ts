// Checkpoints in files that only grow, one for each log, and the key that signs them. Put the folder on another machine
// (a mount, a synchronised folder with versions) so that who can change the database cannot change it.
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { CheckpointSink, OutsideCheckpoint, OutsideDamage } from '#kit/seal/sink.ts'
import { newSealingKeyPem, readSealingKey, type SealingKey } from '#kit/seal/key.ts'

const tailBytes = 64 * 1024

/** @param folder is made when absent, for this account only. A file holds one JSON object `{at, note}` a line. */
export function openCheckpointFiles(folder: string): CheckpointSink {
  return {
    append: async (origin, checkpoint) => append(placeOf(folder, origin), checkpoint),
    last: async (origin) => last(placeOf(folder, origin)),
    all: () => readAll(folder),
  }
}

/** The key of this installation: `PILOTHOUSE_SEAL_KEY` names its file, else `seal-key.pem` in the data folder, made at first use. */
export function openSealingKey(dataFolder: string, override: string | undefined): SealingKey {
  const place = override?.trim() || path.join(dataFolder, 'seal-key.pem')
  if (!existsSync(place)) {
    if (override?.trim())
      throw new Error(`PILOTHOUSE_SEAL_KEY: there is no file ${place}. Put the key there, or leave the variable out.`)
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    writeKey(place)
  }
  return readSealingKey(readFileSync(place, 'utf8'))
}
/** Two nodes may start at once: the name appears with the whole key behind it, and the first one's stays. */
function writeKey(place: string): void {
  const draft = `${place}.${process.pid}`
  writeFileSync(draft, newSealingKeyPem(), { mode: 0o600, flush: true })
  try {
    linkSync(draft, place)
  } catch (error) {
    if (!existsSync(place)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function placeOf(folder: string, origin: string): string {
  return path.join(folder, `${origin.replace(/[^A-Za-z0-9._-]/g, '_')}.log`)
}

/** Opened anew each time: the file may have been moved away by a log rotation. */
function append(place: string, checkpoint: OutsideCheckpoint): void {
  mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 })
  const before = tail(place)
  const line = `${JSON.stringify({ at: checkpoint.at, note: checkpoint.note })}\n`
  if (before.endsWith(line)) return
  // A crash may have left half a line; the new one begins on a line of its own.
  const text = before === '' || before.endsWith('\n') ? line : `\n${line}`
  const file = openSync(place, 'a', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function last(place: string): OutsideCheckpoint | null {
  const lines = tail(place).split('\n').reverse()
  for (const line of lines) {
    const read = readLine(line)
    if (read !== null) return read
  }
  return null
}
function tail(place: string): string {
  if (!existsSync(place)) return ''
  const file = openSync(place, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = Buffer.alloc(Math.min(size, tailBytes))
    readSync(file, bytes, 0, bytes.length, size - bytes.length)
    return bytes.toString('utf8')
  } finally {
    closeSync(file)
  }
}

async function* readAll(folder: string): AsyncGenerator<OutsideCheckpoint | OutsideDamage> {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()) {
    let number = 0
    for await (const line of createInterface({
      input: createReadStream(path.join(folder, name)),
      crlfDelay: Infinity,
    })) {
      number++
      if (line.trim() !== '') yield readLine(line) ?? { unreadable: `${name}, line ${number}` }
    }
  }
}
function readLine(line: string): OutsideCheckpoint | null {
  try {
    const read: unknown = JSON.parse(line)
    const isOne =
      typeof read === 'object' &&
      read !== null &&
      'at' in read &&
      'note' in read &&
      typeof read.at === 'string' &&
      typeof read.note === 'string'
    return isOne ? { at: read.at as string, note: read.note as string } : null
  } catch {
    return null // half a line of a crash, or somebody's edit; verify names it
  }
}
