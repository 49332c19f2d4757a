// Saved views: a name for a view's address, kept as records of their own (`/savedviews`).
import { queryOptions } from '@tanstack/react-query'
import type { Model, Page, Row } from '../data/contract.ts'
import { readSearch, type Search } from '../data/address.ts'
import { read } from '../data/http.ts'
import { listAddress, recordNamed } from '../data/model.ts'

export interface SavedView extends Row {
  name: string
  record: string
  query: string
  pinned: boolean
  audience: 'me' | 'everyone'
  /** Why it cannot be shown any more: a field that it names has gone. */
  problem: string | null
}

const plural = 'savedviews'

/** The person's views of every kind of record; empty where the server has no such record. */
export function savedViewsQuery(model: Model) {
  const known = model.records.some((record) => record.plural === plural)
  return queryOptions({
    queryKey: ['some', plural, 'mine'],
    queryFn: () => read<Page<SavedView>>(`/${plural}?limit=200&sort=name`),
    enabled: known,
    staleTime: 60_000,
  })
}

export function viewAddress(model: Model, view: SavedView): { to: string; search: Search } | null {
  const record = recordNamed(model, view.record)
  return record === null ? null : { to: listAddress(record), search: { ...readSearch(view.query), view: view.number } }
}
