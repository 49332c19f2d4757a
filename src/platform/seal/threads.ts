/** Threads that answer questions about the database, each with its own connection: one is started when it is first needed. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Door } from '#platform/database.ts'

/** Half of the work is the database's: more threads than this wait for it. */
const MOST = 4

/** What a thread answers. */
export type Said<Found> = { readonly found: Found } | { readonly error: unknown }
export interface Threads<Asked, Found> {
  /** How many questions are answered at once. */
  readonly count: number
  /** @throws what the thread met, or that it has ended */
  ask(asked: Asked): Promise<Found>
  /** Ends them. */
  close(): Promise<void>
}

/** @param script the thread: it answers each message with one `Said` */
export function openThreads<Asked, Found>(script: URL, door: Door, most = MOST): Threads<Asked, Found> {
  const idle: Thread<Asked, Found>[] = []
  const all: Thread<Asked, Found>[] = []
  const started = (): Thread<Asked, Found> => {
    const thread = new Thread<Asked, Found>(script, door)
    all.push(thread)
    return thread
  }
  return {
    count: Math.max(2, Math.min(most, availableParallelism())),
    ask: async (asked) => {
      const thread = idle.pop() ?? started()
      const found = await thread.ask(asked)
      idle.push(thread)
      return found
    },
    close: async () => {
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}

class Thread<Asked, Found> {
  readonly #worker: Worker
  #settle: PromiseWithResolvers<Found> | null = null
  constructor(script: URL, door: Door) {
    this.#worker = new Worker(script, { workerData: door })
    this.#worker.on('message', (said: Said<Found>) => {
      if ('found' in said) this.#settle?.resolve(said.found)
      else this.#settle?.reject(said.error)
    })
    this.#worker.on('error', (error) => this.#settle?.reject(error))
    this.#worker.on('exit', () => this.#settle?.reject(new Error('A thread of the verification has ended.')))
  }
  ask(asked: Asked): Promise<Found> {
    this.#settle = Promise.withResolvers<Found>()
    this.#worker.postMessage(asked)
    return this.#settle.promise
  }
  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
