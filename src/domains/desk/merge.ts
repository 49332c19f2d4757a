/** Merging: two reports of one trouble become one. The duplicate is closed and points to the one that goes on. */
import { say } from '#engines/say.ts'
import { may } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, forbidden, stale } from '#kit/problem.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { AnyRow } from '#kit/record.ts'
import { link, watcher } from '#kit/records/about.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { system } from '#kit/actor.ts'
import { idIn } from '#kit/write.ts'
import { byRule } from './by-rule.ts'
import { bringBack, passOn } from './hanging.ts'
import { incident } from './incident.ts'

export interface Merging {
  readonly id: number
  readonly into: number
  /** The revision that was read; null takes the present one. */
  readonly rev: number | null
  readonly reason: string | null
}

/** @returns the duplicate as it stands then. @throws conflict with the reason when the two cannot be merged */
export async function merge(store: Store, actor: Actor, { id, into, rev, reason }: Merging): Promise<AnyRow> {
  return store.transaction(actor, async (unit) => {
    await lock(unit, actor, [id, into])
    const duplicate = await changeable(store, actor, { id, rev, unit })
    const survivor = await changeable(store, actor, { id: into, rev: null, unit })
    const because = mergeProblem(duplicate, survivor)
    if (because !== null) throw conflict(because)
    const passing = { store, actor: byRule(actor), unit }
    const told = say`Merged into ${survivor.number}${reason === null ? '' : `: ${reason}`}`
    await note(store, actor, {
      unit,
      id: into,
      action: 'merged',
      told: say`${duplicate.number} “${String(duplicate['subject'])}” was merged into this one`,
    })
    await tellOfMerge(passing, duplicate, survivor)
    const closed = {
      status: 'closed',
      closureCode: 'duplicate',
      duplicateOf: into,
      closedAt: duplicate['closedAt'] ?? store.now(),
      waitingFor: null,
      waitingSupplier: null,
      waitingUntil: null,
    }
    const made = await store.change(passing.actor, incident, { id, rev: duplicate.rev }, closed, {
      unit,
      trusted: true,
      action: 'merge',
      reason: told,
    })
    await passOn(passing, id, into)
    unit.touched.push(['incident', into])
    return store.get(actor, incident, made.id, { unit })
  })
}
/** The one that goes on tells of it in its history, although nothing of it changes. */
async function note(
  store: Store,
  actor: Actor,
  of: { unit: Unit; id: number; action: string; told: string },
): Promise<void> {
  const said = { record: 'incident', recordId: of.id, action: of.action, changes: {}, reason: of.told }
  await run(of.unit.on, journalInsert([entry(actor, store.now(), said)]))
}
/** Both rows, in one order, so that two merges at once cannot point at each other. */
async function lock(unit: Unit, actor: Actor, ids: readonly number[]): Promise<void> {
  await run(
    unit.on,
    sql`select id from incident where org = ${actor.org} and id = any(${ids}::bigint[]) order by id for update`,
  )
}
async function changeable(
  store: Store,
  actor: Actor,
  of: { id: number; rev: number | null; unit: Unit },
): Promise<AnyRow> {
  const row = await store.get(actor, incident, of.id, { unit: of.unit })
  const here = await store.near(actor, incident, row.id, of.unit.on)
  if (!may(here, incident, 'update', row)) throw forbidden(say`You may not merge ${row.number}. Ask the desk.`)
  if (of.rev !== null && of.rev !== row.rev) throw stale(row, row.rev)
  return row
}
function mergeProblem(duplicate: AnyRow, survivor: AnyRow): string | null {
  if (duplicate.id === survivor.id)
    return say`${duplicate.number} cannot be merged into itself. Choose the incident that it repeats.`
  for (const row of [duplicate, survivor])
    if (row.binnedAt !== null) return say`${row.number} is in the bin. Restore it first.`
  const earlier = idIn(duplicate['duplicateOf'])
  if (earlier !== null) return say`${duplicate.number} was merged into INC-${earlier} already. Unmerge it first.`
  const next = idIn(survivor['duplicateOf'])
  if (next === duplicate.id)
    return say`${survivor.number} was merged into ${duplicate.number}: this would be a circle. Unmerge ${survivor.number} first.`
  if (next !== null) return say`${survivor.number} was itself merged into INC-${next}. Merge into INC-${next}.`
  const isMajorLost = duplicate['major'] === true && survivor['major'] !== true
  return isMajorLost
    ? say`${duplicate.number} is a major incident and ${survivor.number} is not. Merge the other way round.`
    : null
}
/** A link that says it from both ends; the requester of the duplicate follows the one that goes on. */
async function tellOfMerge(
  { store, actor, unit }: { store: Store; actor: Actor; unit: Unit },
  duplicate: AnyRow,
  survivor: AnyRow,
): Promise<void> {
  const on = { record: 'incident', id: survivor.id }
  const requester = idIn(duplicate['requester'])
  const facts = await run<{ linked: boolean; follows: boolean; known: boolean }>(
    unit.on,
    sql`select exists (select 1 from link where org = ${actor.org} and binned_at is null and type = 'duplicates' and on_record = 'incident' and on_id = ${duplicate.id} and to_record = 'incident' and to_id = ${survivor.id}) as linked,
      exists (select 1 from watcher where org = ${actor.org} and binned_at is null and on_record = 'incident' and on_id = ${survivor.id} and person = ${requester}) as follows,
      exists (select 1 from person where org = ${actor.org} and id = ${requester} and binned_at is null) as known`,
  )
  const fact = facts[0]
  if (fact?.linked !== true)
    await store.create(
      actor,
      link,
      { type: 'duplicates', on: { record: 'incident', id: duplicate.id }, to: on },
      { unit },
    )
  if (fact?.known === true && !fact.follows && requester !== idIn(survivor['requester']))
    await store.create(actor, watcher, { person: requester, on }, { unit, reason: say`Asked in ${duplicate.number}` })
}

