// A line of the map: it leaves and enters boxes straight, and where it passes a level it runs straight beside the boxes there.
import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react'
import { box } from './direction.ts'

export interface LineData extends Record<string, unknown> {
  /** Upper left corners of the places that it passes. */
  bends: Point[]
  isDown: boolean
}
export type Line = Edge<LineData, 'line'>
interface Point {
  x: number
  y: number
}

export function MapLine({ id, sourceX, sourceY, targetX, targetY, data, ...rest }: EdgeProps<Line>) {
  const { bends = [], isDown = true } = data ?? {}
  const stops = [
    { x: sourceX, y: sourceY },
    ...bends.flatMap((bend) => beside(bend, isDown)),
    { x: targetX, y: targetY },
  ]
  const [middle] = stops.length > 2 ? stops.slice(stops.length / 2) : [between(stops)]
  return (
    <BaseEdge
      id={id}
      path={pathThrough(stops, isDown)}
      labelX={middle?.x ?? 0}
      labelY={middle?.y ?? 0}
      {...labelled(rest)}
    />
  )
}

function labelled({ label, labelBgPadding, labelBgBorderRadius, interactionWidth }: Partial<EdgeProps<Line>>) {
  return { label, labelBgPadding, labelBgBorderRadius, interactionWidth }
}

/** Where the line begins and ends to run beside the boxes of a level. */
function beside({ x, y }: Point, isDown: boolean): [Point, Point] {
  return isDown
    ? [{ x: x + box.width / 2, y }, { x: x + box.width / 2, y: y + box.height }] // oxfmt-ignore
    : [{ x, y: y + box.height / 2 }, { x: x + box.width, y: y + box.height / 2 }] // oxfmt-ignore
}

/** Curves from level to level, straight lines within one. */
export function pathThrough(stops: readonly Point[], isDown: boolean): string {
  const [first, ...rest] = stops
  if (first === undefined) return ''
  let last = first
  let path = `M${first.x},${first.y}`
  rest.forEach((stop, nth) => {
    const half = isDown ? (stop.y - last.y) / 2 : (stop.x - last.x) / 2
    const [from, to] = isDown
      ? [`${last.x},${last.y + half}`, `${stop.x},${stop.y - half}`]
      : [`${last.x + half},${last.y}`, `${stop.x - half},${stop.y}`]
    path += nth % 2 === 0 ? `C${from} ${to} ${stop.x},${stop.y}` : `L${stop.x},${stop.y}`
    last = stop
  })
  return path
}

function between([from, to]: readonly Point[]): Point {
  return { x: ((from?.x ?? 0) + (to?.x ?? 0)) / 2, y: ((from?.y ?? 0) + (to?.y ?? 0)) / 2 }
}
