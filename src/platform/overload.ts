/** Turns requests away when too many are being answered: those that are let in stay quick, and no queue grows. */
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'

/** With twelve connections to the database and 5 ms a request, the last of them waits a tenth of a second. */
export const MOST_AT_ONCE = 256
const RETRY_SECONDS = 2

export class Overload {
  readonly #most: number
  #count = 0
  constructor(most = MOST_AT_ONCE) {
    this.#most = most
  }
  /** Answers one request. @throws a refusal (503) at once when as many as may be are under way */
  async answer<T>(work: () => Promise<T>): Promise<T> {
    if (this.#count >= this.#most)
      throw new Refusal(
        503,
        'overloaded',
        say`Too much is asked of Pilothouse at this moment. Try again in a few seconds.`,
        {
          extra: { retryAfterSeconds: RETRY_SECONDS },
        },
      )
    this.#count++
    try {
      return await work()
    } finally {
      this.#count--
    }
  }
}
