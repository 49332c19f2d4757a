/** Jobs that waited when a backup was made: the first worker after a restore sends them again, each once. */
import type { Database } from '#kit/database.ts'
import type { JobData, JobSender } from '#kit/jobs.ts'

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
