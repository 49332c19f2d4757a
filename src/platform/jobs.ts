// Background jobs on pg-boss, behind our own small interface. Its schema lives in the same database, so a job is sent
// in the same transaction as the rows it is about.
import { PgBoss, type Db, type JobWithMetadata } from 'pg-boss'
import type { JobData, JobHandler, JobOptions, JobSender, SendOptions } from '#kit/jobs.ts'
import type { Sql, Tx } from '#kit/database.ts'
import { grantAll, tenantRole } from '#kit/tenants.ts'
import type { Door } from './database.ts'
import type { QueueState } from '#kit/routes/admin.ts'
import type { FailedJob } from '#kit/routes/jobs-shape.ts'
import { failedJobs, queueStates, retryFailed, schema } from './job-states.ts'
import { beginAgain, signJob } from './job-takeover.ts'

export interface Jobs extends JobSender {
  /**
   * Names a kind of job. Every process defines all of them; only workers run them. Call before `start`.
   * @throws when there is one of this name; what the clock runs counts as well.
   */
  define(name: string, options: JobOptions, handler: JobHandler): void
  /** Runs `name` by the clock; two nodes never run one occurrence twice. `cron` has five fields. Call before `start`. */
  schedule(name: string, cron: string, data?: JobData, timeZone?: string): void
  /** @param isWorker false for a process that only sends. */
  start(isWorker: boolean): Promise<void>
  /** Tells running jobs, and lets them finish for eight seconds; what is not done then runs again elsewhere. */
  stop(): Promise<void>
  queues(): Promise<QueueState[]>
  /** The last `limit` failures, newest first. */
  failures(limit: number): Promise<FailedJob[]>
  /** Runs a failed job again. @returns false when there is no failed job of this id. */
  retry(id: string): Promise<boolean>
  /** What nodes have begun that live no more begins again, here or elsewhere. @returns how many jobs */
  takeOver(living: readonly string[]): Promise<number>
}

/** How quickly things are noticed, in seconds; tests use a faster one. */
export interface Pace {
  poll: number
  /** How often dead workers' jobs are looked for. */
  supervise: number
  /** A worker that gives no sign for this long (10 at least) has died, and its job runs again. */
  heartbeat: number
  /** How often schedules are looked at. */
  cron: number
}

export interface JobsConfig {
  connection: Door
  /** For the states shown to administrators. */
  db: Sql
  /** The name of this process; without one its jobs wait for their heartbeat to be missed when it has died. */
  node?: string | null
  pace?: Partial<Pace>
  onError?: (error: Error) => void
}

interface Definition {
  options: JobOptions
  handler: JobHandler
}

interface Schedule {
  cron: string
  data: JobData
  timeZone: string
}

const usualPace: Pace = { poll: 3, supervise: 20, heartbeat: 30, cron: 8 }
const stopPatienceMs = 8_000
const connections = 4
/** For the driver below pg-boss: a statement to a server that has gone silent is given up, and its connection with it. */
const patience = { query_timeout: 60_000, keepAlive: true }
const keepDoneSeconds = 2 * 24 * 3600

