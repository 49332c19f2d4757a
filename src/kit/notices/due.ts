/** Tells whose day it is: what is due today, and what was due yesterday and is still open. Each once. By schedule. */
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { openCondition } from '#kit/table.ts'
import { isTold } from './occasions.ts'
import { tell } from './reaction.ts'

interface Due {
  readonly org: number
  readonly id: number
  readonly person: number
  readonly on: string
  readonly isOver: boolean
}
/** Kinds of work with one day and one person. */
function dueRecords({ catalogue }: Store): { record: RecordType; on: string; who: string }[] {
  return catalogue.records.flatMap((record) => {
    const { dated, flow, fields } = record
    const isWork =
      flow !== null && isTold(record) && dated?.to === undefined && fields[dated?.from ?? '']?.kind === 'day'
    return isWork && dated?.who !== undefined ? [{ record, on: dated.from, who: dated.who }] : []
  })
}
/** Days begin in the zone of the organisation. @returns how many were told of */
export async function tellDue(store: Store): Promise<number> {
  const now = store.now()
  let count = 0
  for (const { record, on: field, who } of dueRecords(store)) {
    const [day, person] = [raw(`t.${snake(field)}`), raw(`t.${snake(who)}`)]
    await store.db.transaction(async (on) => {
      const due = await run<Due>(
        on,
        sql`insert into notice_due (org, record, record_id, person, due_on, is_over)
          select t.org, ${record.name}, t.id, ${person}, ${day}, ${day} < d.today from ${raw(record.table)} t join organisation o on o.id = t.org
            cross join lateral (select (${now}::timestamptz at time zone o.time_zone)::date as today) d
          where ${day} between d.today - 1 and d.today and ${person} is not null and t.binned_at is null and ${raw(openCondition(record))}
          on conflict do nothing returning org, record_id as id, person, due_on::text as on, is_over as "isOver"`,
      )
      for (const [org, some] of Map.groupBy(due, (one) => one.org))
        await tell(store, on, org, some.map(({ id, person: of, on: dueOn, isOver }) => ({ person: of, record: record.name, recordId: id, happened: { event: 'due', at: now, by: null, as: who, on: dueOn, isOver } }))) // oxfmt-ignore
      count += due.length
    })
  }
  return count
}
