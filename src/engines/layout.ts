/**
 * Places for a map of services in layers: by kind where given, else by longest path, ordered by barycentre sweeps to
 * keep lines from crossing (Sugiyama, Tagawa, Toda 1981). The same input always gives the same picture.
 */

import { crossingsOf, sweep } from './layout-order.ts'
import type { LayeredGraph } from './layout-order.ts'
import { layersOf } from './layout-layers.ts'

/** `layer` is the rank of its kind, 0 on top; null leaves it to the longest path from above. */
export interface LayoutNode {
  id: string
  layer: number | null
}

/** `from` stands above `to`: who depends, on whom. Lines to nodes not given are left out. */
export interface LayoutEdge {
  from: string
  to: string
}

/** `x` and `y` are centres in the unit of the gaps, from 0; `layer` counts from 0 without empty layers. */
export interface Place {
  x: number
  y: number
  layer: number
}

export interface Layout {
  places: Map<string, Place>
  width: number
  height: number
  crossings: number
}

/** A place for each node; `gapX` between neighbours in a layer, `gapY` between layers. An empty map is 0 by 0. */
export function layered(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  gaps: { x: number; y: number },
): Layout {
  const graph = graphOf(nodes, edges)
  const ordered = leastCrossings(graph)
  const xs = spread({ ...graph, layers: ordered.layers }, gaps.x)
  const places = new Map<string, Place>()
  ordered.layers.forEach((layer, y) => {
    for (const node of layer) places.set(nodes[node]?.id ?? '', { x: xs[node] ?? 0, y: y * gaps.y, layer: y })
  })
  return {
    places,
    width: Math.max(0, ...xs),
    height: Math.max(0, ordered.layers.length - 1) * gaps.y,
    crossings: ordered.crossings,
  }
}

function graphOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayeredGraph {
  const index = new Map(nodes.map((node, at) => [node.id, at]))
  const pairs = edges.flatMap(({ from, to }) => {
    const [a, b] = [index.get(from), index.get(to)]
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const]
  })
  const layers = layersOf(
    nodes.map((node) => node.layer),
    pairs,
  )
  const rank = new Map(layers.flatMap((layer, y) => layer.map((node) => [node, y] as const)))
  const [above, below] = [nodes.map((): number[] => []), nodes.map((): number[] => [])]
  for (const [a, b] of pairs) {
    const [upper, lower] = (rank.get(a) ?? 0) <= (rank.get(b) ?? 0) ? [a, b] : [b, a]
    // A line within a layer has no above and below, and cannot be told by order.
    if (rank.get(a) === rank.get(b)) continue
    below[upper]?.push(lower)
    above[lower]?.push(upper)
  }
  return { above, below, layers }
}

const sweeps = 24

/** The best order met in 24 sweeps, down and up in turn; the first best one is kept. */
function leastCrossings(graph: LayeredGraph): { layers: number[][]; crossings: number } {
  let layers = graph.layers
  let best = { layers, crossings: crossingsOf({ ...graph, layers }) }
  for (let count = 0; count < sweeps && best.crossings > 0; count++) {
    layers = sweep({ ...graph, layers }, count % 2 === 0 ? 'down' : 'up')
    const crossings = crossingsOf({ ...graph, layers })
    if (crossings < best.crossings) best = { layers, crossings }
  }
  return best
}

const relaxations = 8

/** Moves nodes towards the middle of their neighbours, keeping the order and at least the gap. */
function spread(graph: LayeredGraph, gap: number): number[] {
  const xs = graph.above.map(() => 0)
  for (const layer of graph.layers) layer.forEach((node, at) => (xs[node] = (at - (layer.length - 1) / 2) * gap))
  for (let count = 0; count < relaxations; count++) {
    const fromTop = count % 2 === 0
    for (const layer of fromTop ? graph.layers : graph.layers.toReversed())
      relax(layer, fromTop ? graph.above : graph.below, xs, gap)
  }
  const left = Math.min(...xs)
  return xs.map((x) => x - left)
}

function relax(layer: readonly number[], neighbours: readonly number[][], xs: number[], gap: number): void {
  const wanted = layer.map((node) => {
    const near = neighbours[node] ?? []
    return near.length === 0 ? (xs[node] ?? 0) : near.reduce((sum, other) => sum + (xs[other] ?? 0), 0) / near.length
  })
  // Pushed right from the left end and left from the right end; the mean of both keeps the gap.
  const right = [...wanted]
  const left = [...wanted]
  for (let at = 1; at < layer.length; at++) right[at] = Math.max(right[at] ?? 0, (right[at - 1] ?? 0) + gap)
  for (let at = layer.length - 2; at >= 0; at--) left[at] = Math.min(left[at] ?? 0, (left[at + 1] ?? 0) - gap)
  layer.forEach((node, at) => (xs[node] = ((right[at] ?? 0) + (left[at] ?? 0)) / 2))
}
