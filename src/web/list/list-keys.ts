// The keys of a list: J/K and arrows move, X or Space selects, Enter opens, / filters, Home and End jump.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { RecordInfo, Row } from '../data/contract.ts'
import { listAddress } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { useActions, type Action } from '../ui/actions.ts'
import { rowAt, rowCount } from './grid.tsx'
import type { Rows } from './rows.ts'
import type { Selection } from './selection.ts'

interface KeysProps {
  record: RecordInfo
  rows: Rows
  active: number
  setActive: (index: number) => void
  selection: Selection
  open: (row: Row) => void
}

export function useListKeys({ record, rows, active, setActive, selection, open }: KeysProps): void {
  const navigate = useNavigate()
  const goesToEnd = useRef(false)
  const count = rowCount(rows)
  const words = messages.list
  const row = rowAt(rows, active)
  function move(to: number) {
    if (count === 0) return
    setActive(Math.max(0, Math.min(count - 1, to)))
    document.getElementById('grid')?.focus({ preventScroll: true })
  }
  function end() {
    goesToEnd.current = true
    if (rows.hasGap) rows.toEnd()
    if (!rows.hasGap || rows.tail.length > 0) move(count - 1)
  }
  useEffect(() => {
    if (!goesToEnd.current || rows.tail.length === 0) return
    goesToEnd.current = false
    setActive(rowCount(rows) - 1)
  }, [rows, setActive])
  const key = (id: string, keys: string, label: string, run: () => void): Action => ({
    id,
    keys,
    label,
    run,
    hidden: true,
    group: words.rows,
  })
  useActions([
    key('down', 'j|arrowdown', words.down, () => move(active + 1)),
    key('up', 'k|arrowup', words.up, () => move(active - 1)),
    key('page-down', 'pagedown', words.down, () => move(active + 15)),
    key('page-up', 'pageup', words.up, () => move(active - 15)),
    key('first', 'home', words.first, () => move(0)),
    key('last', 'end', words.last, end),
    key('select', 'x|space', words.selectRow, () => {
      if (row) selection.set([row.id], !selection.ids.has(row.id))
    }),
    key('open', 'enter', words.openRow, () => {
      if (row) open(row)
    }),
    key('filter', '/', words.focusFilter, () => document.getElementById('list-words')?.focus()),
    key('clear', 'escape', messages.bulk.clear, selection.clear),
    ...(record.can.create
      ? [
          {
            id: 'create-here',
            keys: 'c',
            label: messages.palette.create(record.label.toLowerCase()),
            hidden: true,
            group: words.rows,
            run: () => void navigate({ to: `${listAddress(record)}/new` }),
          },
        ]
      : []),
  ])
}
