// The moves of a record as buttons. One that may not be made now is disabled and says why; one that needs more opens a small form.
import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { RowMove } from '../data/contract.ts'
import { stateOf } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { sendMove } from './move.ts'
import type { RecordProps } from './record-page.tsx'

const MoveDialog = lazy(() => import('./move-dialog.tsx').then(({ MoveDialog: component }) => ({ default: component })))
const shownAtMost = 3

export function Moves({ record, row }: RecordProps) {
  const [asking, setAsking] = useState<RowMove | null>(null)
  // What may be made comes first; among that, what only this state offers (resume) before what every state offers (withdraw).
  const ways = (name: string) => record.workflow?.moves.find((move) => move.name === name)?.from.length ?? 0
  const moves = (row.moves ?? []).toSorted(
    (one, other) => Number(other.allowed) - Number(one.allowed) || ways(one.name) - ways(other.name),
  )
  if (moves.length === 0) return null
  const buttons = moves.slice(0, shownAtMost)
  const rest = moves.slice(shownAtMost)
  function start(move: RowMove) {
    if (move.needs.length > 0 || move.asks.length > 0) setAsking(move)
    else void attempt(() => sendMove(record, row, move, {}))
  }
  const toOf = (move: RowMove) => stateOf(record, move.to)?.label ?? move.to
  return (
    <div className="row" id="moves" role="group" aria-label={messages.record.move}>
      {buttons.map((move, at) => (
        <Button
          key={move.name}
          className="tip"
          data-tip={move.allowed ? toOf(move) : (move.because ?? messages.record.notAllowed)}
          variant={at === 0 && move.allowed ? 'filled' : 'default'}
          aria-disabled={!move.allowed}
          data-disabled={!move.allowed || undefined}
          aria-description={move.allowed ? undefined : (move.because ?? messages.record.notAllowed)}
          onClick={() => {
            if (move.allowed) start(move)
          }}
        >
          {move.label}
        </Button>
      ))}
      {rest.length > 0 && (
        <Menu
          width={260}
          entries={rest.map((move) => ({
            label: move.label,
            isDisabled: !move.allowed,
            hint: move.allowed ? undefined : (move.because ?? messages.record.notAllowed),
            run: () => start(move),
          }))}
        >
          <Button rightSection={<Icon name="down" size={14} />} aria-label={messages.record.moreMoves}>
            {messages.record.more}
          </Button>
        </Menu>
      )}
      <Suspense fallback={null}>
        {asking && <MoveDialog record={record} row={row} move={asking} onClose={() => setAsking(null)} />}
      </Suspense>
    </div>
  )
}
