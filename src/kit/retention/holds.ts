/**
 * Which rows are on legal hold. Each is marked (`held_row`) when its hold is placed, and looked for again whenever
 * something is about to be removed: what a filter once found stays held, also when somebody changes it so that the
 * filter finds it no more.
 */
import { say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import type { Actor } from '#kit/actor.ts'
import { mayAtAll } from '#kit/access.ts'
import { conditions } from '#kit/condition.ts'
import type { Sql } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { legalHold } from '#kit/records/legal-hold.ts'
import type { Fragment } from '#kit/sql.ts'
import { all, raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { namesPerson } from './naming.ts'

/** Why a row is held, for whoever may read holds. */
export interface Hold {
  readonly id: number
  readonly number: string
  readonly name: string
  readonly reason: string
}
interface Cover {
  readonly id: number
  readonly person: unknown
  readonly rows: unknown
  readonly record: unknown
  readonly filter: unknown
}

/** INC-1042 SVC-5, with spaces or commas between. */
export function numbersIn(rows: unknown): string[] {
  return typeof rows === 'string' ? rows.split(/[\s,;]+/).filter((word) => word !== '') : []
}

/** Marks everything that a hold covers. */
export async function markHold(on: Sql, store: Store, org: number, row: AnyRow): Promise<void> {
  const cover = { id: row.id, person: idIn(row['heldPerson']), rows: row['rows'], record: row['record'], filter: row['filter'] } // oxfmt-ignore
  for (const record of store.catalogue.records) await mark(on, { store, org, record, ids: null }, cover)
}
export async function letGo(on: Sql, org: number, hold: number): Promise<void> {
  await run(on, sql`delete from held_row where org = ${org} and hold = ${hold}`)
}

interface Marking {
  readonly store: Store
  readonly org: number
  readonly record: RecordType
  /** Only these rows; null: all of them. */
  readonly ids: readonly number[] | null
}
/** Which of these rows are held now, each with its holds. */
export async function holdsOn(
  on: Sql,
  of: Marking & { readonly ids: readonly number[] },
): Promise<Map<number, Hold[]>> {
  const made = new Map<number, Hold[]>()
  if (of.ids.length === 0) return made
  // One that lies in the bin holds as well: only a release lets go.
  const covers = await run<Cover>(
    on,
    sql`select id, held_person as person, rows, record, filter from ${raw(legalHold.table)} where org = ${of.org} and status = 'active'`,
  )
  if (covers.length === 0) return made
  for (const cover of covers) await mark(on, of, cover)
  const rows = await run<Hold & { row: number }>(
    on,
    sql`select r.id as row, h.id, h.name, h.reason from held_row r join ${raw(legalHold.table)} h on h.org = r.org and h.id = r.hold and h.status = 'active'
      where r.org = ${of.org} and r.record = ${of.record.name} and r.id = any(${of.ids}::bigint[]) order by h.id`,
  )
  for (const { row, id, name, reason } of rows)
    made.set(row, [...(made.get(row) ?? []), { id, number: `${legalHold.number}-${id}`, name, reason }])
  return made
}

/**
 * @throws conflict (409) when the row is held; with name and reason for those who may read holds.
 */
export async function refuseHeld(
  on: Sql,
  store: Store,
  actor: Actor,
  of: { record: RecordType; id: number },
): Promise<void> {
  const held = (await holdsOn(on, { store, org: actor.org, record: of.record, ids: [of.id] })).get(of.id)
  if (held !== undefined) throw conflict(heldSays(actor, `${of.record.number}-${of.id}`, held))
}
export function heldSays(actor: Actor, number: string, holds: readonly Hold[]): string {
  const [first] = holds
  return first === undefined || !mayAtAll(actor, legalHold, 'read')
    ? say`${number} is on legal hold and stays until the hold is released. Ask a manager.`
    : say`${number} is on legal hold (${first.number} ${first.name}: ${first.reason}) and stays until the hold is released.`
}

async function mark(on: Sql, { store, org, record, ids }: Marking, cover: Cover): Promise<void> {
  const covered = coveredBy(store, { org, record }, cover)
  if (covered === null) return
  const some = ids === null ? raw('true') : sql`t.id = any(${ids}::bigint[])`
  await run(
    on,
    sql`insert into held_row (org, hold, record, id) select t.org, ${cover.id}::bigint, ${record.name}::text, t.id from ${raw(record.table)} t
      where t.org = ${org} and ${some} and (${covered}) on conflict do nothing`,
  )
}
/** The rows of one kind that a hold covers; null when it covers none of that kind. */
function coveredBy(store: Store, of: { org: number; record: RecordType }, cover: Cover): Fragment | null {
  const { org, record } = of
  if (record === legalHold) return null
  const parts: Fragment[] = []
  if (typeof cover.person === 'number')
    parts.push(
      namesPerson({ record, added: store.catalogue.customFields(org, record.name) }, cover.person, { wrote: true }),
    )
  const chosen = numbersIn(cover.rows).flatMap((number) => {
    const found = store.catalogue.byNumber(number)
    return found?.record === record ? [found.id] : []
  })
  if (chosen.length > 0) parts.push(sql`t.id = any(${chosen}::bigint[])`)
  if (cover.record === record.name) {
    const context = { catalogue: store.catalogue, actor: system(org, 'legal-hold'), now: store.now(), zone: 'UTC' }
    parts.push(all(conditions(context, record, typeof cover.filter === 'string' ? cover.filter : '')))
  }
  return parts.length === 0 ? null : parts.reduce((made, part) => sql`${made} or ${part}`)
}
