// The database port on PostgreSQL: a pool for the application, a small read-only one for reports, one listening
// connection. Only SET LOCAL and transaction-level state are used, so a pooler in front is possible.
import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { PoolClient, PoolConfig } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Sql, StopListening, Tx } from '#kit/database.ts'
import { TENANT_SETTING, tenantRole } from '#kit/tenants.ts'
import { copyRows } from './postgres/copy.ts'
import type { Connection } from './postgres/embedded.ts'
import { Listener } from './postgres/listener.ts'
import { parameters, Session } from './postgres/session.ts'
import { statements, type Statements } from './postgres/statements.ts'
import { types } from './postgres/values.ts'
import { presentOrganisation } from './tenant.ts'

export type Door = Connection | { connectionString: string }

export interface DatabaseConfig {
  connection: Door
  /** Another server for reports, such as a replica; the same one when absent. */
  reader?: Door
  /** Connections of the application, 12 by default; reports have 4 of their own, so they never take the last one. */
  max?: number
  /** False behind a pooler in transaction mode. */
  isPrepared?: boolean
  /** Shown in pg_stat_activity. */
  name?: string
  /** Told of lost connections, which heal by themselves. */
  onError?: (error: Error) => void
}

const attempts = 3
const readerConnections = 4
const reportTimeout = '30s'
const connectTimeoutMs = 10_000
const lifetimeSeconds = 1_800

/** What only whoever opened the database may do. */
export interface OpenDatabase extends Database {
  /**
   * Breaks every connection to the server; what waits for an answer fails as when the server had gone. For a server that
   * is silent: connections to a machine without power are held for a quarter of an hour by the system.
   */
  cut(): void
}

/** Connects lazily: the first statement opens the first connection. */
export function openDatabase(config: DatabaseConfig): OpenDatabase {
  const isPrepared = config.isPrepared ?? true
  const names = statements(isPrepared)
  const pool = openPool(config, config.connection, { max: config.max ?? 12 })
  const readers = openPool(config, config.reader ?? config.connection, { max: readerConnections })
  const tenants = new Tenants(config, pool)
  const listener = new Listener(clientConfig(config, config.connection), config.onError ?? (() => {}))
  return {
    query: async (text, values = []) => query(await tenants.door(), names, text, values),
    transaction: (fn) => retried(async () => transaction(await tenants.door(), names, fn)),
    reader: readOnly(readers, names, () => tenants.role()),
    copyFrom: (table, columns, rows) => withClient(pool, (client) => copyRows(client, table, columns, rows)),
    listen: (channel, onPayload, onReconnect): Promise<StopListening> =>
      listener.listen(channel, onPayload, onReconnect),
    cut: () => {
      breakConnections(pool)
      if (config.reader === undefined) breakConnections(readers)
      tenants.cut()
    },
    close: async () => {
      await Promise.all([pool.end(), readers.end(), tenants.close(), listener.close()])
    },
  }
}

function openPool(
  config: DatabaseConfig,
  door: Door,
  { max, options = '' }: { max: number; options?: string },
): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(config, door, options), max, maxLifetimeSeconds: lifetimeSeconds })
  const onError = config.onError ?? (() => {})
  const clients = new Set<PoolClient>()
  connectionsOf.set(pool, clients)
  // Without a listener a connection that breaks would end the process: an idle one tells the pool, one in use itself.
  pool.on('error', onError)
  pool.on('connect', (client) => {
    client.on('error', onError)
    clients.add(client)
  })
  pool.on('remove', (client) => clients.delete(client))
  return pool
}

const connectionsOf = new WeakMap<pg.Pool, Set<PoolClient>>()
function breakConnections(pool: pg.Pool): void {
  for (const client of connectionsOf.get(pool) ?? []) {
    // The driver's own end would first say goodbye, and wait for it. Every client has a connection, and that a stream.
    const { connection } = client as unknown as { connection: { stream: Duplex } }
    connection.stream.destroy(new Error('Connection terminated: the database gave no answer'))
  }
}

/**
 * Of an external server: a machine that lost its power holds its locks no longer than ten seconds. (A process that was
 * killed loses its connections at once; a local socket knows nothing of these settings.)
 */
const unreached =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2 -c tcp_user_timeout=9000'

function clientConfig(config: DatabaseConfig, door: Door, options = ''): PoolConfig {
  const zone = '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c bytea_output=hex'
  const told = 'connectionString' in door ? `${zone} ${unreached} ${options}` : `${zone} ${options}`
  return {
    ...door,
    types,
    application_name: config.name ?? 'pilothouse',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    // A pooler refuses start-up options; timestamps are then read with whatever zone they carry.
    ...(config.isPrepared === false ? {} : { options: told.trim() }),
  }
}

