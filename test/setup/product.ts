// The product as a process of its own over a data folder: started, killed and started again as a service is.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '#main/root.ts'

const MAIN = path.join(ROOT, 'src/main.ts')
const EMAIL = 'ada@harbour.test'

export class Product {
  readonly folder: string
  readonly port: number
  readonly #more: Readonly<Record<string, string>>
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
  get #environment(): NodeJS.ProcessEnv {
    const rates = { PILOTHOUSE_RATE_PERSON: '0', PILOTHOUSE_RATE_ADDRESS: '0' }
    const own = { PILOTHOUSE_DATA: this.folder, PORT: String(this.port), DATABASE_URL: '', LOG_LEVEL: 'error' }
    return { ...process.env, ...rates, ...own, ...this.#more }
  }
  command(words: readonly string[], input = ''): { code: number | null; text: string } {
    const ran = spawnSync(process.execPath, [MAIN, ...words], { env: this.#environment, encoding: 'utf8', input })
    return { code: ran.status, text: `${ran.stdout}${ran.stderr}` }
  }
  /** An administrator and a token of theirs. */
  setUp(): string {
    const password = 'correct horse battery staple\n'
    const added = this.command(
      ['user', 'add', '--email', EMAIL, '--name', 'Ada', '--role', 'administrator', '--password-stdin'],
      password,
    )
    if (added.code !== 0) throw new Error(added.text)
    return this.command(['token', 'create', '--email', EMAIL]).text.trim().split('\n').at(-1) ?? ''
  }
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, 'start', '--no-web'], { env: this.#environment })
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
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  get postmaster(): number {
    return Number(readFileSync(path.join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  }
  /** Processes of the database beside the first. */
  get backends(): number[] {
    const parent = String(this.postmaster)
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
      .map(Number)
  }
}
function parentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
  } catch {
    return undefined // it has just ended
  }
}
