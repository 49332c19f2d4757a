// A list as columns, one for each value of a field. A card is dragged, or moved with M and a menu, or with Alt and an arrow: all make the same move.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Search } from '../data/address.ts'
import type { FieldInfo, FullRow, Row, RowMove } from '../data/contract.ts'
import type { ListProps } from '../list/list-page.tsx'
import { withChosen, chosenIn } from '../list/filter.ts'
import { viewOf } from '../list/view.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { MoveDialog } from '../record/move-dialog.tsx'
import { Fault } from '../ui/fault.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { useSheetKeys } from '../ui/sheet-keys.ts'
import { complain } from '../ui/toast.tsx'
import { cardAt, cardBeside, focusOn } from './cards.ts'
import { Column, FoldedColumn } from './column.tsx'
import { columnField, columnFields, useColumns, type ColumnInfo } from './columns.ts'
import { boardFixed, moveCard } from './move-card.ts'
import './board.css'

const words = displaysWords.board
/** References can have hundreds of values: so many columns at first, and so many more each time. */
const columnsAtOnce = 12

export function Board(props: ListProps) {
  const field = columnField(props.record, props.search)
  return field === null ? null : <Columns key={field.name} {...props} field={field} />
}

function Columns({ record, search, change, field }: ListProps & { field: FieldInfo }) {
  const { columns, error, again } = useColumns(record, field, search)
  const [most, setMost] = useState(columnsAtOnce)
  const [asking, setAsking] = useState<{ row: FullRow; move: RowMove } | null>(null)
  const [menuOf, setMenuOf] = useState('')
  const shown = columns.slice(0, most)
  const folded = new Set((search['folded'] ?? '').split(','))
  const board = useRef<HTMLDivElement>(null)
  const focusAgain = useFocusAgain(board, asking !== null)
  const moveTo = (row: Row, to: ColumnInfo) => {
    focusAgain(row.number)
    void moveCard(record, field, { row, to }, (full, move) => setAsking({ row: full, move }))
  }
  useBoardKeys((number) => setMenuOf(number))
  const view = viewOf(record, { ...search, group: undefined })
  const fixed = boardFixed(record, field)
  return (
    <div className="board-frame">
      <div className="row board-bar">
        <ColumnsMenu {...{ record, search, change, field }} />
        {fixed && <span className="quiet small">{fixed}</span>}
        {columns.length > most && (
          <Button onClick={() => setMost(most + columnsAtOnce)}>{words.moreColumns(columns.length - most)}</Button>
        )}
      </div>
      {error && <Fault error={error} again={again} />}
      <div
        ref={board}
        className="board"
        role="group"
        aria-label={messages.list.board}
        onKeyDown={(event) => onKey(event, shown, moveTo)}
      >
        <p className="hidden-text">{messages.board.help}</p>
        {shown.map((column) =>
          column.isLeftOut || folded.has(column.key) ? (
            <FoldedColumn
              key={column.key}
              column={column}
              onMove={moveTo}
              onUnfold={() => change(unfolding(search, field, column))}
            />
          ) : (
            <Column
              key={column.key}
              {...{ record, field, view, column, menuOf, isFixed: fixed !== null }}
              columns={columns.slice(0, 60)}
              onMenu={setMenuOf}
              onMove={moveTo}
              onFold={() => change({ folded: [...folded, column.key].filter(Boolean).join(',') })}
            />
          ),
        )}
      </div>
      {asking && <MoveDialog record={record} row={asking.row} move={asking.move} onClose={() => setAsking(null)} />}
    </div>
  )
}

/** A column that was folded is opened; one that the filter leaves out is let in. */
function unfolding(search: Search, field: FieldInfo, column: ColumnInfo): Partial<Search> {
  if (column.isLeftOut) {
    const filter = search.filter ?? ''
    return { filter: withChosen(filter, field.name, [...chosenIn(filter, field.name), column.key]) }
  }
  const folded = (search['folded'] ?? '').split(',').filter((key) => key !== column.key)
  return { folded: folded.length === 0 ? undefined : folded.join(',') }
}

function ColumnsMenu({ record, search, change, field }: ListProps & { field: FieldInfo }) {
  const fields = columnFields(record)
  if (fields.length < 2) return null
  return (
    <Menu
      maxHeight="70vh"
      entries={[
        { heading: words.columns },
        ...fields.map((one) => ({
          label: one.label,
          isChecked: one.name === field.name,
          run: () => change({ group: one.name === search.group ? undefined : one.name, folded: undefined }),
        })),
      ]}
    >
      <Button leftSection={<Icon name="columns" />} rightSection={<Icon name="down" size={14} />}>
        {`${words.columns}: ${field.label}`}
      </Button>
    </Menu>
  )
}

/** After a card has moved it has the focus again as soon as it stands in its new column, unless the person has gone on. */
function useFocusAgain(board: React.RefObject<HTMLElement | null>, isAsked: boolean): (number: string) => void {
  const wanted = useRef('')
  useEffect(() => {
    if (!board.current || isAsked) return
    const look = () => {
      const isFree = document.activeElement === null || document.activeElement === document.body
      if (wanted.current !== '' && isFree && focusOn(wanted.current)) wanted.current = ''
    }
    look()
    const watch = new MutationObserver(look)
    watch.observe(board.current, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [board, isAsked])
  return (number) => {
    wanted.current = number
  }
}

/** Arrows go from card to card, Alt with left and right moves the card to the column beside. */
function onKey(
  event: React.KeyboardEvent,
  columns: readonly ColumnInfo[],
  moveTo: (row: Row, to: ColumnInfo) => void,
): void {
  const card = cardAt(event.target)
  if (card === null || !event.key.startsWith('Arrow')) return
  const mirrored = document.documentElement.dir === 'rtl' ? -1 : 1
  const across = ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0) * mirrored
  event.preventDefault()
  event.stopPropagation()
  if (!event.altKey) return cardBeside(card, event.key, across)
  if (across === 0) return
  const to = columns[columns.findIndex(({ key }) => key === card.column) + across]
  if (to) moveTo(card.row, to)
  else complain(words.noTarget)
}

function useBoardKeys(openMenu: (number: string) => void): void {
  useSheetKeys(messages.list.board, [
    [
      'card-menu',
      'm',
      messages.board.moveTo,
      () => {
        const card = cardAt(document.activeElement)
        if (card) openMenu(card.row.number)
      },
    ],
    ['card-down', 'arrowdown', words.down],
    ['card-up', 'arrowup', words.up],
    ['card-right', 'arrowright', words.right],
    ['card-left', 'arrowleft', words.left],
    ['card-move-right', 'alt+arrowright', words.moveRight],
    ['card-move-left', 'alt+arrowleft', words.moveLeft],
  ])
}
