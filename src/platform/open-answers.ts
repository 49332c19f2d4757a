/** The answers that a server is giving: so that it can stop without cutting one off, and keeps nobody for the next. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Browsers come back after one to three seconds, not all at once. */
const SOONEST_MS = 1_000
const SPREAD_MS = 2_000
/** A browser opens connections that it does not use: whoever asks, asks within this. */
const SILENCE_MS = 500

export class OpenAnswers {
  readonly #open = new Set<ServerResponse>()
  readonly #streams = new Set<ServerResponse>()
  /** Connections that were taken and have not asked yet, with when they were taken. */
  readonly #silent = new Map<Socket, number>()
  #isLeaving = false
  #onEmpty = (): void => {}
  get isLeaving(): boolean {
    return this.#isLeaving
  }
  /** Call before the server listens. */
  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#silent.set(socket, performance.now())
      socket.once('close', () => this.#silent.delete(socket))
    })
    // First of all listeners: an answer may be finished when the next one is called.
    server.prependListener('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
      this.#silent.delete(socket)
      if (this.#isLeaving) answer.setHeader('Connection', 'close')
      this.#open.add(answer)
      answer.once('close', () => {
        this.#open.delete(answer)
        this.#streams.delete(answer)
        if (this.#open.size === 0) this.#onEmpty()
      })
    })
  }
  /** An event stream: it has no end of its own. */
  addStream(answer: ServerResponse): void {
    this.#streams.add(answer)
  }
  /** From now on each connection is closed after its answer; whoever asks again reaches another node. */
  leave(): void {
    this.#isLeaving = true
    for (const answer of this.#open) if (!answer.headersSent) answer.setHeader('Connection', 'close')
  }
  /** Ends the event streams; browsers come back by themselves. */
  endStreams(): void {
    for (const stream of this.#streams) stream.end(`retry: ${SOONEST_MS + Math.round(Math.random() * SPREAD_MS)}\n\n`)
  }
  /** Resolves when nothing is being answered any more, or after so many milliseconds. */
  async done(patienceMs: number): Promise<void> {
    while (this.#hasNewcomer()) await sleep(5)
    if (this.#open.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const late = setTimeout(resolve, patienceMs)
    this.#onEmpty = resolve
    await promise
    clearTimeout(late)
  }
  #hasNewcomer(): boolean {
    const from = performance.now() - SILENCE_MS
    return this.#silent.values().some((taken) => taken > from)
  }
}
