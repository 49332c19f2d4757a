// A view as the address bar says it: filter, words, sort, columns, group. Unknown columns and sorts fall back silently.
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { writeSearch, type Search } from '../data/address.ts'
import { fieldOf } from '../data/model.ts'
import { columnsIn, type Column } from './column-text.ts'

export interface View {
  filter: string
  q: string
  sort: string
  columns: FieldInfo[]
  /** The same columns by name, with the widths that were given to them. */
  shown: readonly Column[]
  group: FieldInfo | null
  binned: boolean
}

export function viewOf(record: RecordInfo, search: Search): View {
  const { columns, shown } = columnsOf(record, search.columns ?? '')
  const grouped = search.group ? fieldOf(record, search.group) : null
  const group = grouped?.sortable === false ? null : grouped
  const first = (search.sort ?? '').split(',')[0]?.replace(/^-/, '') ?? ''
  const sort = search.sort && fieldOf(record, first) ? search.sort : (record.sort ?? '-createdAt')
  return {
    filter: search.filter ?? '',
    q: search.q ?? '',
    sort,
    columns,
    shown,
    group,
    binned: search.binned === '1',
  }
}

function columnsOf(record: RecordInfo, text: string): Pick<View, 'columns' | 'shown'> {
  const named = columnsIn(text).flatMap((column) => {
    const field = fieldOf(record, column.name)
    return field === null ? [] : [{ field, column: { ...column, name: field.name } }]
  })
  const once = named.filter(({ field }, at) => named.findIndex((one) => one.field.name === field.name) === at)
  const columns = once.length > 0 ? once.map(({ field }) => field) : usualColumns(record)
  const shown = once.length > 0 ? once.map(({ column }) => column) : columns.map(({ name }) => ({ name, width: null }))
  return { columns, shown }
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
  const shown = [...view.columns, ...(view.group ? [view.group] : [])]
  return [...new Set(['number', ...shown.map((field) => (field.custom ? 'custom' : field.name))])].join(',')
}

/** `a,-b` → `-a,b`: the same list from its end. */
export function reversed(sort: string): string {
  return sort
    .split(',')
    .map((part) => (part.startsWith('-') ? part.slice(1) : `-${part}`))
    .join(',')
}

/** What says how a view is shown, in other ways than a list. */
const shownBy = new Set(['display', 'date', 'mode', 'done', 'layers', 'zoom', 'folded', 'start', 'hops'])

/**
 * Whether the address shows the stored view: its name, the tab and which days are on the screen do not count, nor how it
 * is shown where the view does not say.
 */
export function sameView(one: Search, stored: Search): boolean {
  const counts = (name: string) =>
    !['view', 'tab', 'at'].includes(name) && (stored.display !== undefined || !shownBy.has(name))
  const bare = (search: Search) =>
    writeSearch(
      Object.fromEntries(
        Object.entries(search)
          .filter(([name]) => counts(name))
          .toSorted(([a], [b]) => a.localeCompare(b)),
      ),
    )
  return bare(one) === bare(stored)
}

/** The parameters of a view as text, for a saved view: how it is shown belongs to it, on which day somebody looks does not. */
export function viewText({ view: _view, tab: _tab, at: _at, ...rest }: Search): string {
  return writeSearch(rest).replace(/^\?/, '')
}
