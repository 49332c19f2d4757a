// One column of the board: the records with one value, read in pages, with their count. Folded it is narrow, and still takes cards.
import { ActionIcon, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldInfo, Page, RecordInfo, Row } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { queryOf, type View } from '../list/view.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sign, State } from '../ui/state.tsx'
import { Card } from './card.tsx'
import { dragType, unpacked } from './cards.ts'
import type { ColumnInfo } from './columns.ts'

const words = displaysWords.board
const cardsAtOnce = 30

interface ColumnProps {
  record: RecordInfo
  field: FieldInfo
  view: View
  column: ColumnInfo
  columns: readonly ColumnInfo[]
  isFixed: boolean
  menuOf: string
  onMenu: (number: string) => void
  onMove: (row: Row, to: ColumnInfo) => void
  onFold: () => void
}

export function Column({ view, onFold, ...props }: ColumnProps) {
  const { record, column, onMove } = props
  const rows = useCards(record, { ...view, group: null, filter: column.filter })
  const { isOver, events } = useDrop((row) => onMove(row, column))
  const items = rows.data?.pages.flatMap((page) => page.items) ?? []
  const total = rows.data?.pages[0]?.total
  return (
    <section
      className="board-column"
      data-column={column.key}
      data-over={isOver || undefined}
      aria-label={column.label}
      {...events}
    >
      <header className="board-head">
        <h2 className="clip">{column.tone ? <State tone={column.tone}>{column.label}</State> : column.label}</h2>
        <span className="row board-count">
          <span className="quiet small number">{total ? messages.list.total(total.count, total.atLeast) : ''}</span>
          <ActionIcon size={24} aria-label={words.fold(column.label)} onClick={onFold}>
            <Icon name="left" size={14} />
          </ActionIcon>
        </span>
      </header>
      {rows.error && <Fault error={rows.error} again={() => void rows.refetch()} />}
      <ul className="plain board-cards" tabIndex={-1}>
        {items.map((row) => (
          <Card key={row.id} {...props} row={row} />
        ))}
        {!rows.isPending && items.length === 0 && <li className="quiet small board-empty">{messages.board.empty}</li>}
        {rows.hasNextPage && (
          <li>
            <Button fullWidth loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
              {messages.board.more}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

interface FoldedProps {
  column: ColumnInfo
  onMove: (row: Row, to: ColumnInfo) => void
  onUnfold: () => void
}

export function FoldedColumn({ column, onMove, onUnfold }: FoldedProps) {
  const { isOver, events } = useDrop((row) => onMove(row, column))
  return (
    <section
      className="board-column board-folded"
      data-column={column.key}
      data-over={isOver || undefined}
      aria-label={column.label}
      {...events}
    >
      <button
        type="button"
        className="plain-button board-unfold"
        aria-label={words.unfold(column.label)}
        title={column.isLeftOut ? words.hidden : undefined}
        onClick={onUnfold}
      >
        <Icon name="right" size={14} />
        {column.tone && <Sign tone={column.tone} />}
        <span className="board-upright">{column.label}</span>
      </button>
    </section>
  )
}

function useCards(record: RecordInfo, view: View) {
  const query = { ...queryOf(view), limit: String(cardsAtOnce) }
  return useInfiniteQuery({
    queryKey: ['some', record.plural, 'board', JSON.stringify(query)],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const more: Record<string, string> = pageParam === '' ? { total: 'true' } : { after: pageParam }
      return read<Page<Row>>(`/${record.plural}?${new URLSearchParams({ ...query, ...more }).toString()}`, signal)
    },
    getNextPageParam: (page) => page.next,
  })
}

function useDrop(take: (row: Row) => void) {
  const [isOver, setOver] = useState(false)
  const events = {
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault()
      setOver(false)
      const row = unpacked(event.dataTransfer.getData(dragType))
      if (row) take(row)
    },
  }
  return { isOver, events }
}
