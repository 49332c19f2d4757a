/** Somebody must be able to get in: the last administrator neither leaves nor goes into the bin. */
import { say } from '#engines/say.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving } from '#kit/store.ts'

/** Why this person has to stay, or null. */
export async function lastAdministrator({ before, after, actor, on }: Deriving): Promise<string | null> {
  const wasHere = before?.binnedAt === null && before['status'] === 'active'
  const isHere = after.binnedAt === null && after['status'] === 'active'
  if (!wasHere || isHere) return null
  const rows = await run<{ mine: boolean; others: number }>(
    on,
    sql`select coalesce(bool_or(g.person = ${after.id}), false) as mine, count(*) filter (where g.person <> ${after.id}) as others
      from role_grant g join person p on p.org = g.org and p.id = g.person
      where g.org = ${actor.org} and g.role = 'administrator' and p.status = 'active' and p.binned_at is null`,
  )
  const { mine, others } = rows[0] ?? { mine: false, others: 0 }
  return mine && others === 0
    ? say`${after.number} is the last administrator. Make somebody else an administrator first.`
    : null
}
