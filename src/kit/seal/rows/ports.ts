/** The port to those who hold stretches of rows against the journal beside the caller, each with its own way to the database. */
import type { KindPlan } from './plan.ts'
import type { Window, WindowFound } from './window.ts'

export interface Comparers {
  /** How many stretches are looked at at once. */
  readonly count: number
  /** @throws what the database or the machine refused */
  compare(kind: KindPlan, window: Window): Promise<WindowFound>
  /** Ends what was begun. */
  close(): Promise<void>
}
