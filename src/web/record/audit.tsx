// The audit tab: every journal entry of a record with who, when, from where, what and why; each write can be undone.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { HistoryEntry, Page, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { undo } from '../data/writes.ts'
import { instantFull, instantText } from '../fields/format.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { ChangeLine, FirstValues } from './changes.tsx'
import { deedOf } from './deed.ts'
import { Scroll } from '../ui/scroll.tsx'

const ReadersOf = lazy(() =>
  withWords('access', import('../access/readers.tsx')).then(({ ReadersOf: component }) => ({ default: component })),
)
const words = messages.audit

export function Audit({ record, row }: { record: RecordInfo; row: Row }) {
  const history = useInfiniteQuery({
    queryKey: ['on', record.plural, row.id, 'history'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      read<Page<HistoryEntry>>(
        `/${record.plural}/${row.id}/history?limit=50${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
      ),
    getNextPageParam: (page) => page.next,
  })
  if (history.error) return <Fault error={history.error} again={() => void history.refetch()} />
  const entries = history.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="stack">
      <Scroll label={messages.record.audit}>
        <table className="facts">
          <thead>
            <tr>
              <th>{words.when}</th>
              <th>{words.who}</th>
              <th>{words.what}</th>
              <th>{words.changes}</th>
              <th>{words.origin}</th>
              <th>
                <span className="hidden-text">{words.undo}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} record={record} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <Suspense fallback={null}>
        <ReadersOf record={record} row={row} />
      </Suspense>
      {history.hasNextPage && (
        <div>
          <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {words.older}
          </Button>
        </div>
      )}
    </div>
  )
}

function Entry({ entry, record }: { entry: HistoryEntry; record: RecordInfo }) {
  const { request } = entry
  return (
    <tr>
      <td className="number">
        <time dateTime={entry.at} title={instantFull(entry.at)}>
          {instantText(entry.at)}
        </time>
        {entry.recordedAt && entry.recordedAt !== entry.at && (
          <div className="quiet small">
            {words.recorded} {instantText(entry.recordedAt)}
          </div>
        )}
      </td>
      <td>{entry.actor?.title ?? messages.timeline.system}</td>
      <td>{deedOf(record, entry.action)}</td>
      <td>
        {entry.action === 'create' ? (
          <FirstValues record={record} changes={entry.changes} />
        ) : (
          <ul className="plain">
            {entry.changes.map((change) => (
              <li key={change.field}>
                <ChangeLine record={record} change={change} />
              </li>
            ))}
          </ul>
        )}
        {entry.isErased && <p className="quiet">{messages.timeline.erased}</p>}
        {entry.reason && (
          <p className="quiet">
            {messages.timeline.why}: {entry.reason}
          </p>
        )}
      </td>
      <td>{messages.origins[entry.origin] ?? entry.origin}</td>
      <td>
        {request && (
          <Button size="compact-xs" variant="subtle" onClick={() => void undo(record.plural, request)}>
            {words.undo}
          </Button>
        )}
      </td>
    </tr>
  )
}
