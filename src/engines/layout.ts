/**
 * Places for a map of services in layers: by kind where given, else by longest path, ordered by barycentre sweeps to
 * keep lines from crossing (Sugiyama, Tagawa, Toda 1981). The same input always gives the same picture.
 */

import { layersOf } from './layout-layers.ts'
import type { BentGraph } from './layout-lines.ts'
import { bent } from './layout-lines.ts'
import { crossingsOf, sweep } from './layout-order.ts'
import type { LayeredGraph } from './layout-order.ts'

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
  /** For each line that was given: where it bends between the boxes, from its `from` on; empty between neighbouring layers. */
  bends: readonly (readonly { readonly x: number; readonly y: number }[])[]
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
  const index = new Map(nodes.map((node, at) => [node.id, at]))
  const graph = graphOf(nodes, index, edges)
  const ordered = leastCrossings(graph)
  const xs = spread({ ...graph, layers: ordered.layers }, gaps.x)
  const ys = new Map(ordered.layers.flatMap((layer, y) => layer.map((node) => [node, y] as const)))
  const at = (node: number): Place => ({
    x: xs[node] ?? 0,
    y: (ys.get(node) ?? 0) * gaps.y,
    layer: ys.get(node) ?? 0,
  })
  const lines = new Map(graph.lines.map((line) => [`${line[0]}/${line.at(-1)}`, line]))
  return {
    places: new Map(nodes.map(({ id }, node) => [id, at(node)])),
    bends: edges.map(({ from, to }) => {
      const [a, b] = [index.get(from), index.get(to)]
      const [down, up] = [lines.get(`${a}/${b}`), lines.get(`${b}/${a}`)]
      return (down ?? up?.toReversed() ?? []).slice(1, -1).map((node) => ({ x: at(node).x, y: at(node).y }))
    }),
    width: Math.max(0, ...xs),
    height: Math.max(0, ordered.layers.length - 1) * gaps.y,
    crossings: ordered.crossings,
  }
}

function graphOf(
  nodes: readonly LayoutNode[],
  index: ReadonlyMap<string, number>,
  edges: readonly LayoutEdge[],
): BentGraph {
  const pairs = edges.flatMap(({ from, to }) => {
    const [a, b] = [index.get(from), index.get(to)]
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const]
  })
  const layers = layersOf(
    nodes.map((node) => node.layer),
    pairs,
  )
  return bent(nodes.length, pairs, layers)
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

/** What a bend takes of the width of a box. */
const BEND = 0.2

/** Moves nodes towards the middle of their neighbours, keeping the order and at least the gap. */
function spread(graph: BentGraph, gapX: number): number[] {
  const xs = graph.above.map(() => 0)
  const half = (node: number): number => (node < graph.boxes ? gapX : gapX * BEND) / 2
  const gap = (left: number, right: number): number => half(left) + half(right)
  for (const layer of graph.layers) {
    let x = 0
    layer.forEach((node, at) => (xs[node] = x += at === 0 ? 0 : gap(layer[at - 1] ?? 0, node)))
    for (const node of layer) xs[node] = (xs[node] ?? 0) - x / 2
  }
  for (let count = 0; count < relaxations; count++) {
    const fromTop = count % 2 === 0
    for (const layer of fromTop ? graph.layers : graph.layers.toReversed())
      relax(layer, fromTop ? graph.above : graph.below, xs, gap)
  }
  const left = Math.min(...xs)
  return xs.map((x) => x - left)
}

function relax(
  layer: readonly number[],
  neighbours: readonly number[][],
  xs: number[],
  gap: (left: number, right: number) => number,
): void {
  const wanted = layer.map((node) => {
    const near = neighbours[node] ?? []
    return near.length === 0 ? (xs[node] ?? 0) : near.reduce((sum, other) => sum + (xs[other] ?? 0), 0) / near.length
  })
  // Pushed right from the left end and left from the right end; the mean of both keeps the gap.
  const right = [...wanted]
  const left = [...wanted]
  const between = (at: number): number => gap(layer[at] ?? 0, layer[at + 1] ?? 0)
  for (let at = 1; at < layer.length; at++) right[at] = Math.max(right[at] ?? 0, (right[at - 1] ?? 0) + between(at - 1))
  for (let at = layer.length - 2; at >= 0; at--) left[at] = Math.min(left[at] ?? 0, (left[at + 1] ?? 0) - between(at))
  layer.forEach((node, at) => (xs[node] = ((right[at] ?? 0) + (left[at] ?? 0)) / 2))
}
