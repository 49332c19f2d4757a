// Which way a map runs: from top to bottom or from left to right, whichever shows its boxes larger in the room there is.
import type { Thing } from './contract.ts'

export type Direction = 'down' | 'right'
/** A box in pixels. */
export const box = { width: 190, height: 52 }
const steps = { down: { level: 104, beside: 208 }, right: { level: 280, beside: 70 } }

export function placeOf(
  { level, beside }: Pick<Thing, 'level' | 'beside'>,
  direction: Direction,
): { x: number; y: number } {
  const step = steps[direction]
  const along = Math.round(level * step.level)
  const across = Math.round(beside * step.beside)
  return direction === 'down' ? { x: across, y: along } : { x: along, y: across }
}

/** The direction with the larger scale; to the right where both are the same. */
export function directionFor(things: readonly Thing[], room: { width: number; height: number }): Direction {
  const scale = (direction: Direction) => {
    const places = things.map((thing) => placeOf(thing, direction))
    const span = (of: (place: { x: number; y: number }) => number) =>
      Math.max(...places.map(of)) - Math.min(...places.map(of))
    return Math.min(
      1,
      room.width / (span((place) => place.x) + box.width),
      room.height / (span((place) => place.y) + box.height),
    )
  }
  return things.length > 0 && scale('down') > scale('right') ? 'down' : 'right'
}
