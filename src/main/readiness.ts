/** What /readyz says: whether this process can answer, and what is the matter with it although it can. */
import { setTimeout as sleep } from 'node:timers/promises'
import { steadyMs } from '#platform/clock.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { Overload } from '#platform/overload.ts'
import { FULL, type Room } from '#platform/room.ts'
import { paceItem } from './health/pace.ts'

export interface Readiness {
  readonly room: Room | null
  readonly overload: Pick<Overload, 'isTurningAway'>
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
/** What is only a warning is not waited for longer. */
const MAIL_MS = 1_000

/** Worst first. @throws when the database does not answer; what else cannot be read of it (a table that is locked) is left out */
export async function warnings(db: Sql, { room, overload, pace, clockSetMs }: Readiness): Promise<Warning[]> {
  const [, isMailFailing] = await Promise.all([run(db, sql`select 1`), mailFails(db)])
  const setMs = clockSetMs()
  const found: (Warning | false)[] = [
    room?.isFull === true && { reason: 'no-room', warning: FULL },
    overload.isTurningAway && { reason: 'overloaded', warning: 'More is asked of Pilothouse than it can answer. Some requests are turned away and can come again in seconds; nothing is lost.' }, // oxfmt-ignore
    paceItem(pace.medianMs).state === 'bad' && { reason: 'slow', warning: 'The disk of the database is slow: every change waits. Nothing is lost.' }, // oxfmt-ignore
    isMailFailing && { reason: 'mail', warning: 'Mail cannot be sent. It waits, and leaves by itself once the mail server is well.' }, // oxfmt-ignore
    setMs !== null && steadyMs() - setMs < CLOCK_TOLD_MS && { reason: 'clock', warning: 'The clock of this machine was set within the last hour.' }, // oxfmt-ignore
  ]
  return found.filter((one) => one !== false)
}
/** One question at a time: whoever asks /readyz again and again must not take a connection each while a table is locked. */
const underWay = new WeakMap<Sql, Promise<boolean>>()
/** False as well while the database does not say. */
async function mailFails(db: Sql): Promise<boolean> {
  const asked = underWay.get(db) ?? askMail(db).finally(() => underWay.delete(db))
  underWay.set(db, asked)
  return Promise.race([asked, sleep(MAIL_MS, false, { ref: false })])
}
function askMail(db: Sql): Promise<boolean> {
  return run(
    db,
    sql`select 1 from mail_server where (settings->>'isOn')::boolean and failing_since is not null limit 1`,
  ).then(
    (rows) => rows.length > 0,
    () => false,
  )
}
