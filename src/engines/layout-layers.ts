/** Which layer a node of the map stands in: its kind's rank where given, else one below the lowest that depends on it. */

/** Nodes by layer, top first, in the order given; empty layers are left out. Lines that close a circle are not followed. */
export function layersOf(given: readonly (number | null)[], pairs: readonly (readonly [number, number])[]): number[][] {
  const below = given.map((): number[] => [])
  for (const [from, to] of pairs) below[from]?.push(to)
  const layers = given.map((layer) => layer ?? 0)
  for (const { node, next } of topDown(below)) {
    for (const target of next) {
      if (given[target] === null) layers[target] = Math.max(layers[target] ?? 0, (layers[node] ?? 0) + 1)
    }
  }
  const ranks = [...new Set(layers)].toSorted((a, b) => a - b)
  return ranks.map((rank) => [...layers.keys()].filter((node) => layers[node] === rank))
}

/** Every node before those below it, with the lines that do not close a circle. */
function topDown(below: readonly number[][]): { node: number; next: number[] }[] {
  const state = below.map((): 'new' | 'open' | 'done' => 'new')
  const finished: { node: number; next: number[] }[] = []
  for (const root of below.keys()) {
    if (state[root] !== 'new') continue
    const path = [{ node: root, at: 0, next: [] as number[] }]
    state[root] = 'open'
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = below[top.node]?.[top.at++]
      if (target === undefined) {
        state[top.node] = 'done'
        finished.push({ node: top.node, next: top.next })
        path.pop()
        continue
      }
      if (state[target] !== 'open') top.next.push(target)
      if (state[target] !== 'new') continue
      state[target] = 'open'
      path.push({ node: target, at: 0, next: [] })
    }
  }
  return finished.toReversed()
}
