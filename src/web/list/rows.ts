// The rows of a list, read in keyset pages from its beginning and, after End, from its end as well.
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Page, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { useChanged, type Changed } from '../data/live.ts'
import { queryClient } from '../data/queries.ts'
import { useMe } from '../data/model.ts'
import { placingOf, stays } from './placing.ts'
import { useTouched } from './touched.ts'
import { queryOf, reversed, type View } from './view.ts'

const pageRows = 60
const patchAtMost = 10

export interface Rows {
  /** From the beginning, as far as read. */
  head: Row[]
  /** From the end, in list order; empty until End was pressed. */
  tail: Row[]
  /** Null while it is not known. */
  total: { count: number; atLeast: boolean } | null
  /** Where nothing has the words: like words that something has. */
  meant: string | null
  /** More rows exist between head and tail. */
  hasGap: boolean
  isLoading: boolean
  error: Error | null
  more: () => void
  moreTail: () => void
  toEnd: () => void
  /** Rows that somebody else changed just now, by id, with their name. */
  touched: ReadonlyMap<number, string>
  /** The list no longer shows what the server has: rows came, went or moved. */
  stale: boolean
  again: () => void
}

export function useRows(record: RecordInfo, view: View): Rows {
  const query = queryOf(view)
  const { plural } = record
  const [ended, setEnded] = useState('')
  const signature = JSON.stringify(query)
  const headKey = useMemo(() => ['rows', plural, signature], [plural, signature])
  const head = useInfiniteQuery(pages(plural, headKey, { ...query, total: 'true', meant: 'true' }))
  const tail = useInfiniteQuery({
    ...pages(plural, [...headKey, 'end'], { ...query, sort: reversed(query['sort'] ?? '') }),
    enabled: ended === signature,
  })
  const live = usePatched(record, view)
  const rows = useMemo(
    () => joined(head.data, ended === signature ? tail.data : undefined),
    [head.data, tail.data, ended, signature],
  )
  return {
    ...rows,
    hasGap: rows.meets ? false : head.hasNextPage,
    isLoading: head.isPending,
    error: head.error,
    more: () => {
      if (head.hasNextPage && !head.isFetchingNextPage && !rows.meets) void head.fetchNextPage()
    },
    moreTail: () => {
      if (tail.hasNextPage && !tail.isFetchingNextPage && !rows.meets) void tail.fetchNextPage()
    },
    toEnd: () => setEnded(signature),
    touched: live.touched,
    stale: live.stale,
    again: live.again,
  }
}

function pages(plural: string, queryKey: string[], query: Record<string, string>) {
  return {
    queryKey,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) => {
      const { total, meant, ...rest } = query
      const first: Record<string, string> = pageParam === '' && total && meant ? { total, meant } : {}
      const after: Record<string, string> = pageParam === '' ? {} : { after: pageParam }
      return read<Page<Row>>(
        `/${plural}?${new URLSearchParams({ ...rest, limit: String(pageRows), ...first, ...after }).toString()}`,
        signal,
      )
    },
    getNextPageParam: (page: Page<Row>) => page.next,
  }
}

/** Where the two ends meet, the rows that both have are shown once. */
function joined(head: InfiniteData<Page<Row>> | undefined, tail: InfiniteData<Page<Row>> | undefined) {
  const first = head?.pages.flatMap((page) => page.items) ?? []
  const last = (tail?.pages.flatMap((page) => page.items) ?? []).toReversed()
  const seen = new Set(first.map((row) => row.id))
  const rest = last.filter((row) => !seen.has(row.id))
  return {
    head: first,
    tail: rest,
    total: head?.pages[0]?.total ?? null,
    meant: head?.pages[0]?.meant ?? null,
    meets: rest.length < last.length,
  }
}

/** Rows that changed elsewhere are repainted where they stand; what would move rows under the pointer waits for a click. */
function usePatched(record: RecordInfo, view: View) {
  const [stale, setStale] = useState(false)
  const { touched, touch, forget } = useTouched()
  const me = useMe().person?.id
  const placing = placingOf(view).join(' ')
  const listener = useCallback(
    (changed: Changed) => {
      const ids = new Set(changed.filter(([name]) => name === record.name).map(([, id]) => id))
      if (ids.size === 0) return
      void patch(record, ids, placing.split(' ')).then(({ all, fresh }) => {
        if (!all) setStale(true)
        touch(fresh.filter(({ updatedBy }) => updatedBy && updatedBy.id !== me))
      })
    },
    [record, placing, me, touch],
  )
  useChanged(listener)
  const again = useCallback(() => {
    setStale(false)
    forget()
    void queryClient.resetQueries({ queryKey: ['rows', record.plural] })
  }, [record.plural, forget])
  return { stale, touched, again }
}

/** `all` is false when the list shows something else than the server now: a row is unknown here, or would stand elsewhere. */
async function patch(
  record: RecordInfo,
  ids: Set<number>,
  placing: readonly string[],
): Promise<{ all: boolean; fresh: readonly Row[] }> {
  const { plural } = record
  const loaded = queryClient.getQueriesData<InfiniteData<Page<Row>>>({ queryKey: ['rows', plural], type: 'active' })
  const here = new Map(
    loaded.flatMap(([, data]) => data?.pages.flatMap((page) => page.items.map((row) => [row.id, row] as const)) ?? []),
  )
  const known = [...ids].filter((id) => here.has(id)).slice(0, patchAtMost)
  const readRow = (id: number) => read<Row>(`/${plural}/${id}`).catch(() => null)
  const fresh = (await Promise.all(known.map(readRow))).filter((row) => row !== null)
  const byId = new Map(fresh.map((row) => [row.id, row] as const))
  queryClient.setQueriesData<InfiniteData<Page<Row>>>({ queryKey: ['rows', plural] }, (data) =>
    data && 'pages' in data
      ? {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: page.items.map((row) => byId.get(row.id) ?? row) })),
        }
      : data,
  )
  const areStill = fresh.every((row) => stays(record, placing, here.get(row.id), row))
  return { all: areStill && byId.size === ids.size, fresh }
}
