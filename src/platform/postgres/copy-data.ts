// The rows of COPY … TO STDOUT, taken out of the connection's bytes before the driver sees them: it would make a buffer, an
// object and two events of each. Everything else that the server says goes to the driver as it came.
import type { Socket } from 'node:net'

const CODE_BYTES = 1
/** Code and length of a message; the length counts itself. */
const HEAD_BYTES = 5
const COPY_DATA = 0x64
const READY_FOR_QUERY = 0x5a
type Listener = (chunk: Buffer) => void

export interface Taken {
  /** Is given the content of one message, from `begin` up to `end`: the bytes are others' as soon as it returns. */
  readonly onData: (bytes: Buffer, begin: number, end: number) => void
  /** After each piece that the socket gave but the last, with its length. */
  readonly onPiece?: (bytes: number) => void
}
/** Call it where the statement is submitted; it ends by itself with the statement. */
export function takeCopyData(connection: object, to: Taken): void {
  const { stream } = connection as { stream: Socket } // what all 8.x versions of the driver have
  new Taking(stream, to).begin()
}

class Taking {
  readonly #stream: Socket
  readonly #to: Taken
  /** The driver's. */
  readonly #others: readonly Listener[]
  readonly #mine: Listener = (chunk) => {
    this.#take(chunk)
    if (!this.#isOver) this.#to.onPiece?.(chunk.length)
  }
  /** A message whose end has not come. */
  #held: Buffer[] = []
  #heldBytes = 0
  #wantedBytes = HEAD_BYTES
  #isOver = false

  constructor(stream: Socket, to: Taken) {
    this.#stream = stream
    this.#to = to
    this.#others = stream.listeners('data') as Listener[]
  }
  begin(): void {
    this.#stream.on('data', this.#mine)
    for (const one of this.#others) this.#stream.off('data', one)
  }

  #take(chunk: Buffer): void {
    let at = this.#held.length === 0 ? 0 : this.#complete(chunk)
    while (chunk.length - at >= HEAD_BYTES && !this.#isOver) {
      const end = at + CODE_BYTES + chunk.readUInt32BE(at + CODE_BYTES)
      if (end > chunk.length) return this.#hold(chunk.subarray(at), end - at)
      this.#message(chunk, at, end)
      at = end
    }
    if (at >= chunk.length) return
    if (this.#isOver) this.#stream.emit('data', chunk.subarray(at))
    else this.#hold(chunk.subarray(at), HEAD_BYTES)
  }
  /** Ends the message that is held. @returns how much of the chunk belongs to it */
  #complete(chunk: Buffer): number {
    let at = 0
    while (this.#held.length > 0) {
      const more = chunk.subarray(at, at + this.#wantedBytes - this.#heldBytes)
      at += more.length
      this.#hold(more, this.#wantedBytes)
      if (this.#heldBytes < this.#wantedBytes) return at
      const message = Buffer.concat(this.#held)
      const length = CODE_BYTES + message.readUInt32BE(CODE_BYTES)
      this.#held = []
      this.#heldBytes = 0
      if (message.length < length) this.#hold(message, length)
      else this.#message(message, 0, length)
    }
    return at
  }
  #hold(bytes: Buffer, wanted: number): void {
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    this.#wantedBytes = wanted
  }
  #message(bytes: Buffer, begin: number, end: number): void {
    const code = bytes[begin]
    if (code === COPY_DATA) return this.#to.onData(bytes, begin + HEAD_BYTES, end)
    // Before the driver hears of it: it may begin the next statement at once.
    if (code === READY_FOR_QUERY) this.#end()
    for (const one of this.#others) one.call(this.#stream, bytes.subarray(begin, end))
  }
  #end(): void {
    this.#isOver = true
    for (const one of this.#others) this.#stream.on('data', one)
    this.#stream.off('data', this.#mine)
  }
}
