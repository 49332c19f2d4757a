/** What hangs on an incident passes to the one it is merged into, and comes back when it is unmerged. Each step is journalled. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { comment, file, link, task, watcher } from '#kit/records/about.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { timeEntry } from './around.ts'
import { incident } from './incident.ts'
import { incidentIn, survivorOf } from './merged.ts'

export interface Passing {
  readonly store: Store
  /** With the product's rights. */
  readonly actor: Actor
  readonly unit: Unit
}
const HANGING: readonly RecordType[] = [comment, file, watcher, task, link, timeEntry]
const ACTION = 'merge'

/** Everything on `from` passes to `to`; what is there already (the same watcher, the same link) goes into the bin. */
export async function passOn(passing: Passing, from: number, to: number): Promise<void> {
  for (const record of HANGING)
    for (const row of await rowsOn(passing, record, from)) await passRow(passing, record, row, { from, to })
  await passChildren(passing, from, to)
}
async function rowsOn({ store, actor, unit }: Passing, record: RecordType, id: number): Promise<AnyRow[]> {
  const ends =
    record === link
      ? sql`(on_record = 'incident' and on_id = ${id} or to_record = 'incident' and to_id = ${id}) and type <> 'duplicates'`
      : sql`on_record = 'incident' and on_id = ${id}`
  const found = await run<{ id: number }>(
    unit.on,
    sql`select id from ${raw(record.table)} where org = ${actor.org} and binned_at is null and ${ends} order by id`,
  )
  return store.many(
    actor,
    record,
    found.map((row) => row.id),
    { unit },
  )
}
async function passRow(
  { store, actor, unit }: Passing,
  record: RecordType,
  row: AnyRow,
  ends: { from: number; to: number },
): Promise<void> {
  const target = { id: row.id, rev: row.rev }
  const moved = Object.fromEntries(
    ['on', 'to']
      .filter((name) => incidentIn(row[name]) === ends.from)
      .map((name) => [name, { record: 'incident', id: ends.to }]),
  )
  if (await isThere({ store, actor, unit }, record, { ...row, ...moved }))
    await store.bin(actor, record, target, { unit, reason: say`INC-${ends.to} has the same` })
  else await store.change(actor, record, target, moved, { unit, trusted: true, action: ACTION })
}
/** Whether the survivor follows the same person or has the same link already, or the link would lead to itself. */
async function isThere({ actor, unit }: Passing, record: RecordType, row: AnyRow): Promise<boolean> {
  const id = incidentIn(row['on'])
  if (record === watcher)
    return (
      (
        await run(
          unit.on,
          sql`select 1 from watcher where org = ${actor.org} and binned_at is null and on_record = 'incident' and on_id = ${id} and person = ${idIn(row['person'])}`,
        )
      ).length > 0
    )
  if (record !== link) return false
  const [from, to] = [end(row['on']), end(row['to'])]
  if (from.record === to.record && from.id === to.id) return true
  const same = await run(
    unit.on,
    sql`select 1 from link where org = ${actor.org} and binned_at is null and id <> ${row.id} and type = ${row['type']} and on_record = ${from.record} and on_id = ${from.id} and to_record = ${to.record} and to_id = ${to.id}`,
  )
  return same.length > 0
}
function end(value: unknown): { record: string; id: number | null } {
  return {
    record: typeof value === 'object' && value !== null && 'record' in value ? String(value.record) : '',
    id: idIn(value),
  }
}

/** Children get the new parent; the survivor itself, or whatever it is a part of, keeps its place above. */
async function passChildren({ store, actor, unit }: Passing, from: number, to: number): Promise<void> {
  const children = await run<{ id: number; is_above: boolean; grand: number | null }>(
    unit.on,
    sql`with recursive up (id, parent, depth) as (
      select id, parent, 0 from incident where org = ${actor.org} and id = ${to} union all
      select i.id, i.parent, up.depth + 1 from up join incident i on i.org = ${actor.org} and i.id = up.parent where up.depth < 100
    ) select c.id, c.id in (select id from up) as is_above, p.parent as grand
      from incident c join incident p on p.org = c.org and p.id = c.parent
      where c.org = ${actor.org} and c.parent = ${from} and c.binned_at is null and c.duplicate_of is null order by c.id`,
  )
  for (const child of children)
    await store.change(
      actor,
      incident,
      { id: child.id, rev: null },
      { parent: child.is_above ? child.grand : to },
      { unit, trusted: true, action: ACTION },
    )
}

interface Step {
  readonly record: string
  readonly record_id: number
  readonly action: string
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
}
/** Brings back what the request that merged `from` passed on and what is still where it went. Done twice, it does nothing more. */
export async function bringBack(passing: Passing, from: number, request: string): Promise<void> {
  const { actor, unit } = passing
  const steps = await run<Step>(
    unit.on,
    sql`select record, record_id, action, changes from journal where org = ${actor.org} and request = ${request} order by id`,
  )
  for (const step of steps) await bringBackOne(passing, from, step)
}
async function bringBackOne(passing: Passing, from: number, step: Step): Promise<void> {
  const { store, actor, unit } = passing
  const record = step.record === 'incident' ? incident : HANGING.find((one) => one.name === step.record)
  if (record === undefined || (record === incident && step.record_id === from)) return
  const [row] = await store.many(actor, record, [step.record_id], { unit, binned: true })
  if (row === undefined) return
  const target = { id: row.id, rev: null }
  const isBinned = row.binnedAt !== null
  if (step.action === 'create' && !isBinned && isOfMerge(record, row, from))
    await store.bin(actor, record, target, { unit })
  if (step.action === 'bin' && isBinned && isOn(record, row, from))
    await store.bin(actor, record, target, { unit, restore: true })
  if (step.action === ACTION && !isBinned) await changeBack(passing, record, { row, from, step })
}
async function changeBack(
  passing: Passing,
  record: RecordType,
  { row, from, step }: { row: AnyRow; from: number; step: Step },
): Promise<void> {
  const back: Record<string, unknown> = {}
  for (const [name, [before, after]] of Object.entries(step.changes)) {
    const isBack = idIn(before) === from && (await isStillThere(passing, row[name], after))
    if (isBack) back[name] = record === incident ? from : { record: 'incident', id: from }
  }
  if (Object.keys(back).length === 0) return
  await passing.store.change(passing.actor, record, { id: row.id, rev: null }, back, {
    unit: passing.unit,
    trusted: true,
    action: 'unmerge',
  })
}
function isOn(record: RecordType, row: AnyRow, id: number): boolean {
  return record !== incident && ['on', 'to'].some((name) => incidentIn(row[name]) === id)
}
/** The link that tells of the merge, and the watcher that the requester became. */
function isOfMerge(record: RecordType, row: AnyRow, from: number): boolean {
  return (record === link && row['type'] === 'duplicates' && incidentIn(row['on']) === from) || record === watcher
}
/** Where it was passed to, or where that was merged into since. */
async function isStillThere({ actor, unit }: Passing, present: unknown, passedTo: unknown): Promise<boolean> {
  const [now, then] = [idIn(present), idIn(passedTo)]
  return now === then || (now !== null && then !== null && (await survivorOf(unit.on, actor.org, then)) === now)
}
