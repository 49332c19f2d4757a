// What happened to a record, newest first: comments, changes, files, tasks and links in one stream.
import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Suspense, useDeferredValue, useState } from 'react'
import type { Change, FullRow, Model, Page, RecordInfo, TimelineItem } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { recordNamed, useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { TimelineEntry } from './timeline-entry.tsx'

const words = messages.timeline
/** What the stream can be narrowed to, by what the server calls it. */
const kinds = {
  '': () => words.everything,
  comment: () => words.onlyComments,
  change: () => words.onlyChanges,
  move: () => words.onlyMoves,
  attachment: () => words.onlyFiles,
  task: () => words.onlyTasks,
  link: () => words.onlyLinks,
  time: () => words.onlyTime,
  mail: () => words.onlyMails,
}
type Shown = keyof typeof kinds

/** What this kind of record can have, and the server keeps. */
function offered(record: RecordInfo, row: FullRow, model: Model): Shown[] {
  const knows = (name: string) => recordNamed(model, name) !== null
  return (Object.keys(kinds) as Shown[]).filter(
    (kind) =>
      (kind !== 'move' || record.workflow !== null) &&
      (kind !== 'task' || knows('task')) &&
      (kind !== 'link' || knows('link')) &&
      // Whoever does not work on it sees at most the mails to themselves, among everything else.
      (kind !== 'mail' || (row.can?.update ?? record.can.update)) &&
      (kind !== 'time' || (knows('timeEntry') && record.fields.some((field) => field.name === 'workedMinutes'))),
  )
}

export function Timeline({ record, row }: { record: RecordInfo; row: FullRow }) {
  const [shown, setShown] = useState<Shown>('')
  const model = useModel()
  const timeline = useInfiniteQuery({
    queryKey: ['on', record.plural, row.id, 'timeline', shown],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read<Page<TimelineItem>>(
        `/${record.plural}/${row.id}/timeline?limit=30&kinds=${shown}${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    getNextPageParam: (page) => page.next,
  })
  if (timeline.error) return <Fault error={timeline.error} again={() => void timeline.refetch()} />
  // What comes in while somebody reads waits for what it needs, beside what is there.
  const shownPages = useDeferredValue(timeline.data)
  const items = (shownPages?.pages.flatMap((page) => page.items.map(flat)) ?? []).filter((item) => !isToldBeside(item))
  return (
    <section aria-label={messages.record.activity}>
      <div className="row segment" role="group" aria-label={words.filter}>
        {offered(record, row, model).map((kind) => (
          <button
            key={kind}
            type="button"
            className="link-button small"
            aria-pressed={shown === kind}
            onClick={() => setShown(kind)}
          >
            {kinds[kind]()}
          </button>
        ))}
      </div>
      {shownPages !== undefined && items.length === 0 && (
        <p className="quiet">{shown === '' ? words.empty : words.nothingOfIt}</p>
      )}
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

/** The server nests what happened under `row`, `change` or `mail`; the entries read one flat item. */
function flat(item: TimelineItem): TimelineItem {
  const nested = (item['row'] ?? item['change'] ?? item['mail'] ?? {}) as Record<string, unknown>
  return { ...nested, ...item }
}
