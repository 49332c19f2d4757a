/** The databases of one server: the product's own, scratch ones beside it, and the door from which they are renamed. */
import pg from 'pg'
import type { Config } from '#platform/config.ts'
import type { Door } from '#platform/database.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { reachDatabase } from '#platform/reach.ts'

export interface Server {
  /** The product's database. */
  readonly name: string
  readonly isEmbedded: boolean
  /** As people say it, without a password. */
  readonly place: string
  /** As the product's own account. */
  owner(database: string): Door
  /** As the account that copies: the superuser of the embedded server. */
  loader(database: string): Door
  create(database: string): Promise<void>
  drop(database: string): Promise<void>
  /** In one transaction: `from` takes the name of the product's database, which is kept as `before`. */
  switchTo(from: string, before: string): Promise<void>
  databases(): Promise<string[]>
  /** Programs that work in a database just now. */
  usersOf(database: string): Promise<string[]>
  stop(): Promise<void>
}
type Wanted = Pick<Config, 'databaseUrl' | 'dataFolder' | 'postgresPrograms'> & Partial<Pick<Config, 'archive'>>

/** @throws a refusal with a sentence when it cannot be reached */
export async function openServer(config: Wanted, say: (line: string) => void = () => {}): Promise<Server> {
  const reached = await reachDatabase(config, say)
  const owner = (database: string): Door => inDatabase(reached.door, database)
  const loader = (database: string): Door => inDatabase(reached.superuserDoor ?? reached.door, database)
  const facts = await ask<{ name: string; role: string }>(
    reached.door,
    'select current_database() as name, current_user as role',
  )
  const { name = '', role = '' } = facts[0] ?? {}
  const admin = loader('postgres')
  return {
    name,
    isEmbedded: config.databaseUrl === null,
    place: placeOf(config),
    owner,
    loader,
    create: async (database) => {
      await ask(
        admin,
        `create database ${quote(database)} template template0 encoding 'UTF8' owner ${quote(role)}`,
      ).catch(notAllowed)
    },
    drop: async (database) => void (await ask(admin, `drop database if exists ${quote(database)} with (force)`)),
    switchTo: async (from, before) => {
      const statement = `begin; alter database ${quote(name)} rename to ${quote(before)}; alter database ${quote(from)} rename to ${quote(name)}; commit`
      await ask(admin, statement).catch(inUse)
    },
    databases: async () =>
      (await ask<{ name: string }>(admin, 'select datname as name from pg_database order by 1')).map((row) => row.name),
    usersOf: (database) => usersOf(admin, database),
    stop: reached.stop,
  }
}

/** Without a password, for people. */
export function placeOf(config: Pick<Config, 'databaseUrl' | 'dataFolder'>): string {
  if (config.databaseUrl === null) return `the embedded database in ${config.dataFolder}`
  const url = new URL(config.databaseUrl)
  return `${decodeURIComponent(url.hostname)}${url.port === '' ? '' : `:${url.port}`}${url.pathname}`
}
function inDatabase(door: Door, database: string): Door {
  if (!('connectionString' in door)) return { ...door, database }
  const url = new URL(door.connectionString)
  url.pathname = `/${encodeURIComponent(database)}`
  return { connectionString: url.href }
}
export async function ask<T extends object>(door: Door, statement: string, values?: readonly unknown[]): Promise<T[]> {
  const client = new pg.Client({
    ...door,
    application_name: 'pilothouse administration',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {}) // its statement fails as well
  await client.connect()
  try {
    const done = await client.query<T>(statement, values === undefined ? undefined : [...values])
    return done.rows ?? []
  } finally {
    await client.end().catch(() => {})
  }
}
/** Our own short visits and the statistics of monitoring do not count. */
async function usersOf(admin: Door, database: string): Promise<string[]> {
  const rows = await ask<{ who: string }>(
    admin,
    `select distinct coalesce(nullif(application_name, ''), 'a program without a name') || coalesce(' on ' || host(client_addr), '') as who from pg_stat_activity
      where datname = $1 and backend_type = 'client backend' and application_name not in ('pilothouse administration', 'pilothouse restore') order by 1`,
    [database],
  )
  return rows.map(({ who }) => who)
}
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
function notAllowed(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === '42501')
    throw new BackupRefusal(
      'The account of DATABASE_URL may not make databases, and a restore goes into a new one first. Allow it: alter role … createdb; or give an address whose account may.',
      { cause: error },
    )
  throw error
}
function inUse(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === '55006')
    throw new BackupRefusal(
      'Somebody is connected to the database, so it cannot be exchanged. Stop Pilothouse on every machine, close other programs, and try again. Nothing was changed.',
      { cause: error },
    )
  throw error
}
