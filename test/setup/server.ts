// The real server on a free loopback port over a cloned database, with one person per role and a second organisation.
import { atEnd } from './database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { system } from '#kit/actor.ts'
import type { Database } from '#kit/database.ts'
import type { RecordType, Role } from '#kit/record.ts'
import { firstAdministrator } from '#kit/routes/sign-in.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { run, sql } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { now } from '#platform/clock.ts'
import { readConfig, type Config } from '#platform/config.ts'
import { openFiles } from '#platform/files.ts'
import { openLog } from '#platform/log.ts'
import { openNotifier } from '#platform/notify.ts'
import type { Connection } from '#platform/postgres/embedded.ts'
import { allRules, newCatalogue } from '#app'
import { loadOrganisations } from '#kit/reload.ts'
import type { Installation } from '../../src/main/installation.ts'
import { startServer, type Running } from '../../src/main/server.ts'
import { assertAnswers, checkAnswers } from './answers.ts'
import { caller, type Call } from './call.ts'
import { counted, type Counted } from './counted.ts'
import { migratedDatabase } from './migrated.ts'
import { freePort } from './port.ts'

export type Who = 'administrator' | 'manager' | 'agent' | 'requester' | 'bystander' | 'auditor' | 'outsider'
export interface Person {
  org: number
  id: number
  token: string
  roles: readonly Role[]
}
export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  url: string
  call: Call
  people: Readonly<Record<Who, Person>>
  store: Store
  db: Database
  /** By which another process opens the same database. */
  connection: Connection
  /** How many statements were sent to the database. */
  statements: Counted['statements']
  running: Running
  /** Where it keeps its data. */
  folder: string
  /** What the server wrote into its log. */
  log: string[]
  close(): Promise<void>
}

export const administratorPassword = 'correct horse battery staple'
/** The requester asks for things; the bystander has the same role and nothing of their own. */
const cast: Readonly<Record<Exclude<Who, 'administrator' | 'outsider'>, Role>> = {
  manager: 'manager',
  agent: 'agent',
  requester: 'requester',
  bystander: 'requester',
  auditor: 'auditor',
}

/** @param options.records kinds of record of the test's own, beside the product's; `isWorker` runs background jobs too; `config` in place of the usual; `web` the folder of the built screens. */
export async function startTestServer(
  options: { records?: readonly RecordType[]; isWorker?: boolean; config?: Partial<Config>; web?: string | null } = {},
): Promise<TestServer> {
  const { connection, db: bare, close } = await migratedDatabase(options.records)
  const { db, statements } = counted(bare)
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-server-'))
  const config = {
    ...readConfig(
      { PILOTHOUSE_DATA: folder, PORT: String(await freePort()) },
      { role: options.isWorker === true ? 'web,worker' : 'web' },
    ),
    ...options.config,
  }
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
  const installation: Installation = {
    config,
    door: connection,
    db,
    catalogue,
    store,
    notifier,
    files,
    secret: Buffer.alloc(32, 7),
    close: async () => {},
  }
  const people = await populate(store)
  await loadOrganisations(store)
  const log: string[] = []
  const running = await startServer(
    installation,
    openLog({ level: 'debug', isHuman: false, to: { write: (line) => void log.push(line) } }),
    options.web ?? null,
  )
  checkAnswers(running.routes)
  let ending: Promise<void> | null = null
  const end = async (): Promise<void> => {
    await running.close()
    await notifier.flush()
    await close()
    // What was at work when the server ended may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
    assertAnswers()
  }
  const server: TestServer = {
    url: running.address,
    call: caller(running.address),
    people,
    store,
    db,
    connection,
    statements,
    running,
    folder,
    log,
    close: () => (ending ??= end()),
  }
  atEnd(server.close)
  return server
}

async function populate(store: Store): Promise<Record<Who, Person>> {
  const first = await firstAdministrator(store, 'setup', {
    name: 'Ada Admin',
    email: 'ada@harbour.test',
    password: administratorPassword,
    organisation: 'Harbour Works',
    timeZone: 'Europe/Berlin',
  })
  const others = Object.entries(cast).map(
    async ([name, role]) => [name, await person(store, 1, { name, roles: [role] })] as const,
  )
  await run(store.db, sql`insert into organisation (id, name, time_zone) values (2, 'Other Works', 'UTC')`)
  const outsider = await person(store, 2, { name: 'outsider', roles: ['administrator', 'manager'] })
  const administrator = {
    org: 1,
    id: first.person,
    roles: ['administrator', 'manager'] as const,
    token: (await newToken(store, first, { name: 'test', days: 9 })).token,
  }
  // The keys of `cast` are every Who but the two made here.
  const rest = Object.fromEntries(await Promise.all(others)) as Record<keyof typeof cast, Person>
  return { ...rest, administrator, outsider }
}
async function person(store: Store, org: number, said: { name: string; roles: readonly Role[] }): Promise<Person> {
  const email = `${said.name}@harbour.test`
  const row = await store.create(system(org, `setup-${said.name}`, 'setup'), store.catalogue.get('person'), {
    name: `${said.name} of ${org}`,
    email,
  })
  await run(store.db, sql`insert into credential (org, person, email) values (${org}, ${row.id}, ${email})`)
  for (const role of said.roles)
    await run(store.db, sql`insert into role_grant (org, person, role) values (${org}, ${row.id}, ${role})`)
  const { token } = await newToken(store, { org, person: row.id }, { name: 'test', days: 9 })
  return { org, id: row.id, token, roles: said.roles }
}
