// What the administrator sees of the jobs: queues, failures, and the way to run one again.
import type { PgBoss } from 'pg-boss'
import type { Sql } from '#kit/database.ts'
import type { QueueState } from '#kit/routes/admin.ts'
import type { FailedJob } from '#kit/routes/jobs-shape.ts'

/** Where pg-boss keeps its tables. */
export const schema = 'jobs'

/** One line per defined queue, in the order given, also for those that never had a job. */
export async function queueStates(db: Sql, names: readonly string[]): Promise<QueueState[]> {
  return db.query<QueueState>(
    `select n.name as queue,
       count(*) filter (where j.state in ('created', 'retry')) as waiting,
       count(*) filter (where j.state = 'active') as active,
       count(*) filter (where j.state = 'failed') as failed,
       (array_agg(j.output->>'message' order by coalesce(j.completed_on, j.started_on) desc)
         filter (where j.state in ('retry', 'failed') and j.output is not null))[1] as "lastError",
       max(coalesce(j.completed_on, j.started_on))
         filter (where j.state in ('retry', 'failed') and j.output is not null) as "lastErrorAt",
       max(j.completed_on) filter (where j.state = 'completed') as "lastDoneAt"
     from unnest($1::text[]) with ordinality n(name, place)
     left join ${schema}.job j on j.name = n.name
     group by n.name, n.place order by n.place`,
    [names],
  )
}

/** How many were given up after the last retry; 0 as well where no job was ever sent. */
export async function failedCount(db: Sql): Promise<number> {
  const there = await db.query<{ there: boolean }>(`select to_regclass('${schema}.job') is not null as there`)
  if (there[0]?.there !== true) return 0
  const rows = await db.query<{ failed: number }>(
    `select count(*) as failed from ${schema}.job where state = 'failed' and name not like '\\_\\_pgboss%'`,
  )
  return rows[0]?.failed ?? 0
}

export async function failedJobs(db: Sql, limit: number): Promise<FailedJob[]> {
  return db.query<FailedJob>(
    `select id::text as id, name as queue, data, coalesce(output->>'message', output::text, 'no reason was given') as because,
       retry_count + 1 as attempts, created_on as "sentAt", completed_on as "failedAt"
     from ${schema}.job where state = 'failed' and name not like '\\_\\_pgboss%'
     order by completed_on desc limit $1`,
    [limit],
  )
}

/** @returns false when no failed job has this id. */
export async function retryFailed(db: Sql, boss: PgBoss, id: string): Promise<boolean> {
  const [job] = await db.query<{ name: string }>(
    `select name from ${schema}.job where id::text = $1 and state = 'failed'`,
    [id],
  )
  if (!job) return false
  await boss.retry(job.name, id)
  return true
}
