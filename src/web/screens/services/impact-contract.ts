// What the server answers about whom a failure reaches.
import { queryOptions } from '@tanstack/react-query'
import type { Ref } from '../../data/contract.ts'
import { read } from '../../data/http.ts'

export interface Affected {
  service: Ref
  kind: string
  criticality: string
  status: string
  depth: number
  via: Ref | null
  because: string
}
export interface Impact {
  sources: Ref[]
  affected: Affected[]
  total: number
  people: { reported: number }
}

/** `plural` is services or another kind of record that names services, such as incidents. */
export function impactQuery(plural: string, number: string) {
  return queryOptions({
    queryKey: ['screen', 'impact', plural, number],
    queryFn: ({ signal }) => read<Impact>(`/${plural}/${number}/impact`, signal),
  })
}
