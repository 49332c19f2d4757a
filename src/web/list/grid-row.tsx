// One row of the grid: cells on a wide screen, a two-line card on a phone. Memoised, because moving through a list must stay under a frame.
import { memo } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, titleOf, valueOf } from '../data/model.ts'
import { Value } from '../fields/value.tsx'
import { useLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { endAligned } from './grid-head.tsx'

interface GridRowProps {
  record: RecordInfo
  row: Row
  columns: FieldInfo[]
  start: number
  /** For aria-rowindex. */
  index: number
  /** Where it stands among the loaded rows. */
  position: number
  group: string | null
  active: boolean
  selected: boolean
  selectable: boolean
  onActive: (index: number) => void
  onSelect: (ids: number[], on: boolean) => void
  onOpen: (row: Row) => void
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, row, columns, start, index, position, group, active, selected, selectable, onActive, onOpen } = props
  useLanguage()
  return (
    <div
      role="row"
      id={`row-${row.id}`}
      aria-rowindex={index > 0 ? index : undefined}
      aria-selected={selectable ? selected : undefined}
      data-active={active || undefined}
      className="grid-row"
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey) return
        onActive(position)
        onOpen(row)
      }}
    >
      {group !== null && (
        <div role="presentation" className="grid-group">
          {group}
        </div>
      )}
      <div className="grid-cells" role="presentation">
        {selectable && <Check {...props} />}
        {columns.map((field) => (
          <span
            role="gridcell"
            key={field.name}
            className="grid-cell"
            data-field={fieldClass(record, field)}
            data-end={endAligned(field) || undefined}
          >
            {field.name === record.title ? (
              <a
                className="grid-title clip"
                tabIndex={-1}
                href={addressOf(record, row.number)}
                onClick={(event) => {
                  if (!event.ctrlKey && !event.metaKey) event.preventDefault()
                  else event.stopPropagation()
                  if (!event.ctrlKey && !event.metaKey) {
                    onActive(position)
                    onOpen(row)
                  }
                }}
              >
                {titleOf(record, row)}
              </a>
            ) : (
              <span className="clip">
                <Value record={record} field={field} value={valueOf(row, field)} />
              </span>
            )}
          </span>
        ))}
      </div>
    </div>
  )
})

function fieldClass(record: RecordInfo, field: FieldInfo): string {
  if (field.name === record.title) return 'title'
  if (field.name === 'number') return 'number'
  if (record.workflow?.field === field.name) return 'state'
  if (field.kind === 'instant' || field.kind === 'day') return 'when'
  return field.kind === 'choice' ? 'choice' : 'other'
}

function Check({ row, selected, onSelect }: GridRowProps) {
  return (
    <span role="gridcell" className="grid-check" onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={selected}
        aria-label={messages.list.select(row.number)}
        onChange={() => onSelect([row.id], !selected)}
      />
    </span>
  )
}
