// What the inbox reads, refreshed when the live changes name it.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { MyNotices } from '#kit/notices/choice-routes.ts'
import type { InboxItem } from '#kit/notices/inbox.ts'
import { useChanged, type Changed } from '../data/live.ts'
import { read } from '../data/http.ts'
import { queryClient } from '../data/queries.ts'

export type { InboxItem, MyNotices }
interface Page {
  items: InboxItem[]
  next: string | null
}

export const countQuery = queryOptions({
  queryKey: ['inbox', 'count'],
  queryFn: ({ signal }) => read<{ unread: number }>('/inbox/count', signal),
})
export const newestQuery = queryOptions({
  queryKey: ['inbox', 'newest'],
  queryFn: ({ signal }) => read<Page>('/inbox', signal),
})
export function inboxQuery(show: string, event: string | null) {
  const why = event === null ? '' : `&event=${event}`
  return infiniteQueryOptions({
    queryKey: ['inbox', 'pages', show, event],
    queryFn: ({ signal, pageParam }) =>
      read<Page>(
        `/inbox?show=${show}${why}${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}
export const myNoticesQuery = queryOptions({
  queryKey: ['my-notices'],
  queryFn: ({ signal }) => read<MyNotices>('/me/notices', signal),
})

export function refreshInbox(): void {
  void queryClient.invalidateQueries({ queryKey: ['inbox'] })
}
/** As long as it is on the screen, what is new is read. */
export function useLiveInbox(): void {
  useChanged(useCallback((changed: Changed) => void (changed.some(([name]) => name === 'inbox') && refreshInbox()), []))
}