/** Takes a merge apart: what was passed on comes back, and the incident stands as before. */
export async function unmerge(store: Store, actor: Actor, { id, rev, reason }: Omit<Merging, 'into'>): Promise<AnyRow> {
  return store.transaction(actor, async (unit) => {
    await lock(unit, actor, [id])
    const row = await changeable(store, actor, { id, rev, unit })
    const into = idIn(row['duplicateOf'])
    if (into === null) throw conflict(say`${row.number} is not merged.`)
    const told = await lastMerge(unit, actor, id)
    const before =
      told === null
        ? { status: 'assigned', closureCode: null, closedAt: null }
        : Object.fromEntries(Object.entries(told.changes).map(([name, [old]]) => [name, old]))
    const passing = { store, actor: byRule(actor), unit }
    await store.change(
      passing.actor,
      incident,
      { id, rev: row.rev },
      { ...before, duplicateOf: null },
      { unit, trusted: true, action: 'unmerge', reason },
    )
    if (told !== null) await bringBack(passing, id, told.request)
    await note(store, actor, {
      unit,
      id: into,
      action: 'unmerged',
      told: say`${row.number} is an incident of its own again`,
    })
    unit.touched.push(['incident', into])
    return store.get(actor, incident, id, { unit })
  })
}
interface ToldMerge {
  readonly request: string
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
}
async function lastMerge(unit: Pick<Unit, 'on'>, actor: Actor, id: number): Promise<ToldMerge | null> {
  const rows = await run<ToldMerge>(
    unit.on,
    sql`select request, changes from journal where org = ${actor.org} and record = 'incident' and record_id = ${id} and action = 'merge' and changes ? 'duplicateOf' order by occurred_at desc, id desc limit 1`,
  )
  return rows[0] ?? null
}

/** When a merge is taken back by "undo", or done again by it, what hangs on the incident follows. */
export function mergeFollowsUndo(store: Store): Reaction {
  return {
    name: 'desk-merge-undone',
    records: ['incident'],
    handle: async (on, entries) => {
      for (const one of entries.filter(
        (entry) => entry.action === 'undo' && entry.changes['duplicateOf'] !== undefined,
      )) {
        const into = idIn(one.changes['duplicateOf']?.[1])
        const passing = { store, actor: system(one.org, one.request, 'rule'), unit: { on, touched: [] } }
        const now = await run<{ into: number | null }>(
          on,
          sql`select duplicate_of as into from incident where org = ${one.org} and id = ${one.recordId} for update`,
        )
        if (now[0] === undefined || now[0].into !== into) continue
        const told = await lastMerge({ on }, passing.actor, one.recordId)
        if (into !== null) await passOn(passing, one.recordId, into)
        else if (told !== null) await bringBack(passing, one.recordId, told.request)
      }
    },
  }
}
