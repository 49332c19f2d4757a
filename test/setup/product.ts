// The product as a process of its own over a data folder: started, killed and started again as a service is.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '#main/root.ts'
import { childrenOf } from './external.ts'

const MAIN = path.join(ROOT, 'src/main.ts')
const EMAIL = 'ada@harbour.test'
/** Of the administrator. */
export const PASSWORD = 'correct horse battery staple'

export interface Ran {
  code: number | null
  text: string
}
export class Product {
  readonly folder: string
  readonly port: number
  readonly #more: Readonly<Record<string, string>>
  /** With the web application; tests of the API do without. */
  hasScreens = false
  #child: ChildProcess | null = null
  /** What it said on standard error and output. */
  said = ''
  constructor(folder: string, port: number, more: Readonly<Record<string, string>> = {}) {
    this.folder = folder
    this.port = port
    this.#more = more
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }
  /** Of the server; 0 when it does not run. */
  get pid(): number {
    return this.#child?.pid ?? 0
  }
  get #environment(): NodeJS.ProcessEnv {
    const rates = { PILOTHOUSE_RATE_PERSON: '0', PILOTHOUSE_RATE_ADDRESS: '0' }
    const own = { PILOTHOUSE_DATA: this.folder, PORT: String(this.port), DATABASE_URL: '', LOG_LEVEL: 'error' }
    return { ...process.env, ...rates, ...own, ...this.#more }
  }
  command(words: readonly string[], input = ''): Ran {
    const ran = spawnSync(process.execPath, [MAIN, ...words], { env: this.#environment, encoding: 'utf8', input })
    return { code: ran.status, text: `${ran.stdout}${ran.stderr}` }
  }
  /** The same, for a command that talks to this process, or that is killed. @param whileRuns gets the child */
  async run(words: readonly string[], whileRuns?: (child: ChildProcess) => void): Promise<Ran> {
    const child = spawn(process.execPath, [MAIN, ...words], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    whileRuns?.(child)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, text }
  }
  /** An administrator and a token of theirs. */
  setUp(): string {
    const added = this.command(
      ['user', 'add', '--email', EMAIL, '--name', 'Ada', '--role', 'administrator', '--password-stdin'],
      `${PASSWORD}\n`,
    )
    if (added.code !== 0) throw new Error(added.text)
    return this.command(['token', 'create', '--email', EMAIL]).text.trim().split('\n').at(-1) ?? ''
  }
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, 'start', ...(this.hasScreens ? [] : ['--no-web'])], {
      env: this.#environment,
    })
    child.stdout.on('data', (chunk: Buffer) => (this.said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (this.said += chunk.toString()))
    this.#child = child
    await this.ready()
  }
  /** @throws when it is not ready within so many milliseconds */
  async ready(patienceMs = 60_000): Promise<number> {
    const began = performance.now()
    while (performance.now() - began < patienceMs) {
      if (this.#child?.exitCode !== null) throw new Error(`The product has ended:\n${this.said.slice(-2000)}`)
      const answer = await fetch(`${this.url}/readyz`).catch(() => null)
      if (answer?.ok === true) return performance.now() - began
      await sleep(50)
    }
    throw new Error(`The product was not ready within ${patienceMs} ms:\n${this.said.slice(-2000)}`)
  }
  /** Of the process that was started last; null while it runs. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null
  }
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  /** Whether this process has a TCP connection from this port of its own. */
  holdsPort(port: number): boolean {
    const hex = port.toString(16).toUpperCase().padStart(4, '0')
    const inodes = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((parts) => parts[1]?.endsWith(`:${hex}`))
      .map((parts) => `socket:[${parts[9]}]`)
    const pid = this.#child?.pid
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.includes(linkOf(`/proc/${pid}/fd/${fd}`)))
  }
  get postmaster(): number {
    return Number(readFileSync(path.join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  }
  /** Processes of the database beside the first. */
  get backends(): number[] {
    return childrenOf(this.postmaster)
  }
}
function linkOf(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return '' // it was closed meanwhile
  }
}
