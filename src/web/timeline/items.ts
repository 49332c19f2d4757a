// The rows of a timeline: records in the order of their list, with a line above each group.
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { plainText } from '../fields/plain.ts'
import { entryOf, type Entry } from '../when/entry.ts'
import type { When } from '../when/when.ts'
import { barOf, type Bar } from './layout.ts'
import type { Scale } from './scale.ts'

/** In pixels; lines of dependencies are reckoned with it. */
export const rowHeight = 36

export type Item = { group: string } | { row: Row; entry: Entry | null; bar: Bar | null }

interface Ground {
  record: RecordInfo
  when: When
  scale: Scale
  group: FieldInfo | null
  none: string
}

export function itemsOf(rows: readonly Row[], { record, when, scale, group, none }: Ground): Item[] {
  let last: string | null = null
  return rows.flatMap((row): Item[] => {
    const entry = entryOf(record, row, when)
    const item = { row, entry, bar: entry && barOf(entry.span, when.to !== null, scale) }
    const name = group ? plainText(group, valueOf(row, group)) || none : null
    if (name === null || name === last) return [item]
    last = name
    return [{ group: name }, item]
  })
}

/** The next row in a direction that has a bar; the same where there is none. */
export function nextBar(items: readonly Item[], from: number, by: 1 | -1): number {
  for (let at = from + by; at >= 0 && at < items.length; at += by) {
    const item = items[at]
    if (item && 'row' in item && item.bar) return at
  }
  return from
}
