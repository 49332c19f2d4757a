/**
 * Who is hit when something fails, on a graph of dependencies with redundancy. The graph is kept as flat lists
 * (compressed rows), so that a hundred thousand nodes answer within a screen's patience.
 */

/** A node that needs `min` of its members up (1 unless given): it fails when fewer are left. */
export interface AnyOf {
  node: number
  members: readonly number[]
  min?: number
}

/** Nodes are 0 to `nodes` - 1. `dependencies` are flat pairs: who depends, on whom; one failing is enough. */
export interface GraphFacts {
  nodes: number
  dependencies: ArrayLike<number>
  anyOf?: readonly AnyOf[]
}

/**
 * Row n is `edges` from `starts[n]` to `starts[n + 1]`: pairs of target and rule, a position in anyOf or -1.
 * They lie side by side because the time of a large answer is the time to fetch them from memory.
 */
interface Rows {
  starts: Int32Array
  edges: Int32Array
}

/** `up` leads from a node to those that depend on it, `down` to those it depends on. */
export interface ServiceGraph {
  readonly nodes: number
  readonly up: Rows
  readonly down: Rows
  /** How many members of each any-of must fail before its node does. */
  readonly limits: Int32Array
}

/**
 * Nodes reached, in breadth order, sources first; the four lists have the same length. `via` is the node it was
 * reached through (-1 for a source), `anyOf` the redundancy that gave way (-1 for a plain dependency).
 */
export interface Reach {
  nodes: Int32Array
  via: Int32Array
  depth: Int32Array
  anyOf: Int32Array
}

/** @throws RangeError naming a node outside the graph, or an any-of that needs more members than it has */
export function buildGraph(facts: GraphFacts): ServiceGraph {
  const edges = edgesOf(facts)
  const limits = Int32Array.from(facts.anyOf ?? [], limitOf)
  return {
    nodes: facts.nodes,
    limits,
    up: rowsOf(facts.nodes, edges.on, edges.who, edges.rules),
    down: rowsOf(facts.nodes, edges.who, edges.on, edges.rules),
  }
}

interface Edges {
  who: Int32Array
  on: Int32Array
  rules: Int32Array
}

/** All edges, plain ones first; a member named twice in one any-of counts once. */
function edgesOf({ nodes, dependencies, anyOf = [] }: GraphFacts): Edges {
  const plain = dependencies.length >>> 1
  const members = anyOf.map((group) => [...new Set(group.members)])
  const total = plain + members.reduce((sum, list) => sum + list.length, 0)
  const edges = { who: new Int32Array(total), on: new Int32Array(total), rules: new Int32Array(total).fill(-1) }
  let at = 0
  const add = (who: number | undefined, on: number | undefined, rule: number): void => {
    edges.who[at] = known(who, nodes)
    edges.on[at] = known(on, nodes)
    edges.rules[at++] = rule
  }
  for (let pair = 0; pair < plain; pair++) add(dependencies[pair * 2], dependencies[pair * 2 + 1], -1)
  members.forEach((list, rule) => list.forEach((member) => add(anyOf[rule]?.node, member, rule)))
  return edges
}

function known(node: number | undefined, nodes: number): number {
  if (node !== undefined && Number.isInteger(node) && node >= 0 && node < nodes) return node
  throw new RangeError(`Node ${node} is not in a graph of ${nodes} nodes.`)
}

function limitOf({ node, members, min = 1 }: AnyOf): number {
  const count = new Set(members).size
  if (min >= 1 && min <= count) return count - min + 1
  throw new RangeError(`Node ${node} needs ${min} of ${count} members up. Lower the number or add members.`)
}

/** Counting sort of edges into rows by their first end; the order within a row is the order given. */
function rowsOf(nodes: number, from: Int32Array, to: Int32Array, rules: Int32Array): Rows {
  const starts = new Int32Array(nodes + 1)
  // Every index below comes from `known` or from the length of a list, so there is always a value.
  for (const node of from) starts[node + 1] = (starts[node + 1] as number) + 2
  for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number)
  const next = starts.slice()
  const edges = new Int32Array(from.length * 2)
  for (let edge = 0; edge < from.length; edge++) {
    const node = from[edge] as number
    const place = next[node] as number
    next[node] = place + 2
    edges[place] = to[edge] as number
    edges[place + 1] = rules[edge] as number
  }
  return { starts, edges }
}

/** The nodes a row leads to. */
export function targetsOf({ starts, edges }: Rows, node: number): number[] {
  return [...edges.subarray(starts[node], starts[node + 1])].filter((_, place) => place % 2 === 0)
}

/**
 * Every node that fails when the sources do: a plain dependency fails with its one target, an any-of when fewer than
 * `min` members are left. Blocked nodes hold and pass nothing on, even when they are sources. Cycles end by themselves.
 * @throws RangeError for a source or blocked node outside the graph
 */
export function impactOf(
  graph: ServiceGraph,
  sources: Iterable<number>,
  options: { blocked?: Iterable<number> } = {},
): Reach {
  return reach(graph, graph.up, sources, { blocked: options.blocked ?? [], limits: graph.limits })
}

/** Everything the nodes depend on, downwards, redundant or not; the nodes themselves come first. @throws as `impactOf` */
export function dependsOn(graph: ServiceGraph, nodes: Iterable<number>): Reach {
  return reach(graph, graph.down, nodes, { blocked: [], limits: new Int32Array(graph.limits.length).fill(1) })
}

/** Reach along rows; an any-of lets through once `limits` of its edges were met. */
function reach(graph: ServiceGraph, { starts, edges }: Rows, sources: Iterable<number>, rules: PassRules): Reach {
  const [seen, left] = [new Uint8Array(graph.nodes), rules.limits.slice()]
  for (const node of rules.blocked) seen[known(node, graph.nodes)] = 1
  const found = startOf(graph, sources, seen)
  const { nodes, via, depth, anyOf } = found
  let count = found.count
  // Queue positions are below `count`, edges below the end of the last row: there is always a value.
  for (let at = 0; at < count; at++) {
    const node = nodes[at] as number
    const end = starts[node + 1] as number
    for (let edge = starts[node] as number; edge < end; edge += 2) {
      const target = edges[edge] as number
      if (seen[target] === 1) continue
      const rule = edges[edge + 1] as number
      if (rule >= 0 && (left[rule] = (left[rule] as number) - 1) > 0) continue
      seen[target] = 1
      nodes[count] = target
      via[count] = node
      depth[count] = (depth[at] as number) + 1
      anyOf[count++] = rule
    }
  }
  return firstOf(found, count)
}

interface PassRules {
  blocked: Iterable<number>
  limits: Int32Array
}

/** Lists as long as the graph, beginning with the sources not seen yet. */
function startOf({ nodes }: ServiceGraph, sources: Iterable<number>, seen: Uint8Array): Reach & { count: number } {
  const list = (): Int32Array => new Int32Array(nodes)
  const found = { nodes: list(), via: list(), depth: list(), anyOf: list(), count: 0 }
  for (const node of sources) {
    if (seen[known(node, nodes)] === 1) continue
    seen[node] = 1
    found.nodes[found.count] = node
    found.via[found.count] = -1
    found.anyOf[found.count++] = -1
  }
  return found
}

function firstOf({ nodes, via, depth, anyOf }: Reach, count: number): Reach {
  return {
    nodes: nodes.slice(0, count),
    via: via.slice(0, count),
    depth: depth.slice(0, count),
    anyOf: anyOf.slice(0, count),
  }
}
