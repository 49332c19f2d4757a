/** Makes one backup of a running installation. */
import { rootAt } from '#kit/seal/tree.ts'
import type { PublicKey } from '#kit/seal/key.ts'
import type { TableWithContents } from '#kit/contents.ts'
import { contentsIn, TABLES_WITH_CONTENTS } from '#kit/contents.ts'
import type { Sql } from '#kit/database.ts'
import { packFiles } from '#platform/backup/attachments.ts'
import type { Snapshot } from '#platform/backup/dump.ts'
import { openSnapshot } from '#platform/backup/dump.ts'
import type { Header } from '#platform/backup/format.ts'
import type { LockBox } from '#platform/backup/lock-box.ts'
import { newLockBox } from '#platform/backup/lock-box.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import type { Table } from '#platform/backup/tables.ts'
import type { Target, Written } from '#platform/backup/writer.ts'
import { BackupWriter } from '#platform/backup/writer.ts'
import type { Door } from '#platform/database.ts'
import { hasQueue, WAITING_JOBS } from './restored-jobs.ts'
import type { Keys } from './secrets.ts'

export interface Making {
  /** The superuser's of the embedded database, so that no policy hides a row. */
  readonly door: Door
  readonly target: Target
  readonly program: string
  readonly now: () => string
  readonly publicKey: PublicKey
  /** Encrypts when it is given. */
  readonly passphrase: string | null
  /** Goes into encrypted backups only. */
  readonly keys: Keys | null
  /** Attachments; null leaves them out (a move within one data folder). */
  readonly filesFolder: string | null
  readonly say?: (line: string) => void
}
export interface Made extends Written {
  readonly header: Header
  /** Bytes on disk of the tables read, without indexes. */
  readonly tableBytes: number
  /** Rows and files. */
  readonly items: number
  readonly tookMs: number
}
const LOCK = 730_073_031
const WORTH_TELLING = 50_000_000

/** @throws {BackupRefusal} when another backup runs. Whatever fails, the target is left as it was. */
export async function makeBackup(of: Making): Promise<Made> {
  const began = performance.now()
  const box = of.passphrase === null ? null : await newLockBox(of.passphrase)
  const snapshot = await openSnapshot(of.door).catch(async (error: unknown) => {
    await of.target.abort()
    throw error
  })
  try {
    await alone(snapshot.sql)
    const header = await headerOf(snapshot.sql, of, box)
    const made = await write(snapshot, new BackupWriter(of.target, header, box), of)
    const items = made.manifest.parts.reduce((sum, part) => sum + part.items, 0)
    return { ...made, header, items, tookMs: performance.now() - began }
  } catch (error) {
    await of.target.abort()
    throw error
  } finally {
    await snapshot.close()
  }
}

async function write(snapshot: Snapshot, writer: BackupWriter, of: Making): Promise<Written & { tableBytes: number }> {
  try {
    if (of.passphrase !== null && of.keys !== null) await keysPart(writer, of.keys)
    const tableBytes = await snapshot.dump(await withJobs(snapshot), writer, ({ name, size }) =>
      size > WORTH_TELLING ? of.say?.(`${name} (${Math.round(size / 1e6)} MB)`) : undefined,
    )
    const wanted = of.filesFolder === null ? [] : await referred(snapshot.sql)
    const unsound = of.filesFolder === null ? [] : await packFiles(of.filesFolder, new Set(wanted), writer)
    return { ...(await writer.end({ endedAt: of.now(), unsound })), tableBytes }
  } catch (error) {
    await writer.abort()
    throw error
  }
}
async function alone(on: Sql): Promise<void> {
  const rows = await on.query<{ got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [LOCK])
  if (rows[0]?.got !== true) throw new BackupRefusal('Another backup is being made. Wait until it is done.')
}
async function headerOf(on: Sql, of: Making, box: LockBox | null): Promise<Header> {
  const migrations = await on.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migration order by at, name',
  )
  const facts = await on.query<{ size: number; version: string }>(
    `select coalesce((select max(index) + 1 from journal_leaf), 0) as size, split_part(current_setting('server_version'), ' ', 1) as version`,
  )
  const { size = 0, version = '' } = facts[0] ?? {}
  const root = Buffer.from(await rootAt(on, size)).toString('base64')
  return {
    program: of.program,
    createdAt: of.now(),
    postgres: version,
    migrations,
    seal: { size, root, publicKey: of.publicKey.text },
    locking: box?.locking ?? null,
  }
}
async function keysPart(writer: BackupWriter, keys: Keys): Promise<void> {
  const part = await writer.begin({ kind: 'keys', name: 'keys', columns: [], partition: null })
  await writer.data(part, Buffer.from(JSON.stringify(keys)))
  await writer.finish(part, Object.keys(keys).length)
}
/** Names of the files that any row refers to. */
async function referred(on: Sql): Promise<string[]> {
  const tables = await on.query<TableWithContents>(TABLES_WITH_CONTENTS)
  const rows = await on.query<{ sha256: string }>(contentsIn(tables))
  return rows.map(({ sha256 }) => sha256)
}

/** Jobs that wait or run go along as rows of a table of ours: the queue's own tables belong to its version. */
async function withJobs(snapshot: Snapshot): Promise<readonly Table[]> {
  if (!(await hasQueue(snapshot.sql))) return snapshot.tables
  return [...snapshot.tables, { name: 'restored_job', size: 0, partition: null, ...WAITING_JOBS }]
}
