/** The map around a service: what stands on it above, what it needs below, each with its place and its state. */
import { layered } from '#engines/layout.ts'
import type { Ref } from '#kit/field.ts'
import type { CompiledGraph } from './graph.ts'
import type { Health, OpenWork } from './open-work.ts'
import { countOf, standings } from './open-work.ts'

export interface MapNode {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly kind: string
  readonly status: string
  readonly x: number
  readonly y: number
  readonly state: Health
  readonly openIncidents: number
}
export interface ServiceMap {
  readonly nodes: readonly MapNode[]
  /** `from` needs `to`; `group` names the redundancy that it is a part of. */
  readonly edges: readonly {
    readonly from: number
    readonly to: number
    readonly group?: string
    /** Where its line bends to pass boxes by, from `from` on; in the unit of the nodes' places. */
    readonly via: readonly { readonly x: number; readonly y: number }[]
  }[]
  readonly groups: readonly {
    readonly service: number
    readonly name: string
    readonly minimum: number
    readonly members: readonly number[]
  }[]
  /** There is more around than is shown. */
  readonly isCut: boolean
}
interface Ground {
  readonly compiled: CompiledGraph
  readonly open: OpenWork
  readonly details: (ids: readonly number[]) => Promise<ReadonlyMap<number, { ref: Ref; kind: string; status: string }>>
}
const MOST_NODES = 300
const GAPS = { x: 220, y: 140 }

export async function serviceMap(ground: Ground, id: number, depth: { up: number; down: number }): Promise<ServiceMap> {
  const { compiled } = ground
  const start = compiled.nodes.get(id)
  if (start === undefined) return alone(ground, id)
  const around = nodesAround(compiled, start, depth)
  const edges = edgesAmong(compiled, around.nodes)
  const idOf = (node: number): number => compiled.ids[node] ?? 0
  const { places, bends } = layered(
    [...around.nodes].map((node) => ({ id: String(node), layer: null })),
    edges.map(({ from, to }) => ({ from: String(from), to: String(to) })),
    GAPS,
  )
  return {
    nodes: await placed(ground, around.nodes, places),
    edges: edges.map(({ from, to, group }, at) => ({
      from: idOf(from),
      to: idOf(to),
      ...(group === null ? {} : { group }),
      via: (bends[at] ?? []).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
    })),
    groups: groupsAmong(compiled, around.nodes),
    isCut: around.isCut,
  }
}
/** A retired service stands alone. */
async function alone({ open, details }: Ground, id: number): Promise<ServiceMap> {
  const found = (await details([id])).get(id)
  const nodes: MapNode[] =
    found === undefined
      ? []
      : [
          {
            ...found.ref,
            kind: found.kind,
            status: found.status,
            x: 0,
            y: 0,
            state: 'good',
            openIncidents: countOf(open, id),
          },
        ]
  return { nodes, edges: [], groups: [], isCut: false }
}
async function placed(
  { compiled, open, details }: Ground,
  nodes: ReadonlySet<number>,
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): Promise<MapNode[]> {
  const known = await details([...nodes].map((node) => compiled.ids[node] ?? 0))
  const stateOf = standings(compiled, open)
  return [...nodes].flatMap((node): MapNode[] => {
    const id = compiled.ids[node] ?? 0
    const [detail, place] = [known.get(id), places.get(String(node))]
    if (detail === undefined || place === undefined) return []
    return [
      {
        ...detail.ref,
        kind: detail.kind,
        status: detail.status,
        x: Math.round(place.x),
        y: Math.round(place.y),
        state: stateOf(node),
        openIncidents: countOf(open, id),
      },
    ]
  })
}
function groupsAmong(compiled: Ground['compiled'], nodes: ReadonlySet<number>): ServiceMap['groups'] {
  const idOf = (node: number): number => compiled.ids[node] ?? 0
  const inside = compiled.groups.filter((group) => nodes.has(group.node))
  return inside.map((group) => ({
    service: idOf(group.node),
    name: group.name,
    minimum: group.min ?? 1,
    members: group.members.filter((member) => nodes.has(member)).map(idOf),
  }))
}

/** Breadth first up and down, some hundred nodes at most. */
function nodesAround(
  { graph }: CompiledGraph,
  start: number,
  depth: { up: number; down: number },
): { nodes: Set<number>; isCut: boolean } {
  const nodes = new Set([start])
  const isCutUp = walk(graph.up, nodes, { start, levels: depth.up })
  const isCutDown = walk(graph.down, nodes, { start, levels: depth.down })
  return { nodes, isCut: isCutUp || isCutDown }
}
/** Adds what is reached; says whether something found no room. */
function walk(
  rows: CompiledGraph['graph']['up'],
  nodes: Set<number>,
  { start, levels }: { start: number; levels: number },
): boolean {
  let edge = [start]
  for (let level = 0; level < levels; level++) {
    const next = [...new Set(edge.flatMap((node) => [...neighbours(rows, node)]))].filter((node) => !nodes.has(node))
    const room = MOST_NODES - nodes.size
    for (const node of next.slice(0, room)) nodes.add(node)
    if (next.length > room) return true
    edge = next
  }
  return false
}
function* neighbours({ starts, edges }: CompiledGraph['graph']['up'], node: number): Generator<number> {
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 2) yield edges[at] ?? 0
}
function edgesAmong(
  { graph, groups }: CompiledGraph,
  nodes: ReadonlySet<number>,
): { from: number; to: number; group: string | null }[] {
  const { starts, edges } = graph.down
  const found: { from: number; to: number; group: string | null }[] = []
  for (const from of nodes) {
    for (let at = starts[from] ?? 0; at < (starts[from + 1] ?? 0); at += 2) {
      const to = edges[at] ?? 0
      if (nodes.has(to)) found.push({ from, to, group: groups[edges[at + 1] ?? -1]?.name ?? null })
    }
  }
  return found
}
