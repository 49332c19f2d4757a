// The groups of a list with their counts, read once for the strip above it and for the headings in it.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Search } from '../data/address.ts'
import type { RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { valueOf } from '../data/model.ts'
import { isRef } from '../fields/format.ts'
import type { View } from './view.ts'

export interface Group {
  /** Null is "empty"; references carry their id. */
  keys: (string | number | boolean | null)[]
  labels: string[]
  count: number
  filter: string
}

/** How many each group has, as `groupOf` names it. */
export type GroupCounts = ReadonlyMap<string, number>

export function groupsQuery(record: RecordInfo, { group: by = '', filter = '', q = '', binned }: Search) {
  const query = { by, filter, q, ...(binned === '1' ? { binned: 'true' } : {}) }
  return queryOptions({
    // Not under 'rows': those are pages and are patched row by row. A live change asks for the counts again.
    queryKey: ['some', record.plural, 'groups', query],
    queryFn: ({ signal }) =>
      read<{ items: Group[] }>(`/${record.plural}/groups?${new URLSearchParams(query).toString()}`, signal),
    placeholderData: keepPreviousData,
  })
}

/** How many each group has, by the key of its rows; nothing while that is not known. */
export function useGroupCounts(record: RecordInfo, search: Search, group: View['group']): GroupCounts {
  const { data } = useQuery({ ...groupsQuery(record, search), enabled: group !== null && Boolean(search.group) })
  return useMemo(() => new Map(data?.items.map(({ keys, count }) => [String(keys[0] ?? ''), count])), [data])
}

/** Which group a row belongs to, as `useGroupCounts` names it. */
export function groupOf(row: Row, group: NonNullable<View['group']>): string {
  const value = valueOf(row, group)
  return String((isRef(value) ? value.id : value) ?? '')
}
