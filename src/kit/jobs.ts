// The port to background jobs: durable, retried with back-off, sent inside a transaction. Types only.
import type { Tx } from '#kit/database.ts'

/** What a job carries: small JSON, ids rather than content. It is shown to administrators. */
export type JobData = Readonly<Record<string, unknown>>

export interface JobRun {
  id: string
  /** 1 for the first try. */
  attempt: number
  /** Aborted when the process has waited long enough to stop, or the job has taken too long: it is begun again elsewhere. */
  signal: AbortSignal
  /** Aborted as soon as the process wants to stop: whoever can go on elsewhere hands over now, and returns. */
  stopping: AbortSignal
}

/** May run twice (a process can die after the work and before the note of it): it must be idempotent. */
export type JobHandler = (data: JobData, run: JobRun) => Promise<void>

export interface JobOptions {
  /** Tries after the first one; 5 when absent. */
  retryLimit?: number
  /** Seconds before the first retry, doubled each time (with some chance); 10 when absent. */
  retryBackoff?: number
  /** At most one waiting and one running per `singletonKey`: more are the same work and are dropped. */
  singleton?: boolean
  /** How many run at once in one process; 1 when absent. */
  concurrency?: number
}

export interface SendOptions {
  singletonKey?: string
  /** An instant, `2026-01-01T00:00:00.000Z`. */
  startAfter?: string
}

export interface JobSender {
  /**
   * The job exists when `tx` commits, and not otherwise. @returns its id, or null when a singleton waits already.
   * @throws {Error} when the name is not defined.
   */
  send(tx: Tx, name: string, data: JobData, options?: SendOptions): Promise<string | null>
}
