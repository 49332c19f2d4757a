// The product as people use it: the small demonstration company, the built web app, workers and all, on a free loopback port.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Database } from '#kit/database.ts'
import { hashPassword } from '#kit/sign-in/password.ts'
import type { RecordType } from '#kit/record.ts'
import { openSession } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { now } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openFiles } from '#platform/files.ts'
import { openLog } from '#platform/log.ts'
import { openNotifier } from '#platform/notify.ts'
import { readMigrations } from '#platform/migrations.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { migrate } from '#kit/migrate.ts'
import { allRules, newCatalogue } from '#app'
import { loadDemo } from '#demo'
import { loadOrganisations } from '#kit/reload.ts'
import type { Installation } from '../../src/main/installation.ts'
import { startServer } from '../../src/main/server.ts'
import { atEnd, preparedDatabase } from './database.ts'
import { makeTables, source } from './migrated.ts'
import { freePort } from './port.ts'

export interface Demo {
  /** `http://127.0.0.1:<port>` */
  url: string
  db: Database
  store: Store
  /** What whoever has this role types to sign in. */
  login(role: 'manager' | 'agent' | 'requester'): Promise<{ email: string; password: string }>
  /** The key of a new session of whoever has this role; the cookie is called `pilothouse`. */
  session(role: 'administrator' | 'manager' | 'agent' | 'requester'): Promise<string>
}

const size = { incidents: 240, persons: 120 }
const root = path.join(import.meta.dirname, '../..')

/** @param options.web the folder of the built screens; the product's own when absent. `empty` without the company and without any person: as after the first start; `records` of the test's own; `isUnlimited` for whoever asks as fast as they can */
export async function startDemo(
  options: { empty?: boolean; records?: readonly RecordType[]; web?: string; isUnlimited?: true } = {},
): Promise<Demo> {
  const web = options.web ?? (await buildWebIfStale(root, () => {}))
  const { db, connection, close } = await database(options.empty === true)
  await makeTables(db, options.records ?? [])
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-demo-'))
  const rates = options.isUnlimited === true ? { PILOTHOUSE_RATE_PERSON: '0', PILOTHOUSE_RATE_ADDRESS: '0' } : {}
  const config = readConfig({ PILOTHOUSE_DATA: folder, PORT: String(await freePort()), ...rates })
  const notifier = openNotifier(db)
  const catalogue = newCatalogue(options.records)
  const store = new Store({
    db,
    catalogue,
    now,
    rules: allRules(),
    onCommit: (org, touched) => notifier.changed(org, touched),
  })
  const files = openFiles(path.join(folder, 'files'))
  const secret = Buffer.alloc(32, 7)
  const installation: Installation = {
    config,
    door: connection,
    db,
    catalogue,
    store,
    notifier,
    files,
    secret,
    close: async () => {},
  }
  await loadOrganisations(store)
  const running = await startServer(installation, openLog({ level: 'error', isHuman: false, to: process.stderr }), web)
  atEnd(async () => {
    await running.close()
    await notifier.flush()
    await close()
    // What was at work when the server ended may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  })
  return { url: running.address, db, store, session: (role) => sessionOf(db, role), login: (role) => loginOf(db, role) }
}

/** The company is told once per day and version of the schema; each test file gets a copy. */
async function database(isEmpty: boolean): ReturnType<typeof preparedDatabase> {
  const migrations = readMigrations(source)
  const today = now().slice(0, 10)
  return preparedDatabase(JSON.stringify(['demo', isEmpty, size, today, migrations]), async (db) => {
    await migrate(db, migrations, today)
    if (!isEmpty) await loadDemo({ db, catalogue: newCatalogue(), now, log: () => {} }, { scale: size })
  })
}

async function personWith(db: Database, role: string): Promise<{ org: number; person: number; email: string }> {
  const rows = await run<{ org: number; person: number; email: string }>(
    db,
    sql`select g.org, g.person, c.email from role_grant g join credential c on c.org = g.org and c.person = g.person where g.role = ${role} order by g.person limit 1`,
  )
  const [who] = rows
  if (who === undefined) throw new Error(`Nobody of the demonstration company has the role "${role}".`)
  return who
}
async function sessionOf(db: Database, role: string): Promise<string> {
  return (await openSession(db, await personWith(db, role))).key
}
/** The company's passwords are made at random; this one is known. */
async function loginOf(db: Database, role: string): Promise<{ email: string; password: string }> {
  const { org, person, email } = await personWith(db, role)
  const password = 'four quiet winter harbours'
  await run(
    db,
    sql`update credential set password = ${await hashPassword(password)} where org = ${org} and person = ${person}`,
  )
  return { email, password }
}
