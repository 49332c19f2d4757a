// The moves of one row of a list, in a menu beside it: what may not be made now says why, what needs more asks for it.
import { useRef, useState } from 'react'
import type { RowMove } from '../data/contract.ts'
import { stateOf } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import { MoveDialog } from '../record/move-dialog.tsx'
import { sendMove } from '../record/move.ts'
import { Menu } from '../ui/menu.tsx'
import { Sign } from '../ui/state.tsx'
import type { RowDeedProps } from './row-deed.tsx'
import './row-moves.css'

export function RowMoves({ record, row, onDone }: RowDeedProps) {
  const [opened, setOpened] = useState(true)
  const [asking, setAsking] = useState<RowMove | null>(null)
  const words = messages.record
  const moves = (row.moves ?? []).toSorted((one, other) => Number(other.allowed) - Number(one.allowed))
  const isChosen = useRef(false)
  function start(move: RowMove) {
    isChosen.current = true
    if (move.needs.length > 0 || move.asks.length > 0) return setAsking(move)
    void attempt(() => sendMove(record, row, move, {})).then(onDone)
  }
  if (asking !== null) return <MoveDialog record={record} row={row} move={asking} onClose={onDone} />
  return (
    <Menu
      opened={opened}
      onChange={(to) => {
        setOpened(to)
        // A choice closes the menu as well, and is not done yet.
        setTimeout(() => {
          if (!to && !isChosen.current) onDone()
        })
      }}
      position="bottom-start"
      maxHeight="60vh"
      returnsFocus={false}
      width={300}
      entries={[
        { heading: moves.length === 0 ? messages.bulk.noMoves : `${words.status}: ${row.number}` },
        ...moves.map((move) => ({
          label: move.label,
          icon: <Sign tone={stateOf(record, move.to)?.tone ?? 'none'} />,
          isDisabled: !move.allowed,
          hint: move.allowed ? undefined : (move.because ?? words.notAllowed),
          run: () => start(move),
        })),
      ]}
    >
      <button type="button" className="row-anchor" tabIndex={-1} aria-label={words.status} style={placeOf(row.id)} />
    </Menu>
  )
}

/** At the row's state, where it is shown, else at its beginning; in the middle of the list where the row is not on screen. */
function placeOf(id: number): { left: number; top: number } {
  const line = document.getElementById(`row-${id}`)
  const cell = line?.querySelector('[data-field=state]')
  const seen = cell && cell.getClientRects().length > 0 ? cell : (line ?? document.getElementById('grid'))
  const box = seen?.getBoundingClientRect()
  return { left: (box?.left ?? 0) + 8, top: box?.bottom ?? 0 }
}
