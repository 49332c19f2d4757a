// The real store and server over a migrated database, with a clock that the test moves and people with roles.
import { atEnd } from './database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import type { Route } from '#kit/contract.ts'
import type { Database } from '#kit/database.ts'
import { ReactionRunner } from '#kit/reaction.ts'
import type { AnyRow, Role } from '#kit/record.ts'
import { recordRoutes } from '#kit/record-routes.ts'
import { commonRoutes } from '#kit/routes/common.ts'
import { filesRoutes } from '#kit/routes/files.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { firstAdministrator } from '#kit/routes/sign-in.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { Store } from '#kit/store.ts'
import { openFiles } from '#platform/files.ts'
import { newServer } from '#platform/http.ts'
import { Idempotency } from '#platform/idempotency.ts'
import * as desk from '#desk'
import { allRules, newCatalogue, recordExtraShapes } from '#app'
import { assertAnswers, checkAnswers } from './answers.ts'
import { counted, type Counted } from './counted.ts'
import { migratedDatabase } from './migrated.ts'

export interface Said {
  status: number
  // The shape of an answer is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
  headers: Readonly<Record<string, unknown>>
}
export interface Desk {
  store: Store
  secret: Buffer
  statements: Counted['statements']
  now(): string
  /** Moves the clock. */
  pass(amount: Temporal.DurationLike): void
  person(name: string, role?: Role): Promise<Colleague>
  /** Lets the desk's reactions handle everything written so far. */
  settle(): Promise<void>
  /** @param call such as 'GET /incidents/1' */
  ask(who: Colleague | null, call: string, body?: unknown, headers?: Record<string, string>): Promise<Said>
}
export interface Colleague {
  id: number
  actor: Actor
  token: string
}

export async function openDesk(at = '2026-11-21T09:00:00.000Z'): Promise<Desk> {
  const database = await migratedDatabase()
  const { db, statements } = counted(database.db)
  let clock = Temporal.Instant.from(at)
  const now = (): string => new Date(clock.epochMilliseconds).toISOString()
  const store = new Store({ db, catalogue: newCatalogue(), now, rules: allRules(), onCommit: () => {} })
  await firstAdministrator(store, 'setup', {
    name: 'Ada Admin',
    email: 'ada@harbour.test',
    password: 'correct horse battery',
    organisation: 'Harbour Works',
    timeZone: 'UTC',
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-desk-'))
  const { server, secret } = await serverOver(store, folder)
  const reactions = new ReactionRunner(db, desk.reactions({ store }), (name, error) => {
    throw new Error(`The reaction ${name} failed.`, { cause: error })
  })
  atEnd(async () => {
    await server.close()
    // What was at work when the server ended may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  })
  return {
    store,
    secret,
    statements,
    now,
    pass: (amount) => (clock = clock.add(amount)),
    person: (name, role) => newPerson(store, name, role),
    settle: () => settled(db, reactions),
    ask: async (who, call, body, headers = {}) => {
      const [method = '', url = ''] = call.split(/ (.*)/)
      const answer = await server.inject({
        method: method as Route['method'],
        url: `/api/v1${url}`,
        headers: { ...(who === null ? {} : { authorization: `Bearer ${who.token}` }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      assertAnswers()
      const isJson = (answer.headers['content-type'] ?? '').includes('json')
      return { status: answer.statusCode, body: isJson ? answer.json() : null, headers: answer.headers }
    },
  }
}

/** An open transaction of any test on the same server holds reactions back; they are asked again until nothing waits. */
async function settled(db: Database, reactions: ReactionRunner): Promise<void> {
  for (let turn = 0; turn < 2400; turn++) {
    await reactions.settle()
    const waiting = await db.query(
      'select 1 from reaction_cursor c where exists (select 1 from journal j where (j.xid, j.id) > (c.xid, c.id))',
    )
    if (waiting.length === 0) return
    await sleep(25)
  }
  throw new Error('The reactions did not catch up in a minute.')
}

/** The desk's own routes and those that every record has; the rest of the application is not needed here. */
async function serverOver(
  store: Store,
  folder: string,
): Promise<{ server: Awaited<ReturnType<typeof newServer>>; secret: Buffer }> {
  const secret = Buffer.alloc(32, 5)
  const base = { store, zone: async () => 'UTC', files: openFiles(folder), secret }
  const parts = { ...base, extras: new Map<string, Extras>(Object.entries(desk.extras(base))) }
  const routes: Route[] = []
  routes.push(
    ...commonRoutes({
      ...parts,
      places: [],
      extraShapes: recordExtraShapes(),
      version: '0',
      routes: () => routes,
      listen: () => () => {},
      tell: () => {},
    }),
    ...filesRoutes(parts),
    ...desk.routes(parts),
    ...store.catalogue.records.flatMap((record) => recordRoutes(parts, record)),
  )
  checkAnswers(routes)
  const server = await newServer({
    routes,
    identities: new Identities(store.db),
    idempotency: new Idempotency(store.db),
    nowMs: () => Date.now(),
    onFault: (error) => console.error(error),
    onDone: () => {},
    onToken: () => {},
    onRefused: () => {},
    isSecure: false,
    recordOf: () => null,
  })
  return { server, secret }
}
type Extras = (actor: Actor, row: AnyRow) => Promise<Readonly<Record<string, unknown>>>

async function newPerson(store: Store, name: string, role?: Role): Promise<Colleague> {
  const row: AnyRow = await store.create(system(1, 'setup', 'setup'), store.catalogue.get('person'), { name })
  if (role !== undefined)
    await run(store.db, sql`insert into role_grant (org, person, role) values (1, ${row.id}, ${role})`)
  const { token } = await newToken(store, { org: 1, person: row.id }, { name: 'test', days: 9 })
  return {
    id: row.id,
    token,
    actor: {
      org: 1,
      person: row.id,
      name,
      roles: role === undefined ? [] : [role],
      origin: 'api',
      request: `r-${name}`,
    },
  }
}
