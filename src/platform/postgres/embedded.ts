// Starts the embedded PostgreSQL in the data folder, or adopts the one that already runs there.
// The server is a process of its own: it outlives us when we are killed, and the next start takes it over.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, mkdir, open, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import type { ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseAccount, spawnAs, type Account } from './account.ts'
import { findBinaries, hasModule, type Binaries } from './binaries.ts'
import { databaseName, ensureCluster, privateFolder, role, superuser, tenantSql } from './cluster.ts'
import { finishExchange } from './exchange.ts'
import { isRunning } from './living.ts'
import { enter, leave, withLock } from './lock.ts'
import { answers, runningPostmaster, type Postmaster } from './postmaster.ts'
import { DatabaseRefusal } from './refusal.ts'
import { port, settingsFile } from './settings.ts'

/** What `pg` needs to connect; `host` is the folder of the unix socket. */
export interface Connection {
  host: string
  port: number
  user: string
  database: string
}

export interface Embedded {
  connection: Connection
  /** The superuser's door, for backups and for the doctor; the application never uses it. */
  superuserConnection: Connection
  /** True when the server was already running. */
  adopted: boolean
  /** Stops the server, unless another living Pilothouse process uses it still. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder of other PostgreSQL programs (PILOTHOUSE_PG_BIN). */
  binaries?: string | undefined
  /** Settings over ours, such as `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>
  /** Keeps every full segment of the log in the folder `wal-spool` of the data folder, for whoever archives it. */
  isArchiving?: boolean
  /** How long it may take to get ready; a quarter of an hour when absent. */
  patienceMs?: number
  /** Told in a sentence what takes long. */
  say?: (sentence: string) => void
}

interface Place {
  home: string
  cluster: string
  run: string
  logs: string
  startLog: string
  spool: string
}

const longestSocketPath = 100
const readyPatienceMs = 15 * 60_000
const stopPatienceMs = 60_000
const fastPatienceMs = 30_000
const turnedAwayMs = 10_000

/** Where full segments of the log wait for whoever archives them. */
export function spoolOf(dataFolder: string): string {
  return path.join(dataFolder, 'wal-spool')
}

/**
 * The server of `dataFolder`, ready for connections. The first call makes the cluster (about a second).
 * @throws {DatabaseRefusal} when it cannot run here; the message says what to do.
 */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  if (process.platform === 'win32') {
    throw new DatabaseRefusal(
      'The embedded database does not run on Windows yet. Set DATABASE_URL to a PostgreSQL server, or start Pilothouse in WSL.',
    )
  }
  const place = await makePlace(dataFolder)
  return withLock(place.run, async () => {
    await finishExchange(place.home)
    const before = await settled(place.cluster)
    const server = before ?? (await start(place, options))
    await enter(place.run)
    const embedded = handle(place, server, before !== null)
    if (before === null) await asSuperuser(embedded, tenantSql)
    return embedded
  })
}

