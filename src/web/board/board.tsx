// The same view as columns, one per state. A card is dragged, or moved with M and a menu: both make the same move.
import type { FullRow, RecordInfo, RowMove } from '../data/contract.ts'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { rowQuery } from '../data/queries.ts'
import { attempt } from '../data/writes.ts'
import type { Row } from '../data/contract.ts'
import type { View } from '../list/view.ts'
import { messages } from '../messages/messages.ts'
import { MoveDialog } from '../record/move-dialog.tsx'
import { sendMove } from '../record/move.ts'
import { complain } from '../ui/toast.tsx'
import { Column } from './column.tsx'
import './board.css'

export interface BoardProps {
  record: RecordInfo
  view: View
}

export function Board({ record, view }: BoardProps) {
  const { workflow } = record
  const client = useQueryClient()
  const [asking, setAsking] = useState<{ row: FullRow; move: RowMove } | null>(null)
  if (workflow === null) return null
  /** Asks the server which move leads there and whether it may be made now. */
  async function moveTo(row: Row, state: string) {
    await attempt(async () => {
      const full = await client.fetchQuery({ ...rowQuery(record.plural, row.number), staleTime: 0 })
      const moves = (full.moves ?? []).filter((move) => move.to === state)
      const move = moves.find((one) => one.allowed)
      if (!move) return complain(moves[0]?.because ?? messages.board.cannot)
      if (move.needs.length > 0 || move.asks.length > 0) setAsking({ row: full, move })
      else await sendMove(record, full, move, {})
    })
  }
  return (
    <div className="board" role="group" aria-label={messages.list.board}>
      <p className="hidden-text">{messages.board.help}</p>
      {workflow.states.map((state) => (
        <Column key={state.name} record={record} view={view} state={state} onMove={(row, to) => void moveTo(row, to)} />
      ))}
      {asking && <MoveDialog record={record} row={asking.row} move={asking.move} onClose={() => setAsking(null)} />}
    </div>
  )
}
