// One row of the grid: cells on a wide screen, a two-line card on a phone. Memoised, because moving through a list must stay under a frame.
import { lazy, memo, Suspense, useState } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { addressOf, titleOf, valueOf } from '../data/model.ts'
import { numberText } from '../fields/format.ts'
import { Value } from '../fields/value.tsx'
import { useLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { Icon } from '../ui/icon.tsx'
import { isEditable } from './cells.ts'
import { endAligned } from './grid-head.tsx'

const CellEditor = lazy(() => import('./cell-editor.tsx').then(({ CellEditor: component }) => ({ default: component })))

interface GridRowProps {
  record: RecordInfo
  row: Row
  columns: FieldInfo[]
  start: number
  /** For aria-rowindex. */
  index: number
  /** Where it stands among the loaded rows. */
  position: number
  /** What begins with it, in words; null in the middle of a group. */
  group: string | null
  /** How many its group has; null while that is not known. */
  groupCount: number | null
  /** Who else changed it just now; null when nobody did. */
  touched: string | null
  active: boolean
  /** The column in which the keyboard is, by name; null in every other row. */
  cell: string | null
  /** The column under edit, by name. */
  editing: string | null
  selected: boolean
  selectable: boolean
  onActive: (index: number) => void
  onEdit: (row: Row | null, field: string) => void
  onSelect: (ids: number[], on: boolean) => void
  onOpen: (row: Row) => void
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, row, columns, start, index, position, group, active, selected, selectable, onActive, onOpen } = props
  const [isNear, setNear] = useState(false)
  useLanguage()
  return (
    <div
      role="row"
      id={`row-${row.id}`}
      aria-rowindex={index > 0 ? index : undefined}
      aria-selected={selectable ? selected : undefined}
      aria-describedby={group === null ? undefined : `group-${row.id}`}
      data-active={active || undefined}
      data-editing={props.editing !== null || undefined}
      className="grid-row"
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey) return
        onActive(position)
        onOpen(row)
      }}
    >
      {group !== null && (
        <div role="presentation" className="grid-group" id={`group-${row.id}`}>
          {group} {props.groupCount !== null && <b className="number">{numberText(props.groupCount)}</b>}
        </div>
      )}
      <div className="grid-cells" role="presentation">
        {selectable && <Check {...props} />}
        {columns.map((field) => (
          <span
            role="gridcell"
            key={field.name}
            id={props.cell === field.name ? `cell-${row.id}` : undefined}
            data-here={props.cell === field.name || undefined}
            className="grid-cell"
            data-field={fieldClass(record, field)}
            data-end={endAligned(field) || undefined}
          >
            {props.editing === field.name ? (
              <Suspense fallback={null}>
                <CellEditor record={record} row={row} field={field} onDone={() => props.onEdit(null, field.name)} />
              </Suspense>
            ) : field.name === record.title ? (
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
            {isNear && props.editing === null && isEditable(record, row, field) && <Pencil {...props} field={field} />}
          </span>
        ))}
      </div>
      {props.touched !== null && <span className="grid-touched">{messages.list.touched(props.touched)}</span>}
    </div>
  )
})

/** For the pointer; the keyboard has E. */
function Pencil({ row, field, position, onActive, onEdit }: GridRowProps & { field: FieldInfo }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className="grid-edit"
      aria-label={messages.record.edit(field.label)}
      onClick={(event) => {
        event.stopPropagation()
        onActive(position)
        onEdit(row, field.name)
      }}
    >
      <Icon name="edit" size={13} />
    </button>
  )
}

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
