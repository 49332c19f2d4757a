/** Work that gives way to people: the process asks for less, and so does what the database does for it. */
import os from 'node:os'
import type pg from 'pg'

/** Linux's nice value of backups and proofs: an idle machine gives them everything, a busy one about a tenth. */
export const GIVING_WAY = 10

/**
 * The process of the database behind a connection takes this process's priority, where both stand on one machine (a socket in a
 * folder) and the system allows it. Elsewhere nothing changes: the server's own machine decides.
 */
export async function sharePriority(client: pg.Client): Promise<void> {
  const mine = os.getPriority()
  if (mine <= 0 || !client.host.startsWith('/')) return
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  try {
    os.setPriority(rows[0]?.pid ?? process.pid, mine)
  } catch {
    return // another account's process: it keeps its priority
  }
}
