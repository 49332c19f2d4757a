// Which lists are shown as a tree: those whose records stand under one another and show it in a column.
import type { RecordInfo } from '../data/contract.ts'
import type { Search } from '../data/address.ts'

/** A record that refers to its own kind by `parent`, such as a unit or a location. */
export function hasTree(record: RecordInfo): boolean {
  const parent = record.fields.find((field) => field.name === 'parent')
  return parent?.to === record.name && record.list.includes('parent')
}

/** The whole list as nobody has narrowed, sorted or grouped it; what was asked for in particular is a flat list. */
export function showsTree(record: RecordInfo, search: Search): boolean {
  const { display, filter, q, group, binned, sort } = search
  return hasTree(record) && display !== 'table' && !filter && !q && !group && !binned && !sort
}
