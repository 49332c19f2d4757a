// The only place that reads the machine's clock. Everything else gets the time as an argument.
import { performance } from 'node:perf_hooks'

/** This instant, in the shape in which instants travel: `2026-01-01T00:00:00.000Z`. */
export function now(): string {
  return new Date().toISOString()
}

/** Milliseconds of a clock that only goes forward, whatever is done to the machine's: for limits, and for what is remembered a while. */
export function steadyMs(): number {
  return performance.now()
}

/** The machine's clock was set, or the machine slept. */
export interface Jump {
  /** When it was noticed, by the clock as it is since. */
  readonly at: string
  /** Forward, or back when below zero. */
  readonly byMs: number
}
const SMALLEST_JUMP_MS = 30_000

/** Notices that the clock goes another way than time does: looked at from time to time. */
export class ClockWatch {
  last: Jump | null = null
  /** When that was, by the clock that only goes forward; null when never. */
  noticedMs: number | null = null
  readonly #nowMs: () => number
  readonly #steadyMs: () => number
  #apart: number
  constructor(nowMs: () => number = Date.now, steady: () => number = steadyMs) {
    this.#nowMs = nowMs
    this.#steadyMs = steady
    this.#apart = nowMs() - steady()
  }
  /** @returns the jump since the last look; null when there was none */
  look(): Jump | null {
    const apart = this.#nowMs() - this.#steadyMs()
    const byMs = Math.round(apart - this.#apart)
    this.#apart = apart
    if (Math.abs(byMs) < SMALLEST_JUMP_MS) return null
    this.noticedMs = this.#steadyMs()
    this.last = { at: new Date(this.#nowMs()).toISOString(), byMs }
    return this.last
  }
}
