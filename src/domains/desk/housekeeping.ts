/** What time does to incidents: resolved ones close after some days, waits end on their day. In sets, each row journalled. */
import { say, toSay } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import { moveOf } from '#kit/moves.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Fragment } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { updateRows } from '#kit/write.ts'
import { incident } from './incident.ts'

const SET = 200

/** Closes what was resolved as many days ago as its organisation has set. Done twice, it closes nothing twice. @returns how many */
export async function closeResolved(store: Store, request: string): Promise<number> {
  return inEveryOrganisation(store, (org) => {
    const { closeAfterDays: days } = store.catalogue.settings(org)
    const before = new Date(Date.parse(store.now()) - days * 86_400_000).toISOString()
    return moveInSets(store, {
      org,
      request,
      move: 'close',
      by: 'resolved_at',
      due: sql`status = 'resolved' and resolved_at < ${before}::timestamptz`,
      reason: say`Resolved for ${days} days and not reopened`,
    })
  })
}
/** Takes up what waited until now. @returns how many */
export async function resumeWaiting(store: Store, request: string): Promise<number> {
  return inEveryOrganisation(store, (org) =>
    moveInSets(store, {
      org,
      request,
      move: 'resume',
      by: 'waiting_until',
      due: sql`status = 'waiting' and waiting_until <= ${store.now()}::timestamptz`,
      reason: toSay('The day until which it waited has come'),
    }),
  )
}

async function inEveryOrganisation(store: Store, work: (org: number) => Promise<number>): Promise<number> {
  let done = 0
  for (const { id } of await run<{ id: number }>(store.db, sql`select id from organisation order by id`))
    done += await work(id)
  return done
}
interface Order {
  readonly org: number
  readonly request: string
  readonly move: string
  readonly due: Fragment
  /** The column whose index finds them: in its order, so that the closed million is not walked. */
  readonly by: 'resolved_at' | 'waiting_until'
  readonly reason: string
}
async function moveInSets(store: Store, order: Order): Promise<number> {
  let done = 0
  for (;;) {
    const n = await moveSet(store, order)
    done += n
    if (n < SET) return done
  }
}
/** Rows that somebody changes at this moment are left for the next time. The workflow's own stamps are set. */
async function moveSet(store: Store, { org, request, move, due, by, reason }: Order): Promise<number> {
  const actor = system(org, request, 'rule')
  return store.transaction(actor, async (unit) => {
    const found = await run<{ id: number }>(
      unit.on,
      sql`select id from incident where org = ${org} and binned_at is null and ${due} order by ${raw(by)}, id limit ${SET} for update skip locked`,
    )
    const rows = await store.many(
      actor,
      incident,
      found.map((row) => row.id),
      { unit },
    )
    const [now, settings] = [store.now(), store.catalogue.settings(org)]
    const writes = rows.map((row) => {
      const made = moveOf(incident, row, move)
      return {
        before: row,
        after: { ...row, ...made.stamps?.({ row, input: {}, actor, now, settings }), status: made.to },
        action: `move:${move}`,
        reason,
      }
    })
    if (writes.length > 0) await updateRows({ on: unit.on, actor, now, catalogue: store.catalogue }, incident, writes)
    for (const row of rows) unit.touched.push(['incident', row.id])
    return rows.length
  })
}
