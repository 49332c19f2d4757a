// What the screens read, as query options: one key shape per thing, so that a live event knows what to refresh.
import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import type { FullRow, Me, Page, Row, Searched, ToldModel } from './contract.ts'
import { read } from './http.ts'
import { modelOf } from './declared.ts'
import { Problem } from './problem.ts'
import { isShownTo, isSomebodyElse } from './shown-to.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Asked also without a network: what was read before is on this device.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (times, error) => times < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
})

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await read<Me>('/me')
    isShownTo(me)
    // The page stays whose it was until it is loaded anew: what is typed in it is theirs.
    return (isSomebodyElse() ? queryClient.getQueryData<Me>(['me']) : undefined) ?? me
  },
  staleTime: Infinity,
})
export const modelQuery = queryOptions({
  queryKey: ['model'],
  queryFn: async () => modelOf(await read<ToldModel>('/records')),
  staleTime: Infinity,
})

/** One record with its moves and clocks; `ref` is an id or a number such as INC-1042. */
export function rowQuery(plural: string, ref: string | number) {
  return queryOptions({
    queryKey: ['row', plural, String(ref)],
    queryFn: ({ signal }) => read<FullRow>(`/${plural}/${encodeURIComponent(ref)}`, signal),
  })
}

export function searchQuery(words: string) {
  return queryOptions({
    queryKey: ['search', words],
    queryFn: ({ signal }) => read<Searched>(`/search?q=${encodeURIComponent(words)}`, signal),
    enabled: words.trim().length > 0,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  })
}

/** A short list for choosing from or for a panel; `query` holds the list parameters. */
export function someQuery(plural: string, query: Record<string, string>) {
  const text = new URLSearchParams(query).toString()
  return queryOptions({
    queryKey: ['some', plural, text],
    queryFn: ({ signal }) => read<Page<Row>>(`/${plural}?${text}`, signal),
    placeholderData: keepPreviousData,
  })
}
