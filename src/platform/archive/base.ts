/**
 * A base backup: the files of a running cluster, copied between the server's start and stop marks while everybody works.
 * What changes during the copy is put right by the log of that time, which is archived like the rest.
 */
import { createReadStream } from 'node:fs'
import { readdir, readFile as readWhole, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Pack } from '#platform/backup/attachments.ts'
import { CHUNK_BYTES } from '#platform/backup/format.ts'
import { fileTarget, readFile } from '#platform/backup/folder-target.ts'
import { openBackup } from '#platform/backup/reader.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { BackupWriter } from '#platform/backup/writer.ts'
import type { Door } from '#platform/database.ts'
import { types } from '#platform/postgres/values.ts'
import type { BaseNote } from './place.ts'
import { unhurried } from './pace.ts'
import { baseFile, baseFolder, LINE_FILE, lineFor, makeFolder, stampOf } from './place.ts'
import type { Sealing } from './sealed.ts'
import { archiveHeader } from './sealed.ts'

export interface BaseMaking extends Sealing {
  readonly root: string
  readonly cluster: string
  /** The superuser's. */
  readonly door: Door
  readonly passphrase: string | null
  /** Keys of the installation as JSON; they go into encrypted ones only. */
  readonly keys: object | null
  readonly now: () => string
}
const LOCK = 730_073_032
const PATIENCE_MS = 15_000
/** What a server makes anew, or must not find (PostgreSQL manual, 25.3.4 Making a base backup). */
const EMPTY_FOLDERS = ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'] // oxfmt-ignore
const NOT_COPIED = [
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'tablespace_map',
  'recovery.signal',
  'standby.signal',
  LINE_FILE,
]
const NOT_COPIED_ANYWHERE = /^pgsql_tmp|^pg_internal\.init/

/** @throws {BackupRefusal} when another is being made. Ended at any moment it leaves nothing that counts as one */
export async function makeBase(of: BaseMaking): Promise<BaseNote> {
  const client = new pg.Client({ ...of.door, types, application_name: 'pilothouse base backup' })
  client.on('error', () => {}) // its statement fails as well
  await client.connect()
  try {
    await alone(client)
    return await make(client, of)
  } finally {
    await client.end().catch(() => {}) // ends the server's backup mode as well
  }
}

/** The server may need a moment to notice that a process that made one has died. */
async function alone(client: pg.Client): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK])
    if (rows[0]?.got === true) return
    if (Date.now() > until) throw new BackupRefusal('Another base backup is being made. Wait until it is done.')
  }
}
async function make(client: pg.Client, of: BaseMaking): Promise<BaseNote> {
  const startedAt = of.now()
  const [line, name] = [await lineFor(of.cluster, startedAt), stampOf(startedAt)]
  const folder = baseFolder(of.root, line)
  await makeFolder(folder)
  await removeHalfMade(folder)
  const file = baseFile(of.root, { line, name })
  const box = of.box?.() ?? null
  const header = archiveHeader(of, { archived: 'base', at: startedAt, locking: box?.locking ?? null })
  const writer = new BackupWriter(await fileTarget(file), header, box)
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_backup_start($1, true)', [`pilothouse ${name}`])
    if (box !== null && of.keys !== null) await onePiece(writer, 'keys', Buffer.from(JSON.stringify(of.keys)))
    const copied = await copyCluster(of.cluster, writer)
    const facts = await stop(client)
    await finishCluster(copied, writer, Buffer.from(facts.label))
    const written = await writer.end({ endedAt: of.now(), unsound: [] })
    await verify(file, of.passphrase)
    const { first, last, segmentBytes, from, postgres } = facts
    const note: BaseNote = { line, name, startedAt, from, first, last, segmentBytes, postgres, bytes: written.bytes, clusterBytes: copied.bytes, sha256: written.sha256, encrypted: box !== null } // oxfmt-ignore
    const target = await fileTarget(path.join(folder, `${name}.json`))
    await target.write([Buffer.from(JSON.stringify(note, null, 2))])
    await target.finish()
    return note
  } catch (error) {
    await writer.abort()
    throw error
  }
}
/** A copy whose note never came. */
async function removeHalfMade(folder: string): Promise<void> {
  const names = new Set(await readdir(folder))
  for (const name of names)
    if (name.endsWith('.base') && !names.has(name.replace(/\.base$/, '.json')))
      await rm(path.join(folder, name), { force: true })
}

