// One column of the board: the records in one state, read in pages.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Page, RecordInfo, Row, StateInfo } from '../data/contract.ts'
import { read } from '../data/http.ts'
import { withChosen } from '../list/filter.ts'
import { queryOf, type View } from '../list/view.ts'
import { messages } from '../messages/messages.ts'
import { State } from '../ui/state.tsx'
import { Card } from './card.tsx'
import { dragType } from './drag.ts'

interface ColumnProps {
  record: RecordInfo
  view: View
  state: StateInfo
  onMove: (row: Row, state: string) => void
}

export function Column({ record, view, state, onMove }: ColumnProps) {
  const [over, setOver] = useState(false)
  const field = record.workflow?.field ?? ''
  const query = {
    ...queryOf({ ...view, group: null, filter: withChosen(view.filter, field, [state.name]) }),
    limit: '30',
  }
  const rows = useInfiniteQuery({
    queryKey: ['some', record.plural, 'board', JSON.stringify(query)],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read<Page<Row>>(
        `/${record.plural}?${new URLSearchParams({ ...query, ...(pageParam === '' ? { total: 'true' } : { after: pageParam }) }).toString()}`,
        signal,
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = rows.data?.pages.flatMap((page) => page.items) ?? []
  const total = rows.data?.pages[0]?.total
  function drop(event: React.DragEvent) {
    event.preventDefault()
    setOver(false)
    const text = event.dataTransfer.getData(dragType)
    // Written by the card of this same application a moment ago.
    if (text !== '') onMove(JSON.parse(text) as Row, state.name)
  }
  return (
    <section
      className="board-column"
      data-over={over || undefined}
      aria-label={state.label}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) {
          event.preventDefault()
          setOver(true)
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header className="board-head">
        <h2>
          <State tone={state.tone}>{state.label}</State>
        </h2>
        <span className="quiet small number">{total ? messages.list.total(total.count, total.atLeast) : ''}</span>
      </header>
      <ul className="plain board-cards" tabIndex={-1}>
        {items.map((row) => (
          <Card key={row.id} record={record} row={row} state={state} onMove={onMove} />
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
