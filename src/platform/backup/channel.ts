/** A row of chunks between two that work at their own pace: who puts waits while too many lie there. */
export class Channel implements AsyncIterable<Buffer> {
  readonly #most: number
  #chunks: Buffer[] = []
  #isClosed = false
  #wake: (() => void) | null = null
  #room: (() => void) | null = null

  constructor(most: number) {
    this.#most = most
  }
  async put(chunk: Buffer): Promise<void> {
    if (this.#isClosed) return
    this.#chunks.push(chunk)
    this.#wake?.()
    if (this.#chunks.length >= this.#most) await new Promise<void>((go) => (this.#room = go))
  }
  /** What lies there is still taken; nobody waits any more. */
  close(): void {
    this.#isClosed = true
    this.#wake?.()
    this.#room?.()
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = this.#chunks.shift()
      if (chunk !== undefined) {
        if (this.#chunks.length < this.#most) this.#room?.()
        yield chunk
      } else if (this.#isClosed) return
      else await new Promise<void>((go) => (this.#wake = go))
    }
  }
}
