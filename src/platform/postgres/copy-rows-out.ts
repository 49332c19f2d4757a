// COPY … TO STDOUT (FORMAT BINARY), row by row in the buffer of the socket: for who looks at each row once and keeps none.
import type { ClientBase, Submittable } from 'pg'

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER_BYTES = 19
/** Behind the last row: minus one as its count of columns. */
const TRAILER_BYTES = 2

/**
 * @param onRow is given the bytes of one row, which begins at `begin`: they are another row's as soon as it returns
 * @returns after the last row. @throws what `onRow` threw, or the server's refusal
 */
export async function copyRowsOut(
  client: ClientBase,
  statement: string,
  onRow: (bytes: Buffer, begin: number) => void,
): Promise<void> {
  const copy = new RowsOut(statement, onRow)
  client.query(copy)
  await copy.done
}

class RowsOut implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onRow: (bytes: Buffer, begin: number) => void
  readonly #settle = Promise.withResolvers<void>()
  #isFirst = true
  #fault: { readonly error: unknown } | null = null

  constructor(text: string, onRow: (bytes: Buffer, begin: number) => void) {
    this.#text = text
    this.#onRow = onRow
    this.done = this.#settle.promise
  }
  submit(connection: object): void {
    ;(connection as { query(text: string): void }).query(this.#text) // what all 8.x versions of the driver have
  }
  /** The server sends each row as one message, the header before the first. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    try {
      const begin = this.#isFirst && chunk.subarray(0, SIGNATURE.length).equals(SIGNATURE) ? HEADER_BYTES : 0
      this.#isFirst = false
      if (chunk.length - begin > TRAILER_BYTES && this.#fault === null) this.#onRow(chunk, begin)
    } catch (error) {
      this.#fault = { error } // what still comes is thrown away
    }
  }
  handleReadyForQuery(): void {
    if (this.#fault === null) this.#settle.resolve()
    else this.#settle.reject(this.#fault.error)
  }
  handleError(error: Error): void {
    this.#settle.reject(error)
  }
  // The driver calls these on every statement; COPY has no rows of its own kind.
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
}
