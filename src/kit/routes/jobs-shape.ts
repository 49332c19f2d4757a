/** What GET /admin/jobs answers: the screen reads these very types. */
import type { JobData } from '#kit/jobs.ts'
import { INSTANT, INSTANT_OR_NULL, listOf, shapeOf, TEXT, TEXT_OR_NULL, WHOLE } from './shape.ts'

/** A queue of jobs, or a reaction that follows the journal. */
export interface QueueShown {
  readonly name: string
  /** Ready or waiting for their time, retries included. */
  readonly waiting: number
  readonly active: number
  /** Given up after the last retry. */
  readonly failed: number
  /** The newest error, also of a job that will be tried again; null when there is none. */
  readonly lastError: string | null
  readonly lastErrorAt?: string | null
  readonly lastDoneAt: string | null
}
/** A job that was given up after the last retry. */
export interface FailedJob {
  readonly id: string
  readonly queue: string
  readonly data: JobData
  readonly because: string
  readonly attempts: number
  readonly sentAt: string
  readonly failedAt: string
}
export interface JobsShown {
  readonly queues: readonly QueueShown[]
  /** The newest first. */
  readonly failures: readonly FailedJob[]
}

const QUEUE = shapeOf<QueueShown>(
  { name: TEXT, waiting: WHOLE, active: WHOLE, failed: WHOLE, lastError: TEXT_OR_NULL, lastDoneAt: INSTANT_OR_NULL },
  { lastErrorAt: INSTANT_OR_NULL },
)
const FAILURE = shapeOf<FailedJob>({
  id: TEXT,
  queue: TEXT,
  data: { type: 'object', additionalProperties: true },
  because: TEXT,
  attempts: WHOLE,
  sentAt: INSTANT,
  failedAt: INSTANT,
})
export const JOBS = shapeOf<JobsShown>({ queues: listOf(QUEUE), failures: listOf(FAILURE) })