/** A server that has just repaired itself may still turn the first callers away. */
async function asSuperuser({ superuserConnection }: Embedded, text: string): Promise<void> {
  const until = performance.now() + turnedAwayMs
  for (;;) {
    const client = new pg.Client(superuserConnection)
    client.on('error', () => {}) // also thrown where it matters
    try {
      await client.connect()
      await client.query(text)
      return
    } catch (error) {
      if (performance.now() > until) throw error
      await sleep(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function handle(place: Place, server: Postmaster, adopted: boolean): Embedded {
  const door = { host: server.socketFolder, port: server.port, database: databaseName }
  return {
    connection: { ...door, user: role },
    superuserConnection: { ...door, user: superuser },
    adopted,
    stop: () => withLock(place.run, () => stop(place)),
  }
}

async function makePlace(dataFolder: string): Promise<Place> {
  // 0711: the server's account passes through to its own folders and sees nothing else.
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  const home = await realpath(dataFolder)
  const logs = path.join(home, 'postgres-logs')
  return {
    home,
    cluster: path.join(home, 'postgres'),
    run: path.join(home, 'run'),
    logs,
    startLog: path.join(logs, 'start.log'),
    spool: spoolOf(home),
  }
}

/** The running server once it is ready, or null; a server that is just stopping, or dying of a kill, is waited for. */
async function settled(cluster: string): Promise<Postmaster | null> {
  const deadline = performance.now() + readyPatienceMs
  for (;;) {
    const server = await runningPostmaster(cluster)
    if (server === null || (server.status === 'ready' && (await answers(server)))) return server
    if (performance.now() > deadline)
      throw new DatabaseRefusal(
        `The database in ${cluster} runs (process ${server.pid}) but does not get ready: "${server.status}". Look into ${cluster}-logs.`,
      )
    await sleep(20)
  }
}

async function start(place: Place, options: EmbeddedOptions): Promise<Postmaster> {
  const binaries = await findBinaries(options.binaries)
  const account = await chooseAccount(binaries, place.home, place.cluster)
  await ensureCluster(binaries, account, place.cluster)
  await privateFolder(account, place.logs)
  const socketFolder = await makeSocketFolder(account, place.home)
  await clearLeftovers(place, socketFolder)
  if (options.isArchiving === true) await privateFolder(account, place.spool)
  const own = path.join(place.home, 'postgres.conf')
  const archive =
    options.isArchiving === true ? { folder: place.spool, hasModule: await hasModule(binaries, 'basic_archive') } : null
  const file = settingsFile(
    binaries.major,
    { socketFolder, logFolder: place.logs, ownSettings: existsSync(own) ? own : null, archive },
    options.settings,
  )
  await writeFile(path.join(place.cluster, 'postgresql.conf'), file)
  return launch(place, binaries, account, options)
}

/**
 * Lock files of a server that runs no more (see `settled`). Their process number may have been given to another
 * program, or, in a copied folder, belong to the original's server: ours would not dare to start.
 */
async function clearLeftovers(place: Place, socketFolder: string): Promise<void> {
  const socket = path.join(socketFolder, `.s.PGSQL.${port}`)
  const files = [path.join(place.cluster, 'postmaster.pid'), socket, `${socket}.lock`]
  await Promise.all(files.map((file) => rm(file, { force: true })))
}

async function makeSocketFolder(account: Account, home: string): Promise<string> {
  const inside = path.join(home, 'run', 'socket')
  const folder = Buffer.byteLength(`${inside}/.s.PGSQL.5432`) <= longestSocketPath ? inside : shortFolder(home)
  await privateFolder(account, folder)
  const found = await lstat(folder)
  const owner = account.kind === 'other' ? account.uid : process.getuid?.()
  if (!found.isDirectory() || found.uid !== owner) {
    throw new DatabaseRefusal(
      `${folder} is not ours: somebody else made it. Remove it, or use a shorter PILOTHOUSE_DATA.`,
    )
  }
  return folder
}

/** A unix socket's path must fit into 107 bytes (unix(7)); deep data folders get a short one in the temporary folder. */
function shortFolder(home: string): string {
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 12)
  return path.join(tmpdir(), `pilothouse-${mark}`)
}

async function launch(
  place: Place,
  binaries: Binaries,
  account: Account,
  options: EmbeddedOptions,
): Promise<Postmaster> {
  const log = await open(place.startLog, 'w')
  // Detached: Ctrl-C goes to our whole process group, and the server must end after us, not with us.
  const child = spawnAs(account, binaries.postgres, ['-D', place.cluster], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  child.unref()
  return ready(place, child, options)
}

async function ready(place: Place, child: ChildProcess, options: EmbeddedOptions): Promise<Postmaster> {
  const { say = () => {}, patienceMs = readyPatienceMs } = options
  let failure: string | null = null
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? code}`))
  const began = performance.now()
  let told = false
  for (;;) {
    const server = await runningPostmaster(place.cluster)
    if (server?.status === 'ready') return server
    if (failure !== null) throw await notStarted(place, failure)
    if (performance.now() - began > patienceMs)
      throw await notStarted(place, `it was not ready after ${patienceMs / 60_000} minutes`)
    if (!told && performance.now() - began > 3_000) {
      say('The database was not stopped cleanly and is repairing itself from its log; this can take some minutes.')
      told = true
    }
    await sleep(10)
  }
}

async function notStarted(place: Place, failure: string): Promise<DatabaseRefusal> {
  const said = `${await lastLines(place.startLog)}\n${await lastLines(await newestLog(place.logs))}`.trim()
  return new DatabaseRefusal(
    `The database in ${place.cluster} did not start: ${failure}.\n${said}\nMore in ${place.logs}.`,
  )
}

async function newestLog(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('postgres-'))
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(folder, name))).mtimeMs })),
  )
  const newest = dated.sort((a, b) => b.at - a.at)[0]
  return path.join(folder, newest?.name ?? 'none')
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-6).join('\n')
}

/** SIGINT is "fast": it ends the clients' sessions. SIGTERM would wait for them, for ever. */
async function stop(place: Place): Promise<void> {
  if ((await leave(place.run)) > 0) return
  const server = await runningPostmaster(place.cluster)
  if (server === null) return
  process.kill(server.pid, 'SIGINT')
  const began = performance.now()
  let isTold = false
  while ((await isRunning(server.pid)) && (await runningPostmaster(place.cluster)) !== null) {
    // Told to stop while it repairs itself, PostgreSQL 18 may wait for ever. SIGQUIT is safe: its log has every commit.
    if (!isTold && performance.now() - began > fastPatienceMs) isTold = process.kill(server.pid, 'SIGQUIT')
    if (performance.now() - began > stopPatienceMs)
      throw new Error(
        `The database (process ${server.pid}) did not stop within ${stopPatienceMs / 1000} s; it is safe to leave it.`,
      )
    await sleep(10)
  }
  if (server.socketFolder === shortFolder(place.home)) await rm(server.socketFolder, { recursive: true, force: true })
}
