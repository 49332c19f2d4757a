/**
 * Restores a backup into a new database beside the product's, checks it there, and exchanges the two at the end. Whatever
 * goes wrong before, also a kill -9, leaves the product's database as it is; a half-made one is dropped by the next restore.
 */
import type { OpenedBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Database } from '#kit/database.ts'
import { openDatabase } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { Server } from './doors.ts'
import { ask } from './doors.ts'
import type { Filled } from './fill.ts'
import { fill } from './fill.ts'
import type { Fork, SealParts } from './seal-check.ts'
import { checkSeal, declareFork } from './seal-check.ts'

export interface Restoring {
  readonly server: Server
  readonly backup: OpenedBackup
  /** 'empty': only where nothing is yet. 'replace': what is there is kept beside, under another name. */
  readonly into: 'empty' | 'replace'
  readonly files: Files
  readonly seal: SealParts
  readonly request: string
  /** For the journal, when entries are lost. */
  readonly reason: string
  readonly say: (line: string) => void
  /** The last step inside the new database, before it takes its place. */
  readonly finish: (db: Database, filled: Filled) => Promise<void>
}
export interface Restored extends Filled {
  readonly fork: Fork | null
  /** The database that was there; null when it was empty. */
  readonly before: string | null
}
const RESTORING = '_restoring_'
const BEFORE = '_before_'

/** @throws {BackupRefusal} with what is wrong; nothing is changed then */
export async function restore(of: Restoring): Promise<Restored> {
  const { server, say } = of
  const isEmpty = await isNothingIn(server)
  if (!isEmpty && of.into === 'empty')
    throw new BackupRefusal(
      `${capital(server.place)} is not empty. To put the backup in its place, use --replace: what is there is kept beside it under another name.`,
    )
  await refuseWhileUsed(server)
  await dropHalfMade(server)
  const stamp = of.seal.now().slice(0, 19).replaceAll(/[-:]/g, '').toLowerCase()
  const scratch = `${server.name}${RESTORING}${stamp}`
  await server.create(scratch)
  try {
    const { filled, fork } = await make(of, scratch)
    const before = `${server.name}${BEFORE}${stamp}`
    say('exchanging the databases')
    await refuseWhileUsed(server)
    await server.switchTo(scratch, before)
    if (isEmpty) await server.drop(before)
    return { ...filled, fork, before: isEmpty ? null : before }
  } catch (error) {
    await server.drop(scratch).catch(() => {}) // the server itself may be gone; the next restore drops it
    throw error
  }
}
/** Databases that restores have kept. */
export async function keptBefore(server: Server): Promise<string[]> {
  return (await server.databases()).filter((name) => name.startsWith(`${server.name}${BEFORE}`))
}
export async function refuseWhileUsed(server: Server): Promise<void> {
  const users = await server.usersOf(server.name)
  if (users.length > 0)
    throw new BackupRefusal(
      `${capital(server.place)} is in use (${users.join(', ')}). Stop Pilothouse on every machine, close other programs, and try again. Nothing was changed.`,
    )
}

async function make(of: Restoring, scratch: string): Promise<{ filled: Filled; fork: Fork | null }> {
  const { server, backup, files, say } = of
  const owner = server.owner(scratch)
  const filled = await fill({ backup, owner, loader: server.loader(scratch), files, now: of.seal.now, say })
  say('verifying the seal')
  const db = openDatabase({ connection: owner, max: 2, name: 'pilothouse restore' })
  try {
    const fork = await checkSeal({ db, door: owner }, filled.header, of.seal)
    if (fork !== null) await declareFork(db, fork, { reason: of.reason, now: of.seal.now(), request: of.request })
    await of.finish(db, filled)
    return { filled, fork }
  } finally {
    await db.close()
  }
}
/** No tables, or a schema that nobody has set up yet, or what has moved away. */
export async function isNothingIn(server: Server): Promise<boolean> {
  const door = server.owner(server.name)
  const tables = await ask<{ known: boolean }>(door, `select to_regclass('organisation') is not null as known`)
  if (tables[0]?.known !== true) {
    const others = await ask(
      door,
      `select 1 from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') limit 1`,
    )
    return others.length === 0
  }
  return (await ask(door, 'select 1 from organisation limit 1')).length === 0
}
async function dropHalfMade(server: Server): Promise<void> {
  for (const name of await server.databases())
    if (name.startsWith(`${server.name}${RESTORING}`) && (await server.usersOf(name)).length === 0)
      await server.drop(name)
}
function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