async function query<T extends object>(
  way: Way,
  names: Statements,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  const client = await way.connect()
  const ask = async (name: string | undefined): Promise<T[]> =>
    (await client.query<T>({ name, text, values: parameters(values) })).rows
  try {
    // A table changed its shape under a prepared `select *`; unnamed, the statement is planned anew.
    const rows = await ask(names.nameOf(text)).catch((error: unknown) => {
      if (isStalePlan(error)) return ask(undefined)
      throw error
    })
    client.release()
    return rows
  } catch (error) {
    client.release(!(error instanceof pg.DatabaseError))
    throw error
  }
}

async function transaction<T>(pool: Way, names: Statements, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query('begin')
    const session = new Session(client, names)
    const result = await fn(session).finally(() => session.end())
    const { command } = await client.query('commit')
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: nothing was kept.
    if (command !== 'COMMIT')
      throw new Error(
        'The transaction was rolled back: a statement in it failed, and its error was caught without being passed on.',
      )
    return result
  })
}

/** Runs `fn` with a connection and gives it back clean: an open transaction is rolled back, a doubtful one closed. */
async function withClient<T>(pool: Way, fn: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await fn(client)
    client.release()
    return result
  } catch (error) {
    const isUnsafe = isStalePlan(error) || !(await rolledBack(client))
    client.release(isUnsafe)
    throw error
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  )
}

async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt === attempts || !mayRetry(error)) throw error
      // A random pause, so that two that collided do not collide again.
      await sleep(attempt * 10 + Math.random() * 20)
    }
  }
}

function readOnly(pool: pg.Pool, names: Statements, tenant: () => Promise<string | null>): Sql {
  const begin = `begin read only; set local statement_timeout = '${reportTimeout}'`
  return {
    query: async (text, values = []) => {
      const org = presentOrganisation()
      const role = org === 0 ? null : await tenant()
      const speaksFor = role === null ? '' : `; set local role ${role}; set local ${TENANT_SETTING} = '${org}'`
      return withClient(pool, async (client) => {
        await client.query(begin + speaksFor)
        const rows = await new Session(client, names).query<never>(text, values)
        await client.query('commit')
        return rows
      })
    },
  }
}

/** A way to connections: the pool itself, or the pool with each connection told for whom it speaks. */
interface Way {
  connect(): Promise<PoolClient>
}
/**
 * The connections on which requests work: a pool of its own, as the role that sees one organisation (see `#kit/tenants.ts`).
 * A connection keeps its organisation until another one needs it, so with one organisation nothing is said twice.
 */
class Tenants {
  readonly #config: DatabaseConfig
  readonly #owner: pg.Pool
  readonly #orgs = new WeakMap<PoolClient, number>()
  #role: Promise<string | null> | null = null
  #pool: pg.Pool | null = null
  constructor(config: DatabaseConfig, owner: pg.Pool) {
    this.#config = config
    this.#owner = owner
  }

  /** Null when there is no such role, or a pooler stands between that would mix up sessions. */
  role(): Promise<string | null> {
    if (this.#config.isPrepared === false) return Promise.resolve(null)
    this.#role ??= tenantRole({
      query: async <T extends object>(text: string) => (await this.#owner.query<T>(text)).rows,
    }).catch((error: unknown) => {
      this.#role = null // asked again: the database was away
      throw error
    })
    return this.#role
  }
  async door(): Promise<Way> {
    const org = presentOrganisation()
    if (org === 0) return this.#owner
    const role = await this.role()
    return role === null ? this.#owner : { connect: () => this.#connect(org, role) }
  }
  cut(): void {
    if (this.#pool !== null) breakConnections(this.#pool)
  }
  async close(): Promise<void> {
    await this.#pool?.end()
  }

  async #connect(org: number, role: string): Promise<PoolClient> {
    this.#pool ??= openPool(this.#config, this.#config.connection, {
      max: this.#config.max ?? 12,
      options: `-c role=${role}`,
    })
    const client = await this.#pool.connect()
    if (this.#orgs.get(client) === org) return client
    try {
      await client.query(`select set_config('${TENANT_SETTING}', $1, false)`, [String(org)])
      this.#orgs.set(client, org)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

const serializationFailure = '40001'
const deadlock = '40P01'
const featureNotSupported = '0A000'

function mayRetry(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    (error.code === serializationFailure || error.code === deadlock || isStalePlan(error))
  )
}

function isStalePlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === featureNotSupported && /cached plan/.test(error.message)
}
