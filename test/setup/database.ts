// Gives a test file a database of its own in a few hundredths of a second: a copy of a template made once.
import { createHash } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import type { Database } from '#kit/database.ts'
import { openDatabase } from '#platform/database.ts'
import type { Connection } from '#platform/postgres/embedded.ts'
import { leaveCluster, testCluster } from './cluster.ts'

export interface TestDatabase {
  db: Database
  /** For a second node, a child process or a listener of the test's own. */
  connection: Connection
  /** Called by itself after the file's last test. */
  close(): Promise<void>
}

let made = 0
const endings: (() => Promise<void>)[] = []

/** A database with nothing in it. */
export function emptyDatabase(): Promise<TestDatabase> {
  return databaseFrom('template0')
}

/**
 * A database that `prepare` has filled. `prepare` runs once per `contents`, in a template that all test files share.
 * @param contents whatever decides what `prepare` makes: the migrations' text, for example.
 */
export async function preparedDatabase(
  contents: string,
  prepare: (db: Database) => Promise<void>,
): Promise<TestDatabase> {
  const template = `template_${createHash('sha256').update(contents).digest('hex').slice(0, 16)}`
  await asSuperuser(async (superuser) => {
    // Two test files may want the same template at once; the first makes it, the other waits.
    await superuser.query('select pg_advisory_lock(hashtext($1))', [template])
    await makeTemplate(superuser, template, prepare)
  })
  return databaseFrom(template)
}

async function makeTemplate(
  superuser: pg.Client,
  template: string,
  prepare: (db: Database) => Promise<void>,
): Promise<void> {
  const { rowCount } = await superuser.query('select 1 from pg_database where datname = $1', [template])
  if (rowCount) return
  const draft = `${template}_${process.pid}`
  await createDatabase(superuser, draft, 'template0')
  const db = openDatabase({ connection: await connectionTo(draft) })
  await prepare(db).finally(() => db.close())
  await superuser.query(`alter database ${draft} rename to ${template}`)
}

async function databaseFrom(template: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${++made}`
  await asSuperuser((superuser) => createDatabase(superuser, name, template))
  const connection = await connectionTo(name)
  const db = openDatabase({ connection })
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= dropDatabase(db, name))
  atEnd(close)
  return { db, connection, close }
}

async function createDatabase(superuser: pg.Client, name: string, template: string): Promise<void> {
  const copy = template === 'template0' ? '' : 'strategy file_copy'
  await superuser.query(`drop database if exists ${name} with (force)`)
  await superuser.query(`create database ${name} template ${template} owner pilothouse ${copy}`)
}

async function dropDatabase(db: Database, name: string): Promise<void> {
  await db.close()
  await asSuperuser((superuser) => superuser.query(`drop database if exists ${name} with (force)`))
}

async function connectionTo(database: string): Promise<Connection> {
  return { ...(await testCluster()).connection, database }
}

async function asSuperuser<T>(fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const { superuserConnection } = await testCluster()
  const client = new pg.Client({ ...superuserConnection, database: 'postgres' })
  await client.connect()
  try {
    return await fn(client)
  } finally {
    await client.end()
  }
}

/** Done after the file's last test, before whatever was asked for earlier: a server ends before its database. */
export function atEnd(ending: () => Promise<void>): void {
  endings.unshift(ending)
}

// Registered while the test file loads, so it belongs to the file and not to the suite that asks for a database.
after(
  async () => {
    // What one cannot end must not keep the others from it: a server that is left would keep the file from ending.
    const ended: PromiseSettledResult<void>[] = []
    for (const end of endings) ended.push(...(await Promise.allSettled([end()])))
    await leaveCluster()
    for (const one of ended) if (one.status === 'rejected') throw one.reason
  },
  { timeout: 120_000 },
)
