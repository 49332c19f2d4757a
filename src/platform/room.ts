/** Room on the disk of the embedded database: before it is full, writing ends and reading goes on. */
import { statfsSync } from 'node:fs'
import { said, toSay } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import { steadyMs } from './clock.ts'

/**
 * Four segments of the write-ahead log. A database that cannot write its log stops altogether, reading as well, and a
 * table that cannot grow fails in the middle of the work: so nothing is let in that would need more.
 */
const LEAST_BYTES = 64 * 1024 * 1024
const LOOK_EACH_MS = 1_000
const RETRY_SECONDS = 30
export const FULL = toSay(
  'The disk of the database is full. Reading goes on, nothing that was written is lost, and nothing new can be written. Your administrator has to make room; then it goes on by itself.',
)

export class Room {
  readonly #folder: string
  #lookedAt = -Infinity
  #isFull = false
  constructor(folder: string) {
    this.#folder = folder
  }
  /** Looks at most once a second. A folder that cannot be looked at says nothing of its room: what was seen last holds. */
  get isFull(): boolean {
    if (steadyMs() - this.#lookedAt > LOOK_EACH_MS) {
      this.#lookedAt = steadyMs()
      this.#isFull = seenFull(this.#folder) ?? this.#isFull
    }
    return this.#isFull
  }
  /** @throws a refusal (507) for what would write */
  refuseWrites(): void {
    if (this.isFull) throw new Refusal(507, 'no-room', said(FULL), { extra: { retryAfterSeconds: RETRY_SECONDS } })
  }
}
function seenFull(folder: string): boolean | null {
  try {
    const disk = statfsSync(folder)
    return disk.bavail * disk.bsize < LEAST_BYTES
  } catch {
    return null
  }
}