interface Stopped {
  readonly label: string
  readonly from: string
  readonly first: string
  readonly last: string
  readonly segmentBytes: number
  readonly postgres: string
}
/** Ends the backup, and the segment in which it ended, so that this one is archived at once. */
async function stop(client: pg.Client): Promise<Stopped> {
  const ended = await client.query<{ label: string; map: string; last: string }>(
    'select labelfile as label, spcmapfile as map, pg_walfile_name(lsn) as last from pg_backup_stop(false)',
  )
  const { label = '', map = '', last = '' } = ended.rows[0] ?? {}
  const first = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/m.exec(label)?.[1]
  if (first === undefined || map.trim() !== '')
    throw new Error(`The server ended the backup in an unknown way: ${label} ${map}`)
  const { rows } = await client.query<{ from: string; bytes: number; postgres: string }>(
    `select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as from, pg_size_bytes(current_setting('wal_segment_size')) as bytes, split_part(current_setting('server_version'), ' ', 1) as postgres`,
  )
  await client.query('select pg_current_xact_id()')
  await client.query('select pg_switch_wal()')
  const { from = '', bytes = 0, postgres = '' } = rows[0] ?? {}
  return { label, from, first, last, segmentBytes: Number(bytes), postgres }
}

interface Copied {
  readonly part: number
  readonly pack: Pack
  items: number
  bytes: number
}
async function copyCluster(cluster: string, writer: BackupWriter): Promise<Copied> {
  const part = await writer.begin({ kind: 'cluster', name: 'cluster', columns: [], partition: null })
  const pack = new Pack((chunk) => writer.data(part, chunk))
  const copied: Copied = { part, pack, items: 0, bytes: 0 }
  const pace = unhurried()
  for await (const { name, isFolder } of filesOf(cluster, '')) {
    await pack.add(nameBytes(isFolder ? `${name}/` : name))
    copied.items++
    if (isFolder) continue
    for await (const chunk of contentOf(path.join(cluster, name))) {
      await pack.add(number(chunk.length))
      await pack.add(chunk)
      copied.bytes += chunk.length
      await pace(chunk.length)
    }
    await pack.add(number(0))
  }
  return copied
}
async function finishCluster({ part, pack, items }: Copied, writer: BackupWriter, label: Buffer): Promise<void> {
  await pack.add(Buffer.concat([nameBytes('backup_label'), number(label.length), label, number(0)]))
  await pack.flush()
  await writer.finish(part, items + 1)
}
async function onePiece(writer: BackupWriter, kind: 'keys', content: Buffer): Promise<void> {
  const part = await writer.begin({ kind, name: kind, columns: [], partition: null })
  await writer.data(part, content)
  await writer.finish(part, 1)
}

/** Folders before what is in them. A file that goes away meanwhile is no loss: the log says that it went. */
async function* filesOf(cluster: string, below: string): AsyncGenerator<{ name: string; isFolder: boolean }> {
  for (const entry of await readdir(path.join(cluster, below), { withFileTypes: true }).catch(gone)) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (NOT_COPIED_ANYWHERE.test(entry.name) || (below === '' && NOT_COPIED.includes(entry.name))) continue
    const isFolder = entry.isDirectory() || EMPTY_FOLDERS.includes(name) // pg_wal may be a link to another disk
    if (!isFolder && !entry.isFile())
      throw new BackupRefusal(
        `${path.join(cluster, name)} is neither a file nor a folder. Tablespaces outside of the data folder cannot be archived; use pilothouse backup.`,
      )
    yield { name, isFolder }
    if (isFolder && !EMPTY_FOLDERS.includes(name)) yield* filesOf(cluster, name)
  }
}
function gone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}
async function* contentOf(file: string): AsyncGenerator<Buffer> {
  if (file.endsWith(CONTROL)) return yield await steady(file)
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
/** The one file that the log does not put right, so a read in the middle of a write will not do. */
async function steady(file: string): Promise<Buffer> {
  for (let last = await readWhole(file), tries = 0; ; tries++) {
    const next = await readWhole(file)
    if (next.equals(last)) return next
    if (tries > 100) throw new Error(`${file} changes all the time.`)
    last = next
  }
}
const CONTROL = path.join('global', 'pg_control')
function nameBytes(name: string): Buffer {
  const text = Buffer.from(name)
  return Buffer.concat([number(text.length), text])
}
function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Reads it back from the disk. @throws {BackupRefusal} when it is not what was written */
async function verify(file: string, passphrase: string | null): Promise<void> {
  const none = async (): Promise<void> => {}
  await (await openBackup(readFile(file), () => passphrase)).read({ begin: none, data: none, finish: none })
}
