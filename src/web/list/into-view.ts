// The row in hand stays in sight of whoever walks by keys.
import { useLayoutEffect, type RefObject } from 'react'
import type { Virtualizer } from '@tanstack/react-virtual'

type Rows = Virtualizer<HTMLDivElement, Element>

/** Pixels of the head, which lies over the rows that pass below it; on a phone it has none. */
const HEAD = 33

/** @param index of the row in hand; -1 for none */
export function useInView(
  virtual: Rows,
  scroller: RefObject<HTMLDivElement | null>,
  index: number,
  count: number,
): void {
  useLayoutEffect(() => {
    if (scroller.current && index >= 0 && index < count) bringIntoView(virtual, scroller.current, index)
  }, [virtual, scroller, index, count])
}

/** The least movement that shows the row. The page is asked for its measures, which costs a layout, only where a movement is due. */
function bringIntoView(virtual: Rows, scroller: HTMLDivElement, index: number): void {
  const row = virtual.measurementsCache[index]
  if (!row || isWithin(row, virtual.scrollOffset ?? 0, (virtual.scrollRect?.height ?? 0) - HEAD)) return
  const height = scroller.clientHeight - (scroller.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0)
  const top = scroller.scrollTop
  if (isWithin(row, top, height)) return
  scroller.scrollTop = row.start < top ? row.start : row.end - height
}
function isWithin({ start, end }: { start: number; end: number }, top: number, height: number): boolean {
  return start >= top && end <= top + height
}
