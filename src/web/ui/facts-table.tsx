// A table of a few facts per line, as settings have them. On a narrow screen each line becomes a card of named facts.
import { Scroll } from './scroll.tsx'
import './facts-table.css'

export interface Column<T> {
  /** Its heading; the name of the fact on a narrow screen. */
  label: string
  cell: (item: T) => React.ReactNode
  isNumber?: boolean
  /** For a column of buttons: the heading is there for screen readers alone. */
  isDeed?: boolean
}
interface FactsTableProps<T> {
  /** What the table is about, for screen readers. */
  label: string
  /** The first one is what a line is called by. */
  columns: readonly Column<T>[]
  items: readonly T[]
  keyOf: (item: T) => string | number
}

/** The roles are said again: a browser forgets them where a table is no longer laid out as one. */
export function FactsTable<T>({ label, columns, items, keyOf }: FactsTableProps<T>) {
  return (
    <Scroll label={label}>
      <table className="facts cards" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.label} role="columnheader">
                {column.isDeed ? <span className="hidden-text">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <tr key={keyOf(item)} role="row">
              {columns.map((column) => (
                <td
                  key={column.label}
                  role="cell"
                  className={column.isNumber ? 'number' : undefined}
                  data-label={column.isDeed ? '' : column.label}
                >
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
