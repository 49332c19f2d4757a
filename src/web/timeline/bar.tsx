// One bar or milestone: a button that opens its dates; dragged by its middle it moves, by its end it becomes longer or shorter.
import { useRef, useState } from 'react'
import { Sign } from '../ui/state.tsx'
import { entryName, fixedBecause, spanFull, type Entry } from '../when/entry.ts'
import { daysOf, type Bar } from './layout.ts'
import type { Scale } from './scale.ts'

interface BarProps {
  entry: Entry
  bar: Bar
  scale: Scale
  isActive: boolean
  /** What it holds up, in words. */
  blocks: string
  onActive: () => void
  onOpen: () => void
  onMove: (days: number) => void
  onResize: (days: number) => void
}
type Grip = 'move' | 'end'

export function TimelineBar({ entry, bar, scale, isActive, blocks, onActive, onOpen, onMove, onResize }: BarProps) {
  const isFree = fixedBecause(entry) === null
  const { drag, begin, events } = useDrag((grip, pixels) => {
    const days = daysOf(pixels, scale)
    if (days === 0) return
    if (grip === 'move') onMove(days)
    else onResize(days)
  })
  const [shift, stretch] = [drag?.grip === 'move' ? drag.pixels : 0, drag?.grip === 'end' ? drag.pixels : 0]
  return (
    <button
      type="button"
      className="tl-bar"
      data-entry={entry.key}
      data-tone={entry.tone}
      data-milestone={bar.isMilestone || undefined}
      data-before={bar.isCutBefore || undefined}
      data-after={bar.isCutAfter || bar.isOpen || undefined}
      data-free={isFree || undefined}
      data-dragged={drag !== null || undefined}
      tabIndex={isActive ? 0 : -1}
      aria-label={[entryName(entry), blocks].filter(Boolean).join(', ')}
      aria-haspopup="dialog"
      title={`${entry.title}\n${spanFull(entry)}`}
      style={{ insetInlineStart: bar.x + shift, inlineSize: Math.max(6, bar.width + stretch) }}
      onFocus={onActive}
      onClick={(event) => {
        // A drag ends with a click as well; that one opens nothing.
        if (event.detail === 0 || !events.wasDragged()) onOpen()
      }}
      onPointerDown={isFree ? begin('move') : undefined}
      onPointerMove={events.move}
      onPointerUp={events.end}
      onPointerCancel={events.cancel}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && drag) events.cancel()
      }}
    >
      {bar.isMilestone ? (
        <span className="tl-diamond" />
      ) : (
        <>
          <Sign tone={entry.tone} />
          <span className="clip">{entry.title}</span>
        </>
      )}
      {isFree && entry.when.to && !bar.isOpen && !bar.isCutAfter && (
        <span className="tl-end" onPointerDown={begin('end')} />
      )}
    </button>
  )
}

/** Follows the pointer from where it went down; a mirrored page counts the other way. */
function useDrag(done: (grip: Grip, pixels: number) => void) {
  const [drag, setDrag] = useState<{ grip: Grip; pixels: number } | null>(null)
  const start = useRef<{ grip: Grip; x: number } | null>(null)
  const dragged = useRef(false)
  const way = (event: React.PointerEvent, from: number) =>
    (event.clientX - from) * (document.documentElement.dir === 'rtl' ? -1 : 1)
  const begin = (grip: Grip) => (event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.stopPropagation()
    const bar = event.currentTarget.closest('button')
    bar?.setPointerCapture(event.pointerId)
    start.current = { grip, x: event.clientX }
    dragged.current = false
  }
  const stop = () => {
    start.current = null
    setDrag(null)
  }
  const events = {
    wasDragged: () => dragged.current,
    move: (event: React.PointerEvent) => {
      if (start.current === null) return
      const pixels = way(event, start.current.x)
      if (Math.abs(pixels) > 3) dragged.current = true
      if (dragged.current) setDrag({ grip: start.current.grip, pixels })
    },
    end: (event: React.PointerEvent) => {
      const from = start.current
      stop()
      if (from !== null && dragged.current) done(from.grip, way(event, from.x))
    },
    cancel: stop,
  }
  return { drag, begin, events }
}
