// The head of the grid: select all that is loaded, and per column a button that sorts, a menu, an edge to drag.
import { memo, useRef, useState } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import { useLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { ColumnMenu } from './column-menu.tsx'
import { movedColumn, resizedColumn, type Column } from './column-text.ts'
import type { GridProps } from './grid.tsx'

export interface GridHeadProps extends Pick<
  GridProps,
  'columns' | 'shown' | 'sort' | 'selectable' | 'onSort' | 'onColumns' | 'onSelect'
> {
  /** Of all rows that are loaded. */
  ids: readonly number[]
  /** All of them are selected. */
  all: boolean
  /** Columns as they are while an edge is being dragged; null when it was let go. */
  onHold: (columns: readonly Column[] | null) => void
}
export interface HeadProps extends GridHeadProps {
  field: FieldInfo
}

/** Memoised: moving through the list must not redraw it. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { columns, selectable, ids, all, onSelect } = props
  useLanguage()
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-cells">
        {selectable && (
          <span role="columnheader" className="grid-check">
            <input
              type="checkbox"
              checked={all}
              aria-label={messages.list.selectAll}
              onChange={() => onSelect([...ids], !all)}
            />
          </span>
        )}
        {columns.map((field) => (
          <ColumnHead key={field.name} {...props} field={field} />
        ))}
      </div>
    </div>
  )
})

function ColumnHead(props: HeadProps) {
  const { field, sort, onSort } = props
  const head = useRef<HTMLSpanElement>(null)
  const moving = useMoving(props)
  const first = sort.split(',')[0] ?? ''
  const direction = first === field.name ? 'ascending' : first === `-${field.name}` ? 'descending' : null
  const label = <span className="clip">{field.label}</span>
  return (
    <span
      ref={head}
      role="columnheader"
      aria-sort={direction ?? (field.sortable === false ? undefined : 'none')}
      className="grid-cell"
      data-end={endAligned(field) || undefined}
      data-over={moving.isOver || undefined}
      draggable
      {...moving.handlers}
      onKeyDown={(event) => onKey(event, props, head.current?.offsetWidth ?? 0)}
    >
      {field.sortable === false ? (
        label
      ) : (
        <button
          type="button"
          className="grid-sort"
          title={messages.list.sortBy(field.label)}
          onClick={() => onSort(direction === 'ascending' ? `-${field.name}` : field.name)}
        >
          {label}
          {direction && <span aria-hidden="true">{direction === 'ascending' ? '↑' : '↓'}</span>}
        </button>
      )}
      <ColumnMenu {...props} width={() => head.current?.offsetWidth ?? 0} />
      <Edge {...props} head={head} />
    </span>
  )
}

/** Alt with an arrow moves the column, Shift with an arrow makes it wider or narrower: what the pointer does by dragging. */
function onKey(event: React.KeyboardEvent, { field, shown, onColumns }: HeadProps, width: number) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (step === undefined || event.altKey === event.shiftKey) return
  event.preventDefault()
  event.stopPropagation()
  onColumns(event.altKey ? movedColumn(shown, field.name, step) : resizedColumn(shown, field.name, width + step * 16))
}

const dragged = 'application/x-pilothouse-column'

/** A head is dragged onto another one, and takes its place. */
function useMoving({ field, shown, onColumns }: HeadProps) {
  const [isOver, setIsOver] = useState(false)
  const at = (name: string) => shown.findIndex((one: Column) => one.name === name)
  const handlers = {
    onDragStart: (event: React.DragEvent) => event.dataTransfer.setData(dragged, field.name),
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(dragged)) return
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: React.DragEvent) => {
      setIsOver(false)
      const name = event.dataTransfer.getData(dragged)
      if (name === '' || name === field.name) return
      event.preventDefault()
      onColumns(movedColumn(shown, name, at(field.name) - at(name)))
    },
  }
  return { isOver, handlers }
}

/** The edge between two columns. Its twins are the menu and Shift with an arrow, so it is for the pointer alone. */
function Edge({
  field,
  shown,
  onColumns,
  onHold,
  head,
}: HeadProps & { head: React.RefObject<HTMLSpanElement | null> }) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null)
  function resized(x: number): Column[] {
    const isMirrored = head.current !== null && getComputedStyle(head.current).direction === 'rtl'
    const by = from === null ? 0 : isMirrored ? from.x - x : x - from.x
    return resizedColumn(shown, field.name, (from?.width ?? 0) + by)
  }
  return (
    <span
      className="grid-edge"
      aria-hidden="true"
      data-held={from !== null || undefined}
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom({ x: event.clientX, width: head.current?.offsetWidth ?? 0 })
      }}
      onPointerMove={(event) => {
        if (from !== null) onHold(resized(event.clientX))
      }}
      onPointerUp={(event) => {
        if (from !== null && event.clientX !== from.x) onColumns(resized(event.clientX))
        setFrom(null)
        onHold(null)
      }}
      onPointerCancel={() => {
        setFrom(null)
        onHold(null)
      }}
      onDoubleClick={() => onColumns(resizedColumn(shown, field.name, null))}
    />
  )
}

/** Amounts stand at the end of their column so that digits line up. */
export function endAligned(field: FieldInfo): boolean {
  return field.kind === 'number' || field.kind === 'money' || field.kind === 'duration'
}
