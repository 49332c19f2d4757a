// The records behind one count of the report, page by page.
import { ActionIcon, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { linkTo } from '../../data/link.ts'
import { addressOf, fieldOf, listAddress, recordNamed, titleOf, useModel, valueOf } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { Value } from '../../fields/value.tsx'
import { levelReportWords } from '../../messages/level-report.ts'
import { messages } from '../../messages/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { readBehind, type Asked, type Kept, type LevelRow } from './report-contract.ts'

const words = levelReportWords.levels

interface BehindProps {
  asked: Asked
  row: LevelRow
  state: Kept
  title: string
  onClose: () => void
}

export function Behind({ asked, row, state, title, onClose }: BehindProps) {
  const record = recordNamed(useModel(), 'incident')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const pages = useInfiniteQuery({
    queryKey: ['level-behind', asked, row.key, state],
    queryFn: ({ pageParam }) => readBehind(asked, { key: row.key, state, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  if (!record) return null
  const columns = ['status', 'priority', 'service', 'openedAt', 'dueAt'].flatMap((name) => fieldOf(record, name) ?? [])
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="panel" aria-labelledby="behind">
      <header>
        <h2 id="behind" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span className="row">
          {row.filter !== null && (
            <Link {...linkTo(`${listAddress(record)}?filter=${encodeURIComponent(row.filter)}`)} className="small">
              {words.asList}
            </Link>
          )}
          <ActionIcon aria-label={words.close} onClick={onClose}>
            <Icon name="close" />
          </ActionIcon>
        </span>
      </header>
      {pages.error && <p className="error-text">{sentenceOf(pages.error)}</p>}
      {pages.isPending && <p className="quiet">{messages.list.loading}</p>}
      <div className="scroll-x">
        <table className="facts">
          <thead>
            <tr>
              <th>{messages.baseFields.number}</th>
              <th>{words.subject}</th>
              {columns.map((field) => (
                <th key={field.name}>{field.label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <td className="mono">{item.number}</td>
                <td>
                  <Link to={addressOf(record, item.number)}>{titleOf(record, item)}</Link>
                </td>
                {columns.map((field) => (
                  <td key={field.name}>
                    <Value record={record} field={field} value={valueOf(item, field)} links />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()} mt="xs">
          {words.more}
        </Button>
      )}
    </section>
  )
}
