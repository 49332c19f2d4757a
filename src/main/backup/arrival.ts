/**
 * The keys of a backup come into the data folder only together with its database: they wait in a folder whose name the
 * new database knows, and the next start puts them into their places, or throws them away when that database never came.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '#kit/database.ts'
import type { Keys } from './secrets.ts'

const WAITING = 'arriving-'
const NAME = 'arrived'
const PLACES = { secret: 'secret', sealKey: 'seal-key.pem' } as const
/** Public keys that signed before the present one: `audit verify` accepts their checkpoints. */
const EARLIER = 'earlier-seal-keys'

/** @returns whether the folder has other keys than the backup */
export function prepareKeys(dataFolder: string, id: string, keys: Keys): boolean {
  const folder = path.join(dataFolder, `${WAITING}${id}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const contents = contentsOf(keys)
  for (const [file, content] of contents) writeFileSync(path.join(folder, file), content, { mode: 0o600, flush: true })
  return contents.some(([file, content]) => {
    const place = path.join(dataFolder, file)
    return existsSync(place) && !readFileSync(place).equals(content)
  })
}
export async function noteArrival(db: Database, id: string): Promise<void> {
  await db.query(
    `insert into installation_setting (name, value) values ($1, to_jsonb($2::text)) on conflict (name) do update set value = excluded.value, at = now()`,
    [NAME, id],
  )
}
/** Call before the keys are read. Files that are replaced stay under another name. */
export async function takeArrivedKeys(dataFolder: string, db: Database, stamp: string): Promise<void> {
  const waiting = readdirSync(dataFolder).filter((name) => name.startsWith(WAITING))
  if (waiting.length === 0) return
  const rows = await db.query<{ id: string }>(`select value #>> '{}' as id from installation_setting where name = $1`, [
    NAME,
  ])
  for (const name of waiting) {
    const folder = path.join(dataFolder, name)
    if (name === `${WAITING}${rows[0]?.id}`)
      for (const file of readdirSync(folder)) {
        const place = path.join(dataFolder, file)
        if (existsSync(place) && !readFileSync(place).equals(readFileSync(path.join(folder, file))))
          renameSync(place, `${place}.before-${stamp}`)
        renameSync(path.join(folder, file), place)
      }
    rmSync(folder, { recursive: true, force: true })
  }
}
function contentsOf(keys: Keys): (readonly [string, Buffer])[] {
  return [
    [PLACES.secret, Buffer.from(keys.secret, 'base64')],
    [PLACES.sealKey, Buffer.from(keys.sealKey)],
  ]
}

/** Remembers the key of a log that goes on under another one. */
export function keepEarlierKey(dataFolder: string, publicKey: string): void {
  if (!earlierKeys(dataFolder).includes(publicKey))
    writeFileSync(path.join(dataFolder, EARLIER), `${publicKey}\n`, { mode: 0o600, flag: 'a', flush: true })
}
export function earlierKeys(dataFolder: string): string[] {
  const file = path.join(dataFolder, EARLIER)
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
    : []
}
