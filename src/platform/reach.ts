// Gets to a database that can be used: the embedded one, or the one DATABASE_URL names, checked before anything starts.
import pg from 'pg'
import type { Config } from './config.ts'
import type { Door } from './database.ts'
import { startEmbedded, type Connection } from './postgres/embedded.ts'
import { DatabaseRefusal } from './postgres/refusal.ts'

export interface Reached {
  door: Door
  /** The superuser's door of the embedded database; null for an external one. */
  superuserDoor: Connection | null
  /** The server's version, such as `18.4`. */
  version: string
  /** True when the embedded server was running already. */
  adopted: boolean
  stop(): Promise<void>
}

const oldestMajor = 15
const connectTimeoutMs = 10_000

type Wanted = Pick<Config, 'databaseUrl' | 'dataFolder' | 'postgresPrograms'> & Partial<Pick<Config, 'archive'>>

/**
 * @param say is told in a sentence what takes long.
 * @throws {DatabaseRefusal} with what to do.
 */
export async function reachDatabase(config: Wanted, say: (sentence: string) => void = () => {}): Promise<Reached> {
  if (config.databaseUrl !== null) {
    const door = { connectionString: config.databaseUrl }
    return { door, superuserDoor: null, version: await checkedVersion(door), adopted: false, stop: async () => {} }
  }
  const isArchiving = config.archive !== null && config.archive !== undefined
  const binaries = config.postgresPrograms ?? undefined
  const embedded = await startEmbedded(config.dataFolder, { binaries, isArchiving, say })
  const { connection: door, superuserConnection: superuserDoor, adopted, stop } = embedded
  return { door, superuserDoor, adopted, stop, version: await checkedVersion(door) }
}

interface Facts {
  version: number
  shown: string
  encoding: string
  mayCreate: boolean
}

async function checkedVersion(door: Door): Promise<string> {
  const facts = await ask(door)
  if (facts.version < oldestMajor * 10_000) {
    throw new DatabaseRefusal(
      `The database is PostgreSQL ${facts.shown}; Pilothouse needs ${oldestMajor} or newer. Upgrade it, or leave DATABASE_URL out to use the embedded one.`,
    )
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseRefusal(
      `The database has the encoding ${facts.encoding}; Pilothouse needs UTF8. Make a new one: create database pilothouse encoding 'UTF8' template template0.`,
    )
  }
  if (!facts.mayCreate) {
    throw new DatabaseRefusal(
      'The account of DATABASE_URL may not make tables in its database. Make it the owner: alter database … owner to ….',
    )
  }
  return facts.shown
}

async function ask(door: Door): Promise<Facts> {
  const client = new pg.Client({ ...door, connectionTimeoutMillis: connectTimeoutMs })
  try {
    await client.connect()
    const { rows } = await client.query<Facts>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
         split_part(current_setting('server_version'), ' ', 1) as shown,
         has_database_privilege(current_database(), 'create') as "mayCreate"`,
    )
    const [facts] = rows
    if (facts === undefined) throw new Error('the server gave no answer')
    return facts
  } catch (error) {
    throw new DatabaseRefusal(unreachable(error), { cause: error })
  } finally {
    await client.end().catch(() => {})
  }
}

/** By SQLSTATE or system error; the address is not quoted, it may hold a password. */
function unreachable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === '28P01' || code === '28000')
    return `The database refused the account of DATABASE_URL: ${message}. Check its user and password.`
  if (code === '3D000')
    return `The database of DATABASE_URL does not exist (${message}). Create it first, owned by its account.`
  return `The database of DATABASE_URL cannot be reached: ${message || code}. Check that it runs and that its address and port are right.`
}
