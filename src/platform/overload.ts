/** Turns requests away when too many are being answered: those that are let in stay quick, and no queue grows. */
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import { steadyMs } from './clock.ts'

/** With twelve connections to the database and 5 ms a request, the last of them waits a tenth of a second. */
export const MOST_AT_ONCE = 256
const RETRY_SECONDS = 2
/** So long after the last one that was turned away it is still told. */
const TOLD_MS = 5_000

export class Overload {
  readonly #most: number
  readonly #nowMs: () => number
  #count = 0
  #refusedAt = -Infinity
  /** @param nowMs of a clock that only goes forward */
  constructor(most = MOST_AT_ONCE, nowMs: () => number = steadyMs) {
    this.#most = most
    this.#nowMs = nowMs
  }
  /** Whether somebody was turned away in the last seconds. */
  get isTurningAway(): boolean {
    return this.#nowMs() - this.#refusedAt < TOLD_MS
  }
  /** Answers one request. @throws a refusal (503) at once when as many as may be are under way */
  async answer<T>(work: () => Promise<T>): Promise<T> {
    if (this.#count >= this.#most) throw this.#refused()
    this.#count++
    try {
      return await work()
    } finally {
      this.#count--
    }
  }
  #refused(): Refusal {
    this.#refusedAt = this.#nowMs()
    const words = say`Too much is asked of Pilothouse at this moment. Try again in a few seconds.`
    return new Refusal(503, 'overloaded', words, { extra: { retryAfterSeconds: RETRY_SECONDS } })
  }
}
