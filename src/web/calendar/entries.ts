// What a calendar shows: the entries of all layers, and how many there are on days that were not read as a whole.
import { useQueries } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { entryOf, type Entry } from '../when/entry.ts'
import type { Layer } from './layers.ts'
import type { Mode } from './range.ts'
import { layerQuery, type DayCount, type LayerRows } from './read.ts'

/** Of a day that holds more than is read at once. */
const perDay: Record<Mode, number> = { month: 6, week: 25, agenda: 10 }

export function useEntries(layers: readonly Layer[], [begin, end]: readonly [string, string], mode: Mode) {
  const read = useQueries({ queries: layers.map((layer) => layerQuery(layer, [begin, end], perDay[mode])) })
  // How many answers there are changes with the layers; when they came says whether they are others.
  const came = read.map(({ dataUpdatedAt, isPlaceholderData }) => `${dataUpdatedAt}${isPlaceholderData}`).join()
  const latest = useRef(read)
  latest.current = read
  const shown = useMemo(
    () =>
      came === ''
        ? joined([], [])
        : joined(
            layers,
            latest.current.map(({ data }) => data),
          ),
    [layers, came],
  )
  return {
    ...shown,
    isPending: read.some((one) => one.isPending),
    error: read.find((one) => one.error)?.error ?? null,
    again: () => read.forEach((one) => void one.refetch()),
  }
}

function joined(layers: readonly Layer[], answers: readonly (LayerRows | undefined)[]) {
  const entries = layers.flatMap((layer, at) =>
    (answers[at]?.rows ?? []).flatMap(
      (row) => entryOf(layer.record, row, layer.when, { key: `${layer.key}/`, rank: at }) ?? [],
    ),
  )
  const dense = layers.flatMap((layer, at) => {
    const counts = answers[at]?.counts
    return counts ? [{ layer, counts }] : []
  })
  return { entries, dense, counts: summed(dense, entries) }
}

/** What a day holds in all: of dense layers as counted, of the others as read. */
function summed(
  dense: readonly { layer: Layer; counts: Readonly<Record<string, DayCount>> }[],
  entries: readonly Entry[],
): ReadonlyMap<string, DayCount> {
  const sums = new Map<string, DayCount>()
  for (const { counts } of dense)
    for (const [day, { count, atLeast }] of Object.entries(counts)) {
      const before = sums.get(day)
      sums.set(day, { count: (before?.count ?? 0) + count, atLeast: atLeast || before?.atLeast === true })
    }
  const whole = entries.filter(({ key }) => !dense.some(({ layer }) => key.startsWith(`${layer.key}/`)))
  for (const { span } of whole)
    for (const [day, sum] of sums)
      if (span.first <= day && (span.last === null || span.last >= day)) sums.set(day, { ...sum, count: sum.count + 1 })
  return sums
}
