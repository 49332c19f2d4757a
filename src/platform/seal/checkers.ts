/** Checks stretches of the log in threads of their own, each with its own connection to the database. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Checkers } from '#kit/seal/quick/ports.ts'
import type { Stretch, StretchFound } from '#kit/seal/quick/stretch.ts'
import type { Door } from '#platform/database.ts'

/** Half of the work is the database's: more threads than this wait for it. */
const MOST = 4

/** A thread is started when it is first needed, and ends with `close`. */
export function openCheckers(door: Door, most = MOST): Checkers {
  const idle: Thread[] = []
  const all: Thread[] = []
  return {
    count: Math.max(2, Math.min(most, availableParallelism())),
    check: async (stretch) => {
      const thread = idle.pop() ?? started(all, door)
      const found = await thread.ask(stretch)
      idle.push(thread)
      return found
    },
    close: async () => {
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}
function started(all: Thread[], door: Door): Thread {
  const thread = new Thread(door)
  all.push(thread)
  return thread
}

/** What a thread answers. */
export type Said = { readonly found: StretchFound } | { readonly error: unknown }

class Thread {
  readonly #worker: Worker
  #settle: PromiseWithResolvers<StretchFound> | null = null
  constructor(door: Door) {
    this.#worker = new Worker(new URL('./checker-thread.ts', import.meta.url), { workerData: door })
    this.#worker.on('message', (said: Said) => {
      if ('found' in said) this.#settle?.resolve(said.found)
      else this.#settle?.reject(said.error)
    })
    this.#worker.on('error', (error) => this.#settle?.reject(error))
    this.#worker.on('exit', () => this.#settle?.reject(new Error('A thread of the verification has ended.')))
  }
  ask(stretch: Stretch): Promise<StretchFound> {
    this.#settle = Promise.withResolvers<StretchFound>()
    this.#worker.postMessage(stretch)
    return this.#settle.promise
  }
  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
