/** What fails because of some services in particular, while others have failed already: one walk on flat lists, for graphs of any size. */
import { impactOf } from '#engines/impact.ts'
import type { ServiceGraph } from '#engines/impact.ts'

/** What has failed already: 1 for each node that is down, and how many members of each any-of may still fail. */
export interface Fallen {
  readonly down: Uint8Array
  readonly left: Int32Array
}
/** In breadth order, sources first with via -1; the three lists have the same length. */
export interface OwnReach {
  readonly nodes: Int32Array
  readonly via: Int32Array
  readonly depth: Int32Array
}

export function fallenWith(graph: ServiceGraph, sources: Iterable<number>): Fallen {
  const { starts, edges } = graph.up
  const down = new Uint8Array(graph.nodes)
  const left = graph.limits.slice()
  for (const node of impactOf(graph, sources).nodes) {
    down[node] = 1
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge += 2) {
      const rule = edges[edge + 1] ?? -1
      if (rule >= 0) left[rule] = (left[rule] ?? 0) - 1
    }
  }
  return { down, left }
}

/**
 * The failing nodes that failure flows to from `sources`: the same set as the impact of a ticket among other tickets
 * (engines/ticket-impact.ts). A node of an any-of is reached through the member that was one too many.
 */
export function ownReach(
  { nodes: size, up: { starts, edges } }: ServiceGraph,
  fallen: Fallen,
  sources: readonly number[],
): OwnReach {
  const left = fallen.left.slice()
  const seen = new Uint8Array(size)
  const [nodes, via, depth] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)]
  let count = 0
  for (const node of sources) {
    if (seen[node] === 1) continue
    seen[node] = 1
    via[count] = -1
    nodes[count++] = node
  }
  for (let at = 0; at < count; at++) {
    // Queue positions are below `count`, edges below the end of the last row: there is always a value.
    const node = nodes[at] as number
    const isNew = fallen.down[node] === 0
    const end = starts[node + 1] as number
    for (let edge = starts[node] as number; edge < end; edge += 2) {
      const [target, rule] = [edges[edge] as number, edges[edge + 1] as number]
      if (seen[target] === 1) continue
      // What had failed before was counted before.
      if (rule >= 0 && isNew) left[rule] = (left[rule] as number) - 1
      if (rule >= 0 && fallen.down[target] === 0 && (left[rule] as number) > 0) continue
      seen[target] = 1
      via[count] = node
      depth[count] = (depth[at] as number) + 1
      nodes[count++] = target
    }
  }
  return { nodes: nodes.subarray(0, count), via: via.subarray(0, count), depth: depth.subarray(0, count) }
}