export function openJobs(config: JobsConfig): Jobs {
  const pace = { ...usualPace, ...config.pace }
  const definitions = new Map<string, Definition>()
  const schedules = new Map<string, Schedule>()
  const workers = new Map<string, string>()
  let running: PgBoss | null = null
  let stopping = new AbortController()
  function boss(): PgBoss {
    if (running === null) throw new Error('The jobs have not been started.')
    return running
  }
  return {
    define: (name, options, handler) => {
      if (definitions.has(name))
        throw new Error(
          `Two jobs or schedules are called "${name}", and one would take the work of the other: rename one.`,
        )
      definitions.set(name, { options, handler })
    },
    schedule: (name, cron, data = {}, timeZone = 'UTC') => void schedules.set(name, { cron, data, timeZone }),
    start: async (isWorker) => {
      running = makeBoss(config, pace, isWorker)
      stopping = new AbortController()
      await running.start()
      const tenant = await tenantRole(config.db)
      if (tenant !== null) await grantAll(config.db, tenant, schema)
      for (const [name, { options }] of definitions) await makeQueue(running, name, options, pace)
      if (!isWorker) return
      await keepSchedules(running, schedules)
      for (const [name, definition] of definitions)
        workers.set(name, await work(running, name, definition, { ...config, pace, stopping: stopping.signal }))
    },
    stop: async () => {
      stopping.abort()
      await running?.stop({ graceful: true, timeout: stopPatienceMs })
      running = null
    },
    send: (tx, name, data, options = {}) => {
      if (!definitions.has(name)) throw new Error(`There is no job "${name}": define it before sending it.`)
      return boss().send(name, data, { ...sendOptions(options), db: executor(tx) })
    },
    queues: () => queueStates(config.db, [...definitions.keys()]),
    failures: (limit) => failedJobs(config.db, limit),
    retry: (id) => retryFailed(config.db, boss(), id),
    takeOver: async (living) => {
      const taken = await beginAgain(config.db, living)
      for (const name of new Set(taken)) running?.notifyWorker(workers.get(name) ?? '')
      return taken.length
    },
  }
}

function makeBoss(config: JobsConfig, pace: Pace, isWorker: boolean): PgBoss {
  const boss = new PgBoss({
    ...config.connection,
    schema,
    max: connections,
    ...patience,
    application_name: 'pilothouse jobs',
    useListenNotify: true,
    supervise: isWorker,
    schedule: isWorker,
    superviseIntervalSeconds: pace.supervise,
    monitorIntervalSeconds: pace.supervise,
    cronMonitorIntervalSeconds: pace.cron,
    cronWorkerIntervalSeconds: Math.min(pace.cron, 5),
  })
  boss.on('error', (error) => config.onError?.(error))
  return boss
}

async function makeQueue(boss: PgBoss, name: string, options: JobOptions, pace: Pace): Promise<void> {
  const settings = {
    retryLimit: options.retryLimit ?? 5,
    retryDelay: options.retryBackoff ?? 10,
    retryBackoff: true,
    heartbeatSeconds: pace.heartbeat,
    deleteAfterSeconds: keepDoneSeconds,
    notify: true,
  }
  // "stately" = at most one per state and key. The policy of a queue cannot change later; a new name can.
  await boss.createQueue(name, { ...settings, policy: options.singleton ? 'stately' : 'standard' })
  await boss.updateQueue(name, settings)
}

async function keepSchedules(boss: PgBoss, wanted: ReadonlyMap<string, Schedule>): Promise<void> {
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name)
  for (const [name, { cron, data, timeZone }] of wanted) await boss.schedule(name, cron, data, { tz: timeZone })
}

/** @returns the id of the worker */
async function work(
  boss: PgBoss,
  name: string,
  { options, handler }: Definition,
  { db, node = null, pace, stopping }: Pick<JobsConfig, 'db' | 'node'> & { pace: Pace; stopping: AbortSignal },
): Promise<string> {
  const settings = {
    batchSize: 1,
    includeMetadata: true,
    localConcurrency: options.concurrency ?? 1,
    pollingIntervalSeconds: pace.poll,
    // New jobs announce themselves; polling finds retries whose time has come.
    notifyPollingIntervalSeconds: pace.poll,
  } as const
  return boss.work(name, settings, async (jobs: JobWithMetadata<JobData>[]) => {
    for (const job of jobs) {
      if (node !== null) await signJob(db, job, node)
      await handler(job.data ?? {}, { id: job.id, attempt: job.retryCount + 1, signal: job.signal, stopping })
    }
  })
}

function sendOptions({ singletonKey, startAfter }: SendOptions): { singletonKey?: string; startAfter?: Date } {
  return {
    ...(singletonKey === undefined ? {} : { singletonKey }),
    ...(startAfter === undefined ? {} : { startAfter: new Date(startAfter) }),
  }
}

/** Lets pg-boss write with our transaction. */
function executor(tx: Tx): Db {
  return { executeSql: async (text, values = []) => ({ rows: await tx.query(text, values) }) }
}
