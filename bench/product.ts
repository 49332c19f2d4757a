/** Starts the product over a data set of a size, as a user would, and measures its processes. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = path.join(import.meta.dirname, '..')
const MAIN = path.join(ROOT, 'src/main.ts')

export interface Product {
  readonly url: string
  readonly token: string
  /** The address of `bare.ts` beside it, on the same database. */
  readonly bareUrl: string
  readonly memory: () => { rssMb: number; databaseMb: number }
  /** Processor time of the server and of all processes of its database since they began, in ms. */
  readonly cpuMs: () => number
  /** Runs a command on the same installation. @returns what it printed */
  readonly command: (words: readonly string[], input?: string) => Promise<string>
  /** The whole journal checked by the command, beside the server. */
  readonly verify: () => Promise<Verified & { commandMs: number; databaseMs: number }>
  stop(): Promise<void>
}

interface Verified {
  readonly entries: number
  readonly pending: number
  readonly tookMs: number
  readonly ok: boolean
}

/**
 * Loads the demonstration company at this size once, and lets its background work end (seals, counts); later runs use it again.
 * @returns seconds of the loading, null when it was there
 */
export async function ensureData(folder: string, incidents: number): Promise<number | null> {
  const marker = path.join(folder, 'loaded')
  if (existsSync(marker)) return null
  mkdirSync(folder, { recursive: true })
  const began = performance.now()
  await command(folder, ['demo', 'load', '--scale', String(incidents)], 'inherit')
  const took = (performance.now() - began) / 1000
  const product = await startProduct(folder)
  await quiet(product)
  await product.stop()
  writeFileSync(marker, new Date().toISOString())
  return took
}

/** Waits until the product and its database rest: under 5 % of a processor over five seconds (seals, counts and base backups are made). */
export async function quiet({ cpuMs: used }: Product): Promise<void> {
  const SPAN_MS = 5_000
  for (let tries = 0, before = used(); tries < 240; tries++) {
    await new Promise((done) => setTimeout(done, SPAN_MS))
    const now = used()
    if (now - before < 0.05 * SPAN_MS) return
    before = now
  }
  throw new Error('The product did not come to rest within twenty minutes.')
}

export async function startProduct(folder: string): Promise<Product> {
  const port = await freePort()
  const token = (
    await command(
      folder,
      ['token', 'create', '--email', 'ines.marques@harbourworks.example', '--name', 'bench'],
      'pipe',
    )
  ).trim()
  const child = spawn(process.execPath, [MAIN, 'start', '--no-web'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PILOTHOUSE_DATA: folder,
      PORT: String(port),
      LOG_LEVEL: 'error',
      PILOTHOUSE_RATE_PERSON: '0',
      PILOTHOUSE_RATE_ADDRESS: '0',
      PILOTHOUSE_BACKUP_AT: 'off', // one that falls due would be measured along
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await ready(url, child)
  const bare = await startBare(folder)
  return {
    url,
    token,
    bareUrl: bare.url,
    memory: () => ({ rssMb: megabytes(child.pid ?? 0), databaseMb: databaseMegabytes(folder) }),
    cpuMs: () => cpuMs([child.pid ?? 0, ...databaseProcesses(folder)]),
    command: (words, input) => command(folder, words, 'pipe', input),
    verify: async () => {
      const [postmaster = 0] = databaseProcesses(folder)
      const before = [endedMs(process.pid), endedMs(postmaster)] as const
      const said = await command(folder, ['audit', 'verify', '--rows', 'off', '--json'], 'pipe')
      const [commandMs, databaseMs] = [endedMs(process.pid) - before[0], endedMs(postmaster) - before[1]]
      return { ...(JSON.parse(said) as Verified), commandMs, databaseMs } // what the command prints
    },
    stop: async () => {
      await stopped(bare.child)
      await stopped(child)
    },
  }
}

async function startBare(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'bare.ts')], {
    cwd: ROOT,
    env: { ...process.env, PILOTHOUSE_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) return { url: line.trim(), child }
  throw new Error(`bench/bare.ts ended with ${child.exitCode} before it had an address.`)
}

function command(
  folder: string,
  words: readonly string[],
  output: 'inherit' | 'pipe',
  input?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...words], {
      cwd: ROOT,
      env: { ...process.env, PILOTHOUSE_DATA: folder },
      stdio: [input === undefined ? 'ignore' : 'pipe', output, 'inherit'],
    })
    child.stdin?.end(input)
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.on('exit', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${words.join(' ')} ended with ${code}`)),
    )
  })
}
async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error('The server was not ready within a minute.')
}
function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Proportional set size: shared pages are counted once over all processes (Linux). */
function megabytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN) / 1024
  } catch {
    return 0 // the process has just ended
  }
}
function databaseMegabytes(folder: string): number {
  return databaseProcesses(folder).reduce((sum, pid) => sum + megabytes(pid), 0)
}
/** The embedded server and its children. */
function databaseProcesses(folder: string): number[] {
  const cluster = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('postmaster.pid'),
  )
  const postmaster = cluster === undefined ? 0 : Number(readFileSync(path.join(folder, cluster), 'utf8').split('\n')[0])
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
  return [postmaster, ...children.map(Number)]
}
/** Time on a processor of all their threads (Linux: schedstat, in nanoseconds; not the ticks of stat, which are sampled). */
function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + threadsOf(pid).reduce((all, thread) => all + nanoseconds(thread) / 1e6, 0), 0)
}
function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`)
  } catch {
    return [] // the process has just ended
  }
}
function nanoseconds(schedstat: string): number {
  try {
    return Number(readFileSync(schedstat, 'utf8').split(' ')[0])
  } catch {
    return 0 // the thread has just ended
  }
}
/** Time on a processor of a process's children that have ended (Linux: stat, in hundredths of a second). */
function endedMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}
function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0 // the process has just ended
  }
}
