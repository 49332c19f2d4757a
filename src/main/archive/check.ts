/** Holds a recovered cluster to itself before it takes the place of the present one, and makes it ready to go on. */
import path from 'node:path'
import { holdOutgoing } from '#kit/hold-outgoing.ts'
import type { Database } from '#kit/database.ts'
import { migrate, schemaStanding } from '#kit/migrate.ts'
import { readPublicKey, readSealingKey } from '#kit/seal/key.ts'
import { rootAt } from '#kit/seal/tree.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { DOORS } from '#platform/backup/tables.ts'
import { openDatabase } from '#platform/database.ts'
import { readMigrations } from '#platform/migrations.ts'
import type { Embedded } from '#platform/postgres/embedded.ts'
import { newCatalogue } from '#app'
import { noteArrival, prepareKeys } from '#main/backup/arrival.ts'
import { ask } from '#main/backup/doors.ts'
import { keepJobs } from '#main/backup/restored-jobs.ts'
import type { Fork, SealParts } from '#main/backup/seal-check.ts'
import { checkSeal, declareFork } from '#main/backup/seal-check.ts'
import type { Keys } from '#main/backup/secrets.ts'
import { ROOT } from '#main/root.ts'
import { filesOf } from './files.ts'

export interface Checking {
  readonly server: Embedded
  readonly dataFolder: string
  readonly isTrial: boolean
  readonly seal: SealParts
  /** Keys of the installation as JSON, from an encrypted base backup. */
  readonly keys: string | null
  readonly reason: string
  readonly request: string
  readonly say: (line: string) => void
}
export interface CheckedState {
  /** Rows that were read, each with its page's checksum. */
  readonly rows: number
  /** Entries of the journal that the seal covers. */
  readonly entries: number
  readonly fork: Fork | null
  /** Kept counts that are not what is counted, in words. */
  readonly strangeCounts: readonly string[]
  /** SHA-256 of files that records refer to. */
  readonly files: readonly string[]
  readonly hasKeys: boolean
}

/** @throws {BackupRefusal} when it cannot be read whole, is of a newer program, or its journal is not what was sealed */
export async function checkState(of: Checking): Promise<CheckedState> {
  const { server, say } = of
  say('reading every row')
  const rows = await readEverything(server)
  const db = openDatabase({ connection: server.connection, max: 2, name: 'pilothouse restore' })
  try {
    await bringSchema(db, of)
    const strangeCounts = await compareCounts(db)
    say('verifying the seal')
    const keys = of.keys === null ? null : (JSON.parse(of.keys) as Keys) // its digest holds: we wrote it
    const { entries, fork } = await verifySeal(db, of, keys)
    await closeDoors(db)
    await keepJobs(db)
    await holdOutgoing(db)
    if (fork !== null) await declareFork(db, fork, { reason: of.reason, now: of.seal.now(), request: of.request })
    if (keys !== null && !of.isTrial) await arrive(db, of.dataFolder, keys)
    const files = await filesOf(server.superuserConnection, new Date(0).toISOString())
    return { rows, entries, fork, strangeCounts, files, hasKeys: keys !== null }
  } finally {
    await db.close()
  }
}

/** Reads each table to its end: a page whose checksum does not fit is an error (data checksums are on). */
async function readEverything(server: Embedded): Promise<number> {
  const door = server.superuserConnection
  const tables = await ask<{ name: string }>(
    door,
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'r' and nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1`,
  )
  let total = 0
  for (const { name } of tables) {
    // Of whole rows, so that no index answers in place of the table.
    const counted = await ask<{ n: string }>(
      door,
      `select count(t)::text as n from only ${name} t where t is not null or true`,
    ).catch((error: unknown) => {
      throw new BackupRefusal(
        `The table ${name} cannot be read as it was then: ${error instanceof Error ? error.message : String(error)}. Try another moment. Nothing was changed.`,
      )
    })
    total += Number(counted[0]?.n ?? 0)
  }
  return total
}

async function bringSchema(db: Database, { seal, say }: Checking): Promise<void> {
  const all = readMigrations(path.join(ROOT, 'src'))
  const { strange, applied } = await schemaStanding(db, all)
  if (applied === 0)
    throw new BackupRefusal(
      'There was no database of Pilothouse at that moment yet. Give a later one. Nothing was changed.',
    )
  if (strange.length > 0)
    throw new BackupRefusal(
      `At that moment a newer Pilothouse was in use (${strange.join(', ')}). Use that one. Nothing was changed.`,
    )
  await migrate(db, all, seal.now().slice(0, 10), say)
}

/** The product keeps how many rows each record has; they are counted here. Told, not refused: they may have been wrong before. */
async function compareCounts(db: Database): Promise<string[]> {
  const found: string[] = []
  for (const { name, table } of newCatalogue().records) {
    const rows = await db.query<{ org: number; kept: number; counted: number }>(
      `with kept as (select org, sum(n)::bigint as n from (select org, n from tally where record = $1 and by = '' union all select org, n from tally_delta where record = $1 and by = '') a group by org)
       select org, kept.n as kept, (select count(*) from "${table}" t where t.org = kept.org and t.binned_at is null) as counted from kept`,
      [name],
    )
    for (const { org, kept, counted } of rows)
      if (kept !== counted)
        found.push(`${name} of organisation ${org}: ${counted} are there, ${kept} were kept count of`)
  }
  return found
}

async function verifySeal(
  db: Database,
  of: Checking,
  keys: Keys | null,
): Promise<{ entries: number; fork: Fork | null }> {
  const rows = await db.query<{ size: number }>('select coalesce((select max(index) + 1 from journal_leaf), 0) as size')
  const size = rows[0]?.size ?? 0
  const publicKey = keys === null ? of.seal.keys[0]?.text : readSealingKey(keys.sealKey).text
  if (publicKey === undefined)
    throw new BackupRefusal(
      'There is no sealing key to verify the journal with. Put seal-key.pem into the data folder.',
    )
  const root = Buffer.from(await rootAt(db, size)).toString('base64')
  const extra = keys === null ? [] : [readPublicKey(publicKey)]
  const fork = await checkSeal(
    { db, door: of.server.connection },
    { seal: { size, root, publicKey } },
    { ...of.seal, keys: [...of.seal.keys, ...extra] },
  )
  return { entries: size, fork }
}

/** Sessions that were ended since must not come back to life: everybody signs in again. */
async function closeDoors(db: Database): Promise<void> {
  for (const table of DOORS) await db.query(`delete from "${table}"`)
}
/** They wait for the next start, as after the restore of a backup. */
async function arrive(db: Database, dataFolder: string, keys: Keys): Promise<void> {
  const id = crypto.randomUUID()
  prepareKeys(dataFolder, id, keys)
  await noteArrival(db, id)
}
