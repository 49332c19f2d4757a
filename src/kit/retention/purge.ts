/**
 * Removes rows for good, a set in a transaction: the rows, what goes along with them, their words, counts and clocks, and
 * their values in the journal. What is on legal hold or still referred to stays.
 */
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import type { RecordType } from '#kit/record.ts'
import { plainSnake } from '#kit/record.ts'
import { entriesOfRows, eraseEntries, nothingLeft } from '#kit/seal/erase.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import { tallyDeltas, tallyInsert } from '#kit/tally.ts'
import { hasWords } from '#kit/write.ts'
import type { Along } from './along.ts'
import { goingAlong, neededBy } from './along.ts'
import { heldSays, holdsOn } from './holds.ts'

export interface Purging {
  readonly store: Store
  readonly unit: Unit
  readonly actor: Actor
  readonly record: RecordType
  /** By which rule, in words. */
  readonly rule: string
}
export interface Purged {
  readonly removed: readonly number[]
  /** What went along. */
  readonly along: number
  /** Row → why it stays. */
  readonly held: ReadonlyMap<number, string>
  readonly needed: ReadonlyMap<number, string>
}

/** The caller has locked the rows. */
export async function purge(of: Purging, ids: readonly number[]): Promise<Purged> {
  const { store, unit, actor, record } = of
  const rows = ids.map((id): Along => ({ id, root: id }))
  const asked = { org: actor.org, record, rows }
  const along = await goingAlong(unit.on, store.catalogue, asked)
  const held = await heldAmong(of, [[record, rows], ...along])
  const needed = await neededBy(unit.on, store.catalogue, { ...asked, rows: rows.filter(({ id }) => !held.has(id)) })
  const removed = ids.filter((id) => !held.has(id) && !needed.has(id))
  if (removed.length === 0) return { removed, along: 0, held, needed }
  const gone = new Set(removed)
  const parts = grouped([[record, rows], ...along]).map(([kind, some]) => [kind, [...new Set(some.filter(({ root }) => gone.has(root)).map(({ id }) => id))]] as const) // oxfmt-ignore
  await tell(of, parts)
  for (const [kind, some] of parts) await remove(of, kind, some)
  const count = parts.reduce((sum, [, some]) => sum + some.length, 0)
  return { removed, along: count - removed.length, held, needed }
}

/** A row stays as well when something that would go along with it is held. */
async function heldAmong(
  of: Purging,
  parts: readonly (readonly [RecordType, Along[]])[],
): Promise<Map<number, string>> {
  const made = new Map<number, string>()
  for (const [record, rows] of parts) {
    const held = await holdsOn(of.unit.on, {
      store: of.store,
      org: of.actor.org,
      record,
      ids: rows.map(({ id }) => id),
    })
    for (const { id, root } of rows) {
      const holds = held.get(id)
      if (holds !== undefined) made.set(root, heldSays(of.actor, `${record.number}-${id}`, holds))
    }
  }
  return made
}
function grouped(parts: readonly (readonly [RecordType, Along[]])[]): [RecordType, Along[]][] {
  const made = new Map<RecordType, Along[]>()
  for (const [record, rows] of parts) made.set(record, [...(made.get(record) ?? []), ...rows])
  return [...made]
}

/** One sealed entry for the set: what was removed, by which rule. */
async function tell(of: Purging, parts: readonly (readonly [RecordType, readonly number[]])[]): Promise<void> {
  const { store, unit, actor, record, rule } = of
  const numbers = parts.flatMap(([kind, ids]) => ids.map((id) => `${kind.number}-${id}`))
  const changes = { record: [null, record.name], rule: [null, rule], removed: [null, numbers] } as const
  const said = { record: 'retention', recordId: 0, action: 'purge', changes, reason: rule }
  await run(unit.on, journalInsert([entry(actor, store.now(), said)]))
}
async function remove(
  { store, unit, actor, rule }: Purging,
  record: RecordType,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const { on } = unit
  const counted = [...new Set((record.tallies ?? []).flat())]
  const rows = await store.many(actor, record, ids, { unit, binned: true, fields: counted, isWhole: true })
  const deltas = rows.flatMap((row) => tallyDeltas(record, row, null))
  if (deltas.length > 0) await run(on, tallyInsert(actor.org, record.name, deltas))
  if (hasWords(record)) await removeFrom(on, `${record.table}_search`, actor.org, ids)
  await noteFiles(on, record, actor.org, ids)
  await removeFrom(on, record.table, actor.org, ids)
  await run(on, sql`delete from clock where org = ${actor.org} and record = ${record.name} and record_id = any(${ids}::bigint[])`) // oxfmt-ignore
  await run(on, sql`delete from anonymised_row where org = ${actor.org} and record = ${record.name} and id = any(${ids}::bigint[])`) // oxfmt-ignore
  const entries = await entriesOfRows(on, actor.org, record.name, ids)
  await eraseEntries({ on, actor, now: store.now(), reason: rule }, entries, nothingLeft)
  for (const id of ids) unit.touched.push([record.name, id])
}
async function removeFrom(on: Sql, table: string, org: number, ids: readonly number[]): Promise<void> {
  await run(on, sql`delete from ${raw(table)} where org = ${org} and id = any(${ids}::bigint[])`)
}
/** The contents of attachments are looked at later: another attachment may have the same. */
async function noteFiles(on: Sql, record: RecordType, org: number, ids: readonly number[]): Promise<void> {
  for (const column of contentColumns(record))
    await run(
      on,
      sql`insert into lost_file (sha256) select distinct ${raw(column)} from ${raw(record.table)} where org = ${org} and id = any(${ids}::bigint[]) and ${raw(column)} is not null on conflict do nothing`,
    )
}
/** Of its table: those that name a content. */
export function contentColumns(record: RecordType): string[] {
  const own = record.fields['sha256'] === undefined ? [] : ['sha256']
  const files = Object.entries(record.fields).filter(([, { kind }]) => kind === 'attachment')
  return [...own, ...files.map(([name]) => `${plainSnake(name)}_sha256`)]
}
