/**
 * Lines over several layers bend at a place of their own in each layer between, so that they pass boxes by (Sugiyama's
 * virtual nodes). Lines to the same node share these places: they run together like a bus.
 */
import type { LayeredGraph } from './layout-order.ts'

/** The graph with its places for bends: nodes from `boxes` on are bends, a line being the nodes it passes from its upper to its lower end. */
export interface BentGraph extends LayeredGraph {
  readonly boxes: number
  readonly lines: readonly (readonly number[])[]
}

/** @param pairs upper and lower end in one or another order; a line within a layer has no above and below, and passes nothing */
export function bent(
  nodes: number,
  pairs: readonly (readonly [number, number])[],
  given: readonly (readonly number[])[],
): BentGraph {
  const layers = given.map((layer) => [...layer])
  const rank = new Map(layers.flatMap((layer, y) => layer.map((node) => [node, y] as const)))
  const above = Array.from({ length: nodes }, (): number[] => [])
  const below = Array.from({ length: nodes }, (): number[] => [])
  const bends = new Map<string, number>()
  const bendAt = (y: number, lower: number): number => {
    const key = `${y}/${lower}`
    const known = bends.get(key)
    if (known !== undefined) return known
    const made = above.length
    bends.set(key, made)
    above.push([])
    below.push([])
    layers[y]?.push(made)
    return made
  }
  const join = (upper: number, lower: number): void => {
    if (below[upper]?.includes(lower) === true && (upper >= nodes || lower >= nodes)) return
    below[upper]?.push(lower)
    above[lower]?.push(upper)
  }
  const lines = pairs.map(([a, b]) => {
    const [upper, lower] = (rank.get(a) ?? 0) <= (rank.get(b) ?? 0) ? [a, b] : [b, a]
    const [from, to] = [rank.get(upper) ?? 0, rank.get(lower) ?? 0]
    if (from === to) return [upper, lower]
    const line = [upper, ...Array.from({ length: to - from - 1 }, (_, nth) => bendAt(from + nth + 1, lower)), lower]
    line.slice(1).forEach((node, at) => join(line[at] ?? 0, node))
    return line
  })
  return { above, below, layers, boxes: nodes, lines }
}
