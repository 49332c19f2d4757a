// COPY … FROM STDIN over the driver's connection: the fastest way in, with back-pressure.
import type { ClientBase, Submittable } from 'pg'
import type { Socket } from 'node:net'
import type { CopyRows } from '#kit/database.ts'
import { copyField } from './values.ts'

/** The part of the driver's connection that COPY needs; the published types leave it out. */
interface CopyConnection {
  stream: Socket
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

const chunkLength = 64 * 1024

/** @returns how many rows the server took. @throws what `rows` threw, or the server's refusal; then nothing is kept. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: CopyRows,
): Promise<number> {
  const target = table.split('.').map(quoted).join('.')
  return copyChunks(client, `copy ${target} (${columns.map(quoted).join(', ')}) from stdin`, chunksOf(rows))
}

/** Sends bytes as they are; `statement` says their format. @returns how many rows the server took. */
export async function copyChunks(
  client: ClientBase,
  statement: string,
  chunks: AsyncIterable<Buffer>,
): Promise<number> {
  const copy = new CopyIn(statement, chunks)
  client.query(copy)
  return copy.done
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** What the driver calls while the statement is the connection's current one. */
class CopyIn implements Submittable {
  readonly done: Promise<number>
  readonly #text: string
  readonly #chunks: AsyncIterable<Buffer>
  readonly #settle: PromiseWithResolvers<number>
  #isOver = false
  #count = 0
  #cause: unknown = null

  constructor(text: string, chunks: AsyncIterable<Buffer>) {
    this.#text = text
    this.#chunks = chunks
    this.#settle = Promise.withResolvers<number>()
    this.done = this.#settle.promise
  }

  submit(connection: object): void {
    asCopy(connection).query(this.#text)
  }

  handleCopyInResponse(connection: object): void {
    const to = asCopy(connection)
    this.#pump(to).then(
      () => !this.#isOver && to.endCopyFrom(),
      (error: unknown) => {
        this.#cause = error
        if (!this.#isOver) to.sendCopyFail('the rows could not be read')
      },
    )
  }

  handleCommandComplete(message: { text: string }): void {
    this.#count = Number(message.text.split(' ')[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.#isOver = true
    this.#settle.resolve(this.#count)
  }

  handleError(error: Error): void {
    this.#isOver = true
    this.#settle.reject(this.#cause ?? error)
  }

  // The driver calls these on every statement; COPY has no rows.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}

  async #pump(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.#chunks) {
      if (this.#isOver) return
      connection.sendCopyFromChunk(chunk)
      if (connection.stream.writableNeedDrain) await drained(connection.stream)
    }
  }
}

async function* chunksOf(rows: CopyRows): AsyncGenerator<Buffer> {
  let chunk = ''
  for await (const row of rows) {
    chunk += line(row)
    if (chunk.length < chunkLength) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  if (chunk !== '') yield Buffer.from(chunk)
}

function line(row: readonly unknown[]): string {
  let text = ''
  for (let column = 0; column < row.length; column++) text += (column ? '\t' : '') + copyField(row[column])
  return `${text}\n`
}

/** The driver hands over its own connection; `CopyConnection` names what all its 8.x versions have. */
function asCopy(connection: object): CopyConnection {
  return connection as CopyConnection
}

function drained(stream: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go)
      stream.off('close', go)
      resolve()
    }
    stream.on('drain', go)
    stream.on('close', go)
  })
}
