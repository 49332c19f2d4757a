/** Reads a whole database in one snapshot into a backup file, over several connections, while others go on writing. */
import pg from 'pg'
import type { Sql } from '#kit/database.ts'
import { copyOut } from '#platform/postgres/copy-out.ts'
import { quoted } from '#platform/postgres/copy.ts'
import type { Door } from '#platform/database.ts'
import { sharePriority } from '#platform/postgres/give-way.ts'
import { Session } from '#platform/postgres/session.ts'
import { statements } from '#platform/postgres/statements.ts'
import { types } from '#platform/postgres/values.ts'
import { CHUNK_BYTES } from './format.ts'
import type { Table } from './tables.ts'
import { tablesOf } from './tables.ts'
import type { BackupWriter } from './writer.ts'

/** The moment that is written down, and what can be asked about it. */
export interface Snapshot {
  /** Reads as of the snapshot. */
  readonly sql: Sql
  readonly tables: readonly Table[]
  /** Copies these tables. @returns bytes on disk of what was read, without indexes */
  dump(tables: readonly Table[], to: BackupWriter, onTable?: (table: Table) => void): Promise<number>
  close(): Promise<void>
}

/** More would take the server's processors from the people who work. */
const CONNECTIONS = 2
const BEGIN = 'begin isolation level repeatable read, read only'
/** A row that a policy hides would be missing without a word: an error is better. */
const PLAIN = `set local row_security = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '60s'`

/** Opens the snapshot: whatever was committed before is in it, nothing that comes later. */
export async function openSnapshot(door: Door): Promise<Snapshot> {
  const first = await connect(door)
  try {
    await first.query(BEGIN)
    await first.query(PLAIN)
    const exported = await first.query<{ id: string }>('select pg_export_snapshot() as id')
    const id = exported.rows[0]?.id ?? ''
    const sql = new Session(first as unknown as pg.PoolClient, statements(false)) // a session asks for nothing that only a pooled client has
    const tables = await tablesOf(sql)
    return {
      sql,
      tables,
      dump: (chosen, to, onTable = () => {}) => dump(chosen, { to, onTable, connect: () => follower(door, id) }),
      close: () => first.end(),
    }
  } catch (error) {
    await first.end().catch(() => {})
    throw error
  }
}

async function connect(door: Door): Promise<pg.Client> {
  const client = new pg.Client({
    ...door,
    types,
    application_name: 'pilothouse backup',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // A connection that breaks fails its statement; without a listener it would end the process as well.
  client.on('error', () => {})
  await client.connect()
  await sharePriority(client)
  return client
}
async function follower(door: Door, snapshot: string): Promise<pg.Client> {
  const client = await connect(door)
  await client.query(BEGIN)
  await client.query(`set transaction snapshot '${snapshot.replaceAll("'", '')}'`)
  await client.query(PLAIN)
  return client
}

interface Dumping {
  readonly to: BackupWriter
  readonly onTable: (table: Table) => void
  readonly connect: () => Promise<pg.Client>
}
async function dump(tables: readonly Table[], { to, onTable, connect }: Dumping): Promise<number> {
  const waiting = [...tables]
  let size = 0
  async function follow(): Promise<void> {
    const client = await connect()
    try {
      for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
        onTable(table)
        await one(client, table, to)
        size += table.size
      }
    } finally {
      await client.end().catch(() => {}) // broken already
    }
  }
  await allOrFirstFault(
    Array.from({ length: CONNECTIONS }, () =>
      follow().catch((error: unknown) => {
        waiting.length = 0 // the other connection has nothing more to begin
        throw error
      }),
    ),
  )
  return size
}
async function one(client: pg.Client, table: Table, to: BackupWriter): Promise<void> {
  const { name, columns, partition, from } = table
  const part = await to.begin({ kind: 'table', name, columns, partition })
  const source = from === undefined ? `${quoted(name)} (${columns.map(quoted).join(', ')})` : `(${from})`
  const statement = `copy ${source} to stdout (format binary)`
  const rows = await copyOut(client, statement, (chunk) => to.data(part, chunk), CHUNK_BYTES)
  await to.finish(part, rows)
}

/** Waits for all, then throws what failed first. */
async function allOrFirstFault(works: readonly Promise<void>[]): Promise<void> {
  const faults: unknown[] = []
  await Promise.all(works.map((work) => work.catch((error: unknown) => void faults.push(error))))
  if (faults.length > 0) throw faults[0]
}
