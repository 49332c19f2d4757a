// Reads what a calendar shows: one request for each layer; where a range holds more than that, one for each of its days, never all rows.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Page, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { daysBetween, plusDays } from '../when/days.ts'
import { entryFields } from '../when/entry.ts'
import { rangeFilter } from '../when/when.ts'
import type { Layer } from './layers.ts'

/** Rows of a range that are read as one; what holds more is dense. */
const rangeRows = 300

export interface DayCount {
  count: number
  /** Counting stopped there. */
  atLeast: boolean
}
export interface LayerRows {
  rows: readonly Row[]
  /** By day, where not everything was read: how many there are. Null where `rows` are all. */
  counts: Readonly<Record<string, DayCount>> | null
}

/** @param perDay how many rows of a day are read where the range is dense */
export function layerQuery(layer: Layer, [first, last]: readonly [string, string], perDay: number) {
  const { record, q } = layer
  const query = { ...paramsOf(layer, first, last), limit: String(rangeRows) }
  return queryOptions({
    queryKey: ['some', record.plural, 'calendar', JSON.stringify([query, perDay, q])],
    queryFn: async ({ signal }): Promise<LayerRows> => {
      const page = await read<Page<Row>>(`/${record.plural}?${new URLSearchParams(query).toString()}`, signal)
      return page.next === null ? { rows: page.items, counts: null } : byDay(layer, [first, last], perDay, signal)
    },
    placeholderData: keepPreviousData,
  })
}

function paramsOf({ record, when, filter, q }: Layer, first: string, last: string): Record<string, string> {
  return {
    filter: `${filter} ${rangeFilter(record, when, first, last)}`.trim(),
    sort: when.from.name,
    fields: entryFields(record, when),
    ...(q.trim() === '' ? {} : { q: q.trim() }),
  }
}

async function byDay(
  layer: Layer,
  [first, last]: readonly [string, string],
  perDay: number,
  signal: AbortSignal,
): Promise<LayerRows> {
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => plusDays(first, at))
  const pages = await Promise.all(
    days.map((day) => {
      const query = { ...paramsOf(layer, day, day), limit: String(perDay), total: 'true' }
      return read<Page<Row>>(`/${layer.record.plural}?${new URLSearchParams(query).toString()}`, signal)
    }),
  )
  const rows = new Map(pages.flatMap((page) => page.items.map((row) => [row.id, row] as const)))
  const counts = Object.fromEntries(
    days.map((day, at) => [day, pages[at]?.total ?? { count: pages[at]?.items.length ?? 0, atLeast: false }]),
  )
  return { rows: [...rows.values()], counts }
}

/** The filter that lists exactly what a layer has on one day. */
export function dayFilter({ record, when, filter }: Layer, day: string): string {
  return `${filter} ${rangeFilter(record, when, day, day)}`.trim()
}
