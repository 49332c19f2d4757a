// The groups of a list with their counts: each leads to the list of exactly its records.
import { numberText } from '../fields/format.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RecordInfo } from '../data/contract.ts'
import { sentenceOf } from '../data/problem.ts'
import { fieldOf } from '../data/model.ts'
import type { Search } from '../data/address.ts'
import { messages } from '../messages/messages.ts'
import { groupsQuery } from './groups.ts'

export function GroupStrip({ record, search }: { record: RecordInfo; search: Search }) {
  const label = groupLabel(record, search.group ?? '')
  const groups = useQuery(groupsQuery(record, search))
  return (
    <nav className="group-strip" aria-label={messages.list.groups(label)}>
      <span className="quiet">{label}</span>
      {groups.error && <span className="error-text">{sentenceOf(groups.error)}</span>}
      {groups.data?.items.map((group) => (
        <Link
          key={group.filter}
          to="."
          search={(before: Search) => ({ ...before, group: undefined, view: undefined, filter: group.filter })}
          className="chip"
          activeProps={{ 'aria-current': undefined }}
        >
          {group.labels[0]} <b className="number">{numberText(group.count)}</b>
        </Link>
      ))}
    </nav>
  )
}

/** `openedAt:month` → "Opened by month". */
function groupLabel(record: RecordInfo, by: string): string {
  const [name = '', period] = by.split(':')
  const label = fieldOf(record, name)?.label ?? name
  return period === 'month' ? messages.list.byMonth(label) : label
}
