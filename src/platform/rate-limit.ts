/** A bucket of tries per key: it fills again with time, and forgets keys that are full. */
export class RateLimit {
  readonly #most: number
  readonly #perMs: number
  readonly #nowMs: () => number
  readonly #buckets = new Map<string, { left: number; at: number }>()
  constructor(options: { most: number; perMinute: number; nowMs: () => number }) {
    this.#most = options.most
    this.#perMs = options.perMinute / 60_000
    this.#nowMs = options.nowMs
  }
  /** Whether one more try is allowed now. */
  take(key: string): boolean {
    const now = this.#nowMs()
    if (this.#buckets.size > 10_000) this.#buckets.clear()
    const bucket = this.#buckets.get(key) ?? { left: this.#most, at: now }
    const left = Math.min(this.#most, bucket.left + (now - bucket.at) * this.#perMs)
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
    return left >= 1
  }
}
