/** Jobs that waited when a backup was made: the first worker after a restore sends them again, each once. */
import type { Database, Sql } from '#kit/database.ts'
import type { JobData, JobSender } from '#kit/jobs.ts'

/** Rows of `restored_job` for what waits or runs in the queue; its own tables belong to its version. */
export const WAITING_JOBS = {
  columns: ['id', 'name', 'data', 'start_after', 'singleton_key'],
  from: `select id, name, data, start_after, singleton_key from jobs.job where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%' and name not like 'backup%'`,
} as const
export async function hasQueue(on: Sql): Promise<boolean> {
  const rows = await on.query<{ there: boolean }>(`select to_regclass('jobs.job') is not null as there`)
  return rows[0]?.there === true
}
/** In a database that came back whole: the same as after the restore of a backup, where the queue is made anew. */
export async function keepJobs(db: Database): Promise<void> {
  if (!(await hasQueue(db))) return
  await db.query(
    `insert into restored_job (${WAITING_JOBS.columns.join(', ')}) ${WAITING_JOBS.from} on conflict do nothing`,
  )
  await db.query('drop schema jobs cascade')
}

/** @param known names that this program defines; jobs of other names are dropped @returns how many were sent */
export async function sendRestored(db: Database, jobs: JobSender, known: ReadonlySet<string>): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{
      name: string
      data: JobData | null
      startAfter: string
      singletonKey: string | null
    }>(`delete from restored_job returning name, data, start_after as "startAfter", singleton_key as "singletonKey"`)
    const wanted = rows.filter(({ name }) => known.has(name))
    for (const { name, data, startAfter, singletonKey } of wanted)
      await jobs.send(tx, name, data ?? {}, { startAfter, ...(singletonKey === null ? {} : { singletonKey }) })
    return wanted.length
  })
}
