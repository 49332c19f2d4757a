/** The graph of services and what each needs, compiled for the impact engine once per change and kept. */
import { buildGraph } from '#engines/impact.ts'
import type { AnyOf, ServiceGraph } from '#engines/impact.ts'
import type { Database } from '#kit/database.ts'
import type { Reaction } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'

/** A group of services of which `min` must work. */
export interface Redundancy extends AnyOf {
  readonly name: string
}
export interface CompiledGraph {
  readonly version: number
  readonly graph: ServiceGraph
  /** Node → id of the service. */
  readonly ids: readonly number[]
  readonly nodes: ReadonlyMap<number, number>
  readonly groups: readonly Redundancy[]
  /** Node → its groups. */
  readonly groupsOf: ReadonlyMap<number, readonly Redundancy[]>
}
const VERSION = 'services-graph'
const AT_ONCE = 20_000
const kept = new WeakMap<Database, Map<number, Promise<CompiledGraph>>>()

/** Counts the versions of the graph, so that every process knows when its own is out of date. */
export const graphReaction: Reaction = {
  name: 'service-graph',
  records: ['service', 'dependency'],
  handle: async (tx, entries) => {
    const orgs = [...new Set(entries.map((entry) => entry.org))].sort((a, b) => a - b)
    await run(
      tx,
      sql`insert into counter (org, name, last) select o, ${VERSION}, 1 from unnest(${orgs}::integer[]) o on conflict (org, name) do update set last = counter.last + 1`,
    )
  },
}

/** The graph as of the last change that the reaction has seen: some hundredths of a second old at most. */
export async function serviceGraph(db: Database, org: number): Promise<CompiledGraph> {
  const rows = await run<{ last: number }>(db, sql`select last from counter where org = ${org} and name = ${VERSION}`)
  const version = rows[0]?.last ?? 0
  const own = kept.get(db) ?? new Map<number, Promise<CompiledGraph>>()
  kept.set(db, own)
  const found = own.get(org)
  if (found !== undefined && (await found.catch(() => null))?.version === version) return found
  const made = compile(db, org, version)
  own.set(org, made)
  made.catch(() => own.delete(org)) // the next one who asks tries again, and hears of the failure themselves
  return made
}

interface Edge {
  readonly id: number
  readonly service: number
  readonly needs: number
  readonly group: string | null
  readonly minimum: number | null
}
/** Retired services are no longer part of it. Read in pieces, so that nobody else waits for a large graph. */
async function compile(db: Database, org: number, version: number): Promise<CompiledGraph> {
  const ids: number[] = []
  const nodes = new Map<number, number>()
  for (let after = 0; ;) {
    const rows = await run<{ id: number }>(
      db,
      sql`select id from service where org = ${org} and id > ${after} and binned_at is null and status <> 'retired' order by id limit ${AT_ONCE}`,
    )
    for (const { id } of rows) nodes.set(id, ids.push(id) - 1)
    after = rows.at(-1)?.id ?? 0
    if (rows.length < AT_ONCE) break
  }
  const plain: number[] = []
  const grouped = new Map<string, { node: number; name: string; members: number[]; min: number }>()
  for (let after = 0; ;) {
    const rows = await run<Edge>(
      db,
      sql`select id, service, needs, group_ as "group", minimum from dependency where org = ${org} and id > ${after} and binned_at is null order by id limit ${AT_ONCE}`,
    )
    for (const row of rows) addEdge(row, { nodes, plain, grouped })
    after = rows.at(-1)?.id ?? 0
    if (rows.length < AT_ONCE) break
  }
  const groups = [...grouped.values()].map((group): Redundancy => ({
    ...group,
    min: Math.min(group.min, new Set(group.members).size),
  }))
  return {
    version,
    ids,
    nodes,
    groups,
    groupsOf: Map.groupBy(groups, (group) => group.node),
    graph: buildGraph({ nodes: ids.length, dependencies: plain, anyOf: groups }),
  }
}
function addEdge(
  row: Edge,
  into: {
    nodes: ReadonlyMap<number, number>
    plain: number[]
    grouped: Map<string, { node: number; name: string; members: number[]; min: number }>
  },
): void {
  const [node, needs] = [into.nodes.get(row.service), into.nodes.get(row.needs)]
  if (node === undefined || needs === undefined) return
  const name = row.group?.trim() ?? ''
  if (name === '') return void into.plain.push(node, needs)
  const key = `${node}/${name.toLowerCase()}`
  const group = into.grouped.get(key) ?? { node, name, members: [], min: 1 }
  group.members.push(needs)
  group.min = Math.max(group.min, Math.round(row.minimum ?? 1))
  into.grouped.set(key, group)
}
