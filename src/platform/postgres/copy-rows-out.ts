// COPY … TO STDOUT (FORMAT BINARY), row by row in the buffer of the socket: for who looks at each row once and keeps none.
import type { ClientBase, Submittable } from 'pg'
import { takeCopyData } from './copy-data.ts'

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER_BYTES = 19
/** Behind the last row: minus one as its count of columns. */
const TRAILER_BYTES = 2

/**
 * @param onRow is given the bytes of one row, from `begin` up to `end`: they are another row's as soon as it returns
 * @param onPiece is told after each piece of the socket but the last, with its length
 * @returns after the last row. @throws what `onRow` threw, or the server's refusal
 */
export async function copyRowsOut(
  client: ClientBase,
  statement: string,
  onRow: (bytes: Buffer, begin: number, end: number) => void,
  onPiece: (bytes: number) => void = () => {},
): Promise<void> {
  const copy = new RowsOut(statement, onRow, onPiece)
  client.query(copy)
  await copy.done
}

class RowsOut implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onRow: (bytes: Buffer, begin: number, end: number) => void
  readonly #onPiece: (bytes: number) => void
  readonly #settle = Promise.withResolvers<void>()
  #isFirst = true
  #fault: { readonly error: unknown } | null = null

  constructor(
    text: string,
    onRow: (bytes: Buffer, begin: number, end: number) => void,
    onPiece: (bytes: number) => void,
  ) {
    this.#text = text
    this.#onRow = onRow
    this.#onPiece = onPiece
    this.done = this.#settle.promise
  }
  submit(connection: object): void {
    const onData = (bytes: Buffer, begin: number, end: number): void => this.#row(bytes, begin, end)
    takeCopyData(connection, { onData, onPiece: this.#onPiece })
    ;(connection as { query(text: string): void }).query(this.#text) // what all 8.x versions of the driver have
  }
  handleReadyForQuery(): void {
    if (this.#fault === null) this.#settle.resolve()
    else this.#settle.reject(this.#fault.error)
  }
  handleError(error: Error): void {
    this.#settle.reject(error)
  }
  // The driver calls these on every statement; rows do not come to it.
  handleCopyData(): void {}
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}

  /** The server sends each row as one message, the header before the first. */
  #row(bytes: Buffer, begin: number, end: number): void {
    let at = begin
    if (this.#isFirst && bytes.subarray(begin, begin + SIGNATURE.length).equals(SIGNATURE)) at += HEADER_BYTES
    this.#isFirst = false
    if (end - at <= TRAILER_BYTES || this.#fault !== null) return
    try {
      this.#onRow(bytes, at, end)
    } catch (error) {
      this.#fault = { error } // what still comes is thrown away
    }
  }
}
