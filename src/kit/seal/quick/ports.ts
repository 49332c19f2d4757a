/** The port to those who hold stretches of the log against the journal beside the caller, each with its own way to the database. */
import type { Stretch, StretchFound } from './stretch.ts'

export interface Checkers {
  /** How many stretches are looked at at once. */
  readonly count: number
  /** @throws what the database or the machine refused */
  check(stretch: Stretch): Promise<StretchFound>
  /** Ends what was begun. */
  close(): Promise<void>
}
