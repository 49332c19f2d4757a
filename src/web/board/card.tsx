// A card of the board: title, reference and the few facts of the list; M or its menu moves it.
import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordInfo, Row, StateInfo } from '../data/contract.ts'
import { addressOf, fieldOf, titleOf, valueOf } from '../data/model.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Sign } from '../ui/state.tsx'
import { dragType } from './drag.ts'

interface CardProps {
  record: RecordInfo
  row: Row
  state: StateInfo
  onMove: (row: Row, state: string) => void
}

export function Card({ record, row, state, onMove }: CardProps) {
  const [open, setOpen] = useState(false)
  const others = record.workflow?.states.filter((one) => one.name !== state.name) ?? []
  const facts = record.list
    .flatMap((name) => fieldOf(record, name) ?? [])
    .filter(
      (field) =>
        field.name !== record.title &&
        field.name !== 'number' &&
        field.name !== record.workflow?.field &&
        valueOf(row, field) !== null,
    )
    .slice(0, 3)
  return (
    <li
      className="board-card"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, JSON.stringify({ id: row.id, number: row.number }))
        event.dataTransfer.effectAllowed = 'move'
      }}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey) {
          event.preventDefault()
          event.stopPropagation()
          setOpen(true)
        }
      }}
    >
      <div className="board-card-top">
        <Link to={addressOf(record, row.number)} draggable={false} className="board-title">
          {titleOf(record, row)}
        </Link>
        <Menu
          opened={open}
          onChange={setOpen}
          entries={[
            { heading: messages.board.moveTo },
            ...others.map((one) => ({
              label: one.label,
              icon: <Sign tone={one.tone} />,
              run: () => onMove(row, one.name),
            })),
          ]}
        >
          <ActionIcon size={24} aria-label={messages.board.move(row.number)} aria-keyshortcuts="m">
            <Icon name="dots" size={14} />
          </ActionIcon>
        </Menu>
      </div>
      <div className="row board-facts">
        <span className="mono quiet">{row.number}</span>
        {facts.map((field) => (
          <span key={field.name}>
            <Value record={record} field={field} value={valueOf(row, field)} />
          </span>
        ))}
      </div>
    </li>
  )
}
