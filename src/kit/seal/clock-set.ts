/** A clock that was set back: said in the journal itself, so that entries after it are not taken for ones put in later with an old time. */
import { say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import type { Sql, Tx } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'

/** The clock went from one time back to an earlier one. */
export interface ClockSet {
  readonly from: string
  readonly to: string
}
const RECORD = 'journal'
const ACTION = 'clockSetBack'
/** Nodes differ by less than this. */
export const SMALLEST_MS = 60_000

/** Writes it into the journal of the first organisation; with none there is nobody to tell. */
export async function noteClockSet(tx: Tx, { from, to }: ClockSet): Promise<void> {
  const [first] = await run<{ id: number }>(tx, sql`select id from organisation order by id limit 1`)
  if (first === undefined) return
  const changes = { from: [null, from], to: [null, to] } as const
  const reason = say`The clock of the machine was set back.`
  const said = { record: RECORD, recordId: 0, action: ACTION, changes, reason }
  await run(tx, journalInsert([entry(system(first.id, `seal-${crypto.randomUUID()}`), to, said)]))
}

export async function clockSets(on: Sql): Promise<ClockSet[]> {
  return run<ClockSet>(
    on,
    sql`select changes->'from'->>1 as from, changes->'to'->>1 as to from journal where org in (select id from organisation) and record = ${RECORD} and record_id = 0 and action = ${ACTION} order by at`,
  )
}
/** What a checkpoint's time says of the entries after it: where the clock was set back since, they may be as old as that. In ms. */
export function notBefore(at: string, sets: readonly ClockSet[]): number {
  return Math.min(
    Date.parse(at),
    ...sets.filter(({ from, to }) => to < at && at <= from).map(({ to }) => Date.parse(to)),
  )
}
