/** Bytes of a stream, taken by count. */
export class ByteQueue {
  readonly #source: AsyncIterator<Buffer>
  #chunks: Buffer[] = []
  #have = 0
  #at = 0
  #hasEnded = false

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }
  /** How many bytes were taken. */
  get at(): number {
    return this.#at
  }
  /** How many bytes have come so far; all there are once `take` gave null. */
  get length(): number {
    return this.#at + this.#have
  }
  /** The next `count` bytes, or null when the stream ends before. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#have < count && !this.#hasEnded) {
      const next = await this.#source.next()
      if (next.done === true) this.#hasEnded = true
      else {
        this.#chunks.push(next.value)
        this.#have += next.value.length
      }
    }
    if (this.#have < count) return null
    const bytes = this.#cut(count)
    this.#have -= count
    this.#at += count
    return bytes
  }
  async close(): Promise<void> {
    await this.#source.return?.()
  }
  /** Without copying when one chunk has them all. */
  #cut(count: number): Buffer {
    const first = this.#chunks[0] ?? Buffer.alloc(0)
    if (first.length > count) {
      this.#chunks[0] = first.subarray(count)
      return first.subarray(0, count)
    }
    const taken: Buffer[] = []
    let left = count
    while (left > 0) {
      const chunk = this.#chunks[0] ?? Buffer.alloc(0)
      const part = chunk.subarray(0, left)
      taken.push(part)
      left -= part.length
      if (part.length === chunk.length) this.#chunks.shift()
      else this.#chunks[0] = chunk.subarray(part.length)
    }
    return taken.length === 1 ? (taken[0] ?? Buffer.alloc(0)) : Buffer.concat(taken)
  }
}
