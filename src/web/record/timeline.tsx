// What happened to a record, newest first: comments, changes, files, tasks and links in one stream.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Change, Page, RecordInfo, Row, TimelineItem } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { TimelineEntry } from './timeline-entry.tsx'

const words = messages.timeline
const kinds = { all: () => words.everything, comment: () => words.onlyComments, change: () => words.onlyChanges }
type Shown = keyof typeof kinds

export function Timeline({ record, row }: { record: RecordInfo; row: Row }) {
  const [shown, setShown] = useState<Shown>('all')
  const timeline = useInfiniteQuery({
    queryKey: ['on', record.plural, row.id, 'timeline'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read<Page<TimelineItem>>(
        `/${record.plural}/${row.id}/timeline?limit=30${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    getNextPageParam: (page) => page.next,
  })
  if (timeline.error) return <Fault error={timeline.error} again={() => void timeline.refetch()} />
  const items = (timeline.data?.pages.flatMap((page) => page.items.map(flat)) ?? []).filter(
    (item) => (shown === 'all' || item.kind === shown) && !isToldBeside(item),
  )
  return (
    <section aria-label={messages.record.activity}>
      <div className="row segment" role="group" aria-label={words.filter}>
        {Object.entries(kinds).map(([kind, label]) => (
          <button
            key={kind}
            type="button"
            className="link-button small"
            aria-pressed={shown === kind}
            onClick={() => setShown(kind as Shown)}
          >
            {label()}
          </button>
        ))}
      </div>
      {!timeline.isPending && items.length === 0 && <p className="quiet">{words.empty}</p>}
      <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
        <ol className="plain timeline">
          {items.map((item, at) => (
            <TimelineEntry key={`${item.kind}-${String(item.id ?? `${item.at}-${at}`)}`} record={record} item={item} />
          ))}
        </ol>
      </Suspense>
      {timeline.hasNextPage && (
        <Button loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {words.older}
        </Button>
      )}
    </section>
  )
}

/** The total of the worked time changes with each entry of time, which stands in the stream itself. */
function isToldBeside(item: TimelineItem): boolean {
  const changes = Array.isArray(item['changes']) ? (item['changes'] as Change[]) : []
  return item.kind === 'change' && changes.length === 1 && changes[0]?.field === 'workedMinutes'
}

/** The server nests what happened under `row` or `change`; the entries read one flat item. */
function flat(item: TimelineItem): TimelineItem {
  const nested = (item['row'] ?? item['change'] ?? {}) as Record<string, unknown>
  return { ...nested, ...item }
}
