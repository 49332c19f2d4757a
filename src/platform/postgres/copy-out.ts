// COPY … TO STDOUT over the driver's connection: the fastest way out. Rows are gathered into large chunks, and the
// socket rests while nobody takes them.
import type { ClientBase, Submittable } from 'pg'
import type { Socket } from 'node:net'
import { takeCopyData } from './copy-data.ts'

interface CopyConnection {
  stream: Socket
  query(text: string): void
}

/**
 * @param take is given chunks of about `chunkBytes`, one after the other; it may keep them.
 * @returns how many rows the server sent. @throws what `take` threw, or the server's refusal.
 */
export async function copyOut(
  client: ClientBase,
  statement: string,
  take: (chunk: Buffer) => Promise<void>,
  chunkBytes: number,
): Promise<number> {
  const copy = new CopyOut(statement, take, chunkBytes)
  client.query(copy)
  return copy.done
}

class CopyOut implements Submittable {
  readonly done: Promise<number>
  readonly #text: string
  readonly #take: (chunk: Buffer) => Promise<void>
  readonly #chunkBytes: number
  readonly #settle: PromiseWithResolvers<number>
  #connection: CopyConnection | null = null
  #chunk: Buffer
  #filled = 0
  #count = 0
  #fault: { readonly error: unknown } | null = null
  #taking: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor(text: string, take: (chunk: Buffer) => Promise<void>, chunkBytes: number) {
    this.#text = text
    this.#take = take
    this.#chunkBytes = chunkBytes
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes)
    this.#settle = Promise.withResolvers<number>()
    this.done = this.#settle.promise
  }
  submit(connection: object): void {
    this.#connection = connection as CopyConnection // what all 8.x versions of the driver have
    takeCopyData(connection, { onData: (bytes, begin, end) => this.#add(bytes, begin, end) })
    this.#connection.query(this.#text)
  }
  handleCommandComplete(message: { text: string }): void {
    this.#count = Number(message.text.split(' ')[1] ?? 0)
  }
  handleReadyForQuery(): void {
    this.#pass()
    this.#taking.then(
      () => (this.#fault === null ? this.#settle.resolve(this.#count) : this.#settle.reject(this.#fault.error)),
      (error: unknown) => this.#settle.reject(error),
    )
  }
  handleError(error: Error): void {
    this.#settle.reject(this.#fault?.error ?? error)
  }
  // The driver calls these on every statement; rows do not come to it.
  handleCopyData(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}

  /** One call a row, which is copied. */
  #add(bytes: Buffer, begin: number, end: number): void {
    let from = begin
    while (from < end) {
      const copied = bytes.copy(this.#chunk, this.#filled, from, end)
      from += copied
      this.#filled += copied
      if (this.#filled === this.#chunkBytes) this.#pass()
    }
  }
  #pass(): void {
    if (this.#filled === 0) return
    const full = this.#chunk.subarray(0, this.#filled)
    this.#chunk = Buffer.allocUnsafeSlow(this.#chunkBytes)
    this.#filled = 0
    this.#waiting++
    this.#connection?.stream.pause()
    this.#taking = this.#taking.then(() => this.#hand(full))
  }
  async #hand(chunk: Buffer): Promise<void> {
    try {
      if (this.#fault === null) await this.#take(chunk)
    } catch (error) {
      this.#fault = { error }
      // What still comes is thrown away; the statement cannot be stopped from here without another connection.
      this.#connection?.stream.destroy()
      this.#settle.reject(error)
    } finally {
      if (--this.#waiting === 0) this.#connection?.stream.resume()
    }
  }
}
