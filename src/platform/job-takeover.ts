/** Which node runs a job, and what happens to it when that node has died: it begins again elsewhere, without waiting for a heartbeat. */
import type { Sql } from '#kit/database.ts'
import { schema } from './job-states.ts'

/** Where pg-boss keeps what a job came to, a running one keeps who runs it: its end overwrites that. */
export async function signJob(
  db: Sql,
  job: { readonly id: string; readonly name: string },
  node: string,
): Promise<void> {
  await db.query(
    `update ${schema}.job set output = jsonb_build_object('node', $3::text) where name = $1 and id = $2 and state = 'active'`,
    [job.name, job.id, node],
  )
}

/**
 * Puts back what dead nodes have begun. A job that was tried often enough stays: its heartbeat is missed, and it has failed.
 * So does one whose queue has another waiting that is the same work.
 * @returns the names of the queues, one for each job
 */
export async function beginAgain(db: Sql, living: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `update ${schema}.job j set state = 'retry', retry_count = retry_count + 1, start_after = now(), heartbeat_on = null,
       output = jsonb_build_object('message', 'The process that ran this has ended; it begins again.')
     where state = 'active' and output->>'node' is not null and output->>'node' <> all($1::text[]) and retry_count < retry_limit
       and not (policy = 'stately' and exists (select 1 from ${schema}.job o where o.name = j.name and o.state = 'retry' and coalesce(o.singleton_key, '') = coalesce(j.singleton_key, '')))
     returning name`,
    [living],
  )
  return rows.map(({ name }) => name)
}
