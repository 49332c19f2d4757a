// The chart of a timeline: titles on one side, bars on the scale, lines of dependencies; rows outside the window are not drawn.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { firstWeekday } from '../fields/format.ts'
import type { Rows } from '../list/rows.ts'
import type { View } from '../list/view.ts'
import { displaysWords } from '../messages/displays.ts'
import { messages } from '../messages/messages.ts'
import { useSheetKeys } from '../ui/sheet-keys.ts'
import type { Entry } from '../when/entry.ts'
import type { When } from '../when/when.ts'
import { useBlocks } from './blocks.ts'
import { Grounds, Lines } from './grounds.tsx'
import { TimelineHead } from './head.tsx'
import { itemsOf, nextBar, rowHeight, type Item } from './items.ts'
import { ItemRow } from './row.tsx'
import { ticksOf, xOf, type Scale } from './scale.ts'

const words = displaysWords

export interface ChartProps {
  record: RecordInfo
  rows: Rows
  when: When
  scale: Scale
  today: string
  /** The day to begin at. */
  at: string
  view: View
  onOpen: (entry: Entry, moves: boolean) => void
  onMove: (entry: Entry, days: number) => void
  onResize: (entry: Entry, days: number) => void
}

export function Chart(props: ChartProps) {
  const { record, rows, scale, today, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const items = useItems(props)
  const ticks = useMemo(() => ticksOf(scale, firstWeekday()), [scale])
  const blocks = useBlocks(rows.head)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    overscan: 10,
    estimateSize: () => rowHeight,
    scrollPaddingStart: 56,
  })
  const drawn = virtual.getVirtualItems()
  useReadOn(rows, drawn.at(-1)?.index ?? 0, items.length)
  useBeginAt(scroller, xOf(scale, props.at))
  const { active, setActive, onKeyDown } = useKeys(props, items, (index) => virtual.scrollToIndex(index))
  const focusedEntry = () => entryIn(items, active)
  useTimelineKeys(() => {
    const entry = focusedEntry()
    if (entry) onOpen(entry, true)
  })
  return (
    <div className="tl" ref={scroller} style={{ ['--tl-width' as string]: `${scale.width}px` }}>
      <div className="tl-head">
        <span className="tl-corner small quiet">{record.label}</span>
        <TimelineHead {...ticks} />
      </div>
      <div
        role="list"
        aria-label={record.labelPlural}
        aria-describedby="timeline-help"
        className="tl-body"
        style={{ blockSize: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        <Grounds
          ticks={ticks.minor}
          today={scale.first <= today && today <= scale.last ? xOf(scale, today) + scale.perDay / 2 : null}
        />
        <Lines blocks={blocks} items={items} scale={scale} />
        {drawn.map(({ index, start }) => {
          const item = items[index]
          if (!item) return null
          return (
            <ItemRow
              key={'row' in item ? item.row.number : `group ${item.group}`}
              {...props}
              {...{ item, index, start, blocks }}
              total={rows.total && !rows.total.atLeast ? rows.total.count : -1}
              isActive={index === active}
              onActive={() => setActive(index)}
            />
          )
        })}
      </div>
      <p id="timeline-help" className="hidden-text">
        {words.timeline.help}
      </p>
    </div>
  )
}

function useItems({ record, rows, when, scale, view }: ChartProps): Item[] {
  const { from, to } = when
  return useMemo(
    () => itemsOf(rows.head, { record, when: { from, to }, scale, group: view.group, none: messages.values.none }),
    [record, rows.head, from, to, scale, view.group],
  )
}

function entryIn(items: readonly Item[], index: number): Entry | null {
  const item = items[index]
  return item && 'row' in item ? item.entry : null
}

/** Up and down go between bars, Alt with left and right moves, with Shift as well it moves the end. */
function useKeys({ onMove, onResize }: ChartProps, items: readonly Item[], show: (index: number) => void) {
  const [chosen, setActive] = useState(-1)
  const wanted = useRef(false)
  const active = chosen >= 0 && entryIn(items, chosen) ? chosen : nextBar(items, -1, 1)
  useLayoutEffect(() => {
    if (!wanted.current) return
    const entry = entryIn(items, active)
    const bar = entry && document.querySelector<HTMLElement>(`.tl [data-entry="${CSS.escape(entry.key)}"]`)
    if (!bar) return
    wanted.current = false
    bar.focus()
  })
  function onKeyDown(event: React.KeyboardEvent) {
    const entry = entryIn(items, active)
    const across = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const along = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined
    if (event.altKey && across !== undefined && entry) {
      event.preventDefault()
      const days = document.documentElement.dir === 'rtl' ? -across : across
      wanted.current = true
      return event.shiftKey ? onResize(entry, days) : onMove(entry, days)
    }
    if (along === undefined || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const next = nextBar(items, active, along)
    wanted.current = true
    setActive(next)
    show(next)
  }
  return { active, setActive, onKeyDown }
}

function useReadOn(rows: Rows, to: number, count: number): void {
  useEffect(() => {
    if (rows.hasGap && to >= count - 20) rows.more()
  }, [rows, to, count])
}

/** Opens with a day in its first third. */
function useBeginAt(scroller: React.RefObject<HTMLDivElement | null>, x: number): void {
  const begin = useRef(x)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const mirrored = document.documentElement.dir === 'rtl' ? -1 : 1
    element.scrollLeft = mirrored * Math.max(0, begin.current - element.clientWidth / 4)
  }, [scroller])
}

function useTimelineKeys(openMove: () => void): void {
  useSheetKeys(words.keys, [
    ['bar-move', 'm', words.moveKey, openMove],
    ['bar-next', 'arrowdown', words.timeline.next],
    ['bar-previous', 'arrowup', words.timeline.previous],
    ['bar-later', 'alt+arrowright', words.dayLater],
    ['bar-earlier', 'alt+arrowleft', words.dayEarlier],
    ['bar-longer', 'alt+shift+arrowright', words.endLater],
    ['bar-shorter', 'alt+shift+arrowleft', words.endEarlier],
  ])
}
