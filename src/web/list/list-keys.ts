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

export function useListKeys(props: KeysProps): void {
  const { record, rows, active, selection, open } = props
  const navigate = useNavigate()
  const { move, end } = useMoving(props)
  const words = messages.list
  const row = rowAt(rows, active)
  const toggle = () => (row ? selection.set([row.id], !selection.ids.has(row.id)) : undefined)
  const create = () => void navigate({ to: `${listAddress(record)}/new` })
  useActions([
    key('down', 'j|arrowdown', words.down, () => move(active + 1)),
    key('up', 'k|arrowup', words.up, () => move(active - 1)),
    key('page-down', 'pagedown', words.pageDown, () => move(active + pageStep)),
    key('page-up', 'pageup', words.pageUp, () => move(active - pageStep)),
    key('first', 'home', words.first, () => move(0)),
    key('last', 'end', words.last, end),
    key('select', 'x|space', words.selectRow, toggle),
    key('open', 'enter', words.openRow, () => (row ? open(row) : undefined)),
    key('filter', '/', words.focusFilter, () => document.getElementById('list-words')?.focus()),
    key('clear', 'escape', messages.bulk.clear, selection.clear),
    ...(record.can.create
      ? [key('create-here', 'c', messages.palette.create(messages.values.inSentence(record.label)), create)]
      : []),
  ])
}

const pageStep = 15

function key(id: string, keys: string, label: string, run: () => void): Action {
  return { id, keys, label, run, hidden: true, group: messages.list.rows }
}

/** Moving in what is loaded; End reads the list from its end first and goes there when it has come. */
function useMoving({ rows, setActive }: KeysProps) {
  const goesToEnd = useRef(false)
  const count = rowCount(rows)
  function move(to: number) {
    if (count === 0) return
    setActive(Math.max(0, Math.min(count - 1, to)))
    document.getElementById('grid')?.focus({ preventScroll: true })
  }
  function end() {
    if (!rows.hasGap || rows.tail.length > 0) return move(count - 1)
    goesToEnd.current = true
    rows.toEnd()
  }
  useEffect(() => {
    if (!goesToEnd.current || rows.tail.length === 0) return
    goesToEnd.current = false
    setActive(rowCount(rows) - 1)
  }, [rows, setActive])
  return { move, end }
}
