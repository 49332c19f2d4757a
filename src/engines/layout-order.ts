/** The order of nodes within their layers: barycentre sweeps, and the count of crossings that judges them. */

/** Nodes as positions in the list given; neighbours above and below of each. */
export interface LayeredGraph {
  above: number[][]
  below: number[][]
  layers: number[][]
}

/** Each layer sorted by the mean place of its neighbours above (or below); nodes without any keep their place. */
export function sweep({ above, below, layers }: LayeredGraph, direction: 'down' | 'up'): number[][] {
  const ordered = layers.map((layer) => [...layer])
  const places = placesOf(above.length, ordered)
  const neighbours = direction === 'down' ? above : below
  for (const layer of direction === 'down' ? ordered : ordered.toReversed()) {
    const wanted = new Map(layer.map((node) => [node, meanOf(neighbours[node] ?? [], places) ?? places[node] ?? 0]))
    layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0))
    layer.forEach((node, at) => (places[node] = (at + 0.5) / layer.length))
  }
  return ordered
}

function meanOf(nodes: readonly number[], places: Float64Array): number | null {
  return nodes.length === 0 ? null : nodes.reduce((sum, node) => sum + (places[node] ?? 0), 0) / nodes.length
}

/** Places within a layer as a part of its length, so that layers of different lengths compare. */
function placesOf(nodes: number, layers: readonly number[][]): Float64Array {
  const places = new Float64Array(nodes)
  for (const layer of layers) layer.forEach((node, at) => (places[node] = (at + 0.5) / layer.length))
  return places
}

/** Crossings of lines that join the same two layers; lines of different pairs of layers are not compared. */
export function crossingsOf({ below, layers }: LayeredGraph): number {
  const [rank, order] = [new Int32Array(below.length), new Int32Array(below.length)]
  layers.forEach((layer, y) =>
    layer.forEach((node, at) => {
      rank[node] = y
      order[node] = at
    }),
  )
  return layers.reduce((sum, layer) => sum + crossingsBelow(layer, below, { rank, order, layers }), 0)
}

interface Positions {
  rank: Int32Array
  order: Int32Array
  layers: readonly number[][]
}

/** For each lower layer the ends in reading order; every pair of ends in the wrong order is a crossing. */
function crossingsBelow(
  layer: readonly number[],
  below: readonly number[][],
  { rank, order, layers }: Positions,
): number {
  const ends = layers.map((): number[] => [])
  for (const node of layer) {
    const targets = (below[node] ?? []).toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0))
    for (const target of targets) ends[rank[target] ?? 0]?.push(order[target] ?? 0)
  }
  return ends.reduce((sum, list, y) => sum + inversions(list, layers[y]?.length ?? 0), 0)
}

/** Pairs in falling order, by a tree of counts (Fenwick). Values are 0 to `size` - 1. */
function inversions(values: readonly number[], size: number): number {
  const counts = new Int32Array(size + 1)
  let pairs = 0
  values.forEach((value, before) => {
    let atMost = 0
    for (let at = value + 1; at > 0; at -= at & -at) atMost += counts[at] ?? 0
    pairs += before - atMost
    for (let at = value + 1; at <= size; at += at & -at) counts[at] = (counts[at] ?? 0) + 1
  })
  return pairs
}
