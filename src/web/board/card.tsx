// A card of the board: title, reference and the few facts of the list; its menu moves it.
import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, fieldOf, titleOf, valueOf } from '../data/model.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Sign } from '../ui/state.tsx'
import { dragType, packed } from './cards.ts'
import type { ColumnInfo } from './columns.ts'

interface CardProps {
  record: RecordInfo
  field: FieldInfo
  row: Row
  column: ColumnInfo
  columns: readonly ColumnInfo[]
  isFixed: boolean
  /** The number of the card whose menu is open. */
  menuOf: string
  onMenu: (number: string) => void
  onMove: (row: Row, to: ColumnInfo) => void
}

export function Card({ record, field, row, column, columns, isFixed, menuOf, onMenu, onMove }: CardProps) {
  const facts = record.list
    .flatMap((name) => fieldOf(record, name) ?? [])
    .filter(
      (one) =>
        one.name !== record.title && one.name !== 'number' && one.name !== field.name && valueOf(row, one) !== null,
    )
    .slice(0, 3)
  return (
    <li
      className="board-card"
      data-number={row.number}
      data-row={packed(row)}
      draggable={!isFixed}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, packed(row))
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <div className="board-card-top">
        <Link to={addressOf(record, row.number)} draggable={false} className="board-title">
          {titleOf(record, row)}
        </Link>
        {!isFixed && (
          <Menu
            opened={menuOf === row.number}
            onChange={(opened) => onMenu(opened ? row.number : '')}
            maxHeight="60vh"
            entries={[
              { heading: messages.board.moveTo },
              ...columns
                .filter(({ key }) => key !== column.key)
                .map((one) => ({
                  label: one.label,
                  ...(one.tone ? { icon: <Sign tone={one.tone} /> } : {}),
                  run: () => onMove(row, one),
                })),
            ]}
          >
            <ActionIcon size={24} aria-label={messages.board.move(row.number)} aria-keyshortcuts="m">
              <Icon name="dots" size={14} />
            </ActionIcon>
          </Menu>
        )}
      </div>
      <div className="row board-facts">
        <span className="mono quiet">{row.number}</span>
        {facts.map((one) => (
          <span key={one.name}>
            <Value record={record} field={one} value={valueOf(row, one)} />
          </span>
        ))}
      </div>
    </li>
  )
}
