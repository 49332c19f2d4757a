/** Limits by bucket: so many tries at once, so many a minute. */
import { isIPv6 } from 'node:net'

/** Keys at once; each is some hundred bytes. */
const MOST_KEYS = 10_000

/** Whoever has one IPv6 address has 2⁶⁴ of them: they count as one (RFC 6177). */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = new URL(`http://[${address.split('%')[0]}]/`).hostname.slice(1, -1).split('::')
  const front = head.split(':').filter((part) => part !== '')
  const back = tail === undefined ? [] : tail.split(':').filter((part) => part !== '')
  const whole = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back]
  // ::ffff:a.b.c.d is the IPv4 address, not a network of them.
  return whole.slice(0, 6).join(':') === '0:0:0:0:0:ffff' ? whole.join(':') : `${whole.slice(0, 4).join(':')}::/64`
}

/** A bucket of tries per key, which fills again with time. */
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
    const bucket = this.#buckets.get(key) ?? { left: this.#most, at: now }
    const left = Math.min(this.#most, bucket.left + (now - bucket.at) * this.#perMs)
    // Last again, so that the first is who has been quiet the longest.
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
    if (this.#buckets.size > MOST_KEYS) this.#forget()
    return left >= 1
  }
  /** The longest quiet ones: a flood of new keys must not give tries back to who has used them up. */
  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_KEYS * 0.9) return
      this.#buckets.delete(key)
    }
  }
  /** Seconds until one more try is allowed; 0 when it is now. */
  secondsLeft(key: string): number {
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return 0
    const left = bucket.left + (this.#nowMs() - bucket.at) * this.#perMs
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#perMs / 1000)
  }
}
