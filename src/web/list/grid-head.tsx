// The head of the grid: select all that is loaded, and a button per column that sorts.
import type { FieldInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import type { GridProps } from './grid.tsx'

export function GridHead({ columns, sort, onSort, selectable, rows, selected, onSelect }: GridProps) {
  const ids = [...rows.head, ...rows.tail].map((row) => row.id)
  const all = ids.length > 0 && ids.every((id) => selected.has(id))
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-cells">
        {selectable && (
          <span role="columnheader" className="grid-check">
            <input
              type="checkbox"
              checked={all}
              aria-label={messages.list.selectAll}
              onChange={() => onSelect(ids, !all)}
            />
          </span>
        )}
        {columns.map((field) => (
          <ColumnHead key={field.name} field={field} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  )
}

function ColumnHead({ field, sort, onSort }: { field: FieldInfo; sort: string; onSort: (sort: string) => void }) {
  const first = sort.split(',')[0] ?? ''
  const direction = first === field.name ? 'ascending' : first === `-${field.name}` ? 'descending' : null
  const label = <span className="clip">{field.label}</span>
  return (
    <span
      role="columnheader"
      aria-sort={direction ?? (field.sortable === false ? undefined : 'none')}
      className="grid-cell"
      data-end={endAligned(field) || undefined}
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
    </span>
  )
}

/** Amounts stand at the end of their column so that digits line up. */
export function endAligned(field: FieldInfo): boolean {
  return field.kind === 'number' || field.kind === 'money' || field.kind === 'duration'
}
