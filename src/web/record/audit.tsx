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
import { FactsTable } from '../ui/facts-table.tsx'

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
      <FactsTable
        label={messages.record.audit}
        items={entries}
        keyOf={(entry) => entry.id}
        columns={[
          { label: words.when, isNumber: true, cell: (entry) => <When entry={entry} /> },
          { label: words.who, cell: (entry) => entry.actor?.title ?? messages.timeline.system },
          { label: words.what, cell: (entry) => deedOf(record, entry.action) },
          { label: words.changes, cell: (entry) => <Changes entry={entry} record={record} /> },
          { label: words.origin, cell: (entry) => messages.origins[entry.origin] ?? entry.origin },
          { label: words.undo, isDeed: true, cell: ({ request }) => request && <Undo record={record} request={request} /> }, // oxfmt-ignore
        ]}
      />
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

function When({ entry }: { entry: HistoryEntry }) {
  return (
    <>
      <time dateTime={entry.at} title={instantFull(entry.at)}>
        {instantText(entry.at)}
      </time>
      {entry.recordedAt && entry.recordedAt !== entry.at && (
        <div className="quiet small">
          {words.recorded} <time dateTime={entry.recordedAt}>{instantText(entry.recordedAt)}</time>
        </div>
      )}
    </>
  )
}

function Changes({ entry, record }: { entry: HistoryEntry; record: RecordInfo }) {
  return (
    <div>
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
    </div>
  )
}

function Undo({ record, request }: { record: RecordInfo; request: string }) {
  return (
    <Button size="compact-xs" variant="subtle" onClick={() => void undo(record.plural, request)}>
      {words.undo}
    </Button>
  )
}
