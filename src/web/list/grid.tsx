// The list's grid: memoised rows over a virtual scroller, with grid semantics for screen readers. It knows rows and columns, no domain.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { plainText } from '../fields/plain.ts'
import { messages } from '../messages/messages.ts'
import type { Cells } from './cells.ts'
import { GridHead, type GridHeadProps } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import { groupOf, type GroupCounts } from './groups.ts'
import { widthsOf, type Widths } from './columns.ts'
import { useInView } from './into-view.ts'
import type { Column } from './column-text.ts'
import type { Rows } from './rows.ts'
import './grid.css'

export interface GridProps {
  record: RecordInfo
  rows: Rows
  columns: FieldInfo[]
  /** The same columns by name, with their widths. */
  shown: readonly Column[]
  sort: string
  group: FieldInfo | null
  groupCounts: GroupCounts
  active: number
  cells: Cells
  selected: ReadonlySet<number>
  selectable: boolean
  onSort: (sort: string) => void
  onColumns: (columns: readonly Column[]) => void
  onActive: (index: number) => void
  onSelect: (ids: number[], on: boolean) => void
  onOpen: (row: Row) => void
}

/** The row at an index of head, gap and tail; null is the gap. */
export function rowAt(rows: Rows, index: number): Row | null {
  return index < rows.head.length
    ? (rows.head[index] ?? null)
    : (rows.tail[index - rows.head.length - (rows.hasGap ? 1 : 0)] ?? null)
}

export function rowCount(rows: Rows): number {
  return rows.head.length + (rows.hasGap ? 1 : 0) + rows.tail.length
}

/** What the row begins, in words; null in the middle of a group. */
function startsGroup({ rows, group }: GridProps, index: number): string | null {
  const row = group && rowAt(rows, index)
  if (!group || !row) return null
  const before = index > 0 ? rowAt(rows, index - 1) : null
  if (before && groupOf(before, group) === groupOf(row, group)) return null
  return plainText(group, valueOf(row, group)) || messages.values.none
}

function useRowHeight(): number {
  const [height, setHeight] = useState(34)
  useEffect(() => {
    const measure = () =>
      setHeight(
        matchMedia('(max-width: 760px)').matches
          ? 57
          : Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 34,
      )
    measure()
    const watch = new MutationObserver(measure)
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density'] })
    window.addEventListener('resize', measure)
    return () => {
      watch.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [])
  return height
}

export function Grid(props: GridProps) {
  const { record, rows, columns, active, cells, selected, selectable } = props
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const count = rowCount(rows)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    overscan: 4,
    estimateSize: (index) => (startsGroup(props, index) === null ? height : height + 30),
  })
  const { group } = props
  useLayoutEffect(() => virtual.measure(), [virtual, height, group, rows.head.length])
  useInView(virtual, scroller, active, count)
  useKeepPlace(rows.tail.length, scroller, height)
  const items = virtual.getVirtualItems()
  useReadOn(rows, items[0]?.index ?? 0, items.at(-1)?.index ?? 0)
  const shownTotal = rows.total && !rows.total.atLeast ? rows.total.count : -1
  const [held, setHeld] = useState<readonly Column[] | null>(null)
  const template = widthsOf(columns, { title: record.title, selectable, widths: widthsIn(held ?? props.shown) })
  const activeRow = rowAt(rows, active)
  return (
    <div
      role="grid"
      aria-label={record.labelPlural}
      aria-rowcount={shownTotal < 0 ? -1 : shownTotal + 1}
      aria-colcount={columns.length}
      aria-multiselectable={selectable || undefined}
      aria-activedescendant={activeRow ? `${cells.cell === null ? 'row' : 'cell'}-${activeRow.id}` : undefined}
      tabIndex={0}
      className="grid"
      id="grid"
      data-grouped={group ? true : undefined}
    >
      <div
        ref={scroller}
        className="grid-scroll"
        style={{
          ['--columns' as string]: template.css,
          ['--min' as string]: `${template.min}px`,
          ['--row-now' as string]: `${height}px`,
        }}
      >
        <Head {...props} onHold={setHeld} />
        <div
          role="rowgroup"
          style={{ blockSize: virtual.getTotalSize(), position: 'relative', minInlineSize: 'var(--min)' }}
        >
          {items.map(({ index, start }) => {
            const row = rowAt(rows, index)
            if (!row) return <Gap key="gap" start={start} rows={rows} />
            return (
              <GridRow
                key={row.id}
                record={record}
                row={row}
                columns={columns}
                start={start}
                index={indexOf(rows, index)}
                group={startsGroup(props, index)}
                groupCount={(group && props.groupCounts.get(groupOf(row, group))) ?? null}
                touched={rows.touched.get(row.id) ?? null}
                selectable={selectable}
                active={index === active}
                cell={index === active ? cells.cell : null}
                editing={cells.editing?.id === row.id ? cells.editing.field : null}
                onEdit={cells.edit}
                selected={selected.has(row.id)}
                position={index}
                onActive={props.onActive}
                onSelect={props.onSelect}
                onOpen={props.onOpen}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Head({ onHold, ...props }: GridProps & Pick<GridHeadProps, 'onHold'>) {
  const { columns, shown, sort, selectable, rows, selected, onSort, onColumns, onSelect } = props
  const { head, tail } = rows
  const ids = useMemo(() => [...head, ...tail].map((row) => row.id), [head, tail])
  const all = ids.length > 0 && ids.every((id) => selected.has(id))
  return <GridHead {...{ columns, shown, sort, selectable, ids, all, onSort, onColumns, onSelect, onHold }} />
}

function widthsIn(columns: readonly Column[]): Widths {
  return Object.fromEntries(columns.flatMap(({ name, width }) => (width === null ? [] : [[name, width] as const])))
}

/** The 1-based place in the whole list for aria-rowindex (the head is row 1); -1 when it cannot be known. */
function indexOf(rows: Rows, index: number): number {
  if (index < rows.head.length || !rows.hasGap) return index + 2
  if (!rows.total || rows.total.atLeast) return -1
  return rows.total.count - (rowCount(rows) - 1 - index) + 1
}

function Gap({ start, rows }: { start: number; rows: Rows }) {
  const between = rows.total ? rows.total.count - rows.head.length - rows.tail.length : 0
  return (
    <div role="row" className="grid-gap" style={{ transform: `translateY(${start}px)` }}>
      <span role="gridcell">
        {rows.tail.length > 0 && between > 0 ? messages.list.between(between) : messages.list.loading}
      </span>
    </div>
  )
}

/** Reads the next page before the person sees the end of what is loaded. */
function useReadOn(rows: Rows, from: number, to: number) {
  useEffect(() => {
    if (!rows.hasGap) return
    const gap = rows.head.length
    if (from <= gap && to >= gap - 20) rows.more()
    if (rows.tail.length > 0 && from > gap && from < gap + 20) rows.moreTail()
  }, [rows, from, to])
}

/** Rows that are added above what is being read must not push it down. */
function useKeepPlace(tailLength: number, scroller: React.RefObject<HTMLDivElement | null>, height: number) {
  const before = useRef(tailLength)
  useLayoutEffect(() => {
    const added = tailLength - before.current
    if (before.current > 0 && added > 0) scroller.current?.scrollBy(0, added * height)
    before.current = tailLength
  }, [tailLength, scroller, height])
}
