/** Lets a few at a time do what takes much memory, makes some wait, and turns the rest away at once. */
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'

export class Gate {
  readonly #atOnce: number
  readonly #waiting: number
  readonly #queue: (() => void)[] = []
  #busy = 0
  /** @param atOnce how many work at the same time @param waiting how many may wait for their turn */
  constructor(atOnce: number, waiting: number) {
    this.#atOnce = atOnce
    this.#waiting = waiting
  }
  /** @throws a refusal (503) when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#atOnce) this.#busy++
    else await this.#turn()
    try {
      return await work()
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#busy--
      else next() // the place goes on to whoever waited longest
    }
  }
  #turn(): Promise<void> {
    if (this.#queue.length >= this.#waiting)
      throw new Refusal(503, 'busy', say`Too many people are signing in at this moment. Try again in a few seconds.`)
    return new Promise((resolve) => this.#queue.push(resolve))
  }
}
