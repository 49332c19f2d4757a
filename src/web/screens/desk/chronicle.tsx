// The chronicle of a major incident: what was told, what moved, what came in, with the minutes since it was declared; and the place to write news.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Model } from '../../data/contract.ts'
import { read } from '../../data/http.ts'
import { addressOf, useModel } from '../../data/model.ts'
import { durationText, instantFull, instantText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { Fault } from '../../ui/fault.tsx'
import type { PanelProps } from '../panels.ts'
import { isRunning, type Chronicle, type ChronicleItem } from './contract.ts'
import { NewsComposer } from './news-composer.tsx'
import './desk.css'

const words = messages.desk

export function Panel({ record, row }: PanelProps) {
  const model = useModel()
  const chronicle = useQuery({
    queryKey: ['on', record.plural, row.id, 'chronicle'],
    queryFn: ({ signal }) => read<Chronicle>(`/majorincidents/${row.id}/chronicle`, signal),
  })
  if (chronicle.error) return <Fault error={chronicle.error} again={() => void chronicle.refetch()} />
  const items = (chronicle.data?.items ?? []).toReversed()
  return (
    <div className="stack" style={{ gap: 'var(--space-4)' }}>
      {isRunning(row) && row.can?.update && <NewsComposer record={record} row={row} />}
      {chronicle.data && items.length === 0 && <p className="quiet">{words.chronicleEmpty}</p>}
      <ol className="plain chronicle" aria-label={words.chronicle}>
        {items.map((item) => (
          <Item key={`${item.kind}-${item.about.id}-${item.at}-${item.text}`} item={item} model={model} />
        ))}
      </ol>
    </div>
  )
}

const manyMinutes = 2 * 1440

function minutesText(minutes: number): string {
  const size = Math.abs(minutes)
  const sign = minutes > 0 ? '+' : minutes < 0 ? '−' : ''
  return sign + (size >= manyMinutes ? messages.desk.days(Math.round(size / 1440)) : durationText(size))
}

function Item({ item, model }: { item: ChronicleItem; model: Model }) {
  const record = model.records.find((one) => item.about.number.startsWith(`${one.prefix}-`))
  const hasPage = item.kind !== 'news' && record !== undefined
  return (
    <li data-kind={item.kind}>
      <time className="chronicle-at number" dateTime={item.at} title={instantFull(item.at)}>
        {minutesText(item.minutes)}
      </time>
      <div className="chronicle-what">
        <p className={item.kind === 'news' ? 'strong' : undefined}>
          {hasPage && item.kind === 'child' ? (
            <Link to={addressOf(record, item.about.number)}>{item.text}</Link>
          ) : (
            item.text
          )}
        </p>
        <p className="quiet small">
          {[item.kind === 'news' ? words.news : '', item.actor?.title ?? messages.timeline.system, instantText(item.at)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </li>
  )
}
