// Past incidents that resemble the open one, what solved them, and why each is shown.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addressOf } from '../../data/model.ts'
import { read } from '../../data/http.ts'
import { instantText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import type { RecordInfo } from '../../data/contract.ts'
import type { PanelProps } from '../panels.ts'
import type { Similar } from './contract.ts'
import './desk.css'

const words = messages.desk
const shownFirst = 3

export function Panel({ record, row }: PanelProps) {
  const similar = useQuery({
    queryKey: ['similar', row.id],
    queryFn: ({ signal }) => read<{ items: Similar[] }>(`/incidents/${row.id}/similar`, signal),
    staleTime: 300_000,
  })
  const items = similar.data?.items
  if (items === undefined) return <p className="quiet small">{messages.list.loading}</p>
  if (items.length === 0) return <p className="quiet small">{words.similarNone}</p>
  return <SimilarList record={record} items={items} />
}

interface ListProps {
  record: RecordInfo
  items: Similar[]
  /** Offers the words of a solution for reuse. */
  onUse?: (similar: Similar) => void
}

export function SimilarList({ record, items, onUse }: ListProps) {
  const [all, setAll] = useState(false)
  return (
    <>
      <ul className="plain similar">
        {items.slice(0, all ? items.length : shownFirst).map((item) => (
          <li key={item.id}>
            <Link to={addressOf(record, item.number)}>{item.title}</Link>
            {item.resolution !== '' && (
              <p className="similar-solution">
                <span className="quiet">{words.solvedBy}</span> {item.resolution}
              </p>
            )}
            <p className="quiet small">
              {item.number}
              {item.resolvedAt && ` · ${instantText(item.resolvedAt)}`} · {item.because.text}
            </p>
            {onUse && item.resolution !== '' && (
              <button
                type="button"
                className="link-button small"
                aria-label={words.useSolution(item.number)}
                onClick={() => onUse(item)}
              >
                {words.useIt}
              </button>
            )}
          </li>
        ))}
      </ul>
      {items.length > shownFirst && (
        <button type="button" className="link-button small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? messages.desk.fewer : messages.desk.more(items.length - shownFirst)}
        </button>
      )}
    </>
  )
}
