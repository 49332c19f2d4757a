// What hangs on a record (comments, tasks, links, files, watchers): its query key and its address.
import type { RecordInfo, Row } from '../data/contract.ts'

/** All keys begin with `on`, so that one live event can refresh whatever is open. */
export function onQuery(record: RecordInfo, row: Row, plural: string, query: Record<string, string> = {}) {
  const text = new URLSearchParams({ filter: `on:${row.number}`, limit: '100', ...query }).toString()
  return { key: ['on', record.plural, row.id, plural, text], path: `/${plural}?${text}` }
}
