// The keys of a list: J/K and arrows move, X or Space selects, E edits a cell, S offers the moves, P and A ask for priority and
// assignee, Enter opens or edits, / filters, Home and End jump.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { listAddress } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { useActions, type Action } from '../ui/actions.ts'
import { isEditable, type Cells } from './cells.ts'
import { rowAt, rowCount } from './grid.tsx'
import type { Deed } from './row-deed.tsx'
import type { Rows } from './rows.ts'
import type { Selection } from './selection.ts'

interface KeysProps {
  record: RecordInfo
  rows: Rows
  active: number
  setActive: (index: number) => void
  selection: Selection
  open: (row: Row) => void
  /** Begins what is not done in the grid itself. */
  onDeed: (row: Row, deed: Deed) => void
  cells: Cells
  columns: readonly FieldInfo[]
}

export function useListKeys(props: KeysProps): void {
  const { record, rows, active, selection, open, cells } = props
  const navigate = useNavigate()
  const { move, end } = useMoving(props)
  const words = messages.list
  const row = rowAt(rows, active)
  const edit = () => editCell(props, row)
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
    key('left', 'arrowleft', words.columnBack, () => cells.step(-1)),
    key('right', 'arrowright', words.columnOn, () => cells.step(1)),
    ...(record.can.update ? [key('edit', 'e', words.editCell, edit), ...valueKeys(props, row)] : []),
    ...(record.workflow ? [key('state', 's', messages.record.status, () => row && props.onDeed(row, 'moves'))] : []),
    // In a cell that can be changed Enter changes it; everywhere else it opens the row.
    key('open', 'enter', words.openRow, () => (cells.cell !== null && edit() ? undefined : row && open(row))),
    key('filter', '/', words.focusFilter, () => document.getElementById('list-words')?.focus()),
    key('clear', 'escape', messages.bulk.clear, selection.clear),
    ...(record.can.create
      ? [key('create-here', 'c', messages.palette.create(messages.values.inSentence(record.label)), create)]
      : []),
  ])
}

/** The cell where the keyboard is, or the first of the row that can be changed. Answers whether there is one. */
function editCell({ record, columns, cells }: KeysProps, row: Row | null): boolean {
  if (row === null) return false
  const here = columns.find((field) => field.name === cells.cell)
  const field = here ?? columns.find((one) => isEditable(record, row, one))
  if (field === undefined || !isEditable(record, row, field)) return false
  cells.edit(row, field.name)
  return true
}

/** What A and P change, as on the record's page; a priority that is computed is set by what it follows from. */
export function fieldsOfKeys(record: RecordInfo): { letter: string; fields: readonly [FieldInfo, ...FieldInfo[]] }[] {
  const free = (names: readonly string[]) =>
    names.flatMap((name) => record.fields.filter((field) => field.name === name && !field.stamped))
  const priority = free(['priority'])
  const named = [
    { letter: 'a', fields: free(['assignee']) },
    { letter: 'p', fields: priority.length > 0 ? priority : free(['impact', 'urgency']) },
  ]
  return named.flatMap(({ letter, fields: [first, ...others] }) => (first ? [{ letter, fields: [first, ...others] }] : [])) // oxfmt-ignore
}

/** Where the list shows the value, it is changed in its cell. */
function valueKeys(props: KeysProps, row: Row | null): Action[] {
  return fieldsOfKeys(props.record).map(({ letter, fields }) => {
    const label = messages.record.edit(fields.map((field) => field.label).join(', '))
    return key(`edit-${fields[0].name}`, letter, label, () => row && editValues(props, row, fields))
  })
}
function editValues({ record, columns, cells, onDeed }: KeysProps, row: Row, fields: readonly FieldInfo[]): void {
  const [first] = fields
  if (first === undefined || !isEditable(record, row, first)) return
  if (fields.length === 1 && columns.some(({ name }) => name === first.name)) cells.edit(row, first.name)
  else onDeed(row, fields.map(({ name }) => name)) // oxfmt-ignore
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
