// In which ways a list can be shown: those for which its records have the fields. Which one it is stands in the address.
import type { Search } from '../data/address.ts'
import type { FieldInfo, RecordInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import type { IconName } from '../ui/icon.tsx'
import { hasTree, showsTree } from './tree.ts'

export type Display = 'table' | 'tree' | 'board' | 'calendar' | 'timeline' | 'map'

export const displayIcons: Record<Display, IconName> = {
  table: 'table',
  tree: 'tree',
  board: 'board',
  calendar: 'calendar',
  timeline: 'timeline',
  map: 'map',
}

export function displayLabel(display: Display): string {
  return display === 'table' ? messages.list.table : display === 'tree' ? messages.tree.show : messages.list[display]
}

/** In the order in which they are offered; a plain list is always possible. */
export function displaysOf(record: RecordInfo): Display[] {
  const dated = record.fields.some(isDate)
  const related = record.fields.some((field) => field.kind === 'ref' || field.kind === 'refs' || field.kind === 'any')
  const all: [Display, boolean][] = [
    ['table', true],
    ['tree', hasTree(record)],
    ['board', record.workflow !== null || record.fields.some(isColumn)],
    ['calendar', dated],
    ['timeline', dated],
    ['map', related],
  ]
  return all.flatMap(([display, possible]) => (possible ? [display] : []))
}

/** What stands in the address where it is possible; else the tree of a whole list, or the list. */
export function displayOf(record: RecordInfo, search: Search): Display {
  const asked = displaysOf(record).find((display) => display === search.display)
  if (asked && asked !== 'tree') return asked
  return showsTree(record, search) ? 'tree' : 'table'
}

/** What a tree shows is the whole list; every other way keeps filter, words, order and groups. */
export function displayChange(record: RecordInfo, display: Display): Partial<Search> {
  if (display !== 'tree') return { display: display === 'table' && !hasTree(record) ? undefined : display }
  const whole = { filter: undefined, q: undefined, group: undefined, sort: undefined, view: undefined }
  return { ...whole, display: undefined }
}

function isDate(field: FieldInfo): boolean {
  return (field.kind === 'day' || field.kind === 'instant') && field.filterable !== false && field.sortable !== false
}

/** A field whose values can be the columns of a board. */
export function isColumn(field: FieldInfo): boolean {
  return ['states', 'choice', 'ref', 'person', 'boolean'].includes(field.kind) && field.filterable !== false
}
