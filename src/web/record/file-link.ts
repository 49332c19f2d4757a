// The address of an attached file's content, which needs no cookie and is good for an hour.
import { queryOptions } from '@tanstack/react-query'
import { read } from '../data/http.ts'

const freshMs = 50 * 60_000

export function linkQuery(id: number) {
  return queryOptions({
    queryKey: ['file-link', id],
    queryFn: () => read<{ url: string }>(`/attachments/${id}/link`),
    staleTime: freshMs,
  })
}
