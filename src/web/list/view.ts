// A view as the address bar says it: filter, words, sort, columns, group. Unknown columns and sorts fall back silently.
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { writeSearch, type Search } from '../data/address.ts'
import { fieldOf } from '../data/model.ts'

export interface View {
  filter: string
  q: string
  sort: string
  columns: FieldInfo[]
  group: FieldInfo | null
  binned: boolean
}

export function viewOf(record: RecordInfo, search: Search): View {
  const named = (search.columns ?? '').split(',').flatMap((name) => fieldOf(record, name) ?? [])
  const grouped = search.group ? fieldOf(record, search.group) : null
  const group = grouped?.sortable === false ? null : grouped
  const first = (search.sort ?? '').split(',')[0]?.replace(/^-/, '') ?? ''
  const sort = search.sort && fieldOf(record, first) ? search.sort : (record.sort ?? '-createdAt')
  return {
    filter: search.filter ?? '',
    q: search.q ?? '',
    sort,
    columns: named.length > 0 ? named : usualColumns(record),
    group,
    binned: search.binned === '1',
  }
}

/** The declared list columns, the reference first. */
export function usualColumns(record: RecordInfo): FieldInfo[] {
  const names = record.list.includes('number') ? record.list : ['number', ...record.list]
  return names.flatMap((name) => fieldOf(record, name) ?? [])
}

/** The list parameters of the API for this view. */
export function queryOf(view: View): Record<string, string> {
  const sort = view.group ? `${view.group.name},${view.sort}` : view.sort
  const query: Record<string, string> = { sort: sort.replaceAll(/\bnumber\b/g, 'id') }
  if (view.filter !== '') query['filter'] = view.filter
  if (view.binned) query['binned'] = 'true'
  if (view.q.trim() !== '') query['q'] = view.q.trim()
  if (view.columns.some((field) => field.kind === 'longText' || field.kind === 'json')) query['fields'] = fieldsOf(view)
  return query
}

function fieldsOf(view: View): string {
  return [...new Set(['number', ...view.columns.map((field) => (field.custom ? 'custom' : field.name))])].join(',')
}

/** `a,-b` → `-a,b`: the same list from its end. */
export function reversed(sort: string): string {
  return sort
    .split(',')
    .map((part) => (part.startsWith('-') ? part.slice(1) : `-${part}`))
    .join(',')
}

/** Whether two addresses show the same view: the name of the view and the tab do not count. */
export function sameView(one: Search, other: Search): boolean {
  const bare = ({ view: _view, display: _display, tab: _tab, ...rest }: Search) =>
    writeSearch(Object.fromEntries(Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b))))
  return bare(one) === bare(other)
}

/** The parameters of a view as text, for an export, a saved view or a copied link. */
export function viewText({ view: _view, display: _display, ...rest }: Search): string {
  return writeSearch(rest).replace(/^\?/, '')
}
