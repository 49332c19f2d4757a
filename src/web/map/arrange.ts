// Where the records of a map stand: a layer for each level, in it beside those they belong to (barycentre sweeps). Arithmetic alone.

interface Placed {
  id: string
  level: number
}
interface Pair {
  from: string
  to: string
}
const sweeps = 12

/** Places by id: `level` counted from the uppermost, `beside` in boxes, each layer in the middle of the widest. */
export function arranged(
  nodes: readonly Placed[],
  pairs: readonly Pair[],
): Map<string, { level: number; beside: number }> {
  const top = Math.min(...nodes.map(({ level }) => level))
  const layers = [...Map.groupBy(nodes, ({ level }) => level)]
    .toSorted(([one], [other]) => one - other)
    .map(([level, own]) => ({ level: level - top, ids: own.map(({ id }) => id) }))
  const neighbours = Map.groupBy(
    pairs.flatMap(({ from, to }) => [
      { id: from, other: to },
      { id: to, other: from },
    ]),
    ({ id }) => id,
  )
  const places = new Map<string, number>()
  const spread = (ids: readonly string[]) => ids.forEach((id, at) => places.set(id, at - (ids.length - 1) / 2))
  for (const { ids } of layers) spread(ids)
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = new Map(
        layer.ids.map((id) => [
          id,
          mean((neighbours.get(id) ?? []).map(({ other }) => places.get(other) ?? 0)) ?? places.get(id) ?? 0,
        ]),
      )
      layer.ids = layer.ids.toSorted((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0))
      spread(layer.ids)
    }
  return new Map(
    layers.flatMap(({ level, ids }) => ids.map((id) => [id, { level, beside: places.get(id) ?? 0 }] as const)),
  )
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
