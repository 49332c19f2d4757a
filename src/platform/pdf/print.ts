/** PDFs by Typst, in a process of their own: the server goes on answering, and one that takes too long or too much is ended. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { say } from '#engines/say.ts'
import { BUSY, Refusal } from '#kit/problem.ts'
import { BINDING } from './binding.ts'

const MOST_MS = 30_000
const MOST_INPUT_BYTES = 8_000_000
const MOST_OUTPUT_BYTES = 60_000_000
const MOST_MEMORY_BYTES = 1_000_000_000
const AT_ONCE = 2
const MOST_WAITING = 20
const LOOK_MS = 200

export interface PdfLimits {
  readonly mostMs: number
  readonly mostMemoryBytes: number
}
export interface PdfPrinter {
  readonly isThere: boolean
  /** @param page is handed to the template as it is: no text of it is ever read as a program. @throws a refusal (503) */
  print(page: object): Promise<Uint8Array>
}

/** @param limits smaller where a test waits for them */
export function openPdfPrinter(
  limits: PdfLimits = { mostMs: MOST_MS, mostMemoryBytes: MOST_MEMORY_BYTES },
): PdfPrinter {
  const isThere = hasTypst()
  const turns = new Turns(AT_ONCE, MOST_WAITING)
  return {
    isThere,
    print: async (page) => {
      if (!isThere)
        throw away(
          say`This installation makes no PDF: an optional package is missing. Print the page with your browser.`,
        )
      const input = Buffer.from(JSON.stringify(page))
      if (input.length > MOST_INPUT_BYTES)
        throw away(say`The report is too long for a PDF. Make its tables shorter, or take the workbook.`)
      return turns.take(() => compiled(input, limits))
    },
  }
}
/** Typst comes with a binding for this machine, or not at all: it is optional. */
function hasTypst(): boolean {
  try {
    return createRequire(import.meta.url).resolve(BINDING) !== ''
  } catch {
    return false // not installed on this machine
  }
}
function away(because: string): Refusal {
  return new Refusal(503, 'no-pdf', because)
}

function compiled(input: Buffer, { mostMs, mostMemoryBytes }: PdfLimits): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'compile.ts')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Nothing of the installation's settings or secrets is known there.
      env: {},
    })
    const parts: Buffer[] = []
    let length = 0
    let said = ''
    let because: string | null = null
    const end = (why: string): void => {
      because ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(
      () => end(say`The report takes too long for a PDF. Make it shorter, or take the workbook.`),
      mostMs,
    )
    const watch = setInterval(() => {
      if (memoryOf(child.pid) > mostMemoryBytes) end(say`The report needs too much memory for a PDF. Make it shorter, or take the workbook.`) // oxfmt-ignore
    }, LOOK_MS)
    child.stdout.on('data', (part: Buffer) => {
      length += part.length
      if (length > MOST_OUTPUT_BYTES) end(say`The PDF is too large. Make the report shorter, or take the workbook.`)
      else parts.push(part)
    })
    child.stderr.on('data', (part: Buffer) => (said = (said + part.toString()).slice(0, 4000)))
    child.stdin.on('error', () => {}) // it has ended: 'close' says how
    const done = (): void => {
      clearTimeout(timer)
      clearInterval(watch)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('close', (code) => {
      done()
      if (because !== null) reject(away(because))
      else if (code === 0 && length > 0) resolve(Buffer.concat(parts))
      else reject(new Error(`Typst ended with ${code}: ${said}`))
    })
    child.stdin.end(input)
  })
}
/** Resident bytes; 0 where the system does not tell (not Linux), or it has ended. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}

/** So many at once; others wait their turn, and beyond that are refused. */
class Turns {
  readonly #most: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0
  constructor(most: number, mostWaiting: number) {
    this.#most = most
    this.#mostWaiting = mostWaiting
  }
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) {
      if (this.#waiting.length >= this.#mostWaiting)
        throw new Refusal(503, BUSY, say`Many PDFs are being made. Try again in a minute.`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running--
      else next()
    }
  }
}
