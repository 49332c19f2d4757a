/** What /readyz says: whether this process can answer, and what is the matter with it although it can. */
import { steadyMs } from '#platform/clock.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { Overload } from '#platform/overload.ts'
import { FULL, type Room } from '#platform/room.ts'
import { paceItem } from './health/pace.ts'

export interface Readiness {
  readonly room: Room | null
  readonly overload: Overload
  readonly pace: { readonly medianMs: number | null }
  /** The last time the clock was set, by the steady clock; null when never. */
  readonly clockSetMs: () => number | null
}
/** It answers, and … Whoever asks is nobody in particular: sentences without names, addresses or figures. */
export interface Warning {
  readonly reason: 'no-room' | 'overloaded' | 'mail' | 'slow' | 'clock'
  readonly warning: string
}
const CLOCK_TOLD_MS = 3_600_000

/** Worst first. @throws when the database does not answer */
export async function warnings(db: Sql, { room, overload, pace, clockSetMs }: Readiness): Promise<Warning[]> {
  const rows = await run<{ isFailing: boolean }>(
    db,
    sql`select exists (select 1 from mail_server where (settings->>'isOn')::boolean and failing_since is not null) as "isFailing"`,
  )
  const setMs = clockSetMs()
  const found: (Warning | false)[] = [
    room?.isFull === true && { reason: 'no-room', warning: FULL },
    overload.isTurningAway && { reason: 'overloaded', warning: 'More is asked of Pilothouse than it can answer. Some requests are turned away and can come again in seconds; nothing is lost.' }, // oxfmt-ignore
    paceItem(pace.medianMs).state === 'bad' && { reason: 'slow', warning: 'The disk of the database is slow: every change waits. Nothing is lost.' }, // oxfmt-ignore
    rows[0]?.isFailing === true && { reason: 'mail', warning: 'Mail cannot be sent. It waits, and leaves by itself once the mail server is well.' }, // oxfmt-ignore
    setMs !== null && steadyMs() - setMs < CLOCK_TOLD_MS && { reason: 'clock', warning: 'The clock of this machine was set within the last hour.' }, // oxfmt-ignore
  ]
  return found.filter((one) => one !== false)
}
