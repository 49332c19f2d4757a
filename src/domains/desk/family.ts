/** Parents and children: one trouble behind many reports. Children are resolved with their parent, each for itself in the journal. */
import { say } from '#engines/say.ts'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Store } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { incident } from './incident.ts'
import type { Reporter } from './reporters.ts'
import { reportersOf } from './reporters.ts'

const MOST_CHILDREN = 500
const OPEN = ['new', 'assigned', 'working', 'waiting']

export interface Family {
  readonly parent: AnyRow | null
  readonly children: readonly AnyRow[]
  /** Incidents that were merged into this one. */
  readonly merged: readonly AnyRow[]
  /** Open descendants of any depth: what "resolve the family" resolves besides the incident itself. */
  readonly open: number
  /** Everybody who reported it, of this incident, its children and the merged ones. At most 500. */
  readonly reporters: readonly Reporter[]
}

/** Whom it belongs to and what belongs to it, as far as the actor may see it. Children newest first, at most 500. */
export async function family(store: Store, actor: Actor, id: number): Promise<Family> {
  const row = await store.get(actor, incident, id)
  const parent = idIn(row['parent'])
  const found = await run<{ id: number; merged: boolean }>(
    store.db,
    sql`(select t.id, false as merged from incident t where t.org = ${actor.org} and t.parent = ${id} and t.binned_at is null and ${readable(actor, incident)} order by t.id desc limit ${MOST_CHILDREN})
      union all select l.on_id, true from link l where l.org = ${actor.org} and l.to_record = 'incident' and l.to_id = ${id} and l.type = 'duplicates' and l.on_record = 'incident' and l.binned_at is null`,
  )
  const rows = await store.many(
    actor,
    incident,
    [...found.map((one) => one.id), ...(parent === null ? [] : [parent])],
    { fields: SHOWN },
  )
  const byId = new Map(rows.map((one) => [one.id, one]))
  const pick = (merged: boolean): AnyRow[] =>
    found.flatMap((one) => (one.merged === merged ? (byId.get(one.id) ?? []) : []))
  const open = await openDescendants(store.db, actor, id)
  return {
    parent: parent === null ? null : (byId.get(parent) ?? null),
    children: pick(false),
    merged: pick(true).filter((one) => idIn(one['duplicateOf']) === id),
    open: open.length,
    reporters: await reportersOf(store.db, actor, id),
  }
}
const SHOWN = [
  'subject',
  'status',
  'priority',
  'requester',
  'team',
  'assignee',
  'openedAt',
  'resolvedAt',
  'duplicateOf',
]

/** Ids of the open incidents below this one, of any depth, in the order of their numbers. */
async function openDescendants(on: Sql, actor: Actor, id: number): Promise<number[]> {
  const rows = await run<{ id: number }>(
    on,
    sql`with recursive below (id, status, depth) as (
      select id, status, 1 from incident where org = ${actor.org} and parent = ${id} and binned_at is null union
      select c.id, c.status, below.depth + 1 from below join incident c on c.org = ${actor.org} and c.parent = below.id and c.binned_at is null where below.depth < 50
    ) select distinct id from below where id <> ${id} and status = any(${OPEN}) order by id limit 5001`,
  )
  return rows.map((row) => row.id)
}

/**
 * Resolves an incident and everything open below it with the same words, all of it or nothing.
 * An incident that is resolved already lends its resolution to the children that are still open.
 * @throws conflict (409) with the number of the one that cannot be resolved
 */
export async function resolveFamily(
  store: Store,
  actor: Actor,
  { id, rev, said }: { id: number; rev: number | null; said: Readonly<Record<string, unknown>> },
): Promise<{ resolved: readonly string[] }> {
  return store.transaction(actor, async (unit) => {
    const row = await store.get(actor, incident, id, { unit })
    const isOpen = OPEN.includes(String(row['status']))
    const children = await openDescendants(unit.on, actor, id)
    if (children.length > 5000)
      throw conflict(say`More than 5,000 incidents are open below ${row.number}. Resolve them from the list, in parts.`)
    if (!isOpen && children.length === 0)
      throw conflict(say`${row.number} and everything below it is resolved already.`)
    const words = {
      resolution: said['resolution'] ?? row['resolution'],
      closureCode: said['closureCode'] ?? row['closureCode'],
    }
    const input = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null && value !== undefined))
    const resolved: string[] = []
    if (isOpen) resolved.push((await store.move(actor, incident, { id, rev, move: 'resolve' }, input, { unit })).number)
    for (const child of children)
      resolved.push(
        (
          await store.move(actor, incident, { id: child, rev: null, move: 'resolve' }, input, {
            unit,
            reason: say`With ${row.number}`,
          })
        ).number,
      )
    return { resolved }
  })
}

/** Why this parent cannot be: a circle of any depth, a merged one, the bin. Two changes at once wait for each other. */
export async function parentProblem({ before, after, actor, on }: Deriving): Promise<string | null> {
  const parent = idIn(after['parent'])
  if (parent === null || idIn(before?.['parent']) === parent) return null
  if (parent === after.id) return say`${after.number} cannot be its own parent.`
  if (before !== null)
    await run(on, sql`select pg_advisory_xact_lock(hashtextextended('incident parents', ${actor.org}))`)
  const rows = await run<{ id: number; merged: number | null }>(
    on,
    sql`with recursive up (id, parent, merged, depth) as (
      select id, parent, duplicate_of, 0 from incident where org = ${actor.org} and id = ${parent} union all
      select i.id, i.parent, i.duplicate_of, up.depth + 1 from up join incident i on i.org = ${actor.org} and i.id = up.parent where up.depth < 1000
    ) select id, merged from up where depth = 0 or id = ${after.id}`,
  )
  if (rows.some((row) => row.id === after.id))
    return say`INC-${parent} is itself a part of ${after.number}: this would be a circle. Choose another parent.`
  const merged = rows.find((row) => row.id === parent)?.merged ?? null
  return merged === null ? null : say`INC-${parent} was merged into INC-${merged}. Choose INC-${merged} as the parent.`
}
