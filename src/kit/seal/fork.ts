/** A loss that was declared: after an older backup was restored the log begins anew at a smaller size, and says so in itself. */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'

export interface DeclaredLoss {
  /** Entries `from` up to but without `to` are lost; checkpoints of those sizes tell of another log. */
  readonly from: number
  readonly to: number
  readonly at: string
  readonly by: number | null
  readonly reason: string | null
}
const RECORD = 'journal'
const ACTION = 'declareLoss'

/** Writes the declaration into the journal, where it is sealed like everything else. */
export async function declareLoss(
  on: Sql,
  actor: Actor,
  now: string,
  said: { from: number; to: number; reason: string },
): Promise<void> {
  const changes = { from: [null, said.from], to: [null, said.to] } as const
  await run(
    on,
    journalInsert([entry(actor, now, { record: RECORD, recordId: 0, action: ACTION, changes, reason: said.reason })]),
  )
}

export async function declaredLosses(on: Sql): Promise<DeclaredLoss[]> {
  return run<DeclaredLoss>(
    on,
    sql`select (changes->'from'->>1)::bigint as from, (changes->'to'->>1)::bigint as to, at, actor as by, reason from journal where org in (select id from organisation) and record = ${RECORD} and record_id = 0 and action = ${ACTION} order by at`,
  )
}
export function isDeclared(losses: readonly DeclaredLoss[], size: number): boolean {
  return losses.some((loss) => loss.from < size && size <= loss.to)
}
