/** Answers that may be some seconds old: one computation at a time for each question, shared by all who ask it in one language. */
import { speaks } from '#engines/say.ts'

interface Kept<T> {
  readonly atMs: number
  readonly answer: Promise<T>
}

/** Keeps answers for `seconds`; at most `most` questions. Time is the caller's. */
export class KeptAnswers<T> {
  readonly #kept = new Map<string, Kept<T>>()
  readonly #ms: number
  readonly #most: number
  constructor(seconds: number, most = 200) {
    this.#ms = seconds * 1000
    this.#most = most
  }
  get(asked: string, nowMs: number, compute: () => Promise<T>): Promise<T> {
    const question = `${speaks()?.tag ?? 'en'} ${asked}`
    const found = this.#kept.get(question)
    if (found !== undefined && nowMs - found.atMs < this.#ms && nowMs >= found.atMs) return found.answer
    if (this.#kept.size >= this.#most) this.#kept.clear()
    const answer = compute()
    this.#kept.set(question, { atMs: nowMs, answer })
    answer.catch(() => this.#kept.delete(question)) // who asked hears of it; the next one computes again
    return answer
  }
}
