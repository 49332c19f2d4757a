/** Obligations: what must happen again and again becomes a task in time, once per occurrence. */
import { say } from '#engines/say.ts'
import { checkRecurrence, dayAfter } from '#engines/recurrence.ts'
import type { Recurrence } from '#engines/recurrence.ts'
import { system } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Rules, Store } from '#kit/store.ts'
import { task } from './about.ts'
import { obligation } from './steering.ts'

/** The rule is checked when it is written, and the next day follows from it. */
export const obligationRules: Rules = {
  fits: ({ after }) => {
    const problem = checkRecurrence(recurrence(after))[0]
    if (problem === undefined) return {}
    return problem.pointer === '/startOn' ? { firstOn: problem.detail } : { rule: problem.detail }
  },
  derive: ({ before, after, now }) => {
    const isSame =
      before !== null &&
      before['rule'] === after['rule'] &&
      before['firstOn'] === after['firstOn'] &&
      before['active'] === after['active']
    if (isSame || checkRecurrence(recurrence(after)).length > 0) return {}
    return { nextOn: after['active'] === true ? next(after, dayBefore(now.slice(0, 10))) : null }
  },
}
function recurrence(row: AnyRow): Recurrence {
  return { rule: String(row['rule']), startOn: String(row['firstOn']), timezone: 'UTC' }
}
function next(row: AnyRow, after: string): string | null {
  const first = String(row['firstOn'])
  return dayAfter(recurrence(row), after < first ? dayBefore(first) : after)
}
function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}

/**
 * Makes the task of every obligation whose lead time has begun and moves the obligation on. Idempotent: a task carries
 * its obligation and day, and both are written in one transaction.
 * @returns how many tasks were made
 */
export async function produceTasks(store: Store, request: string): Promise<number> {
  const due = await run<{ org: number; id: number }>(
    store.db,
    sql`select org, id from obligation where binned_at is null and active and next_on is not null and next_on - coalesce(lead_days, 0)::integer <= ${store.now().slice(0, 10)}::date order by org, id limit 1000`,
  )
  let made = 0
  for (const { org, id } of due) made += await produce(store, { org, id, request })
  return made
}
async function produce(
  store: Store,
  { org, id, request }: { org: number; id: number; request: string },
): Promise<number> {
  const actor = system(org, request, 'rule')
  return store.transaction(actor, async (unit) => {
    await run(unit.on, sql`select 1 from obligation where org = ${org} and id = ${id} for update`)
    const row = await store.get(actor, obligation, id, { unit })
    const on = row['nextOn']
    const lead = Number(row['leadDays'] ?? 0)
    const isDue =
      typeof on === 'string' &&
      row['active'] === true &&
      Temporal.PlainDate.from(on).subtract({ days: lead }).toString() <= store.now().slice(0, 10)
    if (!isDue) return 0 // another node was faster
    await store.create(
      actor,
      task,
      {
        subject: row['subject'],
        assignee: row['assignee'],
        team: row['team'],
        dueOn: on,
        on: row['on'],
        note: row['note'],
        obligation: { id },
      },
      { unit, trusted: true, reason: say`Due by ${row.number}: ${String(row['rule'])}` },
    )
    await store.change(actor, obligation, { id, rev: null }, { nextOn: next(row, on) }, { unit, trusted: true })
    return 1
  })
}
